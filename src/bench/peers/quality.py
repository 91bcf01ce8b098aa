"""Judges the boosting of a peer on the folds of a matrix of the bench; answers with its scores."""
import math
import os

from measure import measure, read_task

task = read_task()
# Scores alone are compared, and threads that wait for each other on a busy machine take many times as long.
THREADS = 1
# HistGradientBoosting takes its threads from here, and only when it is loaded.
os.environ["OMP_NUM_THREADS"] = str(THREADS)

import numpy  # noqa: E402
from matrix import Matrix  # noqa: E402
from sklearn.metrics import average_precision_score, f1_score, precision_recall_curve, roc_auc_score  # noqa: E402

matrix = Matrix(task["path"])
x, y, folds, categories = matrix.x, matrix.y, matrix.folds, matrix.categories
params = {
    "trees": 200, "leaves": 31, "learningRate": 0.05, "minLeaf": 20, "l2": 0, "subsample": 1, "columnSample": 1,
    **task["params"],
}


def fit_lightgbm(rows):
    import lightgbm

    model = lightgbm.LGBMClassifier(
        n_estimators=params["trees"], num_leaves=params["leaves"], learning_rate=params["learningRate"],
        min_child_samples=params["minLeaf"], reg_lambda=params["l2"], subsample=params["subsample"], subsample_freq=1,
        colsample_bytree=params["columnSample"], max_bin=255, n_jobs=THREADS, random_state=1, verbose=-1,
    )
    return model.fit(x[rows], y[rows], categorical_feature=categories or "auto"), x


def fit_hist(rows):
    from sklearn.ensemble import HistGradientBoostingClassifier

    # It has no sample of the rows, and draws its columns anew for every split.
    model = HistGradientBoostingClassifier(
        max_iter=params["trees"], max_leaf_nodes=params["leaves"], learning_rate=params["learningRate"],
        min_samples_leaf=params["minLeaf"], l2_regularization=params["l2"], max_features=float(params["columnSample"]),
        early_stopping=False, categorical_features=categories, random_state=1,
    )
    return model.fit(x[rows], y[rows]), x


def fit_xgboost(rows):
    import xgboost

    # It has no least number of rows in a leaf, only of hessians: left at its default.
    model = xgboost.XGBClassifier(
        n_estimators=params["trees"], max_leaves=params["leaves"], max_depth=0, grow_policy="lossguide",
        learning_rate=params["learningRate"], reg_lambda=params["l2"], subsample=params["subsample"],
        colsample_bytree=params["columnSample"], max_bin=255, tree_method="hist", enable_categorical=True,
        n_jobs=THREADS, random_state=1,
    )
    return model.fit(frame.iloc[rows], y[rows]), frame


def fit_catboost(rows):
    import catboost

    # Its trees are symmetric: the depth at which they have at least as many leaves.
    model = catboost.CatBoostClassifier(
        iterations=params["trees"], depth=math.ceil(math.log2(params["leaves"])),
        learning_rate=params["learningRate"], l2_leaf_reg=max(params["l2"], 1e-6), bootstrap_type="Bernoulli",
        subsample=params["subsample"], rsm=float(params["columnSample"]), border_count=254, thread_count=THREADS,
        cat_features=categories, verbose=False, allow_writing_files=False, random_seed=1,
    )
    return model.fit(frame.iloc[rows], y[rows]), frame


peers = {
    "lightgbm": fit_lightgbm, "hist-gradient-boosting": fit_hist, "xgboost": fit_xgboost, "catboost": fit_catboost,
}
fit = peers[task["peer"]]
frame = matrix.frame(x) if task["peer"] in ("xgboost", "catboost") else None


def held_out():
    probabilities = numpy.zeros(len(y))
    for fold in numpy.unique(folds):
        model, data = fit(numpy.flatnonzero(folds != fold))
        test = numpy.flatnonzero(folds == fold)
        rows = data.iloc[test] if hasattr(data, "iloc") else data[test]
        probabilities[test] = model.predict_proba(rows)[:, 1]
    return probabilities


def scores(probabilities):
    """The cut-off of a fold is that of best F1 on the held-out rows of the other folds."""
    said = numpy.zeros(len(y), bool)
    for fold in numpy.unique(folds):
        other = folds != fold
        precision, recall, cutoffs = precision_recall_curve(y[other], probabilities[other])
        both = 2 * precision * recall / numpy.maximum(precision + recall, 1e-300)
        said[~other] = probabilities[~other] >= cutoffs[numpy.argmax(both[:-1])]
    return {
        "scores": {
            "AUC": float(roc_auc_score(y, probabilities)),
            "average precision": float(average_precision_score(y, probabilities)),
            "F1": float(f1_score(y, said)),
        }
    }


measure(task, held_out, scores)
