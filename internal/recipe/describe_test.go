package recipe_test

import (
	"slices"
	"testing"

	"clicktrain/internal/frame"
)

// TestDescribedInOrder checks that what was learned is told in the order of the
// recipe's steps, not of the table's columns.
func TestDescribedInOrder(t *testing.T) {
	f := frame.New(column(t, "town", frame.Category, "a", "b", "a"), column(t, "size", frame.Numeric, 1.0, nil, 3.0))
	for _, tt := range []struct {
		list string
		want []string
	}{
		{`{"steps":[{"step":"impute","columns":["size"]},{"step":"encode","columns":["town"]},{"step":"scale","columns":["size"]}]}`, []string{"impute", "encode", "scale"}},
		{`{"steps":[{"step":"encode","columns":["town"]},{"step":"impute","columns":["size"]},{"step":"scale","columns":["size"]}]}`, []string{"encode", "impute", "scale"}},
	} {
		r, err := parse(t, tt.list).Resolve(f, steps)
		if err != nil {
			t.Fatal(err)
		}
		fitted, _, _, err := fitRows(t.Context(), r, steps, f, f.Names(), []int{0, 1, 2})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range fitted.Describe(r) {
			got = append(got, l.Step)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("told in the order %q, want %q", got, tt.want)
		}
	}
}
