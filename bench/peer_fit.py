"""Fits one estimator of another library in a process of its own, so that its
memory and threads are that fit's alone, and predicts rows it has not seen.

    python bench/peer_fit.py '{"library": "scikit-learn", "algorithm": "ridge", …}'

The task is a JSON object: library, algorithm, task, seed, params, arrays (a
folder of x.npy, y.npy and unseen.npy), predictions (a file to write), and wait.
Prints one JSON object, like the program in bench/fit. A small fit comes before
the one that counts; with wait it prints "ready" and fits once, when a line comes.
"""
import ctypes
import gc
import json
import os
import pickle
import statistics
import sys
import time
import warnings

# A current numpy chooses its own kernel; variables meant for old ones slow it.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)

import numpy as np

import peer_models

FEW = 2000
BUDGET = 1.0


def status(name):
    """A line of the process's status, in MB."""
    with open("/proc/self/status") as f:
        return next(int(line.split()[1]) / 1000 for line in f if line.startswith(name + ":"))


def forget_peak():
    """Gives free memory back, makes what is resident the peak, returns it."""
    gc.collect()
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
        with open("/proc/self/clear_refs", "w") as f:
            f.write("5")
    except OSError:
        pass  # the peak stays, and shows as memory added
    return status("VmRSS")


def repeat(run, most, budget):
    """The seconds of each call: at least one, and more within the budget."""
    seconds, began = [], time.perf_counter()
    while not seconds or len(seconds) < most and time.perf_counter() - began < budget:
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return seconds


def threads():
    """What the libraries' thread pools hold: {"openmp": 2, "blas": 2}."""
    import threadpoolctl
    return {p["user_api"]: p["num_threads"] for p in threadpoolctl.threadpool_info()}


def measure(task):
    load = lambda name: np.load(os.path.join(task["arrays"], name + ".npy"))
    x, y, unseen = load("x"), load("y"), load("unseen")
    if task.get("predict"):
        unseen = unseen[:task["predict"]]
    make = lambda: peer_models.make(task["library"], task["algorithm"], task["task"], task["seed"], task["params"])
    make().fit(x[:FEW], y[:FEW])
    if task.get("wait"):
        print("ready", flush=True)
        sys.stdin.readline()
        return {"fit_seconds": repeat(lambda: make().fit(x, y), 1, 0)[0]}
    before = forget_peak()
    start = time.perf_counter()
    model = make().fit(x, y)
    fits = [time.perf_counter() - start]
    peak = status("VmHWM")
    if fits[0] < BUDGET:
        fits += repeat(lambda: make().fit(x, y), 4, BUDGET)
    one = unseen[:1]
    model.predict(one)
    each = repeat(lambda: model.predict(one), 50, BUDGET)
    predicted = model.predict(unseen)
    batch = repeat(lambda: model.predict(unseen), 7, BUDGET)
    proba = hasattr(model, "predict_proba")
    with open(task["predictions"], "wb") as f:
        predicted.astype("<f8").tofile(f)
        if proba:
            model.predict_proba(unseen).astype("<f8").tofile(f)
    return {"fit_seconds": statistics.median(fits), "added_mb": peak - before, "peak_mb": peak,
            "batch_seconds": statistics.median(batch), "row_seconds": statistics.median(each),
            "file_bytes": len(pickle.dumps(model)), "proba": proba, "threads": threads()}


def main():
    warnings.simplefilter("ignore")  # of convergence, where rounds are limited on both sides
    task = json.loads(sys.argv[1])
    print(json.dumps(measure(task)))


if __name__ == "__main__":
    main()
