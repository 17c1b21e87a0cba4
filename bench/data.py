"""Writes the tables that the benchmarks run on: seeded, and shaped like real ones.

    python bench/data.py OUT.csv --task binary --rows 100000

medium: 16 number columns, four of them with 5 % missing values, and four
category columns of 3, 8, 25 and 40 values, two of them with 3 % missing.
large: 20 number columns. The last column, target, depends on some of them.
"""
import argparse

import numpy as np

SEED = 20240607
LEVELS = {"medium": [3, 8, 25, 40], "large": []}
NUMBERS = {"medium": 16, "large": 20}
CLASSES = {"binary": 2, "multi": 5}


def clusters(rng, rows, columns, classes):
    """Gaussian clusters on the corners of a cube, three to a class, in 8
    informative columns, 4 that mix these, and noise; 2 % of labels random."""
    informative, mixed = 8, 4
    count = 3 * classes
    corners = rng.permutation(2**informative)[:count]
    centers = ((corners[:, None] >> np.arange(informative)) & 1) * 2.0 - 1.0
    centers *= rng.uniform(0.7, 1.3, size=centers.shape)
    cluster = rng.integers(0, count, size=rows)
    x = rng.standard_normal((rows, columns))
    for c in range(count):
        member = cluster == c
        shape = rng.uniform(-1, 1, size=(informative, informative))
        x[member, :informative] = x[member, :informative] @ shape + centers[c]
    x[:, informative:informative + mixed] = x[:, :informative] @ rng.uniform(-1, 1, size=(informative, mixed))
    x = x[:, rng.permutation(columns)]
    y = cluster % classes
    y = np.where(rng.random(rows) < 0.02, rng.integers(0, classes, size=rows), y)
    # Real columns are skewed, rounded, counted, and on scales of their own.
    x[:, 2] = np.exp(0.5 * x[:, 2])
    x[:, 3] = np.round(x[:, 3], 1)
    x[:, 4] = np.floor(np.abs(x[:, 4]) * 20)
    x[:, 5] = 1000 + 250 * x[:, 5]
    return x, y


def friedman(rng, rows, columns):
    """Friedman's first function of five uniform columns, with an interaction
    and noise of deviation 1."""
    u = rng.random((rows, columns))
    y = (10 * np.sin(np.pi * u[:, 0] * u[:, 1]) + 20 * (u[:, 2] - 0.5) ** 2 + 10 * u[:, 3] + 5 * u[:, 4]
         + 6 * (u[:, 6] > 0.5) * u[:, 7] + rng.standard_normal(rows))
    x = u.copy()
    x[:, 0] = np.log(u[:, 0] + 1e-3)
    x[:, 3] = np.round(u[:, 3], 2)
    x[:, 4] = np.floor(u[:, 4] * 1000)
    x[:, 8] = 0.7 * u[:, 3] + 0.3 * u[:, 8]
    return x, y


def table(task, rows, size="medium", seed=SEED):
    """Returns a pandas DataFrame."""
    import pandas as pd
    rng = np.random.default_rng([seed, rows, len(task)])
    if task == "reg":
        x, y = friedman(rng, rows, NUMBERS[size])
    else:
        x, y = clusters(rng, rows, NUMBERS[size], CLASSES[task])
    df = pd.DataFrame({f"x{j}": x[:, j] for j in range(x.shape[1])})
    for j, levels in enumerate(LEVELS[size]):
        if task == "reg":
            code = rng.choice(levels, size=rows, p=rng.dirichlet(np.full(levels, 4.0)))
            y = y + 0.8 * rng.standard_normal(levels)[code]
        else:
            code = np.zeros(rows, dtype=int)
            for c in range(CLASSES[task]):
                member = y == c
                code[member] = rng.choice(levels, size=int(member.sum()), p=rng.dirichlet(np.full(levels, 4.0)))
        df[f"cat{j}"] = pd.Series([f"{'abcd'[j]}{v:02d}" for v in code], dtype=object)
    if size == "medium":
        for j in (1, 6, 9, 12):
            df.loc[rng.random(rows) < 0.05, f"x{j}"] = np.nan
        for j in (0, 2):
            df.loc[rng.random(rows) < 0.03, f"cat{j}"] = None
    df["target"] = y if task == "reg" else [f"c{v}" for v in y]
    return df


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("out")
    ap.add_argument("--task", choices=["binary", "multi", "reg"], default="binary")
    ap.add_argument("--size", choices=["medium", "large"], default="medium")
    ap.add_argument("--rows", type=int, default=100_000)
    a = ap.parse_args()
    table(a.task, a.rows, a.size).to_csv(a.out, index=False, float_format="%.6g")


if __name__ == "__main__":
    main()
