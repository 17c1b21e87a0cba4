"""Predicts rows of a CSV file with a pickled pipeline: predict.py PICKLE CSV ROWS.

Writes {"predictions": […], "classes": […], "probabilities": [[…], …]} as JSON.
Warnings are errors.
"""

import json
import pickle
import sys
import warnings

import pandas as pd

warnings.simplefilter("error")
with open(sys.argv[1], "rb") as file:
    model = pickle.load(file)
rows = pd.read_csv(sys.argv[2]).iloc[json.loads(sys.argv[3])]
out = {"predictions": model.predict(rows).tolist()}
if hasattr(model, "predict_proba"):
    out["classes"] = model.classes_.tolist()
    out["probabilities"] = model.predict_proba(rows).tolist()
json.dump(out, sys.stdout)
