#!/usr/bin/env python3
"""Opens exported pipelines in scikit-learn and compares them with what their
writer predicted.

    python check_export.py CASES

CASES is a file, or - for standard input, with one case on each line. Paths in it
are relative to the file's folder, or the current one:

    {
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
        "scores":        the same with decision values, or null,
        "classes":       labels in order, or null for a regression,
        "tolerance":     how far numbers may be apart, relative where above 1,
        "known":         how many of the last of these rows were learned from, or
                         are made of values that were: they are no part of a
                         comparison after a new fit,
        "codes":         columns of numbers that are categories, or null: pandas
                         may hold them in any way,
        "train":         positions of the rows that were learned from; may be
                         left out,
        "again":         how far predictions may be apart after a new fit on
                         these rows, or 0 where they cannot be compared,
        "sparse":        texts are vectorized on the way, which cannot be done
                         after set_output,
        "exact":         numbers that differ in the last place are told apart;
                         pandas before 3 has to be told to read them so,
        "since":         the oldest scikit-learn that can open the file; may be
                         left out
    }

Warnings are errors. A case passes if the file
 - loads by pickle and by joblib as a sklearn.pipeline.Pipeline, has no opcode
   and no global besides those the writer may use, and shows nothing dangerous
   to picklescan;
 - predicts the same labels, numbers, probabilities and decision values from the
   raw DataFrame, also with its columns shuffled, with columns that it does not
   know, and one row at a time;
 - can be cloned, printed, asked for parameters, importances and output names,
   pickled again, and fitted again, with the same prepared columns where "train"
   says on which rows. A row that lacks a category which is encoded without
   being filled has a column of its own after a new fit: such cases skip the
   comparison.

Prints "N cases: M failed"; the exit status is 1 if a case failed.
"""
import argparse
import copy
import functools
import io
import json
import pathlib
import pickle
import pickletools
import re
import sys
import time
import traceback
import warnings

import joblib
import numpy as np
import pandas as pd
import sklearn
from picklescan.scanner import SafetyLevel, scan_pickle_bytes
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import Pipeline

OPCODES = set(
    "PROTO STOP NONE NEWTRUE NEWFALSE BININT BININT1 BININT2 LONG1 BINFLOAT BINUNICODE "
    "SHORT_BINBYTES BINBYTES BINBYTES8 MARK EMPTY_TUPLE TUPLE1 TUPLE2 TUPLE3 TUPLE EMPTY_LIST APPENDS "
    "EMPTY_DICT SETITEMS GLOBAL NEWOBJ REDUCE BUILD BINPUT LONG_BINPUT BINGET LONG_BINGET".split()
)

ALLOWED = pathlib.Path(__file__).parents[2] / "internal/export/pickle/allowed.go"


def version(text):
    return [int(n) for n in text.split(".")[:2]]


@functools.cache
def allowed():
    """The globals that the writer may name."""
    out = set()
    for module, names in re.findall(r'\{"([\w.]+)", \[\]string\{(.*?)\}\}', ALLOWED.read_text(encoding="utf-8")):
        out.update(f"{module} {name}" for name in re.findall(r'"([\w.]+)"', names))
    assert "sklearn.pipeline Pipeline" in out, ALLOWED
    return out


def check_file(data):
    """Every opcode and every global in the file is one that the writer uses."""
    for opcode, argument, _ in pickletools.genops(data):
        assert opcode.name in OPCODES, f"opcode {opcode.name}"
        assert opcode.name != "GLOBAL" or argument in allowed(), f"global {argument}"
    result = scan_pickle_bytes(io.BytesIO(data), "model.pkl")
    dangerous = [g for g in result.globals if g.safety == SafetyLevel.Dangerous]
    assert not dangerous and result.infected_files == 0 and not result.scan_err, dangerous


def same_numbers(got, want, what, tolerance):
    got, want = np.asarray(got, dtype=float), np.asarray(want, dtype=float)
    assert got.shape == want.shape, f"{what}: shape {got.shape}, want {want.shape}"
    if want.size == 0:
        return
    assert (np.isnan(got) == np.isnan(want)).all(), f"{what}: missing elsewhere"
    worst = np.nanmax(np.abs(got - want) / np.maximum(1, np.abs(want)), initial=0)
    assert worst <= tolerance, f"{what}: off by {worst:.3g}"


def scores(model, x):
    """Decision values, a column for each class."""
    got = model.decision_function(x)
    return np.column_stack([-got, got]) if got.ndim == 1 else got


def check_predictions(model, x, case, what, tolerance=None):
    tolerance = case["tolerance"] if tolerance is None else tolerance
    got = model.predict(x)
    if case["classes"] is None:
        same_numbers(got, case["predictions"], what, tolerance)
        return
    assert list(model.classes_) == case["classes"], f"{what}: classes {list(model.classes_)}, want {case['classes']}"
    wrong = [i for i, (g, w) in enumerate(zip(got, case["predictions"], strict=True)) if g != w]
    allowed_wrong = 0 if tolerance < 1e-3 else len(got) * tolerance
    assert len(wrong) <= allowed_wrong, f"{what}: row {wrong[0]} is {got[wrong[0]]!r}, want {case['predictions'][wrong[0]]!r}, and {len(wrong) - 1} more"
    if case["probabilities"] is not None and hasattr(model, "predict_proba"):
        same_numbers(model.predict_proba(x), case["probabilities"], what + ", probabilities", tolerance)
    if case["scores"] is not None:
        same_numbers(scores(model, x), case["scores"], what + ", scores", tolerance)


ANSWERS = ("predictions", "probabilities", "scores")


def pick(case, at):
    """The case for some of its rows."""
    return {**case, **{k: [case[k][i] for i in at] for k in ANSWERS if case[k] is not None}}


def untied(model, x):
    """The rows whose nearest neighbors are known: which of two at the same
    distance comes first is anyone's choice."""
    last = model[-1]
    if not type(last).__name__.startswith("KNeighbors") or last.n_samples_fit_ <= last.n_neighbors:
        return np.ones(len(x), dtype=bool)
    distance, _ = last.kneighbors(model[:-1].transform(x), n_neighbors=last.n_neighbors + 1)
    return np.diff(distance[:, -2:] ** 2)[:, 0] > 1e-9


def check_frames(model, x, case):
    check_predictions(model, x, case, "raw rows")
    rng = np.random.default_rng(0)
    shuffled = x[list(rng.permutation(x.columns))]
    extra = shuffled.assign(**{"a column nobody knows": "?", "another": 1.5})
    check_predictions(model, extra, case, "shuffled and extra columns")
    for dtype in (float, object) if case["codes"] else ():
        check_predictions(model, x.astype({c: dtype for c in case["codes"]}), case, f"codes as {dtype.__name__}")
    if case["codes"]:
        texts = {c: [v if pd.isna(v) else repr(float(v)) for v in x[c]] for c in case["codes"]}
        check_predictions(model, x.assign(**{c: pd.Series(v, index=x.index, dtype=object) for c, v in texts.items()}), case, "codes as texts")
    for i in {0, len(x) - 2, len(x) - 1}:
        check_predictions(model, x.iloc[i : i + 1], pick(case, [i]), f"row {i} alone")


def check_object(model, x, case, data):
    """The things people do with a pipeline besides predicting."""
    assert model.get_params() and repr(model) and model._repr_html_()
    names = model[:-1].get_feature_names_out()
    prepared = model[:-1].transform(x)
    assert len(names) == prepared.shape[1] == model[-1].n_features_in_, f"{len(names)} names for {prepared.shape[1]} columns"
    if hasattr(model[-1], "feature_importances_"):
        total = model[-1].feature_importances_.sum()
        assert abs(total - 1) < 1e-9 or total == 0, f"importances sum to {total}"
    if hasattr(model[-1], "transform"):  # of an ensemble: what its members say
        assert len(model[-1].transform(prepared)) == len(x)
    if not case["sparse"]:
        check_as_frame(model, x, prepared)
    check_predictions(pickle.loads(pickle.dumps(model)), x, case, "pickled again")
    check_predictions(joblib.load(io.BytesIO(data)), x, case, "joblib")
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
    same_numbers(as_frame.to_numpy(), prepared, "set_output", 1e-12)


def quiet_fit(model):
    """Ignores what scikit-learn says about data, or in one version only, when
    the model is fitted; none of it is about the file."""
    ignore = functools.partial(warnings.filterwarnings, "ignore")
    warnings.simplefilter("ignore", ConvergenceWarning)
    if model[-1].get_params().get("penalty") == "elasticnet":
        # 1.8 deprecates it, and before that there is no other way to say L1.
        ignore(message="(?s).*penalty.*", category=FutureWarning)
    # No value of shuffle is silent in all versions either, nor does 1.4 look at
    # what the target is before it counts classes.
    ignore(message=".*TargetEncoder.shuffle")
    ignore(message="The least populated class")
    # An F-test divides by nothing where a column is the same in each class.
    ignore(message="(divide by zero|invalid value) encountered", category=RuntimeWarning)
    ignore(message="Features .* are constant", category=UserWarning)
    # In search of a power 1.4 also tries some that are too high.
    ignore(message="overflow encountered", category=RuntimeWarning)


def cannot_fit(model):
    """Before 1.5, boosting takes the signs of columns for those of others, where
    there are categories."""
    p = model[-1].get_params()
    return version(sklearn.__version__) < [1, 5] and p.get("monotonic_cst") and p.get("categorical_features")


def check_refit(model, table, x, case, new):
    """Fits anew, and compares what is said of the rows of x that are new."""
    known = table[case["target"]].notna().to_numpy()
    rows = case.get("train")
    if rows is None:
        held_out = set(case["rows"][: len(case["rows"]) - case["known"]])
        rows = [i for i in range(len(table)) if i not in held_out]
    rows = [i for i in rows if known[i]]
    train, y = table.iloc[rows].drop(columns=[case["target"]]), table[case["target"]].iloc[rows]
    with warnings.catch_warnings():
        quiet_fit(model)
        fresh = clone(model).fit(train, y)
        fresh.predict(train.iloc[:5])
    if "train" not in case:
        return
    got, want = model[:-1].transform(train), fresh[:-1].transform(train)
    if got.shape == want.shape:
        same_numbers(got, want, "prepared columns after a new fit", 1e-9)
        if case["again"]:
            check_predictions(fresh, x[new], pick(case, np.flatnonzero(new)), "a new fit", case["again"])


def check(case, folder):
    data = (folder / case["pickle"]).read_bytes()
    check_file(data)
    # What scikit-learn says of new categories where one column is left out, and
    # of few rows or equal values when it is fitted again, is not about the file.
    for message in ("Found unknown categories", "Bins whose width", "Feature .* is constant", "n_quantiles .* is (set to|greater)"):
        warnings.filterwarnings("ignore", message=message, category=UserWarning)
    model = pickle.loads(data)
    assert type(model) is Pipeline, type(model)
    how = dict(case.get("read_csv") or {})
    if case["exact"] and int(pd.__version__.split(".")[0]) < 3:
        how["float_precision"] = "round_trip"
    table = pd.read_csv(folder / case["csv"], **how)
    x = table.iloc[case["rows"]].drop(columns=[case["target"]])
    keep = untied(model, x)
    new = (np.arange(len(x)) < len(x) - case["known"])[keep]
    x, case = x[keep], pick(case, np.flatnonzero(keep))
    assert keep.mean() > 0.1, "most rows have tied neighbors"
    check_frames(model, x, case)
    check_object(model, x, case, data)
    if not cannot_fit(model):
        check_refit(model, table, x, case, new)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases")
    parser.add_argument("-v", "--verbose", action="store_true", help="name each case with its seconds, and show where others fail")
    args = parser.parse_args()
    warnings.simplefilter("error")
    print(f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, pandas {pd.__version__}")
    source = sys.stdin if args.cases == "-" else open(args.cases, encoding="utf-8")
    folder = pathlib.Path("." if args.cases == "-" else args.cases).parent
    cases = failed = 0
    for line in source:
        case, said, start = json.loads(line), "ok  ", time.process_time()
        cases += 1
        try:
            if version(case.get("since", "0.0")) <= version(sklearn.__version__):
                check(case, folder)
        except Exception as e:
            failed, said = failed + 1, "FAIL"
            print(f"FAIL {case['name']}: {type(e).__name__}: {e}")
            if args.verbose:
                traceback.print_exc()
        if args.verbose:
            print(f"{said} {case['name']} {time.process_time() - start:.2f} s")
    print(f"{cases} cases: {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
