package tree

import (
	"math/rand/v2"
	"testing"

	"clicktrain/internal/frame"
)

// TestImportancesOfManyClasses compares importances with those that the sums of
// every node give, which are made otherwise.
func TestImportancesOfManyClasses(t *testing.T) {
	const n, p = 600, 4
	rng := rand.New(rand.NewPCG(1, 2))
	cols := make([][]float64, p)
	for j := range cols {
		for range n {
			cols[j] = append(cols[j], rng.NormFloat64())
		}
	}
	c, err := CutExact(t.Context(), frame.Dense(n, cols...), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, criterion := range []Criterion{Gini, Entropy} {
		y := make([]float64, n)
		for i := range y {
			y[i] = float64(i % 200)
		}
		g := NewGrower(c, y, 200, Options{Criterion: criterion, MinSamplesSplit: 2, MinSamplesLeaf: 3, MaxFeatures: p})
		grown, err := g.Grow(t.Context(), nil, rand.NewPCG(1, 2))
		if err != nil {
			t.Fatal(err)
		}
		s, want, total := grown.stats(), make([]float64, p), 0.0
		for i, nd := range grown.nodes {
			if !nd.isLeaf() {
				l, r := i+1, nd.right
				fall := s.weight[i]*s.impurity[i] - s.weight[l]*s.impurity[l] - s.weight[r]*s.impurity[r]
				want[nd.feature] += fall
				total += fall
			}
		}
		for j, v := range grown.Importances(p) {
			if v != want[j]/total || v < 0.1 {
				t.Errorf("%v: importance of column %d is %v, want %v", criterion, j, v, want[j]/total)
			}
		}
	}
}
