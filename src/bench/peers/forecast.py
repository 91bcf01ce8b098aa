"""Forecasts M4's weekly series by models of statsforecast, one thread; answers with the OWA of each."""
import csv
import gzip

import numpy as np
from measure import measure, read_task
from statsforecast.models import MSTL, AutoETS, DynamicOptimizedTheta

task = read_task()
HORIZON = 13


def rows(file):
    return [np.array([float(v) for v in row[1:] if v.strip()]) for row in list(csv.reader(file))[1:]]


with gzip.open(task["train"], "rt") as file:
    train = rows(file)
with open(task["test"]) as file:
    test = rows(file)


def ets(values):
    return AutoETS(1, "ZZN").forecast(values, HORIZON)["mean"]


def theta(values):
    return DynamicOptimizedTheta(1).forecast(values, HORIZON)["mean"]


def mstl(values):
    # Two seasons are needed; what ours does with fewer.
    if len(values) < 104:
        return ets(values)
    return MSTL(52, trend_forecaster=AutoETS(1, "ZZN")).forecast(values, HORIZON)["mean"]


models = {"ETS": ets, "Theta": theta, "MSTL": mstl}
chosen = models[task["model"]]


def owa(forecasts):
    def parts(values):
        percent = [np.mean(200 * abs(a - f) / (abs(a) + abs(f))) for a, f in zip(test, values)]
        scaled = [np.mean(abs(a - f)) / np.mean(abs(np.diff(y))) for a, f, y in zip(test, values, train)]
        return np.mean(percent), np.mean(scaled)

    naive = parts([np.full(HORIZON, values[-1]) for values in train])
    return float(np.mean([ours / theirs for ours, theirs in zip(parts(forecasts), naive)]))


measure(task, lambda: [chosen(values) for values in train], lambda made: {"scores": {"OWA": owa(made)}})
