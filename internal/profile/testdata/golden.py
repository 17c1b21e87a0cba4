"""Write golden.json: what pandas says of the tables in this folder.

titanic.csv and penguins.csv are as seaborn ships them (public data, and
palmerpenguins, CC0); housing.csv is the first 2,000 rows of the California
1990 census (Pace and Barry 1997) with A. Geron's ocean_proximity; iris.csv is
Fisher's. synthetic.csv is made here: missing values, an offset, sizes far
apart, heavy tails, constants and ties.

Run: python golden.py   (needs pandas, numpy and scipy)
"""

import json
import math
import pathlib

import numpy as np
import pandas as pd
import scipy
from scipy import stats

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
        lengths = s.dropna().astype(str).str.len()
        out["mean_length"] = num(lengths.mean())
        out["median_length"] = num(lengths.median())
        out["entropy"] = num(stats.entropy(counts, base=2))
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
            "range": num(v.max() - v.min()), "cv": num(z.std() / k / s.mean()),
            "top": [[num(a), int(b)] for a, b in sorted(v.value_counts().items(), key=lambda kv: (-kv[1], kv[0]))[:10]],
            "smallest": [[num(a), int(b)] for a, b in v.value_counts().sort_index().iloc[:10].items()],
            "largest": [[num(a), int(b)] for a, b in v.value_counts().sort_index(ascending=False).iloc[:10].items()],
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


def matrix(m):
    return [[num(x) for x in row] for row in m]


def cramers_v(a, b):
    """Bias-corrected (Bergsma 2013), from scipy's chi-squared."""
    t = pd.crosstab(a, b).to_numpy()
    r, k = t.shape
    n = t.sum()
    if min(r, k) < 2:
        return math.nan
    phi2 = max(0, stats.chi2_contingency(t, correction=False).statistic / n - (k - 1) * (r - 1) / (n - 1))
    least = min(k - (k - 1) ** 2 / (n - 1), r - (r - 1) ** 2 / (n - 1)) - 1
    return math.sqrt(phi2 / least) if least > 0 else math.nan


def correlation_ratio(x, g):
    d = pd.DataFrame({"x": x.astype(float), "g": g}).dropna()
    d["x"] -= d["x"].mean()
    total = (d["x"] ** 2).sum()
    groups = d.groupby("g")["x"]
    if groups.ngroups < 2 or total == 0:
        return math.nan
    return math.sqrt(((groups.mean() - d["x"].mean()) ** 2 * groups.size()).sum() / total)


def associations(d):
    numbers = d.select_dtypes("number")
    texts = d[[c for c in d.columns if c not in numbers.columns and d[c].nunique() <= 100]]
    # Ranks of each pair's shared rows, as pandas does, in full digits.
    spearman = numbers.corr(method="spearman")
    return {
        "spearman": matrix(spearman.to_numpy()),
        "cramer_columns": list(texts.columns),
        "cramer": [[num(cramers_v(texts[a], texts[b])) if a != b else 1.0 for b in texts.columns] for a in texts.columns],
        "eta": [[num(correlation_ratio(numbers[x] * SCALE.get(x, 1.0), texts[g])) for g in texts.columns] for x in numbers.columns],
    }


def rates(d, target, positive):
    """Shares of the positive class by category with Wilson's interval."""
    out = []
    for c in d.columns:
        if c == target or pd.api.types.is_numeric_dtype(d[c]) and d[c].dtype != "bool":
            continue
        for value, y in (d[target] == positive).groupby(d[c].astype(object).where(d[c].notna(), "")):
            ci = stats.binomtest(int(y.sum()), len(y)).proportion_ci(method="wilson")
            out.append({"column": c, "value": str(value), "count": len(y), "rate": num(y.mean()), "low": num(ci.low), "high": num(ci.high)})
    return out


def table(name):
    d = pd.read_csv(HERE / name)
    numbers = d.select_dtypes("number")
    corr = correlation(numbers.apply(lambda s: s * SCALE.get(s.name, 1.0)))
    return {
        "file": name, "complete": int(d.notna().all(axis=1).sum()), **associations(d),
        "rates": rates(d, "survived", 1) if "survived" in d else [],
        "rows": len(d), "duplicates": int(d.duplicated().sum()),
        "columns": [column(d[c]) for c in d.columns],
        "corr_columns": list(corr.columns), "corr": [[num(x) for x in row] for row in corr.to_numpy()],
    }


synthetic()
out = {
    "versions": {"pandas": pd.__version__, "numpy": np.__version__, "scipy": scipy.__version__},
    "tables": [table(n) for n in ["iris.csv", "penguins.csv", "titanic.csv", "housing.csv", "synthetic.csv"]],
}
(HERE / "golden.json").write_text(json.dumps(out, indent=1, allow_nan=False, ensure_ascii=False) + "\n")
