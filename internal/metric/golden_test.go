package metric

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// golden is testdata/golden.json, which testdata/golden.py wrote with the
// versions that it names.
type golden struct {
	Classification []struct {
		Name      string
		Classes   int
		Truth     []int
		Predicted []int
		Proba     []float64
		Scores    map[string]*float64
		PerClass  []struct {
			Precision, Recall *float64
			F1                *float64 `json:"f1_score"`
			Support           int
		} `json:"per_class"`
		Confusion [][]int
		ROC       *struct{ FPR, TPR []float64 }

		Best        map[string]float64
		PR          [2][]float64 // precision and recall, by falling recall
		Capture     [][2]float64 // share of rows and of the class down to each group's end
		HitRatios   []float64    `json:"hit_ratios"`
		Calibration [][][2]float64
		AUCAP       [][2]*float64 `json:"auc_ap"`
		MCC, FPR    []*float64
	}
	Regression []struct {
		Name             string
		Truth, Predicted []float64
		Scores           map[string]*float64
	}
	Interest []struct {
		Name             string
		Classes          int
		Positive         int
		Truth, Predicted []int
		Proba            []float64
		Scores           map[string]*float64
		ROC              struct{ FPR, TPR []float64 }
		Best             map[string]float64
		PR               [2][]float64
		Capture          [][2]float64
	}
	Weighted []struct {
		Name             string
		Classes          int
		Positive         int
		Truth, Predicted []int
		Proba, Weights   []float64
		Scores           map[string]*float64
	}
	WeightedNumbers []struct {
		Name                      string
		Truth, Predicted, Weights []float64
		Scores                    map[string]*float64
	} `json:"weighted_numbers"`
	Wilson []struct {
		K, N      int
		Low, High float64
	}
}

func readGolden(t *testing.T) golden {
	t.Helper()
	b, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Classification) < 15 || len(g.Regression) < 8 {
		t.Fatalf("only %d and %d cases", len(g.Classification), len(g.Regression))
	}
	return g
}

// tol is relative, and absolute below 1: both sides sum the same few hundred
// float64 terms in another order.
const tol = 1e-9

func near(a, b float64) bool { return math.Abs(a-b) <= tol*max(1, math.Abs(b)) }

// checkValue compares a value with scikit-learn's, where nil is undefined.
func checkValue(t *testing.T, got Value, want *float64) {
	t.Helper()
	switch {
	case want == nil && (got.Defined() || got.Score != 0):
		t.Errorf("%s = %v, want undefined with a reason", got.Name, got.Score)
	case want != nil && !got.Defined():
		t.Errorf("%s is undefined (%s), want %v", got.Name, got.Reason, *want)
	case want != nil && !near(got.Score, *want):
		t.Errorf("%s = %.15g, want %.15g", got.Name, got.Score, *want)
	}
}

// checkScores compares all scores; those that want lacks must be undefined.
func checkScores(t *testing.T, got Scores, want map[string]*float64) {
	t.Helper()
	for name := range want {
		if _, ok := got.Named(name); !ok {
			t.Errorf("there is no %s", name)
		}
	}
	for _, v := range got {
		checkValue(t, v, want[v.Name])
	}
}

func TestClassifyGolden(t *testing.T) {
	for _, tt := range readGolden(t).Classification {
		t.Run(tt.Name, func(t *testing.T) {
			truth, predicted, proba := slices.Clone(tt.Truth), slices.Clone(tt.Predicted), slices.Clone(tt.Proba)
			r := Classify(truth, predicted, proba, tt.Classes)
			checkScores(t, r.Scores, tt.Scores)
			if d := cmp.Diff(tt.Confusion, r.Confusion); d != "" {
				t.Errorf("Confusion differs: %s", d)
			}
			for c, want := range tt.PerClass {
				got := r.Classes[c]
				checkValue(t, got.Precision, want.Precision)
				checkValue(t, got.Recall, want.Recall)
				checkValue(t, got.F1, want.F1)
				if got.Support != want.Support {
					t.Errorf("Support of %d = %d, want %d", c, got.Support, want.Support)
				}
			}
			for c := range r.Classes {
				checkValue(t, r.Classes[c].MCC, tt.MCC[c])
				checkValue(t, r.Classes[c].FPR, tt.FPR[c])
				if tt.AUCAP != nil {
					checkValue(t, r.Classes[c].AUC, tt.AUCAP[c][0])
					if tt.AUCAP[c][0] != nil { // scikit-learn has an average precision without negatives too
						checkValue(t, r.Classes[c].AP, tt.AUCAP[c][1])
					}
				}
			}
			if tt.HitRatios != nil && !slices.EqualFunc(r.TopK, tt.HitRatios, near) {
				t.Errorf("hit ratios are %v, want %v", r.TopK, tt.HitRatios)
			}
			checkCalibration(t, r, tt.Calibration)
			checkTwo(t, r, tt.Best, tt.PR, tt.Capture)
			if (r.ROC != nil) != (tt.ROC != nil) {
				t.Errorf("ROC has %d points, want any: %v", len(r.ROC), tt.ROC != nil)
			}
			if tt.ROC != nil {
				checkCurve(t, r.ROC, tt.ROC.FPR, tt.ROC.TPR)
			}
			if !slices.Equal(truth, tt.Truth) || !slices.Equal(predicted, tt.Predicted) || !slices.Equal(proba, tt.Proba) {
				t.Error("Classify changed its arguments")
			}
		})
	}
}

func checkCalibration(t *testing.T, r ClassReport, want [][][2]float64) {
	t.Helper()
	for c, bins := range want {
		got := r.Classes[c].Calibration
		if len(r.Classes) == 2 {
			if c == 0 {
				continue
			}
			got = r.Calibration
		}
		if bins == nil {
			continue // scikit-learn wants both sides
		}
		if len(got) != len(bins) {
			t.Fatalf("class %d has %d bins, want %d", c, len(got), len(bins))
		}
		for i, b := range bins {
			if !near(got[i].Predicted, b[0]) || !near(got[i].Actual, b[1]) {
				t.Errorf("bin %d of class %d: %v where %v, want %v where %v", i, c, got[i].Actual, got[i].Predicted, b[1], b[0])
			}
		}
	}
}

// checkTwo checks what only a choice between two classes has.
func checkTwo(t *testing.T, r ClassReport, best map[string]float64, pr [2][]float64, capture [][2]float64) {
	t.Helper()
	if len(r.Best) != len(best) {
		t.Fatalf("%d criteria, want %d", len(r.Best), len(best))
	}
	for _, b := range r.Best {
		if !near(b.Score, best[b.Criterion]) {
			t.Errorf("the best %s is %v, want %v", b.Criterion, b.Score, best[b.Criterion])
		}
	}
	for _, p := range r.PrecisionRecall {
		found := false
		for i := range pr[0] {
			found = found || near(p.Precision, pr[0][i]) && near(p.Recall, pr[1][i])
		}
		if !found {
			t.Errorf("%v is not on the precision-recall curve", p)
		}
	}
	if len(r.Gains) != len(capture) {
		t.Fatalf("%d groups, want %d", len(r.Gains), len(capture))
	}
	for i, g := range r.Gains {
		if !near(g.Rows, capture[i][0]) || !near(g.FoundSoFar, capture[i][1]) || !near(g.LiftSoFar, g.FoundSoFar/g.Rows) {
			t.Errorf("group %d: %+v, want %v of the rows to hold %v of the class", i, g, capture[i][0], capture[i][1])
		}
	}
}

// checkCurve checks that got's points are on the full curve, in order, from
// corner to corner, and that no point of the full curve is far from got.
func checkCurve(t *testing.T, got []Point, fpr, tpr []float64) {
	t.Helper()
	if len(got) < 2 || len(got) > maxPoints {
		t.Fatalf("the curve has %d points", len(got))
	}
	if first, last := got[0], got[len(got)-1]; first.FPR != 0 || first.TPR != 0 || last.FPR != 1 || last.TPR != 1 {
		t.Errorf("the curve goes from %v to %v", first, last)
	}
	for i := range fpr {
		nearest := math.Inf(1)
		for k := 1; k < len(got); k++ {
			nearest = min(nearest, distance(got[k-1], got[k], fpr[i], tpr[i]))
		}
		if nearest > 1.0/100 {
			t.Errorf("(%v, %v) is %v off the curve", fpr[i], tpr[i], nearest)
		}
	}
	at := 0
	for _, p := range got {
		for at < len(fpr) && !(near(p.FPR, fpr[at]) && near(p.TPR, tpr[at])) {
			at++
		}
		if at == len(fpr) {
			t.Fatalf("%v is not on the curve", p)
		}
	}
	for k := 1; k < len(got); k++ {
		if !(got[k].Threshold < got[k-1].Threshold) {
			t.Errorf("thresholds %v and %v do not fall", got[k-1].Threshold, got[k].Threshold)
		}
	}
}

// distance returns how far (x, y) is from the segment from a to b.
func distance(a, b Point, x, y float64) float64 {
	dx, dy := b.FPR-a.FPR, b.TPR-a.TPR
	at := ((x-a.FPR)*dx + (y-a.TPR)*dy) / (dx*dx + dy*dy)
	at = min(max(at, 0), 1)
	return math.Hypot(x-a.FPR-at*dx, y-a.TPR-at*dy)
}

func TestRegressGolden(t *testing.T) {
	for _, tt := range readGolden(t).Regression {
		t.Run(tt.Name, func(t *testing.T) {
			truth, predicted := slices.Clone(tt.Truth), slices.Clone(tt.Predicted)
			checkScores(t, Regress(truth, predicted, 2).Scores, tt.Scores)
			if !slices.Equal(truth, tt.Truth) || !slices.Equal(predicted, tt.Predicted) {
				t.Error("Regress changed its arguments")
			}
		})
	}
}

// TestInterestGolden checks the scores and curves of a class of interest that is
// not the second of two.
func TestInterestGolden(t *testing.T) {
	cases := readGolden(t).Interest
	if len(cases) < 4 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, tt := range cases {
		t.Run(tt.Name, func(t *testing.T) {
			r := Answers{Truth: tt.Truth, Predicted: tt.Predicted, Proba: tt.Proba, Classes: tt.Classes, Positive: tt.Positive}.Report()
			if r.Positive != tt.Positive {
				t.Errorf("the class of interest is %d", r.Positive)
			}
			for name, want := range tt.Scores {
				v, ok := r.Scores.Named(name)
				if !ok {
					t.Errorf("there is no %s", name)
				}
				checkValue(t, v, want)
			}
			checkTwo(t, r, tt.Best, tt.PR, tt.Capture)
			checkCurve(t, r.ROC, tt.ROC.FPR, tt.ROC.TPR)
			if got := r.Classes[tt.Positive]; !near(got.AUC.Score, *tt.Scores["roc_auc"]) || !near(got.AP.Score, *tt.Scores["average_precision"]) {
				t.Errorf("the class's row has %v and %v", got.AUC, got.AP)
			}
			other := Answers{Truth: tt.Truth, Predicted: tt.Predicted, Proba: tt.Proba, Classes: tt.Classes, Positive: (tt.Positive + 1) % tt.Classes}.Report()
			for _, v := range r.Scores {
				w, _ := other.Scores.Named(v.Name)
				if m, _ := About(v.Name); m.Of == OfAll && v != w {
					t.Errorf("%s hangs on the class of interest: %v and %v", v.Name, v.Score, w.Score)
				}
			}
		})
	}
}

func TestWeightedGolden(t *testing.T) {
	g := readGolden(t)
	if len(g.Weighted) < 5 || len(g.WeightedNumbers) < 3 {
		t.Fatalf("only %d and %d cases", len(g.Weighted), len(g.WeightedNumbers))
	}
	for _, tt := range g.Weighted {
		t.Run(tt.Name, func(t *testing.T) {
			a := Answers{Truth: tt.Truth, Predicted: tt.Predicted, Proba: tt.Proba, Classes: tt.Classes, Positive: tt.Positive}
			checkScores(t, a.Weighted(tt.Weights), tt.Scores)
			one := slices.Repeat([]float64{1}, len(tt.Truth))
			plain := a.Report().Scores
			for _, v := range a.Weighted(one) {
				if w, _ := plain.Named(v.Name); !near(v.Score, w.Score) {
					t.Errorf("with weights of 1 %s = %v, without %v", v.Name, v.Score, w.Score)
				}
			}
		})
	}
	for _, tt := range g.WeightedNumbers {
		t.Run(tt.Name, func(t *testing.T) {
			checkScores(t, RegressWeighted(tt.Truth, tt.Predicted, tt.Weights), tt.Scores)
		})
	}
	none := make([]float64, 2)
	for _, scores := range []Scores{
		Answers{Truth: []int{0, 1}, Predicted: []int{0, 1}, Proba: []float64{1, 0, 0, 1}, Classes: 2, Positive: 1}.Weighted(none),
		Answers{Truth: []int{0, 1}, Predicted: []int{0, 1}, Classes: 3, Positive: -1}.Weighted(none),
		RegressWeighted(none, none, none),
	} {
		for _, v := range scores {
			if v.Reason != noWeights {
				t.Errorf("where no row counts %s = %+v", v.Name, v)
			}
		}
	}
}
