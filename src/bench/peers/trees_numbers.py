"""Boosts numbers of a matrix of the bench with LightGBM; answers, in the first round, with the share of a constant's loss that is saved, the mean of all draws."""
import lightgbm
import numpy
from matrix import Matrix
from measure import measure, read_task

task = read_task()
name, *numbers = task["loss"].split(" ")
number = float(numbers[0]) if numbers else None
objectives = {
    "squared": {"objective": "regression"},
    "absolute": {"objective": "regression_l1"},
    "quantile": {"objective": "quantile", "alpha": number},
    "poisson": {"objective": "poisson"},
    "tweedie": {"objective": "tweedie", "tweedie_variance_power": number},
}


def loss_of(y, p):
    if name == "squared":
        return (y - p) ** 2
    if name == "absolute":
        return numpy.abs(y - p)
    if name == "quantile":
        return numpy.maximum(number * (y - p), (number - 1) * (y - p))
    if name == "poisson":
        return numpy.where(y > 0, y * numpy.log(numpy.maximum(y, 1) / p), 0) - y + p
    return -2 * numpy.sqrt(y) + y / numpy.sqrt(p) + numpy.sqrt(p)


def read(path):
    """A matrix, and the targets of each draw."""
    rows = Matrix(path)
    return rows, numpy.fromfile(path + "-numbers.bin", "<f8").reshape(-1, len(rows.x))


rows, draws = read(task["path"])


def fit(draw=0):
    model = lightgbm.LGBMRegressor(
        n_estimators=task["trees"], num_leaves=31, learning_rate=0.05, max_bin=255, n_jobs=task["threads"], verbose=-1,
        **{key: value for key, value in objectives[name].items() if value is not None},
    )
    return model.fit(rows.x, draws[draw], categorical_feature=rows.categories)


def saved(truth, predictions):
    """The share of the best constant's loss that predictions save."""
    constant = truth.mean()
    if name in ("absolute", "quantile"):
        share = 0.5 if name == "absolute" else number
        constant = numpy.sort(truth)[int(share * len(truth))]
    return 1 - loss_of(truth, predictions).sum() / loss_of(truth, constant).sum()


def scored(first):
    # The model is the same in each round.
    if task["round"] > 0:
        return None
    held, truths = read(task["judge"])
    shares = [saved(truth, (fit(draw) if draw else first).predict(held.x)) for draw, truth in enumerate(truths)]
    return {"scores": {"saved": float(numpy.mean(shares))}}


measure(task, fit, scored)
