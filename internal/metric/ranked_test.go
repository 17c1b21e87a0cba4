package metric

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestClassifyRanked checks that decision values rank rows as the
// probabilities do that rise with them, and that nothing is made up of what
// only probabilities tell.
func TestClassifyRanked(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, k := range []int{2, 4} {
		for _, n := range []int{50, 3 * radixAbove} {
			truth, predicted := make([]int, n), make([]int, n)
			proba, decision := make([]float64, n*k), make([]float64, n*k)
			for i := range truth {
				truth[i], predicted[i] = i%k, rng.IntN(k)
				for c := range k {
					d := math.Round(10*rng.NormFloat64()) / 4
					if c == truth[i] {
						d++
					}
					decision[i*k+c], proba[i*k+c] = d, 1/(1+math.Exp(-d))
				}
			}
			want, got := Classify(truth, predicted, proba, k), ClassifyRanked(truth, predicted, decision, k)
			for _, v := range got.Scores {
				w, _ := want.Scores.Named(v.Name)
				probabilities := slices.Contains([]string{"log_loss", "brier"}, v.Name)
				if v.Defined() == probabilities {
					t.Errorf("k=%d n=%d: %s is %v %q", k, n, v.Name, v.Score, v.Reason)
				}
				if !probabilities && v != w {
					t.Errorf("k=%d n=%d: %s = %v, by probabilities %v", k, n, v.Name, v.Score, w.Score)
				}
			}
			for c := range k {
				if got.Classes[c].AUC != want.Classes[c].AUC || got.Classes[c].AP != want.Classes[c].AP && k > 2 {
					t.Errorf("k=%d n=%d: class %d differs: %+v and %+v", k, n, c, got.Classes[c], want.Classes[c])
				}
			}
			if d := cmp.Diff(len(want.ROC), len(got.ROC)); d != "" {
				t.Errorf("k=%d n=%d: ROC differs: %s", k, n, d)
			}
			if got.TopK != nil || got.Calibration != nil {
				t.Error("hit ratios or calibration without probabilities")
			}
		}
	}
	r := ClassifyRanked([]int{0, 1}, []int{0, 1}, []float64{0, 1, math.Inf(1), 2}, 2)
	if v, _ := r.Scores.Named("roc_auc"); v.Defined() {
		t.Errorf("an infinite decision gives ROC AUC %v", v.Score)
	}
}

// TestSortSigned covers both ways of sorting, and both signs.
func TestSortSigned(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{100, 3 * radixAbove} {
		x := make([]float64, n)
		for i := range x {
			x[i] = rng.NormFloat64() * math.Pow(10, float64(rng.IntN(20)-10))
		}
		x[0], x[1] = 0, math.Copysign(0, -1)
		want := slices.Clone(x)
		slices.SortFunc(want, func(a, b float64) int {
			switch {
			case a > b:
				return -1
			case a < b:
				return 1
			}
			return 0
		})
		sortDescending(x)
		if !slices.Equal(x, want) {
			t.Errorf("%d numbers are not sorted", n)
		}
	}
}
