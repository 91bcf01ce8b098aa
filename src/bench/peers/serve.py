"""Starts FastAPI with 200 trees (a scikit-learn pipeline, or a LightGBM asked through numpy), asks it with wrk, and reports."""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

from bank_model import NUMBERS, TEXTS, keep_model
from measure import read_task

PORT = 3990
ROW_MODEL = '''
class Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    age: int; job: str; marital: str; education: str; default: str; balance: int; housing: str; loan: str
    contact: str; day: int; month: str; campaign: int; pdays: int; previous: int; poutcome: str
'''
PIPELINE = '''
import joblib, pandas
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
model = joblib.load(MODEL)
''' + ROW_MODEL + '''
app = FastAPI()
@app.post("/predict")
async def predict(row: Row):
    p = float(model.predict_proba(pandas.DataFrame([row.model_dump()]))[0, 1])
    return {"probability": p, "decision": "act" if p >= 0.2 else "skip"}
'''
NUMPY = '''
import json, lightgbm, numpy
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
levels = json.load(open(LEVELS))
booster = lightgbm.Booster(model_file=MODEL)
''' + ROW_MODEL + '''
app = FastAPI()
@app.post("/predict")
async def predict(row: Row):
    given = row.model_dump()
    values = [levels[n].get(given[n], -1) if n in levels else given[n] for n in ORDER]
    p = float(booster.predict(numpy.array([values], dtype=float), num_threads=1)[0])
    return {"probability": p, "decision": "act" if p >= 0.2 else "skip"}
'''

task = read_task()
folder = tempfile.mkdtemp()
model, kept = os.path.join(folder, "model"), os.path.join(folder, "levels.json")
keep_model(task["bank"], task["server"], folder)
if task["server"] == "pipeline":
    server_text = PIPELINE.replace("MODEL", repr(model))
else:
    order = repr(TEXTS + NUMBERS)
    server_text = NUMPY.replace("LEVELS", repr(kept)).replace("MODEL", repr(model)).replace("ORDER", order)
with open(os.path.join(folder, "server.py"), "w") as file:
    file.write(server_text)
with open(task["rows"], "rb") as file:
    row = file.readline()

address = f"http://127.0.0.1:{PORT}/predict"
started = time.perf_counter()
server = subprocess.Popen(
    [sys.executable, "-m", "uvicorn", "server:app", "--port", str(PORT), "--no-access-log", "--log-level", "warning"],
    # One row has no work for a second thread, and waiting for one would cost more than the row.
    cwd=folder, stdout=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": "1"})


def cpu_seconds():
    with open(f"/proc/{server.pid}/stat") as file:
        fields = file.read().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


try:
    while True:
        try:
            request = urllib.request.Request(address, row, {"content-type": "application/json"})
            urllib.request.urlopen(request).read()
            break
        except OSError:
            time.sleep(0.02)
    first = time.perf_counter() - started
    seconds, cpus, p99 = [], [], []
    for i in range(task["warmups"] + task["repeats"]):
        cpu = cpu_seconds()
        text = subprocess.run(
            ["wrk", "-t1", f"-c{task['connections']}", "-d2s", "--latency", "-s", task["script"], address],
            capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in text:
            raise RuntimeError(text)
        if i >= task["warmups"]:
            seconds.append(1 / float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)))
            value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
            p99.append(float(value) * {"us": 1e-6, "ms": 1e-3, "s": 1}[unit])
            cpus.append((cpu_seconds() - cpu) / int(re.search(r"(\d+) requests in", text).group(1)))
    with open(f"/proc/{server.pid}/status") as file:
        peak = int(re.search(r"VmHWM:\s+(\d+) kB", file.read()).group(1)) * 1024
    print(json.dumps({"seconds": seconds, "cpuSeconds": cpus, "first": first, "peakBytes": peak, "p99": p99,
                      "answer": None}))
finally:
    server.kill()
