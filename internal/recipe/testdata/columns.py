"""Writes columns.json: what scikit-learn makes of single columns by the steps
that have many methods. The cases are as in golden.json, which golden.py writes.

    python columns.py
"""
import json
import pathlib
import warnings

import numpy as np
import pandas as pd
import scipy
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (FunctionTransformer, KBinsDiscretizer, MaxAbsScaler, MinMaxScaler, OneHotEncoder,
                                   OrdinalEncoder, PowerTransformer, QuantileTransformer, RobustScaler)

N, TRAIN = 60, 40
rng = np.random.default_rng(11)


def numbers():
    """Columns that are hard in different ways, some values missing."""
    def holes(x, share=0.1):
        x = np.array(x, dtype=float)
        x[rng.random(len(x)) < share] = np.nan
        return x
    return {
        "normal": holes(rng.normal(50, 9, N)),
        "skewed": holes(rng.lognormal(2, 1.2, N)),
        "ties": holes(rng.integers(0, 4, N)),
        "signed": holes(rng.standard_t(2, N) * 3),
        "negative": holes(-rng.gamma(2, 3, N) - 0.5),
        "constant": holes(np.full(N, 7.25)),
        "large": holes(rng.normal(1e9, 2.5e7, N)),
        "small": holes(rng.normal(0, 1e-7, N)),
        "years": holes(rng.integers(1960, 2025, N)),
    }


def words():
    p = [0.3, 0.22, 0.15, 0.1, 0.08, 0.06, 0.05, 0.04]
    out = {}
    for name, levels in (("word", list("hgfedcba")), ("number", [3.0, 1.0, 2.0, 10.0, 20.0, 30.0, 7.0, 8.0])):
        values = [levels[i] for i in rng.choice(len(levels), N, p=p)]
        values[TRAIN + 3] = "new" if name == "word" else 99.0
        out[name] = values
    out["two"] = [["no", "yes"][i] for i in rng.integers(0, 2, N)]
    return out


def filled():
    return SimpleImputer(strategy="median")


def plain(values):
    return [None if v is None or v != v else (v.item() if hasattr(v, "item") else v) for v in values]


def case(name, columns, steps, chain, tolerance=1e-12, labels=None):
    """chain is a list of transformers, or makes one of a training column."""
    expected = []
    for column, values in columns.items():
        x = pd.DataFrame({column: values})
        if x[column].dtype != float:
            x = x.astype(object)
        p = make_pipeline(*(sklearn.base.clone(c) for c in (chain(values[:TRAIN]) if callable(chain) else chain)))
        train, test = p.fit_transform(x.iloc[:TRAIN]), p.transform(x.iloc[TRAIN:])
        train, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
        names = [column] if labels is None else [f"{column}_{l}" for l in labels(p[-1])]
        assert train.shape[1] == len(names), (name, column, train.shape, names)
        for j, n in enumerate(names):
            expected.append({"name": n, "train": plain(train[:, j]), "test": plain(test[:, j]), "tolerance": tolerance})
    return {"name": name,
            "columns": [{"name": c, "kind": "numeric" if isinstance(v[0], float) else "category", "values": plain(v)} for c, v in columns.items()],
            "steps": steps, "train": list(range(TRAIN)), "test": list(range(TRAIN, N)), "expected": expected}


def encoded_labels(encoder):
    """Names of the output columns, numbers as a person writes them."""
    prefix = len(encoder.feature_names_in_[0]) + 1
    names = [n[prefix:] for n in encoder.get_feature_names_out()]
    return [n[:-2] if n.endswith(".0") else n for n in names]


def scales(columns):
    impute = {"step": "impute", "strategy": "median"}
    for method, scaler in (("min_max", MinMaxScaler()), ("robust", RobustScaler()), ("max_abs", MaxAbsScaler())):
        yield case(f"scale {method}", columns, [impute, {"step": "scale", "method": method}], [filled(), scaler])
        yield case(f"scale {method} before filling", columns, [{"step": "scale", "method": method}, impute], [scaler, filled()])


def constants(columns):
    yield case("impute a constant number", columns, [{"step": "impute", "strategy": "constant", "fill_value": -1.5}],
               [SimpleImputer(strategy="constant", fill_value=-1.5)])
    gaps = {"gaps": ["a", np.nan, "b", "a", np.nan, "c"] * (N // 6)}
    yield case("impute a constant text", gaps,
               [{"step": "impute", "strategy": "constant", "fill_value": "none given"}, {"step": "encode", "method": "ordinal"}],
               [SimpleImputer(strategy="constant", fill_value="none given"), OrdinalEncoder()])


def encodings(columns):
    for params in ({"min_frequency": 8}, {"min_frequency": 0.1}, {"max_categories": 4}, {"max_categories": 8}, {"max_categories": 1},
                   {"min_frequency": 5, "max_categories": 5}, {"drop": "first"}, {"drop": "if_binary"},
                   {"min_frequency": 0.1, "drop": "first"}, {"max_categories": 2, "drop": "if_binary"}, {"max_categories": 1, "drop": "first"}):
        unknown = "ignore" if set(params) <= {"drop"} else "infrequent_if_exist"
        encoder = OneHotEncoder(sparse_output=False, handle_unknown=unknown, **params)
        yield case("one_hot " + json.dumps(params), columns, [{"step": "encode", "columns": list(columns), **params}], [encoder], labels=encoded_labels)


def transforms(columns):
    """The tolerance of powers is that of the search for the best one, which
    scikit-learn 1.4 and 1.9 too find 2e-5 apart for years. For large numbers
    that differ little it cannot be found, and a constant column with missing
    values goes wrong in 1.9."""
    impute = {"step": "impute", "strategy": "median"}
    positive = {c: v for c, v in columns.items() if np.nanmin(v) > 0 and c != "constant"}
    able = {c: v for c, v in columns.items() if c not in ("constant", "large", "years")}
    for standardize in (True, False):
        params = {"method": "yeo_johnson", "standardize": standardize}
        for some, tolerance in ((able, 1e-6), ({"years": columns["years"]}, 1e-4 if standardize else 1e-3)):
            yield case(f"transform {json.dumps(params)} {len(some)}", some, [{"step": "transform", **params}, impute],
                       [PowerTransformer(standardize=standardize), filled()], tolerance)
    yield case("transform box_cox", positive, [impute, {"step": "transform", "method": "box_cox"}], [filled(), PowerTransformer(method="box-cox")], 1e-5)
    above = {c: v for c, v in columns.items() if np.nanmin(v) > -1}
    yield case("transform log", above, [{"step": "transform", "method": "log"}, impute], [FunctionTransformer(np.log1p), filled()])
    for n in (2, 7, 1000):
        for output in ("uniform", "normal"):
            params = {"n_quantiles": n, "output_distribution": output}
            yield case("transform quantile " + json.dumps(params), columns, [{"step": "transform", "method": "quantile", **params}, impute],
                       [QuantileTransformer(subsample=10_000, **params), filled()], 1e-11)


def bins(columns):
    impute = {"step": "impute", "strategy": "median"}
    for strategy in ("quantile", "uniform", "kmeans"):
        for n in (2, 9):
            params = {"n_bins": n, "strategy": strategy, "encode": "ordinal"}
            kbins = KBinsDiscretizer(quantile_method="averaged_inverted_cdf", subsample=None, **params)
            warnings.simplefilter("ignore")  # fewer bins than were asked for
            # Of fewer different numbers than bins, k-means may leave some empty.
            some = {c: v for c, v in columns.items() if strategy != "kmeans" or c == "constant" or len(set(filled().fit_transform(np.c_[v])[:, 0])) > n}
            yield case("bin " + json.dumps(params), some, [impute, {"step": "bin", **params}], [filled(), kbins])


def clusters():
    """Edges of bins around clusters: of columns with far ends, with numbers that
    occur often, and of so many rows that no bin is empty at first."""
    rng = np.random.default_rng(3)
    for x in (rng.normal(50, 9, 150), rng.lognormal(2, 1.2, 300), rng.standard_t(1, 400) * 1e5, rng.normal(0, 1e-6, 90),
              rng.integers(1960, 2025, 200).astype(float), rng.random(1000) * 1e9 + 1e12):
        for n in (2, 5, 12):
            fitted = KBinsDiscretizer(n, encode="ordinal", strategy="kmeans", subsample=None).fit(x[:, None])
            yield {"x": x.tolist(), "n": n, "edges": fitted.bin_edges_[0].tolist()}


def caps(columns):
    """The limits are numpy's quartiles and scikit-learn's mean and deviation."""
    def limits(x, method, factor):
        q1, q3 = np.nanpercentile(x, [25, 75]) if method == "iqr" else np.repeat(np.nanmean(x), 2)
        spread = q3 - q1 if method == "iqr" else np.nanstd(x)
        return (q1 - factor * spread, q3 + factor * spread) if spread > 0 else (-np.inf, np.inf)
    impute = {"step": "impute", "strategy": "median"}
    for method, factor in (("iqr", 1.5), ("iqr", 0.2), ("z_score", 3.0), ("z_score", 1.0)):
        params = {"method": method} if factor in (1.5, 3.0) else {"method": method, "factor": factor}
        def chain(train):
            low, high = limits(train, method, factor)
            return [FunctionTransformer(np.clip, kw_args={"a_min": low, "a_max": high}), filled()]
        yield case("cap_outliers " + json.dumps(params), columns, [{"step": "cap_outliers", **params}, impute], chain)


def main():
    columns = numbers()
    cases = [*scales(columns), *constants(columns), *encodings(words()),
             *transforms(columns), *bins(columns), *caps(columns)]
    out = {"versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "pandas": pd.__version__, "scipy": scipy.__version__}, "cases": cases, "clusters": list(clusters())}
    path = pathlib.Path(__file__).with_name("columns.json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
    print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
