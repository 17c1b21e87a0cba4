"""Fits each case on both sides in turn, each in a process of its own, and
scores what they say of the same unseen rows."""
import json
import os
import statistics
import subprocess
import sys

import numpy as np
from sklearn.metrics import accuracy_score, r2_score, roc_auc_score

from cases import CASES, SKLEARN, boosting
from machine import HERE, ROOT, Watch, settle

# What is smaller on the other side is not compared, in MB.
LEAST = {"memory": 5, "file": 0.1}


class Ours:
    """The program's side: bench/fit."""

    name, predictions = "ClickTrain", "ours.bin"

    def __init__(self, tables, case):
        self.tables, self.case, self.tool = tables, case, tables.tool("fit")

    def command(self, seed, wait=False):
        c = self.case
        flags = ["-seed", str(seed), "-params", json.dumps(c.params | c.ours), "-predict", str(c.predict),
                 "-predictions", self.tables.path(self.predictions)]
        flags += ["-linear"] * c.linear + ["-wait"] * wait
        return [self.tool, *flags, c.algorithm, c.kind, *self.tables.parts(c.size, c.task), "target"]


class Peer:
    """Another library's side."""

    predictions = "theirs.bin"

    def __init__(self, tables, case, library):
        self.tables, self.case, self.name = tables, case, library

    def command(self, seed, wait=False):
        c = self.case
        task = dict(library=self.name, algorithm=c.algorithm, task=c.kind, seed=seed, params=c.params, predict=c.predict, wait=wait,
                    arrays=self.tables.arrays(c.size, c.task, c.linear), predictions=self.tables.path(self.predictions))
        return [sys.executable, os.path.join(HERE, "peer_fit.py"), json.dumps(task)]


def fit(side, seed, wait=0):
    """One run: its figures, with its scores on the unseen rows, and what others
    used of the machine meanwhile. wait is how long to wait for a quiet one."""
    settle(wait)
    watch = Watch()
    done = subprocess.run(side.command(seed), capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(f"{side.name}: {done.stderr.strip()[-500:]}")
    figures = json.loads(done.stdout)
    figures["others"] = watch.others()
    figures["scores"] = scores(side, figures["proba"])
    return figures


def scores(side, proba):
    case = side.case
    truth = np.load(os.path.join(side.tables.arrays(case.size, case.task, case.linear), "truth.npy"))
    truth = truth[:case.predict] if case.predict else truth
    x = np.fromfile(side.tables.path(side.predictions), dtype="<f8")
    said = x[:len(truth)]
    if case.task == "reg":
        return {"R²": r2_score(truth, said)}
    out = {"accuracy": accuracy_score(truth, said)}
    if proba:
        p = x[len(truth):].reshape(len(truth), -1)
        out["AUC"] = roc_auc_score(truth, p[:, 1]) if case.task == "binary" else roc_auc_score(truth, p, multi_class="ovr")
    return out


def known(tables, case):
    """Whether the program has the learner yet; says so where it has not."""
    done = subprocess.run([Ours(tables, case).tool, case.algorithm, case.kind, "", "", ""], capture_output=True, text=True)
    if "there is no " + case.algorithm in done.stderr:
        print(f"{case.name()}: skipped, not in the program")
        return False
    return True


def bench_case(report, tables, case, runs, wait):
    if not known(tables, case):
        return
    peers = [Peer(tables, case, SKLEARN)] + [Peer(tables, case, name) for name in case.peers]
    sides = [Ours(tables, case), *peers]
    for side in sides:
        side.command(0)  # writes the tables
    got = {side.name: [] for side in sides}
    for seed in range(runs or case.runs):
        for side in sides:
            got[side.name].append(fit(side, seed, wait))
    for peer in peers:
        goals = case.goals if peer.name == SKLEARN else {"fit": case.peers[peer.name], "memory": 0.5}
        compare(report, case, got[Ours.name], got[peer.name], peer.name, goals)


def compare(report, case, ours, theirs, peer, goals):
    others = max(statistics.median(r["others"] for r in side) for side in (ours, theirs))
    each = lambda runs, key, unit=1: [r[key] / unit for r in runs]
    add = lambda measure, a, b, goal=None: report.add(case.name(), a, b, peer=peer, measure=measure, goal=goal, others=others)
    for measure in ("fit", "batch", "row"):
        add(measure, each(ours, measure + "_seconds"), each(theirs, measure + "_seconds"), goals.get(measure))
    for measure, key, unit in (("memory", "added_mb", 1), ("file", "file_bytes", 1e6)):
        theirs_mb = each(theirs, key, unit)
        if statistics.median(theirs_mb) >= LEAST[measure]:
            add(measure, each(ours, key, unit), theirs_mb, goals.get(measure))
    for name in ours[0]["scores"]:
        if name in theirs[0]["scores"]:
            add(name, *(statistics.mean(r["scores"][name] for r in runs) for runs in (ours, theirs)))


def bench_fits(report, tables, part, runs, wait):
    for case in CASES:
        if case.part == part:
            bench_case(report, tables, case, runs, wait)


def bench_together(report, tables, runs, wait):
    """Two fits at once, each with every thread, beside one alone: how much
    slower each becomes."""
    case = boosting("together", "binary")
    if not known(tables, case):
        return
    sides = [Ours(tables, case)] + [Peer(tables, case, name) for name in (SKLEARN, *case.peers)]
    alone, both = {s.name: [] for s in sides}, {s.name: [] for s in sides}
    watch = Watch()
    for seed in range(runs or 5):
        for side in sides:
            settle(wait)
            alone[side.name] += started(side, seed, 1)
            both[side.name] += started(side, seed, 2)
    others = watch.others()
    slower = lambda name: statistics.median(both[name]) / statistics.median(alone[name])
    for side in sides[1:]:
        report.add("two fits at once, each against alone", slower(Ours.name), slower(side.name), peer=side.name, measure="slowdown",
                   goal=2.3, others=others, note=f"alone {statistics.median(alone[Ours.name]):.3g} / {statistics.median(alone[side.name]):.3g} s")
        report.add("two fits at once", both[Ours.name], both[side.name], peer=side.name, others=others)


def started(side, seed, count):
    """The seconds of fits that start together in processes of their own."""
    pipes = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    children = [subprocess.Popen(side.command(seed, wait=True), **pipes) for _ in range(count)]
    for child in children:
        child.stdout.readline()
    for child in children:
        child.stdin.write("\n")
        child.stdin.flush()
    return [json.loads(child.communicate()[0])["fit_seconds"] for child in children]
