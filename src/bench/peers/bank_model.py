"""The models of 200 trees that the peers of serving and of scoring files ask."""
import json
import os

import joblib
import lightgbm
import numpy
import pandas
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

TEXTS = "job marital education default housing loan contact month poutcome".split()
NUMBERS = "age balance day campaign pdays previous".split()


def labels_of(frame):
    return (frame["y"] == "yes").astype(int)


def fit_pipeline(frame):
    """Coded columns and HistGradientBoosting, asked with a DataFrame of TEXTS + NUMBERS."""
    coded = ColumnTransformer(
        [("texts", OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), TEXTS)],
        remainder="passthrough", verbose_feature_names_out=False)
    trees = HistGradientBoostingClassifier(
        max_iter=200, max_leaf_nodes=31, learning_rate=0.05, early_stopping=False,
        categorical_features=list(range(len(TEXTS))))
    return make_pipeline(coded, trees).fit(frame[TEXTS + NUMBERS], labels_of(frame))


def matrix_of(frame, levels):
    """TEXTS as the codes in `levels`, then NUMBERS."""
    return numpy.column_stack(
        [frame[n].map(levels[n]) if n in levels else frame[n] for n in TEXTS + NUMBERS]).astype(float)


def fit_lightgbm(frame):
    """A booster and, for each text column, the code of each level."""
    levels = {name: {level: i for i, level in enumerate(sorted(frame[name].unique()))} for name in TEXTS}
    train = lightgbm.Dataset(
        matrix_of(frame, levels), labels_of(frame), categorical_feature=list(range(len(TEXTS))))
    settings = {"objective": "binary", "num_leaves": 31, "learning_rate": 0.05, "verbose": -1, "num_threads": 2}
    return lightgbm.train(settings, train, 200), levels


def keep_model(bank, kind, folder):
    """Fits on the file `bank` and writes `model` (and `levels.json`, unless `kind` is "pipeline") to the folder."""
    frame = pandas.read_csv(bank, sep=";")
    model = os.path.join(folder, "model")
    if kind == "pipeline":
        joblib.dump(fit_pipeline(frame), model)
        return
    booster, levels = fit_lightgbm(frame)
    booster.save_model(model)
    with open(os.path.join(folder, "levels.json"), "w") as file:
        json.dump(levels, file)
