"""For the peers of the bench: reads a matrix as `made-matrix.ts` writes it."""
import json

import numpy
import pandas


class Matrix:
    """Columns of doubles (a category as its code), labels, folds in one or several draws, and which columns are categories."""

    def __init__(self, path):
        with open(path + ".json") as file:
            meta = json.load(file)
        count = meta["rows"]
        self.levels = {j: column["levels"] for j, column in enumerate(meta["columns"]) if column["kind"] != "number"}
        self.categories = list(self.levels)
        # Column after column into one array in column order, so that no table is held twice.
        self.x = numpy.empty((count, len(meta["columns"])), order="F")
        with open(path + ".bin", "rb") as file:
            for j in range(self.x.shape[1]):
                self.x[:, j] = numpy.fromfile(file, "<i4" if j in self.levels else "<f8", count)
            self.y = numpy.fromfile(file, "u1", count)
            self.folds = numpy.fromfile(file, "u1", count)
            self.other_folds = [numpy.fromfile(file, "u1", count) for _ in range(meta.get("otherDraws", 0))]

    def frame(self, values):
        """The same rows with categories as pandas has them."""
        frame = pandas.DataFrame(values)
        for j in self.categories:
            frame[j] = pandas.Categorical(frame[j].astype(int), categories=range(self.levels[j]))
        return frame

    def standardised(self):
        """Numbers of mean 0 and standard deviation 1; categories as they are."""
        x = self.x.copy()
        numbers = [j for j in range(x.shape[1]) if j not in self.levels]
        x[:, numbers] = (x[:, numbers] - x[:, numbers].mean(0)) / x[:, numbers].std(0)
        return x

    def one_hot(self):
        """Standardised numbers, and 0 and 1 for each level, row after row."""
        x = self.standardised()
        parts = []
        for j in range(x.shape[1]):
            levels = self.levels.get(j)
            parts.append(x[:, [j]] if levels is None else (x[:, [j]] == numpy.arange(levels)).astype(float))
        return numpy.ascontiguousarray(numpy.hstack(parts))
