"""Write fences.json: how many values pandas finds beyond 1.5 times the
distance between the quartiles, in columns that have values at the very fence.

Run: python fences.py   (needs pandas and numpy)
"""

import json
import pathlib

import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).parent


def outliers(x):
    q1, q3 = x.quantile(0.25), x.quantile(0.75)
    iqr = q3 - q1
    return int(((x < q1 - 1.5 * iqr) | (x > q3 + 1.5 * iqr)).sum())


def columns():
    rng = np.random.default_rng(11)
    for decimals in (1, 2, 3):
        for _ in range(600):
            x = np.round(rng.normal(rng.uniform(-5, 50), rng.uniform(0.2, 4), rng.integers(6, 40)), decimals)
            # The middle stays where it is if the ends are moved to the fences.
            x = np.sort(x)
            q1, q3 = np.quantile(x, [0.25, 0.75])
            x[0], x[-1] = np.round([q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)], decimals)
            ends = q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)
            near = max(abs(x[0] - ends[0]), abs(x[-1] - ends[1])) < 1e-9
            if near and (x[0], x[-1]) != ends:
                yield pd.Series(rng.permutation(x))


out = {
    "versions": {"numpy": np.__version__, "pandas": pd.__version__},
    "columns": [{"values": x.tolist(), "outliers": outliers(x)} for x in columns()],
}
(HERE / "fences.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
print(len(out["columns"]), "columns")
