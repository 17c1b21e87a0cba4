package metric

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestByHand has numbers that can be checked on paper: truth 0 1 1 0,
// predicted 0 1 0 0.
func TestByHand(t *testing.T) {
	proba := []float64{.9, .1, .2, .8, .65, .35, .6, .4}
	r := Classify([]int{0, 1, 1, 0}, []int{0, 1, 0, 0}, proba, 2)
	for name, want := range map[string]float64{
		Accuracy:            3.0 / 4,
		"balanced_accuracy": (1 + 1.0/2) / 2,
		"precision":         (2*2.0/3 + 2*1) / 4,
		"recall":            3.0 / 4,
		"f1_macro":          (4.0/5 + 2.0/3) / 2,
		"mcc":               1 / math.Sqrt(3),
		"cohen_kappa":       0.5,
		"roc_auc":           3.0 / 4, // 3 of the 4 pairs are in order
		"average_precision": (1 + 2.0/3) / 2,
		"brier":             (.01 + .04 + .4225 + .16) / 4,
	} {
		if v, _ := r.Scores.Named(name); !near(v.Score, want) {
			t.Errorf("%s = %v, want %v", name, v.Score, want)
		}
	}
	if got := r.Headline(); got.Name != Accuracy || r.Rows != 4 || len(r.Values()) != 23 {
		t.Errorf("headline %v of %d rows, %d scores", got, r.Rows, len(r.Values()))
	}
	want := []Point{{0, 0, 1.8}, {0, .5, .8}, {.5, .5, .4}, {.5, 1, .35}, {1, 1, .1}}
	if d := cmp.Diff(want, r.ROC); d != "" {
		t.Errorf("ROC differs: %s", d)
	}
	reg := Regress([]float64{3, -0.5, 2, 7}, []float64{2.5, 0, 2, 8}, 0)
	for name, want := range map[string]float64{"mse": 0.375, "mae": 0.5, "max_error": 1, "median_ae": 0.5, R2: 1 - 1.5/29.1875} {
		if v, _ := reg.Scores.Named(name); !near(v.Score, want) {
			t.Errorf("%s = %v, want %v", name, v.Score, want)
		}
	}
	if reg.Headline().Name != R2 {
		t.Errorf("headline %v", reg.Headline())
	}
}

func TestUndefinedHasAReason(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	binary := func(proba ...float64) Scores { return Classify([]int{0, 1}, []int{0, 1}, proba, 2).Scores }
	tests := []struct {
		name   string
		scores Scores
		metric string
		reason string
	}{
		{"no rows", Classify(nil, nil, nil, 2).Scores, Accuracy, "There are no rows to score."},
		{"no rows", Classify(nil, nil, []float64{}, 3).Scores, "roc_auc_ovr", "There are no rows to score."},
		{"no numbers", Regress(nil, nil, 2).Scores, R2, "There are no rows to score."},
		{"no probabilities", binary(), "log_loss", "The model gives no probabilities."},
		{"NaN probability", binary(1, 0, nan, nan), "roc_auc", "The model gave a number that is not a probability."},
		{"probability over 1", binary(1, 0, -1, 2), "brier", "The model gave a number that is not a probability."},
		{"one class", Classify([]int{1, 1}, []int{0, 1}, []float64{.5, .5, .5, .5}, 2).Scores, "roc_auc", "Every row is of one class."},
		{"absent class", Classify([]int{0, 1}, []int{0, 1}, make([]float64, 6), 3).Scores, "roc_auc_ovr", "1 class of 3 without a row."},
		{"one class of 3", Classify([]int{1, 1}, []int{0, 1}, make([]float64, 6), 3).Scores, "roc_auc_ovr", "Every row is of one class."},
		{"one class", Classify([]int{1, 1}, []int{0, 1}, nil, 2).Scores, "mcc", "Every row is of one class."},
		{"one prediction", Classify([]int{0, 1}, []int{1, 1}, nil, 2).Scores, "mcc", "Every row was predicted as one class."},
		{"overflow", Regress([]float64{1, 1e200}, []float64{1, 2}, 0).Scores, "mse", "The numbers are too large to compute it."},
		{"overflow", Regress([]float64{1, 1e200}, []float64{1, 2}, 0).Scores, R2, "The numbers are too large to compute it."},
		{"NaN prediction", Regress([]float64{1, 2, 3}, []float64{1, nan, 3}, 0).Scores, "median_ae", "The numbers are too large to compute it."},
		{"infinite prediction", Regress([]float64{1, 2, 3}, []float64{1, inf, 3}, 0).Scores, "max_error", "The numbers are too large to compute it."},
		{"zero", Regress([]float64{0, 2, 0}, []float64{1, 2, 3}, 0).Scores, "mape", "The true value is 0 in 2 rows, and no error is a share of 0."},
		{"constant", Regress([]float64{.1, .1, .1}, []float64{1, 2, 3}, 0).Scores, R2, "The true value is the same in every row."},
		{"one row", Regress([]float64{1}, []float64{1}, 0).Scores, R2, "It takes at least 2 rows."},
	}
	for _, tt := range tests {
		v, ok := tt.scores.Named(tt.metric)
		if !ok || v.Reason != tt.reason || v.Score != 0 {
			t.Errorf("%s: %s = %+v, want the reason %q", tt.name, tt.metric, v, tt.reason)
		}
	}
}

func TestNotes(t *testing.T) {
	r := Classify([]int{0, 1, 2, 2}, []int{2, 2, 2, 2}, nil, 3)
	for name, want := range map[string]string{
		"precision":       "2 classes were never predicted and count as 0.",
		"precision_macro": "2 classes were never predicted and count as 0.",
		"recall":          "",
		"recall_macro":    "",
	} {
		if v, _ := r.Scores.Named(name); v.Note != want {
			t.Errorf("note of %s = %q, want %q", name, v.Note, want)
		}
	}
	r = Classify([]int{0, 0}, []int{0, 1}, nil, 3)
	if v, _ := r.Scores.Named("recall_macro"); v.Note != "1 class has no rows and counts as 0." {
		t.Errorf("note of recall_macro = %q", v.Note)
	}
	if v, _ := r.Scores.Named("precision"); v.Note != "" {
		t.Errorf("note of precision = %q: no class with rows or predictions lacks the other", v.Note)
	}
}

func TestScoresJSON(t *testing.T) {
	scores := Scores{
		{Name: "accuracy", Score: 0.82, Higher: true},
		{Name: "precision", Score: 0.5, Note: "1 class was never predicted and counts as 0.", Higher: true},
		{Name: "roc_auc", Reason: `Every row is "one" class.`, Higher: true},
		{Name: "log_loss", Score: 1e-300},
	}
	const want = `{"accuracy":0.82,"precision":0.5,"precision_note":"1 class was never predicted and counts as 0.",` +
		`"roc_auc":null,"roc_auc_reason":"Every row is \"one\" class.","log_loss":1e-300}`
	b, err := json.Marshal(scores)
	if err != nil || string(b) != want {
		t.Errorf("wrote %s, %v, want %s", b, err, want)
	}
	var back Scores
	if err := json.Unmarshal(b, &back); err != nil || !cmp.Equal(back, scores) {
		t.Errorf("read %+v, %v, want %+v", back, err, scores)
	}
	if b, err := json.Marshal(Scores(nil)); err != nil || string(b) != "{}" {
		t.Errorf("no scores are %s, %v", b, err)
	}
	for _, bad := range []string{`[]`, `null`, `{"a":"b"}`, `{"a":1,"a_reason":2}`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

func TestValueJSON(t *testing.T) {
	tests := map[string]Value{
		`{"name":"recall","score":0,"higher":true}`:                     score("recall", 0),
		`{"name":"recall","reason":"None.","higher":true,"score":null}`: undefined("recall", "None."),
	}
	for want, v := range tests {
		if b, err := json.Marshal(v); err != nil || string(b) != want {
			t.Errorf("wrote %s, %v, want %s", b, err, want)
		}
	}
}

// TestReportsRoundTrip writes reports with undefined and zero scores.
func TestReportsRoundTrip(t *testing.T) {
	for _, report := range []ClassReport{
		Classify([]int{0, 1, 1}, []int{1, 0, 0}, []float64{.1, .9, 1, 0, 1, 0}, 2),
		Classify([]int{0, 0, 1}, []int{0, 0, 0}, nil, 3),
	} {
		var viaJSON, viaGob ClassReport
		b, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &viaJSON); err != nil || !cmp.Equal(viaJSON, report) {
			t.Errorf("by JSON, %v: %s", err, cmp.Diff(report, viaJSON))
		}
		var buf bytes.Buffer
		if err := gob.NewEncoder(&buf).Encode(report); err != nil {
			t.Fatal(err)
		}
		if err := gob.NewDecoder(&buf).Decode(&viaGob); err != nil || !cmp.Equal(viaGob, report) {
			t.Errorf("by gob, %v: %s", err, cmp.Diff(report, viaGob))
		}
	}
}

// TestCatalog checks that the catalog and the reports list the same scores
// in the same order.
func TestCatalog(t *testing.T) {
	var got []string
	for _, report := range []Scores{
		Classify([]int{0, 1}, []int{0, 1}, []float64{1, 0, 0, 1}, 2).Scores,
		Regress([]float64{1, 2}, []float64{1, 2}, 0).Scores,
	} {
		for _, v := range report {
			got = append(got, v.Name)
		}
	}
	var want []string
	for _, m := range catalog {
		if m.Title == "" || !strings.HasSuffix(m.Help, ".") {
			t.Errorf("%s lacks a title or help", m.Name)
		}
		if m.Name != "roc_auc_ovr" { // of more than 2 classes
			want = append(want, m.Name)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("names differ: %s", d)
	}
	for _, empty := range []Scores{Classify(nil, nil, nil, 2).Scores, Regress(nil, nil, 2).Scores} {
		for _, v := range empty {
			if v.Reason != noRows {
				t.Errorf("without rows %s = %+v", v.Name, v)
			}
			want = want[1:]
		}
	}
	if len(want) != 0 {
		t.Errorf("without rows there is no %v", want)
	}
	if v, _ := Classify([]int{0, 1}, []int{0, 1}, []float64{1, 0, 0, 1}, 2).Scores.Named("log_loss"); v.Higher {
		t.Error("a higher log loss is not better")
	}
	if m, ok := About("nonsense"); ok {
		t.Errorf("About(nonsense) = %+v", m)
	}
}

func TestMismatchPanics(t *testing.T) {
	for name, call := range map[string]func(){
		"predicted": func() { Classify([]int{0, 1}, []int{0}, nil, 2) },
		"proba":     func() { Classify([]int{0}, []int{0}, []float64{1}, 2) },
		"numbers":   func() { Regress([]float64{1}, nil, 0) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s of another length did not panic", name)
				}
			}()
			call()
		}()
	}
}

// TestAUCByPairs compares with the definition: the share of pairs in order,
// ties counting a half.
func TestAUCByPairs(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		n := 2 + rng.IntN(40)
		truth, proba := make([]int, n), make([]float64, 2*n)
		for i := range n {
			truth[i] = rng.IntN(2)
			proba[2*i+1] = float64(rng.IntN(8)) / 8
		}
		truth[0], truth[1] = 0, 1
		pairs, inOrder := 0.0, 0.0
		for i := range n {
			for j := range n {
				if truth[i] == 1 && truth[j] == 0 {
					pairs++
					switch a, b := proba[2*i+1], proba[2*j+1]; {
					case a > b:
						inOrder++
					case a == b:
						inOrder += 0.5
					}
				}
			}
		}
		if got := newRanking(truth, proba, 1, 2).auc().Score; !near(got, inOrder/pairs) {
			t.Fatalf("AUC = %v, want %v", got, inOrder/pairs)
		}
	}
}

func TestSortDescending(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 3))
	for _, n := range []int{0, 1, 100, radixAbove, radixAbove + 1, 3 * radixAbove} {
		for name, draw := range map[string]func() float64{
			"any":   rng.Float64,
			"tied":  func() float64 { return float64(rng.IntN(3)) / 2 },
			"equal": func() float64 { return 0.25 },
			"wide":  func() float64 { return math.Exp(-700 * rng.Float64()) },
			"zeros": func() float64 { return []float64{0, math.Copysign(0, -1), 0.5}[rng.IntN(3)] },
			"tiny":  func() float64 { return float64(rng.IntN(9)) * math.SmallestNonzeroFloat64 },
		} {
			x := make([]float64, n)
			for i := range x {
				x[i] = draw()
			}
			want := slices.Clone(x)
			slices.Sort(want)
			slices.Reverse(want)
			sortDescending(x)
			if !slices.Equal(x, want) {
				t.Errorf("%d %s numbers are not in order", n, name)
			}
		}
	}
}

func TestThin(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	truth, proba := drawnBinary(rng, 5000)
	r := newRanking(truth, proba, 1, 2)
	full := r.roc()
	if len(full) < 1000 {
		t.Fatalf("the full curve has %d points, too few to thin", len(full))
	}
	var fpr, tpr []float64
	for _, p := range full {
		fpr, tpr = append(fpr, p.FPR), append(tpr, p.TPR)
	}
	checkCurve(t, Classify(truth, make([]int, len(truth)), proba, 2).ROC, fpr, tpr)
}

func drawnBinary(rng *rand.Rand, n int) (truth []int, proba []float64) {
	truth, proba = make([]int, n), make([]float64, 2*n)
	for i := range n {
		truth[i] = rng.IntN(2)
		p := 1 / (1 + math.Exp(-(rng.NormFloat64() + float64(truth[i]) - 0.5)))
		proba[2*i], proba[2*i+1] = 1-p, p
	}
	return truth, proba
}

func BenchmarkClassify(b *testing.B) {
	for _, size := range []struct{ rows, classes int }{{1_000, 2}, {200_000, 2}, {200_000, 20}} {
		b.Run(fmt.Sprintf("rows=%d/classes=%d", size.rows, size.classes), func(b *testing.B) {
			rng := rand.New(rand.NewPCG(1, 2))
			truth, predicted := make([]int, size.rows), make([]int, size.rows)
			proba := make([]float64, size.rows*size.classes)
			for i := range truth {
				truth[i], predicted[i] = rng.IntN(size.classes), rng.IntN(size.classes)
			}
			for i := range proba {
				proba[i] = rng.Float64()
			}
			b.ReportAllocs()
			for b.Loop() {
				Classify(truth, predicted, proba, size.classes)
			}
			b.ReportMetric(float64(size.rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
