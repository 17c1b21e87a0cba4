package web

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/metric"
	"clicktrain/internal/train"
)

// scored is the result of a model that gave each row the probabilities of its
// classes and said the likeliest, or from 0.5 on the class of interest.
func scored(labels []string, truth []int, proba []float64, positive int) *train.Result {
	k := len(labels)
	a := metric.Answers{Truth: truth, Proba: proba, Classes: k, Positive: positive}
	rows := make([]int, k)
	for i, c := range truth {
		said := 0
		for j := range k {
			if proba[i*k+j] > proba[i*k+said] {
				said = j
			}
		}
		a.Predicted = append(a.Predicted, said)
		rows[c]++
	}
	always := a
	always.Predicted, always.Proba = make([]int, len(truth)), nil
	most := slices.Index(rows, slices.Max(rows))
	for i := range truth {
		always.Predicted[i] = most
		for _, n := range rows {
			always.Proba = append(always.Proba, float64(n)/float64(len(truth)))
		}
	}
	c := &train.ClassScores{Model: a.Report(), Baseline: always.Report(), BaselineClass: most, Rows: rows, Trained: positive}
	c.Model.Intervals = a.Intervals(1)
	return &train.Result{Labels: train.Labels{Texts: labels}, Classes: c}
}

// drawnRows draws n rows, of which every so many are of class 1, and how
// likely a model holds that: it ranks them by skill, around the given level.
func drawnRows(n, every int, skill, level, spread float64) (truth []int, proba []float64) {
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		c := 0
		if i%every == 0 {
			c = 1
		}
		p := min(max(level+spread*(rng.NormFloat64()+skill*float64(c)), 0), 1)
		truth, proba = append(truth, c), append(proba, 1-p, p)
	}
	return truth, proba
}

// TestVerdicts checks what is said first of models that accuracy alone calls
// good or bad wrongly.
func TestVerdicts(t *testing.T) {
	yes := []string{"no", "yes"}
	for _, tt := range []struct {
		name        string
		truth       func() ([]int, []float64)
		positive    int
		good        bool
		says, never []string
		worse       string
	}{
		{"ranks well, never says yes", func() ([]int, []float64) { return drawnRows(1000, 20, 1.2, 0.1, 0.05) }, 1, true,
			[]string{"Finds none of 50 rows that are yes: it never says so.", "always guessing no would be right for 95", "It tells the two classes apart better than guessing does (ROC AUC 0.", "; guessing 0.5)."}, []string{"no better"}, ""},
		{"half of the rare are missed", func() ([]int, []float64) { return drawnRows(1000, 20, 6, 0.1, 0.07) }, 1, true,
			[]string{"of 50 rows that are yes", "alarms are right", "Right for 9"}, nil, ""},
		{"noise", func() ([]int, []float64) { return drawnRows(400, 2, 0, 0.5, 0.1) }, 1, false,
			[]string{"It tells the two classes apart no better, within the noise, than guessing does (ROC AUC 0."}, []string{"apart better"}, "log loss"},
		{"too sure", func() ([]int, []float64) { return drawnRows(400, 3, 1, 0.4, 3) }, 1, true,
			[]string{"apart better than guessing"}, nil, "Log loss"},
		{"the wrong way round", func() ([]int, []float64) { return drawnRows(400, 2, -2, 0.5, 0.1) }, 1, false,
			[]string{"It tells the two classes apart worse than guessing does (ROC AUC 0.", "Right for"}, nil, "ROC AUC"},
		{"few rows", func() ([]int, []float64) { return drawnRows(8, 2, 2, 0.5, 0.1) }, 1, false,
			[]string{"too few to tell"}, []string{"no better"}, ""},
		{"the other class", func() ([]int, []float64) { return drawnRows(1000, 20, 6, 0.1, 0.07) }, 0, true,
			[]string{"of 950 rows that are no;"}, []string{"rows that are yes"}, ""},
	} {
		truth, proba := tt.truth()
		res := scored(yes, truth, proba, tt.positive)
		text, v := classVerdict(res), res.Verdict()
		if v.Better != tt.good {
			t.Errorf("%s: better than guessing is %v by %s, want %v", tt.name, v.Better, v.By, tt.good)
		}
		for _, want := range tt.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q lacks %q", tt.name, text, want)
			}
		}
		for _, not := range tt.never {
			if strings.Contains(text, not) {
				t.Errorf("%s: %q says %q", tt.name, text, not)
			}
		}
		if worse := worseText(res); !strings.Contains(strings.ToLower(worse), strings.ToLower(tt.worse)) {
			t.Errorf("%s: worse than guessing in %q, want %s in it", tt.name, worse, tt.worse)
		}
	}
}

func TestVerdictOfThreeClasses(t *testing.T) {
	var truth []int
	var proba []float64
	for i := range 300 {
		c := i % 3
		row := []float64{0.1, 0.1, 0.1}
		if row[c] = 0.8; c == 2 && i%2 == 0 { // half of the third are taken for the first
			row = []float64{0.8, 0.1, 0.1}
		}
		truth, proba = append(truth, c), append(proba, row...)
	}
	labels := []string{"cat", "dog", "emu"}
	text := classVerdict(scored(labels, truth, proba, -1))
	if !strings.Contains(text, "It finds least of emu: 50 of 100 rows.") || strings.Contains(text, "alarms") || !strings.HasPrefix(text, "Right for 83 of 100") || !strings.Contains(text, "It tells the classes apart better than guessing does (") {
		t.Errorf("three classes: %q", text)
	}
	if text := classVerdict(scored(labels, truth, proba, 0)); !strings.HasPrefix(text, "Finds 100 of 100 rows that are cat; 100 of 150 alarms are right.") || !strings.Contains(text, " than guessing does (") {
		t.Errorf("one of three: %q", text)
	}
}

// TestRangesAreShown checks that no interval reads as if it had no width.
func TestRangesAreShown(t *testing.T) {
	truth, proba := drawnRows(4000, 3, 5, 0.3, 0.1)
	res := scored([]string{"no", "yes"}, truth, proba, 1)
	for _, tile := range scoreTiles(res, classTiles(res)) {
		low, high, ok := strings.Cut(tile.Means[strings.Index(tile.Means, "between ")+len("between "):], " and ")
		if !ok || low == high || strings.Trim(tile.Noise, "± 0.") == "" {
			t.Errorf("%s: %s, %q", tile.Label, tile.Noise, tile.Means)
		}
	}
}

// TestVerdictOfNumbers checks that the sentence says what is better, the errors.
func TestVerdictOfNumbers(t *testing.T) {
	scores := func(rmse float64) metric.Scores { return metric.Scores{{Name: "rmse", Score: rmse}} }
	for says, in := range map[string]*metric.Interval{
		"Its errors are smaller than those of guessing (RMSE 2.000; guessing 3.000).":                       {Low: -2, High: -1},
		"Its errors are larger than those of guessing (RMSE 2.000; guessing 3.000).":                        {Low: 1, High: 2},
		"Its errors are no smaller, within the noise, than those of guessing (RMSE 2.000; guessing 3.000).": {Low: -1, High: 2},
		"The test rows are too few to tell whether it is better than guessing.":                             nil,
	} {
		n := &train.NumberScores{More: in}
		n.Model.Scores, n.Baseline.Scores = scores(2), scores(3)
		if got := noiseVerdict(&train.Result{Numbers: n}); got != says {
			t.Errorf("%q, want %q", got, says)
		}
	}
}
