"""Times ClickTrain against scikit-learn and pandas, both in one run on this
machine, and prints the ratios.

    make bench                    # everything, about ten minutes
    bench/bench.py --only forest  # one part
    bench/bench.py --only table --old-python /tmp/old/bin/python

The last also times the pandas of another Python, such as one with pandas 1.5.3.

Both sides get the same training rows' number, the same columns and the same
encoding, and are scored on the same rows, which neither has seen: ClickTrain
by the file it exports, opened in scikit-learn. The runs alternate and medians
are compared. Figures are seconds; a ratio above 1 means that ClickTrain is
faster.
"""
import argparse
import json
import os
import pickle
import platform
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid

# A current numpy chooses its own kernel; variables meant for old ones slow it.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import accuracy_score, r2_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import data

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


class Server:
    """A ClickTrain started for the benchmark, on a free port."""

    def __init__(self, binary):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        start = time.perf_counter()
        self.process = subprocess.Popen([binary, "serve", "--addr", f"127.0.0.1:{self.port}"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                urllib.request.urlopen(self.base + "/health", timeout=5).read()
                break
            except OSError:
                if time.perf_counter() - start > 10:
                    raise
                time.sleep(0.001)
        self.start_seconds = time.perf_counter() - start

    def memory_mb(self):
        with open(f"/proc/{self.process.pid}/statm") as f:
            return int(f.read().split()[1]) * resource.getpagesize() / 1e6

    def call(self, method, path, body=None, kind="application/json"):
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        r = urllib.request.Request(self.base + path, data=body, method=method, headers={"Content-Type": kind})
        with urllib.request.urlopen(r, timeout=900) as answer:
            return answer.read()

    def upload(self, path):
        mark = uuid.uuid4().hex
        with open(path, "rb") as f:
            body = (f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="bench.csv"\r\n'
                    "Content-Type: text/csv\r\n\r\n").encode() + f.read() + f"\r\n--{mark}--\r\n".encode()
        start = time.perf_counter()
        answer = self.call("POST", "/api/upload", body, f"multipart/form-data; boundary={mark}")
        return json.loads(answer)["session_id"], time.perf_counter() - start

    def close(self):
        self.process.terminate()
        self.process.wait(30)


def row(name, ours, theirs, note=""):
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"{name:42} {a:9.4f} {b:9.4f} {b / a:7.1f}x  {note}", flush=True)
    return {"what": name, "ours": a, "peer": b, "ratio": b / a, "note": note}


def preparation(linear):
    """The same preparation on both sides: medians and most frequent values
    filled in, categories one-hot and numbers scaled for linear models,
    categories as codes for forests."""
    if linear:
        numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
        codes = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    else:
        numbers = SimpleImputer(strategy="median")
        codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    t = make_column_transformer(
        (numbers, make_column_selector(dtype_include=np.number)),
        (make_pipeline(SimpleImputer(strategy="most_frequent"), codes), make_column_selector(dtype_exclude=np.number)))
    return t


def prepared(df, linear):
    return preparation(linear).fit(df)


def recipe(linear):
    steps = [{"step": "impute", "strategy": "median"}, {"step": "impute", "strategy": "most_frequent"},
             {"step": "encode", "method": "one_hot" if linear else "ordinal"}]
    return {"steps": steps + ([{"step": "scale", "method": "standard"}] if linear else [])}


MODELS = [
    # name, task, algorithm, parameters for ClickTrain, scikit-learn's
    ("forest", "binary", "random_forest", {}, lambda s: RandomForestClassifier(n_jobs=-1, random_state=s)),
    ("forest", "multi", "random_forest", {}, lambda s: RandomForestClassifier(n_jobs=-1, random_state=s)),
    ("forest", "reg", "random_forest", {}, lambda s: RandomForestRegressor(n_jobs=-1, random_state=s)),
    ("logistic", "binary", "logistic_regression", {"max_iter": 1000}, lambda s: LogisticRegression(max_iter=1000)),
    ("logistic", "multi", "logistic_regression", {"max_iter": 1000}, lambda s: LogisticRegression(max_iter=1000)),
    ("linear", "reg", "linear_regression", {}, lambda s: LinearRegression()),
]


def bench_model(server, name, task, algorithm, params, make, reps, folder):
    path = os.path.join(folder, f"medium_{task}.csv")
    whole = data.table(task, 120_000)
    whole.iloc[:100_000].to_csv(path, index=False, float_format="%.6g")
    known, unseen = pd.read_csv(path).sample(80_000, random_state=1), whole.iloc[100_000:]
    session, _ = server.upload(path)
    server.call("POST", f"/api/preprocessing/{session}", recipe(name != "forest"))
    prep = prepared(known.drop(columns="target"), name != "forest")
    x, y = prep.transform(known.drop(columns="target")), known["target"].to_numpy()
    test = prep.transform(unseen.drop(columns="target"))
    score = r2_score if task == "reg" else accuracy_score
    ours, theirs, our_scores, their_scores = [], [], [], []
    for seed in range(reps):
        answer = json.loads(server.call("POST", f"/api/training/{session}", {
            "algorithm": algorithm, "target_column": "target", "params": params, "seed": seed}))
        ours.append(answer["timings"]["fit_seconds"])
        model = pickle.loads(server.call("GET", f"/api/export/{session}?run_id={answer['run_id']}"))
        our_scores.append(score(unseen["target"], model.predict(unseen.drop(columns="target"))))
        start = time.perf_counter()
        peer = make(seed).fit(x, y)
        theirs.append(time.perf_counter() - start)
        their_scores.append(score(unseen["target"], peer.predict(test)))
    note = f"score {statistics.mean(our_scores):.4f} / {statistics.mean(their_scores):.4f}, {answer['rows']['train']} rows"
    server.call("DELETE", f"/api/sessions/{session}")
    return row(f"{algorithm}, {task}", ours, theirs, note)


def bench_upload(server, reps, folder):
    path = os.path.join(folder, "medium_binary.csv")
    if not os.path.exists(path):
        data.table("binary", 100_000).to_csv(path, index=False, float_format="%.6g")
    ours, theirs = [], []
    for _ in range(reps):
        session, seconds = server.upload(path)
        ours.append(seconds)
        server.call("DELETE", f"/api/sessions/{session}")
        start = time.perf_counter()
        pd.read_csv(path)
        theirs.append(time.perf_counter() - start)
    return row("upload over HTTP / pandas read_csv", ours, theirs, f"{os.path.getsize(path) / 1e6:.1f} MB")


def run_json(*command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)


def bench_table(size, reps, folder, old_python=""):
    """Reading a file with its types, and describing it, beside pandas and
    polars, each in processes of its own; the runs alternate. old_python, if
    given, is a Python whose pandas reads the file too."""
    path = os.path.join(folder, f"{size}_binary.csv")
    if not os.path.exists(path):
        data.table("binary", 1_000_000 if size == "large" else 100_000, size).to_csv(path, index=False, float_format="%.6g")
    tool = os.path.join(folder, "table")
    subprocess.run(["go", "build", "-o", tool, "./bench/table"], check=True, cwd=ROOT)
    peer = lambda *args, python=sys.executable: run_json(python, os.path.join(HERE, "peers.py"), *args)
    ours, pandas, polars, older, profile, described, duplicates = [], [], [], [], [], [], []
    for _ in range(reps):
        ours.append(run_json(tool, "-reps", "1", path))
        pandas.append(peer("pandas", "read", path, "1"))
        polars.append(peer("polars", "read", path, "1"))
        if old_python:
            older.append(peer("pandas", "read", path, "1", python=old_python))
        profile.append(run_json(tool, "-reps", "1", "-profile", path)["profile_seconds"])
        described.append(peer("pandas", "describe", path, "1")["seconds"])
        duplicates.append(peer("pandas", "duplicates", path, "1")["seconds"])
    seconds = [o["read_seconds"] for o in ours]
    mb = statistics.median(o["peak_mb"] for o in ours)
    file = f"{os.path.getsize(path) / 1e6:.0f} MB"
    rows = [
        row(f"read {size}, pandas {pandas[0]['version']}", seconds, [p["seconds"] for p in pandas],
            f"{file}; peak {mb:.0f} / {statistics.median(p['peak_mb'] for p in pandas):.0f} MB"),
        row(f"read {size}, polars {polars[0]['version']}", seconds, [p["seconds"] for p in polars],
            f"peak {mb:.0f} / {statistics.median(p['peak_mb'] for p in polars):.0f} MB"),
        row(f"describe {size}, pandas", profile, described, "ours with duplicate rows, pandas without"),
        row(f"describe {size} with duplicates, pandas", profile, [a + b for a, b in zip(described, duplicates)]),
    ]
    if older:
        rows.append(row(f"read {size}, pandas {older[0]['version']}", seconds, [p["seconds"] for p in older],
                        f"peak {mb:.0f} / {statistics.median(p['peak_mb'] for p in older):.0f} MB"))
    return rows


def bench_prepare(size, reps, folder):
    """Filling, encoding and scaling a table in memory, the first time and as
    new rows. Our categories stay codes, where scikit-learn writes each column
    of 0 and 1 out."""
    path = os.path.join(folder, f"{size}_binary.csv")
    if not os.path.exists(path):
        data.table("binary", 1_000_000 if size == "large" else 100_000, size).to_csv(path, index=False, float_format="%.6g")
    tool = os.path.join(folder, "prepare")
    subprocess.run(["go", "build", "-o", tool, "./bench/prepare"], check=True, cwd=ROOT)
    df = pd.read_csv(path).drop(columns="target")
    rows = []
    for linear in (True, False):
        ours, fits, transforms = [], [], []
        for _ in range(reps):
            ours.append(run_json(tool, "-reps", "3", *(["-linear"] if linear else []), path, "target"))
            peer = preparation(linear)
            start = time.perf_counter()
            peer.fit_transform(df)
            fits.append(time.perf_counter() - start)
            start = time.perf_counter()
            peer.transform(df)
            transforms.append(time.perf_counter() - start)
        what = "one-hot, scaled" if linear else "codes"
        rows.append(row(f"prepare {size}, {what}", [o["fit_seconds"] for o in ours], fits, f"{len(df)} rows"))
        rows.append(row(f"prepare {size}, {what}, new rows", [o["transform_seconds"] for o in ours], transforms))
    return rows


def bench_server(binary, reps):
    starts, memory = [], []
    for _ in range(reps):
        s = Server(binary)
        starts.append(s.start_seconds)
        time.sleep(0.3)
        memory.append(s.memory_mb())
        s.close()
    print(f"start to the first answer: {1000 * statistics.median(starts):.0f} ms; idle memory: {statistics.median(memory):.0f} MB")
    return {"what": "start", "seconds": statistics.median(starts), "idle_mb": statistics.median(memory)}


def bench_pages(server, folder):
    """Latency of a session's explore page, alone and while forests train."""
    import http.cookiejar
    import threading
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    browser.open(urllib.request.Request(server.base + "/sample", data=b"name=titanic", method="POST")).read()

    def measure(count):
        times = []
        for _ in range(count):
            start = time.perf_counter()
            browser.open(server.base + "/explore").read()
            times.append(1000 * (time.perf_counter() - start))
            time.sleep(0.01)
        times.sort()
        return times[len(times) // 2], times[int(len(times) * 0.99)]

    quiet = measure(200)
    path = os.path.join(folder, "medium_reg.csv")
    if not os.path.exists(path):
        data.table("reg", 100_000).to_csv(path, index=False, float_format="%.6g")
    session, _ = server.upload(path)
    body = {"algorithm": "random_forest", "target_column": "target"}
    training = threading.Thread(target=lambda: server.call("POST", f"/api/training/{session}", body))
    training.start()
    time.sleep(0.5)
    busy_times = measure(150)
    running = training.is_alive()
    training.join()
    server.call("DELETE", f"/api/sessions/{session}")
    print(f"explore page: median {quiet[0]:.1f} ms, p99 {quiet[1]:.1f} ms; while a forest trains: "
          f"median {busy_times[0]:.1f} ms, p99 {busy_times[1]:.1f} ms" + ("" if running else " (the forest was done first)"))
    return {"what": "explore page", "quiet_ms": quiet, "training_ms": busy_times}


def main():
    ap = argparse.ArgumentParser(description="Times ClickTrain against scikit-learn and pandas.")
    ap.add_argument("--binary", default=os.path.join(ROOT, "clicktrain"))
    ap.add_argument("--only", default="", help="server, upload, pages, table, prepare, forest, logistic or linear")
    ap.add_argument("--reps", type=int, default=3)
    ap.add_argument("--old-python", default="", help="a Python with an older pandas, to time its read_csv too")
    ap.add_argument("--json", default="", help="also write the figures to this file")
    a = ap.parse_args()
    print(f"Python {platform.python_version()}, scikit-learn {sklearn.__version__}, numpy {np.__version__}, "
          f"pandas {pd.__version__}, {os.cpu_count()} cores")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        if a.only in ("", "server"):
            rows.append(bench_server(a.binary, 5))
        server = Server(a.binary)
        try:
            if a.only in ("", "pages"):
                rows.append(bench_pages(server, folder))
            print(f"{'':42} {'ours':>9} {'peer':>9} {'ratio':>8}")
            if a.only in ("", "upload"):
                rows.append(bench_upload(server, 5, folder))
            if a.only in ("", "table"):
                rows += bench_table("medium", 5, folder, a.old_python) + bench_table("large", a.reps, folder, a.old_python)
            if a.only in ("", "prepare"):
                rows += bench_prepare("medium", 5, folder) + bench_prepare("large", a.reps, folder)
            for name, task, algorithm, params, make in MODELS:
                if a.only in ("", name):
                    rows.append(bench_model(server, name, task, algorithm, params, make, a.reps, folder))
        finally:
            server.close()
    if a.json:
        with open(a.json, "w") as f:
            json.dump(rows, f, indent=1)


if __name__ == "__main__":
    main()
