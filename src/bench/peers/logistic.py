"""Fits scikit-learn's logistic regression on a matrix of the bench, one-hot and standardised; answers with the AUC on fold 0."""
from matrix import Matrix
from measure import measure, read_task
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

task = read_task()
rows = Matrix(task["path"])
x, held = rows.one_hot(), rows.folds == 0
train, labels = x[~held], rows.y[~held]
measure(
    task,
    lambda: LogisticRegression(C=1, max_iter=1000).fit(train, labels),
    lambda model: {"scores": {"AUC": float(roc_auc_score(rows.y[held], model.predict_proba(x[held])[:, 1]))}},
)
