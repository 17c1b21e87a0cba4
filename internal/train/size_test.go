package train_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/catalog"
	"clicktrain/internal/problem"
	"clicktrain/internal/train"
)

// TestProbabilitiesTooLarge checks that a run of which the test rows could not
// be scored ends before it begins, and that what is proposed works.
func TestProbabilitiesTooLarge(t *testing.T) {
	f := table(400)
	s := specOf(f, "logistic_regression", "class")
	s.TestSize, s.Memory = 0.5, 10_000
	_, _, err := train.Run(t.Context(), f, s, catalog.All(), time.Now, func(share float64, step string) {
		if share > 0 {
			t.Errorf("%g of the work was done (%s)", share, step)
		}
	})
	p, ok := problem.As(err)
	if !ok || p.Field != "test_size" {
		t.Fatalf("got %v, want a problem of test_size", err)
	}
	size, _, _ := strings.Cut(strings.TrimPrefix(p.Hint, "Choose a test_size of "), " ")
	if s.TestSize, err = strconv.ParseFloat(size, 64); err != nil {
		t.Fatalf("the hint names no size: %s", p.Hint)
	}
	mustRun(t, f, s)
	s.TestSize, s.Memory = 0.5, 400
	if _, _, err = train.Run(t.Context(), f, s, catalog.All(), time.Now, func(float64, string) {}); err == nil || strings.Contains(err.Error(), "Choose a test_size") {
		t.Errorf("got %v, want a refusal that proposes no size, as none may be that small", err)
	}
}
