"""Reads a bank file into a pandas DataFrame, text as pandas likes it or as categories."""
import pandas
from measure import measure, read_task

NUMBERS = ["age", "balance", "day", "duration", "campaign", "pdays", "previous"]
TEXTS = "job marital education default housing loan contact month poutcome y".split()

task = read_task()
options = {"sep": ";"}
if task.get("categories"):
    options["dtype"] = {name: "category" for name in TEXTS}


def answer(frame):
    return {
        "rows": len(frame),
        "sums": [int(frame[name].sum()) for name in NUMBERS],
        "levels": [int(frame[name].nunique()) for name in TEXTS],
    }


measure(task, lambda: pandas.read_csv(task["path"], **options), answer)
