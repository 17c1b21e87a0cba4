"""The steps around a fit: reading and describing a table, preparing it, and
scoring predictions."""
import json
import os
import statistics
import subprocess
import sys
import time

import numpy as np
import pandas as pd

import peer_metrics
from cases import SKLEARN
from machine import HERE, ROOT, Watch
from tables import preparation


def run_json(*command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)


def bench_table(report, tables, size, runs, old_python=""):
    """Reading a file with its types, and describing it, beside pandas and
    polars, each in processes of its own. old_python, if given, is a Python
    whose pandas reads the file too."""
    path, tool = tables.whole(size, "binary"), tables.tool("table")
    peer = lambda *args, python=sys.executable: run_json(python, os.path.join(HERE, "peers.py"), *args)
    readers = {"pandas": ("pandas", sys.executable), "polars": ("polars", sys.executable)}
    if old_python:
        readers["old pandas"] = ("pandas", old_python)
    ours, profile, described, duplicates = [], [], [], []
    read = {name: [] for name in readers}
    watch = Watch()
    for _ in range(runs or 5):
        ours.append(run_json(tool, "-reps", "1", path))
        for name, (library, python) in readers.items():
            read[name].append(peer(library, "read", path, "1", python=python))
        profile.append(run_json(tool, "-reps", "1", "-profile", path)["profile_seconds"])
        described.append(peer("pandas", "describe", path, "1")["seconds"])
        duplicates.append(peer("pandas", "duplicates", path, "1")["seconds"])
    others = watch.others()
    file = f"{os.path.getsize(path) / 1e6:.0f} MB"
    peak = statistics.median(o["peak_mb"] for o in ours)
    for name, (library, _) in readers.items():
        report.add("read " + file, [o["read_seconds"] for o in ours], [p["seconds"] for p in read[name]], others=others,
                   peer=f"{library} {read[name][0]['version']}",
                   note=f"peak memory {peak:.0f} and {statistics.median(p['peak_mb'] for p in read[name]):.0f} MB")
    rows = f"{ours[0]['rows']:,} × {ours[0]['columns']}"
    report.add(f"describe {rows} with duplicate rows", profile, [a + b for a, b in zip(described, duplicates)], peer="pandas", others=others)


def bench_prepare(report, tables, size, runs):
    """Filling, encoding and scaling a table in memory, the first time and as
    new rows. Our categories stay codes, where scikit-learn writes each column
    of 0 and 1 out."""
    path, tool = tables.whole(size, "binary"), tables.tool("prepare")
    df = pd.read_csv(path).drop(columns="target")
    for linear in (True, False):
        ours, fits, transforms = [], [], []
        watch = Watch()
        for _ in range(runs or 5):
            ours.append(run_json(tool, "-reps", "3", *(["-linear"] if linear else []), path, "target"))
            peer = preparation(linear)
            start = time.perf_counter()
            peer.fit_transform(df)
            fits.append(time.perf_counter() - start)
            start = time.perf_counter()
            peer.transform(df)
            transforms.append(time.perf_counter() - start)
        others = watch.others()
        what = f"{len(df):,} × {df.shape[1]}, filled, " + ("one-hot, scaled" if linear else "as codes")
        report.add(what, [o["fit_seconds"] for o in ours], fits, peer=SKLEARN, goal=6, others=others)
        report.add(what + ", new rows", [o["transform_seconds"] for o in ours], transforms, peer=SKLEARN, goal=6, others=others)


def bench_metrics(report, tables, rows, runs):
    """All scores and curves of a report, from predictions in memory."""
    tool = tables.tool("score")
    rng = np.random.default_rng(7)
    for classes, what, theirs in ((2, "two classes", peer_metrics.binary), (5, "five classes", peer_metrics.multi),
                                  (0, "numbers", peer_metrics.numbers)):
        y, said, proba = predictions(rng, rows, classes)
        path = tables.path("predictions.bin")
        with open(path, "wb") as f:
            for part in (y, said, proba):
                np.asarray(part, dtype="<f8").tofile(f)
        given = (y, said, proba) if classes else (y, said)
        theirs(*given)  # imports what it needs
        ours, others_seconds = [], []
        watch = Watch()
        for _ in range(runs or 5):
            ours.append(run_json(tool, "-reps", "5", "-classes", str(classes), path, str(rows))["seconds"])
            start = time.perf_counter()
            theirs(*given)
            others_seconds.append(time.perf_counter() - start)
        report.add(f"scores of {rows:,} rows, {what}", ours, others_seconds, peer=SKLEARN, goal=3, others=watch.others())


def predictions(rng, rows, classes):
    """True values, predicted ones, and probabilities where there are classes."""
    if not classes:
        y = 20 + 4 * rng.standard_normal(rows)
        return np.abs(y), np.abs(y + rng.standard_normal(rows)), []
    y = rng.integers(0, classes, rows)
    proba = rng.random((rows, classes)) + 0.5 * np.eye(classes)[y]
    proba /= proba.sum(1, keepdims=True)
    return y, proba.argmax(1), proba
