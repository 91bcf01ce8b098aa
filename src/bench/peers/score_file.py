"""Scores a file, part by part, with a scikit-learn pipeline or with LightGBM; the fit has a process of its own."""
import json
import os
import subprocess
import sys
import tempfile

import joblib
import lightgbm
import pandas
from bank_model import NUMBERS, TEXTS, keep_model, matrix_of
from measure import measure, read_task

PART = 100_000
DTYPES = {name: "category" for name in TEXTS}


def load(kind, folder):
    """A function from a DataFrame to probabilities."""
    if kind == "pipeline":
        model = joblib.load(os.path.join(folder, "model"))
        return lambda frame: model.predict_proba(frame[TEXTS + NUMBERS])[:, 1]
    booster = lightgbm.Booster(model_file=os.path.join(folder, "model"))
    with open(os.path.join(folder, "levels.json")) as file:
        levels = json.load(file)
    return lambda frame: booster.predict(matrix_of(frame, levels))


def score(predict, rows, scored):
    count = 0
    with open(scored, "w", newline="") as out:
        for frame in pandas.read_csv(rows, sep=";", chunksize=PART, dtype=DTYPES):
            p = predict(frame)
            frame["probability"] = p
            frame["decision"] = pandas.Series(p >= 0.2, index=frame.index).map({True: "act", False: "skip"})
            frame.to_csv(out, sep=";", index=False, header=count == 0)
            count += len(frame)
    return count


if len(sys.argv) == 5:
    keep_model(*sys.argv[2:])
else:
    task = read_task()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, __file__, "fit", task["bank"], task["model"], folder], check=True)
        predict = load(task["model"], folder)
        measure(task, lambda: score(predict, task["rows"], task["scored"]), lambda count: {"scored": count})
