"""A running ClickTrain, measured from outside: its start, uploads, pages, and a
training through the JSON API."""
import http.cookiejar
import json
import os
import resource
import socket
import statistics
import subprocess
import threading
import time
import urllib.error
import urllib.request
import uuid

import pandas as pd

from cases import CASES, SKLEARN
from fits import Peer, fit
from machine import Watch


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

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)

    def memory_mb(self):
        with open(f"/proc/{self.process.pid}/statm") as f:
            return int(f.read().split()[1]) * resource.getpagesize() / 1e6

    def call(self, method, path, body=None, kind="application/json"):
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        r = urllib.request.Request(self.base + path, data=body, method=method, headers={"Content-Type": kind})
        try:
            with urllib.request.urlopen(r, timeout=900) as answer:
                return answer.read()
        except urllib.error.HTTPError as e:
            raise RuntimeError(f"{method} {path.split('/')[2]}: {e.code} {e.read().decode()}") from e

    def upload(self, path):
        mark = uuid.uuid4().hex
        with open(path, "rb") as f:
            body = (f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="bench.csv"\r\n'
                    "Content-Type: text/csv\r\n\r\n").encode() + f.read() + f"\r\n--{mark}--\r\n".encode()
        start = time.perf_counter()
        answer = self.call("POST", "/api/upload", body, f"multipart/form-data; boundary={mark}")
        return json.loads(answer)["session_id"], time.perf_counter() - start


def bench_start(report, binary, runs):
    starts, memory = [], []
    for _ in range(runs or 5):
        with Server(binary) as s:
            starts.append(s.start_seconds)
            time.sleep(0.3)
            memory.append(s.memory_mb())
    report.say(f"From the start of the process to the first answer it takes {1000 * statistics.median(starts):.0f} ms, and an idle server "
               f"holds {statistics.median(memory):.0f} MB.")


def bench_upload(report, tables, binary, runs):
    path = tables.whole("medium", "binary")
    ours, theirs = [], []
    with Server(binary) as server:
        watch = Watch(server.process.pid)
        for _ in range(runs or 5):
            session, seconds = server.upload(path)
            ours.append(seconds)
            server.call("DELETE", f"/api/sessions/{session}")
            start = time.perf_counter()
            pd.read_csv(path)
            theirs.append(time.perf_counter() - start)
        report.add(f"upload {os.path.getsize(path) / 1e6:.0f} MB over HTTP", ours, theirs, peer="read_csv of pandas",
                   others=watch.others())


def bench_pages(report, tables, binary):
    """Latency of a session's Explore page, alone and while a forest trains."""
    with Server(binary) as server:
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
            return f"{times[len(times) // 2]:.1f} ms at the median and {times[int(len(times) * 0.99)]:.1f} ms at the 99th percentile"

        quiet = measure(200)
        session, _ = server.upload(tables.whole("medium", "reg"))
        body = {"algorithm": "random_forest", "target_column": "target"}
        training = threading.Thread(target=lambda: server.call("POST", f"/api/training/{session}", body))
        training.start()
        time.sleep(0.5)
        busy = measure(150)
        note = "" if training.is_alive() else " (it was done before the end)"
        training.join()
        report.say(f"The Explore page of titanic takes {quiet}; while a forest trains in another session, {busy}{note}.")


def recipe():
    """Trees' preparation, as the API takes it."""
    return {"steps": [{"step": "impute", "strategy": "median"}, {"step": "impute", "strategy": "most_frequent"},
                      {"step": "encode", "method": "ordinal"}]}


# Models of many nodes: what is handed over is as large as it gets.
API = [("random_forest", "binary"), ("random_forest", "reg"), ("extra_trees", "reg")]
# The whole request takes at most 1.2 times the fit.
WHOLE = 1 / 1.2


def bench_api(report, tables, binary, runs):
    """Large models trained by the JSON API: that the program does what bench/fit
    measures, and what the request takes beside the fit. The program draws its
    own 80,000 rows of the same table."""
    for algorithm, task in API:
        bench_request(report, tables, binary, runs, next(c for c in CASES if c.algorithm == algorithm and c.task == task and c.size == "medium"))


def bench_request(report, tables, binary, runs, case):
    peer = Peer(tables, case, SKLEARN)
    body = {"algorithm": case.algorithm, "target_column": "target"}
    answers, whole, theirs, files = [], [], [], []
    with Server(binary) as server:
        watch = Watch(server.process.pid)
        session, _ = server.upload(tables.whole(case.size, case.task))
        server.call("POST", f"/api/preprocessing/{session}", recipe())
        for seed in range(runs or 3):
            start = time.perf_counter()
            answers.append(json.loads(server.call("POST", f"/api/training/{session}", body | {"seed": seed})))
            whole.append(time.perf_counter() - start)
            start = time.perf_counter()
            file = server.call("GET", f"/api/export/{session}")
            files.append((len(file) / 1e6, time.perf_counter() - start))
            theirs.append(fit(peer, seed))
        others = watch.others()
    score = "r2_score" if case.task == "reg" else "accuracy"
    mean = lambda scores: f"{statistics.mean(scores):.4f}"
    fits = [a["timings"]["fit_seconds"] for a in answers]
    name = f"{case.name()}, by the API"
    report.add(name, fits, [t["fit_seconds"] for t in theirs], peer=SKLEARN, goal=case.goals.get("fit"), others=others,
               note=f"{score} {mean(a['metrics'][score] for a in answers)} and {mean(t['scores']['R²' if case.task == 'reg' else 'accuracy'] for t in theirs)}")
    report.add(f"{name}, from request to answer", whole, [t["fit_seconds"] + t["batch_seconds"] for t in theirs],
               peer=SKLEARN + ", fit and predict in one process", others=others)
    report.add(f"{name}, from request to answer", whole, fits, peer="its fit alone", goal=WHOLE, others=others,
               note=", ".join(f"{k.removesuffix('_seconds')} {statistics.median(a['timings'][k] for a in answers):.2f} s"
                              for k in ("start_seconds", "prepare_seconds", "evaluate_seconds", "handover_seconds")))
    size, seconds = map(statistics.median, zip(*files))
    report.say(f"{name}: the file for scikit-learn, of {size:.0f} MB, is downloaded in {seconds:.2f} s.")
