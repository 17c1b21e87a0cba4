#!/usr/bin/env python3
"""Opens exported pipelines in scikit-learn and compares them with what their
writer predicted.

    python check_export.py EXPECTED.json [EXPECTED.json ...]

EXPECTED.json holds the cases; paths in it are relative to its folder:

    {"cases": [{
        "name":          text that names the case in messages,
        "pickle":        path of the exported model,
        "csv":           path of the raw table,
        "read_csv":      keyword arguments for pandas.read_csv, as in
                         {"sep": ";", "dtype": {"zip": "str"}}; may be left out,
        "target":        name of the column that is predicted,
        "rows":          positions of the rows that were predicted, from 0,
        "predictions":   one label or number for each of these rows,
        "probabilities": one list for each of these rows, in the order of
                         classes, or null,
        "classes":       labels in order, or null for a regression,
        "train":         positions of the rows that were learned from; may be
                         left out
        "sparse":        texts are vectorized on the way, which cannot be done
                         after set_output
        "exact":         numbers that differ in the last place are told apart;
                         pandas before 3 has to be told to read them so
    }, ...]}

Warnings are errors. A case passes if the file
 - loads by pickle and by joblib as a sklearn.pipeline.Pipeline, has no opcode
   and no global besides those the writer uses, and shows nothing dangerous to
   picklescan, where that is installed;
 - predicts the same labels, and numbers and probabilities within 1e-9, from the
   raw DataFrame, also with its columns shuffled, with columns that it does not
   know, and one row at a time;
 - can be cloned, printed, asked for parameters and output names, pickled again,
   and fitted again, with the same prepared columns where "train" says on which
   rows. A row that lacks a category which is encoded without being filled has
   a column of its own after a new fit: such cases skip the comparison.

Prints "N passed, M failed"; the exit status is 1 if a case failed.
"""
import argparse
import copy
import io
import json
import pathlib
import pickle
import pickletools
import sys
import traceback
import warnings

import joblib
import numpy as np
import pandas as pd
import sklearn
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import Pipeline

TOLERANCE = 1e-9

OPCODES = set(
    "PROTO STOP NONE NEWTRUE NEWFALSE BININT BININT1 BININT2 LONG1 BINFLOAT BINUNICODE "
    "SHORT_BINBYTES BINBYTES BINBYTES8 MARK EMPTY_TUPLE TUPLE1 TUPLE2 TUPLE3 TUPLE EMPTY_LIST APPENDS "
    "EMPTY_DICT SETITEMS GLOBAL NEWOBJ REDUCE BUILD BINPUT LONG_BINPUT BINGET LONG_BINGET".split()
)


def check_globals(path):
    """Every opcode and every global in the file is one that the writer uses."""
    for opcode, argument, _ in pickletools.genops(path.read_bytes()):
        assert opcode.name in OPCODES, f"opcode {opcode.name}"
        if opcode.name == "GLOBAL":
            module, name = argument.split(" ")
            assert module == "sklearn" or module.startswith("sklearn.") or (module, name) in {
                ("builtins", "slice"), ("numpy", "ndarray"), ("numpy", "dtype"), ("numpy", "float64"),
                ("numpy", "log1p"), ("numpy", "clip"), ("numpy", "interp"), ("numpy", "ravel"),
                ("pandas", "DataFrame.replace"), ("pandas", "DataFrame.apply"), ("pandas", "DataFrame.astype"), ("pandas", "to_numeric"),
            }, f"global {argument}"


def check_scan(path):
    try:
        from picklescan.scanner import SafetyLevel, scan_file_path
    except ImportError:
        return
    result = scan_file_path(str(path))
    dangerous = [g for g in result.globals if g.safety == SafetyLevel.Dangerous]
    assert not dangerous and result.infected_files == 0 and not result.scan_err, dangerous


def same_numbers(got, want, what):
    got, want = np.asarray(got, dtype=float), np.asarray(want, dtype=float)
    assert got.shape == want.shape, f"{what}: shape {got.shape}, want {want.shape}"
    if want.size == 0:
        return
    assert np.isfinite(got).all(), f"{what}: not finite"
    worst = np.max(np.abs(got - want) / np.maximum(1, np.abs(want)))
    assert worst <= TOLERANCE, f"{what}: off by {worst:.3g}"


def check_predictions(model, x, case, what):
    got = model.predict(x)
    if case.get("classes") is None:
        same_numbers(got, case["predictions"], what)
        return
    assert list(model.classes_) == case["classes"], f"{what}: classes {list(model.classes_)}, want {case['classes']}"
    wrong = [i for i, (g, w) in enumerate(zip(got, case["predictions"], strict=True)) if g != w]
    assert not wrong, f"{what}: row {wrong[0]} is {got[wrong[0]]!r}, want {case['predictions'][wrong[0]]!r}, and {len(wrong) - 1} more"
    if case.get("probabilities") is not None:
        same_numbers(model.predict_proba(x), case["probabilities"], what + ", probabilities")


def check_frames(model, x, case):
    check_predictions(model, x, case, "raw rows")
    rng = np.random.default_rng(0)
    shuffled = x[list(rng.permutation(x.columns))]
    check_predictions(model, shuffled, case, "shuffled columns")
    extra = shuffled.assign(**{"a column nobody knows": "?", "another": 1.5})
    check_predictions(model, extra, case, "extra columns")
    for i in range(min(3, len(x))):
        one = {k: case[k][i : i + 1] for k in ("predictions", "probabilities") if case.get(k) is not None}
        check_predictions(model, x.iloc[i : i + 1], {**case, **one}, f"row {i} alone")


def check_object(model, x, case, path):
    """The things people do with a pipeline besides predicting."""
    assert model.get_params() and repr(model) and model._repr_html_()
    names = model[:-1].get_feature_names_out()
    prepared = model[:-1].transform(x)
    assert len(names) == prepared.shape[1], f"{len(names)} names for {prepared.shape[1]} columns"
    if not case.get("sparse"):
        check_as_frame(model, x, prepared)
    again = pickle.loads(pickle.dumps(model))
    check_predictions(again, x, case, "pickled again")
    check_predictions(joblib.load(path), x, case, "joblib")
    buffer = io.BytesIO()
    joblib.dump(model, buffer)
    buffer.seek(0)
    check_predictions(joblib.load(buffer), x, case, "joblib, dumped again")


def check_as_frame(model, x, prepared):
    with warnings.catch_warnings():
        # A scaler behind an imputer was fitted on an array. It says so when it
        # then gets a DataFrame, also in pipelines that scikit-learn fitted.
        warnings.filterwarnings("ignore", message="X has feature names, but", category=UserWarning)
        as_frame = copy.deepcopy(model[:-1]).set_output(transform="pandas").transform(x)
    same_numbers(as_frame.to_numpy(), prepared, "set_output")


def check_refit(model, table, case):
    known = table[case["target"]].notna().to_numpy()
    rows = case.get("train")
    if rows is None:
        held_out = set(case["rows"])
        rows = [i for i in range(len(table)) if i not in held_out]
    rows = [i for i in rows if known[i]]
    train, y = table.iloc[rows].drop(columns=[case["target"]]), table[case["target"]].iloc[rows]
    with warnings.catch_warnings():
        # What a learner says about its data is not about the file. And no one
        # value of penalty is silent in all versions: 1.8 deprecates it, and
        # before that a LogisticRegression has no other way to say L2.
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.filterwarnings("ignore", message="(?s).*penalty.*")
        # No value of shuffle is silent in all versions either, nor does 1.4 look
        # at what the target is before it counts classes.
        warnings.filterwarnings("ignore", message=".*TargetEncoder.shuffle")
        warnings.filterwarnings("ignore", message="The least populated class")
        # An F-test divides by nothing where a column is the same in each class.
        warnings.filterwarnings("ignore", message="(divide by zero|invalid value) encountered", category=RuntimeWarning)
        warnings.filterwarnings("ignore", message="Features .* are constant", category=UserWarning)
        # In search of a power 1.4 also tries some that are too high.
        warnings.filterwarnings("ignore", message="overflow encountered", category=RuntimeWarning)
        fresh = clone(model).fit(train, y)
        fresh.predict(train.iloc[:5])
    if "train" not in case:
        return
    got, want = model[:-1].transform(train), fresh[:-1].transform(train)
    if got.shape == want.shape:
        same_numbers(got, want, "prepared columns after a new fit")


def check(case, folder):
    path = folder / case["pickle"]
    check_globals(path)
    check_scan(path)
    # What scikit-learn says of new categories where one column is left out, and
    # of few rows or equal values when it is fitted again, is not about the file.
    for message in ("Found unknown categories", "Bins whose width", "Feature .* is constant", "n_quantiles .* is (set to|greater)"):
        warnings.filterwarnings("ignore", message=message, category=UserWarning)
    with path.open("rb") as f:
        model = pickle.load(f)
    assert type(model) is Pipeline, type(model)
    how = dict(case.get("read_csv") or {})
    if case.get("exact") and int(pd.__version__.split(".")[0]) < 3:
        how["float_precision"] = "round_trip"
    table = pd.read_csv(folder / case["csv"], **how)
    x = table.iloc[case["rows"]].drop(columns=[case["target"]])
    check_frames(model, x, case)
    check_object(model, x, case, path)
    check_refit(model, table, case)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("expected", nargs="+", type=pathlib.Path)
    parser.add_argument("-v", "--verbose", action="store_true", help="name the cases that pass, and show where others fail")
    args = parser.parse_args()
    warnings.simplefilter("error")
    print(f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, pandas {pd.__version__}")
    passed = failed = 0
    for expected in args.expected:
        for case in json.loads(expected.read_text(encoding="utf-8"))["cases"]:
            try:
                check(case, expected.parent)
            except Exception as e:
                failed += 1
                print(f"FAIL {case['name']}: {type(e).__name__}: {e}")
                if args.verbose:
                    traceback.print_exc()
            else:
                passed += 1
                if args.verbose:
                    print(f"ok   {case['name']}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
