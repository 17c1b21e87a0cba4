"""Writes golden.json: what scikit-learn makes of some columns.

Each case has raw columns (null is missing), a recipe, training and test rows,
and for each column that scikit-learn prepared its values in both. It reads two
of the sample tables, in an environment with scikit-learn and pandas:

    python golden.py
"""
import json
import pathlib

import numpy as np
import pandas as pd
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler


def fill(strategy):
    return SimpleImputer(strategy=strategy)


def one_hot():
    return OneHotEncoder(handle_unknown="ignore", sparse_output=False)


def ordinal(unknown=-1):
    return OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=unknown, encoded_missing_value=unknown)


def bool_codes():
    return ordinal(np.nan)


def known_one_hot(values):
    """One-hot of the values that occur; a missing one is zeros."""
    values = sorted(values)
    return OneHotEncoder(categories=[values], handle_unknown="ignore", sparse_output=False)


def known_ordinal(values):
    return OrdinalEncoder(categories=[sorted(values)], handle_unknown="use_encoded_value", unknown_value=-1)


def plain(column):
    out = []
    for v in column:
        if v is None or v != v:
            out.append(None)
        else:
            out.append(v.item() if hasattr(v, "item") else v)
    return out


def label(v):
    return str(int(v)) if isinstance(v, float) and v == int(v) else str(v)


def tolerance(last):
    """What another order of summation may change: the mean in its last places."""
    if not isinstance(last, StandardScaler):
        return 1e-12
    return max(1e-12, 4 * np.finfo(float).eps * abs(last.mean_[0]) / last.scale_[0])


def case(name, frame, steps, chains, train, test, kinds=None):
    """chains: column -> (transformers, names of the outputs or None)"""
    expected = []
    for column, (chain, labels) in chains.items():
        x = frame[[column]]
        if x[column].dtype.name in ("str", "string"):
            x = x.astype(object)
        p = make_pipeline(*chain)
        fitted = p.fit_transform(x.iloc[train])
        tested = p.transform(x.iloc[test])
        names = [column] if labels is None else [f"{column}_{v}" for v in labels]
        assert fitted.shape[1] == len(names), (name, column, fitted.shape, names)
        for j, n in enumerate(names):
            expected.append({"name": n, "train": fitted[:, j].tolist(), "test": tested[:, j].tolist(), "tolerance": tolerance(p[-1])})
    return {
        "name": name,
        "columns": [
            {"name": c, "kind": (kinds or {}).get(c, "numeric" if frame[c].dtype.kind in "if" else "category"), "values": plain(frame[c])}
            for c in chains
        ],
        "steps": steps, "train": [int(i) for i in train], "test": [int(i) for i in test], "expected": expected,
    }


def levels(frame, column, rows):
    return sorted(frame[column].iloc[rows].dropna().unique().tolist())


def main(titanic, penguins):
    rng = np.random.default_rng(7)
    t = pd.read_csv(titanic).sample(160, random_state=3).reset_index(drop=True)
    p = pd.read_csv(penguins).sample(120, random_state=4).reset_index(drop=True)
    t_train, t_test = np.arange(0, 60), np.arange(60, 160)
    p_train, p_test = np.arange(40, 120), np.arange(0, 40)
    cases = []

    chains = {c: ([fill("mean"), StandardScaler()], None) for c in ("age", "fare", "sibsp")}
    for c in ("sex", "embarked", "deck"):
        chains[c] = ([fill("most_frequent"), one_hot()], levels(t, c, t_train))
    cases.append(case("titanic mean, most frequent, one-hot, scaled", t, [
        {"step": "impute", "strategy": "mean"}, {"step": "impute", "strategy": "most_frequent"},
        {"step": "encode", "method": "one_hot"}, {"step": "scale"}], chains, t_train, t_test))

    chains = {c: ([fill("median")], None) for c in ("age", "fare")}
    for c in ("sex", "embarked", "deck"):
        chains[c] = ([known_one_hot(levels(t, c, t_train))], levels(t, c, t_train))
    cases.append(case("titanic encoders alone see missing and new categories", t, [
        {"step": "impute", "strategy": "median"}, {"step": "encode"}], chains, t_train, t_test))

    chains = {"pclass": ([fill("median"), one_hot()], [label(float(v)) for v in levels(t, "pclass", t_train)]),
              "parch": ([fill("most_frequent"), ordinal(), StandardScaler()], None),
              "adult_male": ([bool_codes(), fill("most_frequent"), one_hot()], ["False", "True"]),
              "alone": ([ordinal()], None)}
    cases.append(case("titanic numbers and booleans as categories", t, [
        {"step": "impute", "columns": ["pclass"], "strategy": "median"},
        {"step": "impute", "columns": ["parch", "adult_male"], "strategy": "mode"},
        {"step": "encode", "columns": ["pclass", "adult_male"], "method": "one_hot"},
        {"step": "encode", "columns": ["parch", "alone"], "method": "label"},
        {"step": "scale", "columns": ["parch"]}], chains, t_train, t_test,
        {"adult_male": "boolean", "alone": "boolean"}))

    chains = {c: ([fill("median"), StandardScaler()], None) for c in ("bill_length_mm", "flipper_length_mm", "body_mass_g")}
    chains["island"] = ([fill("most_frequent"), ordinal()], None)
    chains["sex"] = ([known_ordinal(levels(p, "sex", p_train)), StandardScaler()], None)
    cases.append(case("penguins median, ordinal, scaled", p, [
        {"step": "impute", "strategy": "median"}, {"step": "impute", "columns": ["island"], "strategy": "most_frequent"},
        {"step": "encode", "method": "ordinal"}, {"step": "scale", "columns": ["sex"]}, {"step": "scale"}], chains, p_train, p_test))

    holes = pd.Series([True, False, None, True, None, True, False, None] * 5, dtype=object).where(lambda s: s.notna(), np.nan)
    n = len(holes)
    made = pd.DataFrame({
        "flag": holes,
        "near_constant": 1e9 + rng.integers(0, 2, n) * 1e-7,
        "constant": np.full(n, 0.1),
        "large": rng.normal(1e12, 1.0, n),
        "tiny": rng.normal(0, 1e-200, n),
        "holes": np.where(rng.random(n) < 0.3, np.nan, rng.exponential(5, n)),
        "ties": rng.integers(-2, 3, n).astype(float),
        "text_ties": list("bbaacccbaab" * 4)[:n],
    })
    train, test = np.arange(0, 30), np.arange(30, n)
    chains = {"flag": ([bool_codes(), fill("most_frequent"), StandardScaler()], None),
              "holes": ([StandardScaler(), fill("mean")], None),
              "ties": ([fill("most_frequent")], None),
              "text_ties": ([fill("most_frequent"), ordinal()], None)}
    for c in ("near_constant", "constant", "large", "tiny"):
        chains[c] = ([fill("mean"), StandardScaler()], None)
    cases.append(case("made: hard to scale, ties, booleans with holes", made, [
        {"step": "scale", "columns": ["holes"]},
        {"step": "impute", "columns": ["holes"], "strategy": "mean"},
        {"step": "impute", "columns": ["flag", "ties", "text_ties"], "strategy": "most_frequent"},
        {"step": "impute", "strategy": "mean"},
        {"step": "encode", "columns": ["flag", "text_ties"], "method": "ordinal"},
        {"step": "scale", "columns": ["flag", "near_constant", "constant", "large", "tiny"]}], chains, train, test, {"flag": "boolean"}))

    out = {"versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "pandas": pd.__version__}, "cases": cases}
    path = pathlib.Path(__file__).with_name("golden.json")
    path.write_text(json.dumps(out, indent=None, separators=(",", ":")) + "\n")
    print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    samples = pathlib.Path(__file__).resolve().parents[2] / "sample"
    main(samples / "titanic.csv.gz", samples / "penguins.csv.gz")
