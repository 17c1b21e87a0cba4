"""The tables that are measured, as files that both sides read, and their rows
prepared as arrays for the libraries that learn from arrays."""
import os
import subprocess

import numpy as np
import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

import data
from machine import ROOT

ROWS = {"medium": 100_000, "large": 1_000_000}
UNSEEN = 20_000


def preparation(linear):
    """The same preparation on both sides: medians and most frequent values
    filled in, categories one-hot and numbers scaled for linear models,
    categories as codes for trees."""
    if linear:
        numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
        codes = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    else:
        numbers = SimpleImputer(strategy="median")
        codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    return make_column_transformer(
        (numbers, make_column_selector(dtype_include=np.number)),
        (make_pipeline(SimpleImputer(strategy="most_frequent"), codes), make_column_selector(dtype_exclude=np.number)))


class Tables:
    """Writes each file once, into a folder, and builds each program once."""

    def __init__(self, folder):
        self.folder, self.built = folder, set()

    def path(self, *parts):
        return os.path.join(self.folder, "_".join(parts))

    def tool(self, name):
        """One of the programs in this folder, built."""
        path = self.path(name)
        if name not in self.built:
            subprocess.run(["go", "build", "-trimpath", "-o", path, "./bench/" + name], check=True, cwd=ROOT)
            self.built.add(name)
        return path

    def whole(self, size, task):
        """A file of all rows of a table."""
        path = self.path(size, task + ".csv")
        if not os.path.exists(path):
            data.table(task, ROWS[size], size).to_csv(path, index=False, float_format="%.6g")
        return path

    def parts(self, size, task):
        """The first four fifths of the rows to learn from, and 20,000 of the
        rest: two files."""
        known, unseen = self.path(size, task, "train.csv"), self.path(size, task, "test.csv")
        if not os.path.exists(unseen):
            with open(self.whole(size, task)) as f:
                lines = f.readlines()
            for path, rows in ((known, lines[1:1 + ROWS[size] * 4 // 5]), (unseen, lines[-UNSEEN:])):
                with open(path, "w") as f:
                    f.writelines(lines[:1] + rows)
        return known, unseen

    def arrays(self, size, task, linear):
        """A folder of x.npy, y.npy, unseen.npy and truth.npy: the same rows,
        prepared. Classes are numbered in the order of their names."""
        folder = self.path(size, task, "onehot" if linear else "codes")
        if not os.path.exists(folder):
            known, unseen = (pd.read_csv(p) for p in self.parts(size, task))
            prepare = preparation(linear)
            os.mkdir(folder)
            save = lambda name, x: np.save(os.path.join(folder, name), x)
            save("x", prepare.fit_transform(known.drop(columns="target")))
            save("unseen", prepare.transform(unseen.drop(columns="target")))
            if task == "reg":
                y, truth = known["target"].to_numpy(), unseen["target"].to_numpy()
            else:
                names, y = np.unique(known["target"].to_numpy(dtype=str), return_inverse=True)
                truth = np.searchsorted(names, unseen["target"].to_numpy(dtype=str))
            save("y", y)
            save("truth", truth)
        return folder
