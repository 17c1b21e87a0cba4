package forest_test

import (
	"regexp"
	"strconv"
	"testing"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/forest"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/problem"
)

// TestTooManyTrees checks that more trees than there is memory for are refused
// after the first one, alike for any number of workers, and that as many as the
// answer names are not.
func TestTooManyTrees(t *testing.T) {
	for _, l := range []learn.Learner{forest.Learner, forest.ExtraTrees} {
		for task, d := range map[learn.Task]learn.Data{
			learn.Classification: learntest.Mixed(2, 400, 6, nil, 3), learn.Regression: learntest.Friedman(2, 400, 9),
		} {
			d.Memory = 1 << 20
			done := 0.0
			d.Progress = func(share float64) { done = share }
			fit := func(trees, workers int) string {
				d.Workers, done = workers, 0
				_, err := learntest.Configure(t, l, task, map[string]any{"n_estimators": trees}).Fit(t.Context(), d)
				if err == nil {
					return ""
				}
				p, ok := problem.As(err)
				if !ok || p.Field != "n_estimators" || workers == 1 && done > 0 {
					t.Fatalf("%s, %v: %v after %g of the work, want a problem of n_estimators at once", l.Name, task, err, done)
				}
				return p.Message + p.Hint
			}
			said := fit(10_000, 1)
			if again := fit(10_000, 3); again != said {
				t.Errorf("%s: %q with several workers, %q with one", l.Name, again, said)
			}
			n, _ := strconv.Atoi(regexp.MustCompile(`Choose (\d+) trees`).FindStringSubmatch(said)[1])
			if fit(n+1, 1) == "" || n < 2 || fit(n, 1) != "" {
				t.Errorf("%s, %v: %d trees are refused, or one more are not, but said was %s", l.Name, task, n, said)
			}
		}
	}
	d := learntest.Blobs(1, 300, 4, 3)
	d.Memory = 1 << 8
	_, err := learntest.Configure(t, forest.DecisionTree, learn.Classification, nil).Fit(t.Context(), d)
	if p, ok := problem.As(err); !ok || p.Field != "max_depth" {
		t.Errorf("a large tree gives %v, want a problem of max_depth", err)
	}
}
