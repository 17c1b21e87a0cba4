package train_test

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/catalog"
	"clicktrain/internal/problem"
	"clicktrain/internal/train"
)

func TestInterest(t *testing.T) {
	labels := train.Labels{Texts: []string{"no", "yes"}}
	for _, tt := range []struct {
		name   string
		target train.Target
		asked  string
		want   int
	}{
		{"the rarer", train.Target{Labels: labels, Y: []float64{0, 1, 1}}, "", 0},
		{"the rarer, second", train.Target{Labels: labels, Y: []float64{0, 0, 1}}, "", 1},
		{"of equals the second", train.Target{Labels: labels, Y: []float64{0, 1}}, "", 1},
		{"named", train.Target{Labels: labels, Y: []float64{0, 0, 1}}, "no", 0},
		{"a number", train.Target{Labels: train.Labels{Numbers: []float64{0, 1.5}}, Y: []float64{0, 0, 1}}, "1.5", 1},
		{"three", train.Target{Labels: train.Labels{Texts: []string{"a", "b", "c"}}, Y: []float64{0, 1, 2}}, "", -1},
		{"of three", train.Target{Labels: train.Labels{Texts: []string{"a", "b", "c"}}, Y: []float64{0, 1, 2}}, "b", 1},
		{"numbers", train.Target{Y: []float64{1, 2}}, "", -1},
	} {
		if got, err := tt.target.Interest(tt.asked); got != tt.want || err != nil {
			t.Errorf("%s: %d, %v, want %d", tt.name, got, err, tt.want)
		}
	}
	for name, target := range map[string]train.Target{"The classes are no, yes.": {Labels: labels, Y: []float64{0, 1}}, "Leave the class of interest out": {Y: []float64{1, 2}}} {
		_, err := target.Interest("maybe")
		if p, ok := problem.As(err); !ok || p.Field != "positive" || !strings.Contains(p.Error()+p.Hint, name) {
			t.Errorf("maybe is refused by %v", err)
		}
	}
}

// A result for another class of interest is that of a run which was given it.
func TestResultForAnotherClass(t *testing.T) {
	f := table(400)
	for target, classes := range map[string][]string{"class": {"no", "yes"}, "town": {"Bonn", "Ulm"}} {
		s := specOf(f, "random_forest", target)
		s.Params = map[string]any{"n_estimators": json.Number("5")}
		if target == "town" {
			s.Features, s.Recipe = []string{"x", "z"}, leaky(t, f, []string{"x", "z"})
		}
		s.Weights = "count"
		var results []*train.Result
		for _, class := range classes {
			s.Positive = class
			_, res := mustRun(t, f, s)
			results = append(results, over(t, res))
		}
		if reflect.DeepEqual(results[0].Classes.Model.Thresholds, results[1].Classes.Model.Thresholds) {
			t.Fatalf("%s: the class of interest changes nothing", target)
		}
		for i, res := range results {
			other := results[1-i]
			got, err := res.For(other.Classes.Model.Positive, s.Seed)
			if err != nil {
				t.Fatal(err)
			}
			want := *other.Classes
			want.Trained = res.Classes.Trained
			a, _ := json.Marshal(got.Classes)
			b, _ := json.Marshal(want)
			if string(a) != string(b) {
				t.Errorf("%s: of %s by another way:\n%s\nwant\n%s", target, classes[1-i], a, b)
			}
		}
		if results[0].Tested.Rows != results[1].Tested.Rows {
			t.Error("the same test rows have two digests")
		}
	}
	s := specOf(f, "linear_regression", "z")
	_, res := mustRun(t, f, s)
	if _, err := res.For(0, 1); err == nil {
		t.Error("numbers have a class of interest")
	}
	s.Seed++
	if _, other := mustRun(t, f, s); other.Tested.Rows == res.Tested.Rows {
		t.Error("other test rows have the same digest")
	}
	s.Weights, s.Positive = "", "yes"
	if _, _, err := train.Run(t.Context(), f, s, catalog.All(), time.Now, func(float64, string) {}); err == nil {
		t.Error("a class of interest of numbers is not refused")
	}
	classes := &train.Result{Classes: &train.ClassScores{}}
	if p, ok := problem.As(second(classes.For(0, 1))); !ok || p.Field != "positive" {
		t.Error("rows that were not kept are scored anew")
	}
}

func second(_ *train.Result, err error) error { return err }

// over takes a result through JSON, as it crosses the pipe of a worker.
func over(t *testing.T, res *train.Result) *train.Result {
	t.Helper()
	text, err := json.Marshal(res)
	if err != nil {
		t.Fatal(err)
	}
	out := new(train.Result)
	if err := json.Unmarshal(text, out); err != nil || !slices.Equal(out.Tested.Proba, res.Tested.Proba) || !slices.Equal(out.Tested.Weights, res.Tested.Weights) {
		t.Fatalf("the test rows do not come over: %v", err)
	}
	return out
}

func TestPacked(t *testing.T) {
	for _, p := range []train.Packed{nil, {}, {1.5, math.Inf(-1), math.Copysign(0, -1), math.SmallestNonzeroFloat64}} {
		text, err := json.Marshal(p)
		var back train.Packed
		if err != nil || json.Unmarshal(text, &back) != nil || !slices.Equal(back, p) || (back == nil) != (p == nil) {
			t.Errorf("%v comes back as %v by %s", p, back, text)
		}
	}
	var p train.Packed
	for _, bad := range []string{`"AAAA"`, `1`, `"?"`} {
		if err := json.Unmarshal([]byte(bad), &p); err == nil {
			t.Errorf("%s is read as %v", bad, p)
		}
	}
}
