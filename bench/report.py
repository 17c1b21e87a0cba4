"""What was measured: one row for each figure, on the terminal, as JSON and as
the tables of docs/benchmarks.md."""
import datetime
import os
import statistics

from machine import QUIET, ROOT

DOCS = os.path.join(ROOT, "docs", "benchmarks.md")
# How much worse a score may be for its speed to count.
TOLERANCE = {"accuracy": 0.003, "AUC": 0.003, "R²": 0.005}


class Report:
    def __init__(self):
        self.rows = []
        self.said = []  # sentences, each with its part
        self.part = ""

    def begin(self, part):
        self.part = part
        print(f"\n{part:70} {'ours':>11} {'other':>11} {'ratio':>8} {'goal':>7}  others", flush=True)

    def add(self, what, ours, theirs, *, peer="", measure="time", goal=None, note="", others=0.0):
        """Adds the medians of both sides' figures. The ratio of times is theirs
        to ours, of sizes ours to theirs, and of scores the difference."""
        a, b = (statistics.median(x) if isinstance(x, list) else x for x in (ours, theirs))
        ratio = b / a if measure in ("time", "fit", "batch", "row") else a / b if measure in ("memory", "file", "slowdown") else a - b
        if measure in TOLERANCE:
            goal, met = -TOLERANCE[measure], ratio >= -TOLERANCE[measure]
        elif measure == "slowdown":
            met = goal is None or a <= goal
        else:
            met = goal is None or (ratio <= goal if measure in ("memory", "file") else ratio >= goal)
        row = dict(part=self.part, what=what, peer=peer, measure=measure, ours=a, theirs=b, ratio=ratio, goal=goal, met=met, note=note,
                   others=others)
        self.rows.append(row)
        self.print(row)

    def say(self, sentence):
        """Adds what has no other side."""
        self.said.append((self.part, sentence))
        print(sentence, flush=True)

    def print(self, r):
        name = ", ".join(t for t in (r["what"], "" if r["measure"] == "time" else r["measure"], r["peer"]) if t)
        print(f"{name:70} {quantity(r, 'ours'):>11} {quantity(r, 'theirs'):>11} {r['ratio']:8.3g} {goal(r):>7} {'' if r['met'] else '!':1}"
              f"{100 * r['others']:5.0f} %  {r['note']}", flush=True)

    def missed(self):
        return [r for r in self.rows if not r["met"]]

    def summary(self):
        """What is below its goal, worst first."""
        missed = self.missed()
        print(f"\n{len(missed)} of {sum(r['goal'] is not None for r in self.rows)} goals missed")
        for r in missed:
            print("  " + shortfall(r))
        worst = max((r["others"] for r in self.rows), default=0)
        if worst > QUIET:
            print(f"others used up to {100 * worst:.0f} % of the machine: the times are rough")

    def write_docs(self, facts):
        with open(DOCS) as f:
            text = f.read()
        text = between(text, "machine", "\n".join(f"- {fact}" for fact in facts))
        for part in dict.fromkeys(r["part"] for r in self.rows):
            text = between(text, part, section([r for r in self.rows if r["part"] == part]))
        for part in dict.fromkeys(part for part, _ in self.said):
            text = between(text, part, "\n".join(s for p, s in self.said if p == part))
        with open(DOCS, "w") as f:
            f.write(text)


def quantity(r, side):
    x = r[side]
    if r["measure"] in ("memory", "file"):
        return f"{x:.3g} MB"
    if r["measure"] in TOLERANCE:
        return f"{x:.4f}"
    if r["measure"] == "slowdown":
        return f"{x:.2f} x"
    return duration(x)


def duration(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def shortfall(r):
    name = ", ".join(t for t in (r["what"], r["measure"] if r["measure"] != "time" else "", r["peer"]) if t)
    got = r["ours"] if r["measure"] == "slowdown" else r["ratio"]
    return f"{name}: {got:.3g}, goal {r['goal']:g}"


def section(rows):
    """A part's tables: models in one, a row for each peer, and the rest below."""
    fits = [r for r in rows if r["measure"] not in ("time", "slowdown")]
    rest = [r for r in rows if r["measure"] in ("time", "slowdown")]
    out = [f"{datetime.date.today():%B %Y}; others used {100 * min(r['others'] for r in rows):.0f} to "
           f"{100 * max(r['others'] for r in rows):.0f} % of the machine.", ""]
    if fits:
        out += models(fits)
    if rest:
        out += ["| What | ClickTrain | The other | Ratio | Goal | |", "| --- | --: | --: | --: | --: | --- |"]
        for r in rest:
            shown = r["ours"] if r["measure"] == "slowdown" else r["ratio"]
            out.append("| " + " | ".join([", ".join(t for t in (r["what"], r["peer"]) if t), quantity(r, "ours"), quantity(r, "theirs"),
                                          marked(shown, r), goal(r), r["note"]]) + " |")
        out.append("")
    return "\n".join(out).rstrip()


def models(rows):
    out = ["| Model | Beside | Fit | Ratio | Goal | Many rows | One row | Memory | File | Scores |",
           "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --- |"]
    for key in dict.fromkeys((r["what"], r["peer"]) for r in rows):
        by = {r["measure"]: r for r in rows if (r["what"], r["peer"]) == key}
        cell = lambda name: marked(by[name]["ratio"], by[name]) if name in by else ""
        pair = lambda name: f"{quantity(by[name], 'ours')} / {quantity(by[name], 'theirs')}" if name in by else ""
        scores = "; ".join(f"{name} {pair(name)}" + ("" if by[name]["met"] else " ▼") for name in TOLERANCE if name in by)
        out.append(f"| {key[0]} | {key[1]} | {pair('fit')} | {cell('fit')} | {goal(by['fit'])} | {cell('batch')} | {cell('row')} | {cell('memory')} "
                   f"| {cell('file')} | {scores} |")
    return out + [""]


def goal(r):
    return "" if r["goal"] is None else f"{r['goal']:g}"


def marked(ratio, r):
    """A ratio, marked where it is below the goal."""
    text = f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.1f}" if ratio >= 1.95 else f"{ratio:.2f}"
    return text + ("" if r["met"] else " ▼")


def between(text, name, body):
    """Puts body between the markers of a name."""
    start, end = f"<!-- figures: {name} -->", f"<!-- /figures: {name} -->"
    if start not in text or end not in text:
        raise SystemExit(f"{DOCS} has no place for {name}: it needs {start} and {end}")
    return text[:text.index(start) + len(start)] + "\n\n" + body + "\n\n" + text[text.index(end):]
