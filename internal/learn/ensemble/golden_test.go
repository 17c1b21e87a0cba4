package ensemble_test

import (
	"testing"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/ensemble"
	"clicktrain/internal/learn/learntest"
)

// TestGolden compares ensembles with scikit-learn's, whose members agree to
// 1e-7: the final model of a stack is fitted on their predictions.
func TestGolden(t *testing.T) {
	const tol = 1e-6
	type golden struct {
		learntest.Golden
		Kind string
		Fold []int // of each row, in a stack
	}
	kinds := map[string]learn.Learner{"voting": ensemble.Voting(several), "stacking": ensemble.Stacking(several)}
	for _, g := range learntest.ReadGolden[golden](t, "testdata/ensemble.json") {
		t.Run(g.Name, func(t *testing.T) {
			d := g.Data()
			task := learn.Regression
			if d.Classes > 0 {
				task = learn.Classification
			}
			e := learntest.Configure(t, kinds[g.Kind], task, g.Params)
			if g.Fold != nil {
				ensemble.Deal(e, g.Fold)
			}
			m, err := e.Fit(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			g.Check(t, m, tol)
		})
	}
}
