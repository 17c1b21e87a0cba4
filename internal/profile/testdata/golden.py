"""Write golden.json: what pandas says of the tables in this folder.

titanic.csv and penguins.csv are as seaborn ships them (public data, and
palmerpenguins, CC0); housing.csv is the first 2,000 rows of the California
1990 census (Pace and Barry 1997) with A. Geron's ocean_proximity; iris.csv is
Fisher's. synthetic.csv is made here: missing values, an offset, sizes far
apart, heavy tails, constants and ties.

Run: python golden.py   (needs pandas and numpy)
"""

import json
import math
import pathlib

import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).parent

# The squares of these columns leave float64. Scaling by a power of two is
# exact, and pandas' numbers for the scaled column are scaled back.
SCALE = {"huge": 2.0**-664, "tiny": 2.0**664}


def synthetic():
    rng = np.random.default_rng(7)
    n = 700
    d = pd.DataFrame({
        "offset": 1e9 + rng.normal(size=n),
        "huge": rng.normal(size=n) * 1e200,
        "tiny": rng.normal(size=n) * 1e-200,
        "heavy": rng.standard_cauchy(size=n),
        "holes": rng.normal(size=n),
        "more_holes": rng.normal(size=n),
        "ties": rng.integers(-3, 4, size=n),
        "constant": 2.5,
        "nothing": np.nan,
        "one": np.nan,
        "text": rng.choice(["a", "b", "é", "long text"], size=n),
    })
    d["mixed"] = d["holes"] * 2 + rng.normal(size=n) * 0.1
    d.loc[rng.random(n) < 0.3, "holes"] = np.nan
    d.loc[rng.random(n) < 0.5, "more_holes"] = np.nan
    d.loc[rng.random(n) < 0.1, "text"] = np.nan
    d.loc[3, "one"] = 1.5
    d = pd.concat([d, d.iloc[:9]], ignore_index=True)
    d.to_csv(HERE / "synthetic.csv", index=False)


def num(x):
    x = float(x)
    return None if math.isnan(x) or math.isinf(x) else x


def column(s):
    out = {"name": s.name, "missing": int(s.isna().sum()), "distinct": int(s.nunique()), "dtype": str(s.dtype)}
    if s.dtype == "bool" or not pd.api.types.is_numeric_dtype(s):
        out["dtype"] = "bool" if s.dtype == "bool" else "object"
        counts = s.dropna().astype(str).value_counts()
        top = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:10]
        out["top"] = [[k, int(v)] for k, v in top]
        out["rest"] = int(counts.sum() - sum(v for _, v in top))
        out["mean_length"] = num(s.dropna().astype(str).str.len().mean())
        return out
    v = s.dropna()
    k = SCALE.get(s.name, 1.0)
    z = s * k
    with np.errstate(all="ignore"):
        out["numbers"] = {
            "count": int(s.count()), "mean": num(s.mean()), "std": num(z.std() / k), "sum": num(s.sum()),
            "min": num(s.min()), "max": num(s.max()),
            "q05": num(s.quantile(0.05)), "q25": num(s.quantile(0.25)), "q50": num(s.median()),
            "q75": num(s.quantile(0.75)), "q95": num(s.quantile(0.95)),
            "skewness": num(z.skew()), "kurtosis": num(z.kurt()),
            "mad": num((v - v.median()).abs().median()),
            "zeros": int((v == 0).sum()), "negatives": int((v < 0).sum()),
        }
    return out


def correlation(d):
    """Series.corr of each pair: DataFrame.corr loses digits where the mean is
    large next to the deviation (7 of 16 for the column offset)."""
    with np.errstate(all="ignore"):
        corr = d.corr()
        for a in d.columns:
            for b in d.columns:
                if a != b and not np.isnan(corr.loc[a, b]):
                    corr.loc[a, b] = d[a].corr(d[b])
    return corr


def table(name):
    d = pd.read_csv(HERE / name)
    numbers = d.select_dtypes("number")
    corr = correlation(numbers.apply(lambda s: s * SCALE.get(s.name, 1.0)))
    return {
        "file": name, "rows": len(d), "duplicates": int(d.duplicated().sum()),
        "columns": [column(d[c]) for c in d.columns],
        "corr_columns": list(corr.columns), "corr": [[num(x) for x in row] for row in corr.to_numpy()],
    }


synthetic()
out = {
    "versions": {"pandas": pd.__version__, "numpy": np.__version__},
    "tables": [table(n) for n in ["iris.csv", "penguins.csv", "titanic.csv", "housing.csv", "synthetic.csv"]],
}
(HERE / "golden.json").write_text(json.dumps(out, indent=1, allow_nan=False, ensure_ascii=False) + "\n")
