"""Fits the trees of a peer on a matrix of the bench, or predicts with them; answers, in the first round, with the AUC on held-out rows, or the mean over all folds of all draws."""
import os

from measure import measure, read_task

task = read_task()
THREADS, TREES = task["threads"], task["trees"]
# HistGradientBoosting takes its threads from here, and only when it is loaded.
os.environ["OMP_NUM_THREADS"] = str(THREADS)

from matrix import Matrix  # noqa: E402
from sklearn.metrics import roc_auc_score  # noqa: E402

rows = Matrix(task["path"])
framed = task["peer"] in ("xgboost", "catboost")


def prepared(values):
    return rows.frame(values) if framed else values


def make():
    if task["peer"] == "random-forest":
        from sklearn.ensemble import RandomForestClassifier

        return RandomForestClassifier(TREES, min_samples_leaf=5, n_jobs=THREADS, random_state=1), {}
    if task["peer"] == "lightgbm":
        import lightgbm

        model = lightgbm.LGBMClassifier(
            n_estimators=TREES, num_leaves=31, learning_rate=0.05, max_bin=255, n_jobs=THREADS, verbose=-1
        )
        return model, {"categorical_feature": rows.categories}
    if task["peer"] == "hist-gradient-boosting":
        from sklearn.ensemble import HistGradientBoostingClassifier

        model = HistGradientBoostingClassifier(
            max_iter=TREES, max_leaf_nodes=31, learning_rate=0.05, early_stopping=False,
            categorical_features=rows.categories,
        )
        return model, {}
    if task["peer"] == "xgboost":
        import xgboost

        model = xgboost.XGBClassifier(
            n_estimators=TREES, max_leaves=31, max_depth=0, grow_policy="lossguide", learning_rate=0.05, reg_lambda=0,
            max_bin=255, tree_method="hist", enable_categorical=True, n_jobs=THREADS,
        )
        return model, {}
    import catboost

    # Depth 5 has 32 leaves; CatBoost's trees are symmetric.
    model = catboost.CatBoostClassifier(
        iterations=TREES, depth=5, learning_rate=0.05, border_count=254, thread_count=THREADS,
        cat_features=rows.categories, verbose=False, allow_writing_files=False,
    )
    return model, {}


if "judge" in task:
    train, labels = prepared(rows.x), rows.y
else:
    train, labels = prepared(rows.x[rows.folds != 0]), rows.y[rows.folds != 0]


def fit(x=train, y=labels):
    model, options = make()
    return model.fit(x, y, **options)


def auc_on(model, x, y):
    return float(roc_auc_score(y, model.predict_proba(prepared(x))[:, 1]))


def scored(model):
    # The model is the same in each round.
    if task["round"] > 0:
        return None
    if "judge" in task:
        held = Matrix(task["judge"])
        return {"scores": {"AUC": auc_on(model, held.x, held.y)}}
    held = rows.folds == 0
    aucs = [auc_on(model, rows.x[held], rows.y[held])]
    if task["work"] != "one-row":
        # Of the first draw, the first fold has been judged.
        for folds in [rows.folds, *rows.other_folds]:
            for fold in range(len(aucs) % 5, 5):
                learned, held = folds != fold, folds == fold
                own = fit(prepared(rows.x[learned]), rows.y[learned])
                aucs.append(auc_on(own, rows.x[held], rows.y[held]))
    return {"scores": {"AUC": sum(aucs) / len(aucs)}}


if task["work"] == "predict":
    model = fit()
    measure(task, lambda: model.predict_proba(train), lambda _: scored(model))
elif task["work"] == "one-row":
    model = fit()
    table = prepared(rows.x)
    singles = [table[i : i + 1] for i in range(1000)]
    # LightGBM without its scikit-learn wrapper, as one would serve it.
    one = model.booster_.predict if task["peer"] == "lightgbm" else model.predict_proba

    def each():
        for single in singles:
            one(single)

    measure(task, each, lambda _: scored(model))
else:
    measure(task, fit, scored)
