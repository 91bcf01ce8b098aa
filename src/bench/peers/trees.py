"""Fits the trees of a peer on a matrix of the bench, or predicts with them; answers with the AUC on held-out folds."""
import json
import os

from measure import measure, read_task

task = read_task()
THREADS = task["threads"]
# HistGradientBoosting takes its threads from here, and only when it is loaded.
os.environ["OMP_NUM_THREADS"] = str(THREADS)

import numpy  # noqa: E402
import pandas  # noqa: E402
from sklearn.metrics import roc_auc_score  # noqa: E402

with open(task["path"] + ".json") as file:
    meta = json.load(file)
count = meta["rows"]
columns, categories = [], []
with open(task["path"] + ".bin", "rb") as file:
    for j, column in enumerate(meta["columns"]):
        if column["kind"] == "number":
            columns.append(numpy.fromfile(file, "<f8", count))
        else:
            columns.append(numpy.fromfile(file, "<i4", count).astype(float))
            categories.append(j)
    y = numpy.fromfile(file, "u1", count)
    folds = numpy.fromfile(file, "u1", count)
x = numpy.column_stack(columns)
del columns


def as_frame(values):
    frame = pandas.DataFrame(values)
    for j in categories:
        frame[j] = pandas.Categorical(frame[j].astype(int), categories=range(meta["columns"][j]["levels"]))
    return frame


def make(peer, work):
    if work == "forest":
        from sklearn.ensemble import RandomForestClassifier

        return RandomForestClassifier(300, min_samples_leaf=5, n_jobs=THREADS, random_state=1), {}, None
    if peer == "lightgbm":
        import lightgbm

        model = lightgbm.LGBMClassifier(
            n_estimators=200, num_leaves=31, learning_rate=0.05, max_bin=255, n_jobs=THREADS, verbose=-1
        )
        return model, {"categorical_feature": categories}, None
    if peer == "hist-gradient-boosting":
        from sklearn.ensemble import HistGradientBoostingClassifier

        model = HistGradientBoostingClassifier(
            max_iter=200, max_leaf_nodes=31, learning_rate=0.05, early_stopping=False, categorical_features=categories
        )
        return model, {}, None
    if peer == "xgboost":
        import xgboost

        model = xgboost.XGBClassifier(
            n_estimators=200, max_leaves=31, max_depth=0, grow_policy="lossguide", learning_rate=0.05,
            max_bin=255, tree_method="hist", enable_categorical=True, n_jobs=THREADS,
        )
        return model, {}, as_frame
    import catboost

    # Depth 5 has 32 leaves; CatBoost's trees are symmetric.
    model = catboost.CatBoostClassifier(
        iterations=200, depth=5, learning_rate=0.05, border_count=254, thread_count=THREADS,
        cat_features=categories, verbose=False, allow_writing_files=False,
    )
    return model, {}, as_frame


def prepared(values, convert):
    return convert(values) if convert else values


def fit_without(fold):
    keep = folds != fold
    _, _, convert = make(task["peer"], task["work"])
    train, labels = prepared(x[keep], convert), y[keep]

    def fit():
        model, options, _ = make(task["peer"], task["work"])
        return model.fit(train, labels, **options)

    return fit


def auc_without(fold, model):
    _, _, convert = make(task["peer"], task["work"])
    held = folds == fold
    return float(roc_auc_score(y[held], model.predict_proba(prepared(x[held], convert))[:, 1]))


fit = fit_without(0)
if task["work"] in ("predict", "one-row"):
    model = fit()
    _, _, convert = make(task["peer"], "boosting")
    rows = prepared(x, convert)
    if task["work"] == "predict":
        measure(task, lambda: model.predict_proba(rows), lambda _: {"auc": auc_without(0, model)})
    else:
        singles = [rows[i : i + 1] for i in range(1000)]
        # LightGBM without its scikit-learn wrapper, as one would serve it.
        one = model.booster_.predict if task["peer"] == "lightgbm" else model.predict_proba

        def each():
            for single in singles:
                one(single)

        measure(task, each, lambda _: {"auc": auc_without(0, model)})
else:
    measure(
        task,
        fit,
        lambda model: {
            "auc": float(
                numpy.mean(
                    [auc_without(0, model)]
                    + [auc_without(fold, fit_without(fold)()) for fold in range(1, task["judged"])]
                )
            )
        },
    )
