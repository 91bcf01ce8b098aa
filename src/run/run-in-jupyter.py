# Runs one notebook in the real Jupyter and writes what came of it; called by run-in-jupyter.ts.
# python run-in-jupyter.py <in.ipynb> <out.ipynb> <outcome.json> <seconds per cell> <kernel> <folder>
import json
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

source, target, outcome_file, timeout, kernel, folder = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
running = {"index": None}


def begin(cell, cell_index, **_):
    running["index"] = cell_index


client = NotebookClient(
    notebook,
    timeout=float(timeout),
    kernel_name=kernel,
    resources={"metadata": {"path": folder}},
    record_timing=False,
    on_cell_start=begin,
)
outcome = {"kind": "ok"}
try:
    client.execute()
except CellTimeoutError:
    outcome = {"kind": "late"}
except DeadKernelError as error:
    outcome = {"kind": "died", "message": str(error)}
except CellExecutionError as error:
    outcome = {"kind": "error", "ename": error.ename, "evalue": error.evalue}
outcome["index"] = running["index"]
nbformat.write(notebook, target)
with open(outcome_file, "w", encoding="utf-8") as out:
    json.dump(outcome, out)
