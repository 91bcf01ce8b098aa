"""A whole study by scikit-learn, imbalanced-learn and LightGBM, as their users would write it well; see programs/study.ts."""
import json
import os
import resource
import time

import joblib
import pandas
from imblearn.over_sampling import SMOTE, SMOTENC
from imblearn.pipeline import Pipeline
from lightgbm import LGBMClassifier
from measure import read_task
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_validate
from sklearn.naive_bayes import GaussianNB
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

TEXTS = "job marital education default housing loan contact month poutcome".split()
NUMBERS = "age balance day campaign pdays previous".split()

LEARNERS = {
    "baseline": DummyClassifier(strategy="prior"),
    "naive Bayes": GaussianNB(),
    "logistic": LogisticRegression(max_iter=1000),
    "forest": RandomForestClassifier(100, min_samples_leaf=5, random_state=7),
    "boosting": LGBMClassifier(n_estimators=200, num_leaves=31, learning_rate=0.05, n_jobs=1, verbose=-1),
}


def columns_of(name, encoding):
    """Trees get whole numbers for levels where columns may be of both kinds, everything else gets one-hot columns."""
    if encoding == "mixed" and name in ("forest", "boosting"):
        texts, amounts = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), "passthrough"
    else:
        texts, amounts = OneHotEncoder(handle_unknown="ignore", sparse_output=False), StandardScaler()
    encode = ColumnTransformer([("texts", texts, TEXTS), ("numbers", amounts, NUMBERS)], verbose_feature_names_out=False)
    return encode.set_output(transform="pandas")


def candidates(encoding):
    """Each pipeline with what its `fit` is told."""
    for name, learner in LEARNERS.items():
        encode = columns_of(name, encoding)
        told = {"learn__categorical_feature": TEXTS} if encoding == "mixed" and name == "boosting" else {}
        yield name, Pipeline([("encode", encode), ("learn", learner)]), told
        if encoding == "mixed":
            steps = [("smote", SMOTENC(categorical_features=TEXTS, random_state=7)), ("encode", encode)]
        else:
            steps = [("encode", encode), ("smote", SMOTE(random_state=7))]
        yield f"{name} + SMOTE", Pipeline([*steps, ("learn", learner)]), told


def main():
    task = read_task()
    started = time.perf_counter()
    calls = pandas.read_csv(task["path"], sep=";")
    columns, labels = calls[TEXTS + NUMBERS], (calls["y"] == "yes").astype(int)
    folds = StratifiedKFold(5, shuffle=True, random_state=7)
    boards, pipelines = {}, {}
    for name, pipeline, told in candidates(task["encoding"]):
        pipelines[name] = pipeline, told
        scores = cross_validate(
            pipeline, columns, labels, cv=folds, scoring=["roc_auc", "average_precision", "f1"], n_jobs=2, params=told)
        boards[name] = {"AUC": scores["test_roc_auc"].mean(), "F1": scores["test_f1"].mean()}
    best = max(boards, key=lambda name: boards[name]["AUC"])
    model, told = pipelines[best]
    if best.startswith(("forest", "boosting")):
        model.set_params(learn__n_jobs=2)
    model.fit(columns, labels, **told)
    os.makedirs(task["folder"], exist_ok=True)
    joblib.dump(model, os.path.join(task["folder"], "model.joblib"))

    # The two workers are ended first, for only then does the system count what they took.
    joblib.externals.loky.get_reusable_executor().shutdown(wait=True)
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({
        "seconds": [time.perf_counter() - started],
        "cpuSeconds": [own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime],
        "first": time.perf_counter() - started,
        # The largest of the workers counts twice: there are two like it.
        "peakBytes": (own.ru_maxrss + 2 * workers.ru_maxrss) * 1024,
        "answer": boards,
    }))


if __name__ == "__main__":
    main()
