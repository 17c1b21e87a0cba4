"""Times ClickTrain against scikit-learn, LightGBM, XGBoost, pandas and polars,
both sides in one run on this machine, and prints the ratios.

    make bench                           # everything, about an hour
    bench/bench.py --only forest         # one part, a few minutes
    bench/bench.py --only forest,trees --quick
    bench/bench.py --write-docs          # and write docs/benchmarks.md

Both sides learn from the same rows, prepared in the same way, and are scored on
the same rows, which neither has seen. Runs alternate; times are medians and
scores means. A ratio of times above 1 means that ClickTrain took less, a ratio
of memory or files below 1 that its are smaller. "others" is the share of the
machine that other programs used meanwhile: above 6 % the times are rough.
"""
import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile

# A current numpy chooses its own kernel; variables meant for old ones slow it.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)

import fits
import machine
import server
import steps
from report import Report
from tables import Tables


def parts(a, report, tables):
    """Each part's name, and what runs it."""
    of_fits = lambda part: lambda: fits.bench_fits(report, tables, part, a.runs, a.wait)
    sizes = ("medium", "large")
    return {
        "server": lambda: server.bench_start(report, a.binary, a.runs),
        "pages": lambda: server.bench_pages(report, tables, a.binary),
        "upload": lambda: server.bench_upload(report, tables, a.binary, a.runs),
        "table": lambda: [steps.bench_table(report, tables, size, a.runs, a.old_python) for size in sizes],
        "prepare": lambda: [steps.bench_prepare(report, tables, size, a.runs) for size in sizes],
        "metrics": lambda: [steps.bench_metrics(report, tables, rows, a.runs) for rows in (20_000, 200_000)],
        "api": lambda: server.bench_api(report, tables, a.binary, a.runs),
        **{name: of_fits(name) for name in dict.fromkeys(c.part for c in fits.CASES)},
        "together": lambda: fits.bench_together(report, tables, a.runs, a.wait),
    }


def arguments():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default=os.path.join(machine.ROOT, "clicktrain"))
    ap.add_argument("--only", default="", help="parts to run, with commas: " + ", ".join(parts(None, None, None)))
    ap.add_argument("--runs", type=int, default=0, help="how often to repeat, each with a seed of its own; 0 is 3 to 5, as suits the part")
    ap.add_argument("--quick", action="store_true", help="one run of each: rough times, and scores of one seed")
    ap.add_argument("--wait", type=float, default=0, help="before each fit, wait up to so many seconds until other programs are quiet")
    ap.add_argument("--folder", default="", help="where tables are kept for another run, instead of a folder that is removed")
    ap.add_argument("--old-python", default="", help="a Python with an older pandas, to time its read_csv too")
    ap.add_argument("--json", default="", help="also write the figures to this file")
    ap.add_argument("--write-docs", action="store_true", help="also write the tables of the parts into docs/benchmarks.md")
    a = ap.parse_args()
    if a.quick:
        a.runs = 1
    unknown = set(a.only.split(",")) - set(parts(None, None, None)) - {""}
    if unknown:
        ap.error(f"there is no part {', '.join(sorted(unknown))}")
    return a


def main():
    a = arguments()
    facts = machine.describe()
    print("\n".join(facts))
    report, failed = Report(), []
    if a.folder:
        os.makedirs(a.folder, exist_ok=True)
    with contextlib.nullcontext(a.folder) if a.folder else tempfile.TemporaryDirectory() as folder:
        for name, run in parts(a, report, Tables(folder)).items():
            if a.only and name not in a.only.split(","):
                continue
            report.begin(name)
            try:
                run()
            except (OSError, RuntimeError, subprocess.SubprocessError) as e:
                failed.append(name)
                print(f"{name} was not measured: {e}")
            else:
                save(a, report, facts)
    report.summary()
    return f"not measured: {', '.join(failed)}" if failed else 0


def save(a, report, facts):
    """Writes what there is so far, so that a run that is stopped keeps it."""
    if a.json:
        with open(a.json, "w") as f:
            json.dump({"machine": facts, "rows": report.rows}, f, indent=1)
    if a.write_docs:
        report.write_docs(facts)


if __name__ == "__main__":
    sys.exit(main())
