package metric

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// twoModels draws two models' answers to the same rows, which go together; the
// second knows less by the given share of noise.
func twoModels(rng *rand.Rand, n int, noise float64) (a, b Answers) {
	a, b = Answers{Classes: 2, Positive: 1}, Answers{Classes: 2, Positive: 1}
	for i := range n {
		c := i % 2
		x := rng.NormFloat64() + float64(c)
		for j, m := range []*Answers{&a, &b} {
			p := 1 / (1 + math.Exp(-(x + float64(j)*noise*rng.NormFloat64() - 0.5)))
			m.Truth, m.Proba = append(m.Truth, c), append(m.Proba, 1-p, p)
			m.Predicted = append(m.Predicted, int(math.Round(p)))
		}
	}
	return a, b
}

// TestPairedDifferences counts how often the interval of a difference holds
// what it is over very many rows; it is narrower than what each score has alone.
func TestPairedDifferences(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	a, b := twoModels(rng, 400_000, 0.5)
	auc := a.Report().Classes[1].AUC.Score - b.Report().Classes[1].AUC.Score
	loss := logLoss(a.Truth, a.Proba, 2).Score - logLoss(b.Truth, b.Proba, 2).Score
	missed := [2]int{}
	for i := range 200 {
		a, b := twoModels(rng, 300, 0.5)
		of, ok := AUCDifference(a, b)
		if own := a.Intervals(1)["roc_auc"]; !ok || of.High-of.Low > own.High-own.Low {
			t.Fatalf("the difference is %+v, %v; alone it is %+v", of, ok, own)
		}
		more, ok := LossDifference(a, b, uint64(i))
		if !ok {
			t.Fatal("no interval of log loss")
		}
		for j, held := range []bool{of.Has(auc), more.Has(loss)} {
			if !held {
				missed[j]++
			}
		}
	}
	if missed[0] > 22 || missed[1] > 22 {
		t.Errorf("ROC AUC and log loss are missed %v times in 200", missed)
	}
	if in, ok := AUCDifference(a, a); ok {
		t.Errorf("a model differs from itself by %+v", in)
	}
	b.Proba, b.Decision = nil, b.Proba
	if _, ok := LossDifference(a, b, 1); ok {
		t.Error("a model without probabilities has a log loss")
	}
	if in, ok := AUCDifference(a, b); !ok || !in.Has(auc) {
		t.Errorf("by decision values the difference is %+v", in)
	}
}

// TestFoldDifference has numbers that can be checked on paper: of 1, 2 and 3 the
// mean is 2 and the variance 1, and 4.303 the quantile of t.
func TestFoldDifference(t *testing.T) {
	in, ok := FoldDifference([]float64{1, 2, 3}, 0.5)
	half := 4.302652729911275 * math.Sqrt(1.0/3+0.5)
	if !ok || math.Abs(in.Low-2+half) > 1e-6 || math.Abs(in.High-2-half) > 1e-6 {
		t.Errorf("%+v, want 2 ± %g", in, half)
	}
	for _, same := range [][]float64{{1}, slices.Repeat([]float64{2}, 4)} {
		if in, ok := FoldDifference(same, 0.25); ok {
			t.Errorf("%v: %+v", same, in)
		}
	}
}
