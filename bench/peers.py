"""Times what other tools do with a table before any model, in a process of its
own so that its peak memory is that of one step:

    python bench/peers.py pandas|polars read|describe|duplicates FILE.csv [REPS]

Prints one JSON object. Imports are not timed.
"""
import json
import statistics
import sys
import time


def timed(run, reps):
    times = []
    for _ in range(reps):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peak_mb():
    """The process's own peak; getrusage counts the parent's from before exec."""
    with open("/proc/self/status") as f:
        return next(int(line.split()[1]) / 1000 for line in f if line.startswith("VmHWM:"))


def pandas_describe(df):
    """What ClickTrain's profile holds of the same: describe, missing, distinct,
    skewness and kurtosis, correlations, histograms, value counts."""
    import numpy as np
    numbers = df.select_dtypes("number")
    df.isna().sum()
    df.nunique()
    numbers.describe()
    numbers.skew()
    numbers.kurtosis()
    numbers.corr()
    for name in numbers:
        values = numbers[name].to_numpy()
        np.histogram(values[~np.isnan(values)], bins=30)
    for name in df.columns.difference(numbers.columns):
        df[name].value_counts()


def main():
    tool, step, path = sys.argv[1:4]
    reps = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    if tool == "polars":
        import polars as library
    else:
        import pandas as library
    if step == "read":
        seconds = timed(lambda: library.read_csv(path), reps)
    else:
        df = library.read_csv(path)
        run = (lambda: pandas_describe(df)) if step == "describe" else (lambda: int(df.duplicated().sum()))
        seconds = timed(run, reps)
    print(json.dumps({"seconds": seconds, "peak_mb": peak_mb(), "version": library.__version__}))


if __name__ == "__main__":
    main()
