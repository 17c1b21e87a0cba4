package recipe_test

import (
	"testing"

	"clicktrain/internal/frame"
)

// TestExact checks which recipes tell numbers apart by their last digit.
func TestExact(t *testing.T) {
	f := frame.New(
		column(t, "whole", frame.Numeric, 1.0, 2.0, 3.0, 2.0),
		column(t, "part", frame.Numeric, 0.5, 1.25, 0.1, 0.5),
		column(t, "word", frame.Category, "a", "b", "a", "b"),
	)
	for steps, want := range map[string]bool{
		`{"step":"encode"},{"step":"scale"}`:                               false,
		`{"step":"transform","method":"quantile"},{"step":"encode"}`:       true,
		`{"step":"bin","n_bins":2},{"step":"encode"}`:                      true,
		`{"step":"encode","columns":["whole","word"]}`:                     false,
		`{"step":"encode","columns":["part","word"]}`:                      true,
		`{"step":"encode","columns":["part","word"],"method":"ordinal"}`:   true,
		`{"step":"encode","columns":["part","word"],"method":"frequency"}`: true,
	} {
		fitted, _, _ := fit(t, `{"step":"impute"},`+steps, f, f.Names(), 0, 1, 2, 3)
		if got := fitted.Exact(); got != want {
			t.Errorf("Exact after %s = %t, want %t", steps, got, want)
		}
	}
	for value, want := range map[string]bool{"0.1": true, "2": false} {
		fitted, _, _ := fit(t, `{"step":"treat_as_missing","columns":["part"],"values":["`+value+`"]},{"step":"impute"},{"step":"encode"}`, f, f.Names(), 0, 1, 2, 3)
		if got := fitted.Exact(); got != want {
			t.Errorf("Exact where %s is missing = %t, want %t", value, got, want)
		}
	}
}
