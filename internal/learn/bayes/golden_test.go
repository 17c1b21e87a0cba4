package bayes_test

import (
	"math"
	"testing"

	"clicktrain/internal/learn/bayes"
	"clicktrain/internal/learn/learntest"
)

// golden is one case of testdata/golden.py.
type golden struct {
	learntest.Golden
	Mean, Variance []float64
}

// Both sides compute in float64; the worst case loses six of sixteen digits.
const tol = 1e-9

func TestGolden(t *testing.T) {
	for _, g := range learntest.ReadGolden[golden](t, "testdata/bayes.json") {
		t.Run(g.Name, func(t *testing.T) {
			m := learntest.Fit(t, bayes.Learner, g.Data(), g.Params).(*bayes.Model)
			for i := range g.Mean {
				if !(math.Abs(m.Mean[i]-g.Mean[i]) <= tol*math.Max(math.Abs(g.Mean[i]), math.Sqrt(g.Variance[i]))) {
					t.Errorf("mean %d is %v, want %v", i, m.Mean[i], g.Mean[i])
				}
				if !(math.Abs(m.Variance[i]-g.Variance[i]) <= tol*g.Variance[i]) {
					t.Errorf("variance %d is %v, want %v", i, m.Variance[i], g.Variance[i])
				}
			}
			g.Check(t, m, tol)
		})
	}
}
