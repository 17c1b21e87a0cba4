package workflow

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

func TestTrainCountsRowsAndFolds(t *testing.T) {
	w := newService(t).New()
	upload(t, w, visits())
	run := trained(t, w, TrainRequest{Algorithm: "logistic_regression", Target: "ill", Group: "patient_id", Weights: "dose", Folds: 3, Keep: []string{"dose"}})
	res := run.Trained().Result
	if slices.Contains(res.Features, "dose") || !slices.ContainsFunc(run.Plan.Left, func(l recipe.Left) bool { return l.Column == "dose" }) {
		t.Errorf("features = %v, left out = %v: the weights are to be left out", res.Features, run.Plan.Left)
	}
	if cv := res.CV; cv == nil || len(cv.Folds) != 3 || !cv.Grouped || cv.Folds[0].Train+cv.Folds[0].Test != res.Rows.Train {
		t.Errorf("cross-validation = %+v, want 3 folds of the groups in %d rows", cv, res.Rows.Train)
	}
	plain := trained(t, w, TrainRequest{Algorithm: "logistic_regression", Target: "ill", Group: "patient_id", Features: []string{"age"}})
	if plain.Trained().Result.CV != nil {
		t.Error("folds were scored that were not asked for")
	}
}

func TestWeightRefusals(t *testing.T) {
	w := newService(t).New()
	upload(t, w, visits())
	for name, req := range map[string]TrainRequest{
		"unknown":    {Algorithm: "logistic_regression", Target: "ill", Weights: "height"},
		"the target": {Algorithm: "linear_regression", Target: "dose", Weights: "dose"},
		"texts":      {Algorithm: "logistic_regression", Target: "ill", Weights: "patient_id"},
		"a feature":  {Algorithm: "logistic_regression", Target: "ill", Weights: "age", Features: []string{"age", "dose"}},
		"unweighed":  {Algorithm: "k_nearest_neighbors", Target: "ill", Weights: "dose"},
	} {
		_, err := w.Plan(req)
		if p, ok := problem.As(err); !ok || p.Field != "weight_column" || p.Hint == "" {
			t.Errorf("%s: %v, want a problem of weight_column", name, err)
		}
	}
	_, err := w.Plan(TrainRequest{Algorithm: "logistic_regression", Target: "ill", Folds: 1})
	if p, ok := problem.As(err); !ok || p.Field != "cv" {
		t.Errorf("1 fold gives %v, want a problem of cv", err)
	}
}

func TestMoments(t *testing.T) {
	for text, want := range map[string]float64{
		"1970-01-02": 86400, " 1970-01-01T00:01 ": 60, "1970-01-01 00:00:01.5": 1.5, "1970-01-01T01:00:00+01:00": 0, "1969-12-31": -86400,
	} {
		if got, ok := moment(text); !ok || got != want {
			t.Errorf("moment(%q) = %g, %t, want %g", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "yesterday", "1970-13-01", "01.02.1970"} {
		if got, ok := moment(text); ok {
			t.Errorf("moment(%q) = %g", text, got)
		}
	}
}

// The row that has a value which its column cannot hold is named.
func TestPredictNamesTheRowOfAWrongValue(t *testing.T) {
	w := newService(t).New()
	upload(t, w, "flag,x,y\n"+func() (rows string) {
		for i := range 40 {
			rows += []string{"True", "False"}[i%2] + "," + string(rune('0'+i%10)) + "," + []string{"a", "b"}[i/2%2] + "\n"
		}
		return rows
	}())
	trained(t, w, TrainRequest{Algorithm: "logistic_regression", Target: "y", Features: []string{"flag", "x"}})
	row := func(flag string) map[string]any { return map[string]any{"flag": flag, "x": json.Number("1")} }
	_, err := w.Predict("", []map[string]any{row("True"), row("maybe")})
	p, ok := problem.As(err)
	if !ok || p.Field != "rows[1]" || p.Column != "flag" || p.Value != "maybe" {
		t.Errorf("err = %+v, want one of row 2, flag and maybe", err)
	}
}

// TestWeightsStay checks that the column which counts rows stays chosen through
// another reading while it can, and that its loss is told.
func TestWeightsStay(t *testing.T) {
	w := newService(t).New()
	wantKind(t, "weights without data", w.SetWeights("dose"), problem.Conflict)
	upload(t, w, visits())
	if _, err := w.Aim("ill", 0); err != nil {
		t.Fatal(err)
	}
	for _, column := range []string{"ill", "height"} {
		if p, ok := problem.As(w.SetWeights(column)); !ok || p.Field != "weight_column" || w.choices.weights != "" {
			t.Errorf("SetWeights(%s): %v, weights %q", column, p, w.choices.weights)
		}
	}
	for _, tt := range []struct {
		reading    ingest.Options
		kept, told string
	}{
		{ingest.Options{Kinds: map[string]frame.Kind{"age": frame.Category}}, "dose", ""},
		{ingest.Options{Kinds: map[string]frame.Kind{"dose": frame.Category}}, "", "You counted rows by dose, which does not hold numbers"},
		{ingest.Options{Header: ingest.HeaderNo}, "", "You counted rows by dose; the table has no such column any more."},
	} {
		if _, err := w.Reread(t.Context(), ingest.Options{}); err != nil {
			t.Fatal(err)
		}
		if err := w.SetWeights("dose"); err != nil {
			t.Fatal(err)
		}
		d, err := w.Reread(t.Context(), tt.reading)
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		for _, n := range d.Dropped {
			if strings.HasPrefix(n.Message, "You counted rows") {
				told = n.Message
			}
		}
		if w.choices.weights != tt.kept || !strings.HasPrefix(told, tt.told) || (told == "") != (tt.told == "") {
			t.Errorf("%+v: weights %q and told %+v, want %q and %q", tt.reading, w.choices.weights, d.Dropped, tt.kept, tt.told)
		}
	}
	if _, err := w.Reread(t.Context(), ingest.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := w.SetWeights("dose"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Aim("dose", 0); err != nil || w.choices.weights != "" {
		t.Errorf("the target still counts rows: %q (%v)", w.choices.weights, err)
	}
}
