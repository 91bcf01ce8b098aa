"""Balances the rows of a matrix of the bench by imbalanced-learn's SMOTE or SMOTENC; answers with how many rows there are then."""
from imblearn.over_sampling import SMOTE, SMOTENC
from matrix import Matrix
from measure import measure, read_task
from sklearn.neighbors import NearestNeighbors

task = read_task()
rows = Matrix(task["path"])
# One more, because the nearest neighbour of a row is the row itself; with the threads of the machine.
neighbours = NearestNeighbors(n_neighbors=6, n_jobs=-1)
if task["categories"]:
    x = rows.standardised()
    sampler = SMOTENC(categorical_features=rows.categories, k_neighbors=neighbours, random_state=1)
else:
    x = rows.one_hot()
    sampler = SMOTE(k_neighbors=neighbours, random_state=1)
measure(
    task,
    lambda: sampler.fit_resample(x, rows.y),
    lambda made: {"rows": len(made[1]), "ones": int(made[1].sum())},
)
