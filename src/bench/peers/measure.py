"""For the peers of the bench: does the work some times, and prints the report that the bench reads."""
import json
import resource
import sys
import time


def read_task():
    return json.loads(sys.argv[1])


def measure(task, work, answer):
    """Times `work()`; `answer(result)` is made from the last result, outside the time."""
    seconds, cpu_seconds = [], []
    result = None
    for _ in range(task["warmups"] + task["repeats"]):
        start, cpu = time.perf_counter(), time.process_time()
        result = work()
        seconds.append(time.perf_counter() - start)
        cpu_seconds.append(time.process_time() - cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = {
        "seconds": seconds[task["warmups"]:],
        "cpuSeconds": cpu_seconds[task["warmups"]:],
        "first": seconds[0],
        # Bytes on macOS, kibibytes elsewhere.
        "peakBytes": peak if sys.platform == "darwin" else peak * 1024,
        "answer": answer(result),
    }
    print(json.dumps(report))
