package neighbors_test

import (
	"fmt"
	"testing"

	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/learn/neighbors"
)

// golden is one table of testdata/golden.py: rows to fit, others to predict,
// and what several fits make of them.
type golden struct {
	learntest.Golden
	Others learntest.Golden
	Fits   []learntest.Golden
}

func TestGolden(t *testing.T) {
	// Which rows are near is the same to the last; scikit-learn's distances have
	// a relative error of 1e-8 where it finds them by products.
	const tol = 1e-7
	for _, g := range learntest.ReadGolden[golden](t, "testdata/neighbors.json") {
		for _, fit := range g.Fits {
			t.Run(fmt.Sprintf("%s, %v, %d classes", g.Name, fit.Params, fit.Classes), func(t *testing.T) {
				fit.Blocks = g.Blocks
				g.Others.Y = make([]float64, len(fit.Predict))
				X := g.Others.Data().X
				m := learntest.Fit(t, neighbors.Learner, fit.Data(), fit.Params)
				off := tol * learntest.Largest(fit.Predict)
				if fit.Classes > 0 {
					off = 0
					learntest.WantNear(t, "probability", learntest.Proba(t, m, X, fit.Classes), fit.Proba, tol)
				}
				learntest.WantNear(t, "prediction", learntest.Predict(m, X), fit.Predict, off)
				one := make([]float64, 1)
				for i, want := range learntest.Predict(m, X) {
					if m.Predict(X.Take([]int{i}), one); one[0] != want {
						t.Fatalf("row %d alone is predicted %v, among others %v", i, one[0], want)
					}
				}
			})
		}
	}
}
