"""Writes forest.json: scikit-learn's scores on the data beside this file.

    python golden.py            scores of the prepared files
    python golden.py DIR        first prepares them from DIR/{iris,penguins,titanic,housing}.csv

A prepared file is numeric: missing numbers are the column's median, missing
texts a text of their own, and texts their position in sorted order. The last
column is the target; of housing, every fourth row is kept.
Sources: iris, Fisher 1936; penguins, palmerpenguins (CC0); titanic, the
passenger list as seaborn ships it; housing, the 1990 California census (Pace
and Barry 1997) with ocean_proximity.
"""
import json
import sys

import numpy as np
import pandas as pd
import sklearn
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

import golden_tree

TARGETS = {"iris": "species", "penguins": "species", "titanic": "survived", "housing": "median_house_value"}
LEAKS = ["alive", "class", "who", "adult_male", "embark_town", "alone"]
SEEDS = range(5)
LEARNERS = {
    "random_forest": (RandomForestClassifier, RandomForestRegressor),
    "extra_trees": (ExtraTreesClassifier, ExtraTreesRegressor),
    "decision_tree": (DecisionTreeClassifier, DecisionTreeRegressor),
}


def prepare(source, name):
    df = pd.read_csv(f"{source}/{name}.csv").drop(columns=LEAKS, errors="ignore")
    if name == "housing":
        df = df.iloc[::4]
    df[TARGETS[name]] = df.pop(TARGETS[name])
    for c in df:
        if pd.api.types.is_numeric_dtype(df[c]):
            df[c] = df[c].fillna(df[c].median())
        else:
            df[c] = np.unique(df[c].fillna("?").astype(str), return_inverse=True)[1]
    df.to_csv(f"{name}.csv", index=False)


def score(learner, name):
    df = pd.read_csv(f"{name}.csv")
    X, y = df.iloc[:, :-1].to_numpy(float), df.iloc[:, -1].to_numpy(float)
    test = np.sort(np.random.default_rng(7).permutation(len(df))[: len(df) * 3 // 10])
    train = np.setdiff1d(np.arange(len(df)), test)
    regression = name == "housing"
    kind = LEARNERS[learner][regression]
    models = [kind(random_state=s).fit(X[train], y[train]) for s in SEEDS]
    # Importances vary from tree to tree, so those of many trees are compared.
    many = 0 if learner == "decision_tree" else 300 if regression else 3000
    importances = kind(n_estimators=many, random_state=99, n_jobs=-1).fit(X[train], y[train]).feature_importances_.tolist() if many else []
    return {
        "learner": learner,
        "name": name,
        "classes": 0 if regression else len(np.unique(y)),
        "test": test.tolist(),
        "scores": [m.score(X[test], y[test]) for m in models],
        "trees": many,
        "importances": importances,
    }


if __name__ == "__main__":
    golden_tree.main()
    for name in TARGETS if len(sys.argv) > 1 else []:
        prepare(sys.argv[1], name)
    with open("forest.json", "w") as f:
        json.dump({
            "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "pandas": pd.__version__},
            "sets": [score(k, n) for k in LEARNERS for n in TARGETS],
        }, f)
        f.write("\n")
