package train_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/catalog"
	"clicktrain/internal/frame"
	"clicktrain/internal/recipe"
)

// TestUnitsAreTold checks when a run warns that columns count by their units.
func TestUnitsAreTold(t *testing.T) {
	base := table(400)
	far := &frame.Column{Name: "far", Kind: frame.Numeric}
	for i := range base.Rows {
		far.Num = append(far.Num, float64(1000*(i%7)))
	}
	columns := append(slices.Clone(base.Columns), far)
	f := frame.New(columns...)
	const (
		filled = `{"step":"impute","columns":["x","far"]},{"step":"encode","columns":["town"]}`
		scaled = filled + `,{"step":"scale","columns":["x","far"]}`
	)
	for _, tt := range []struct {
		name, learner, target, steps string
		features                     []string
		warns                        bool
	}{
		{"neighbors", "k_nearest_neighbors", "class", filled, []string{"x", "far", "town"}, true},
		{"ridge", "ridge", "z", filled, []string{"x", "far", "town"}, true},
		{"scaled", "k_nearest_neighbors", "class", scaled, []string{"x", "far", "town"}, false},
		{"alike", "k_nearest_neighbors", "class", filled, []string{"x", "town"}, false},
		{"no penalty", "linear_regression", "z", filled, []string{"x", "far", "town"}, false},
		{"trees", "random_forest", "class", filled, []string{"x", "far", "town"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := specOf(f, tt.learner, tt.target)
			s.Features = tt.features
			var r recipe.Recipe
			if err := json.Unmarshal([]byte(`{"steps":[`+tt.steps+`]}`), &r); err != nil {
				t.Fatal(err)
			}
			r, err := r.Only(tt.features).Resolve(f, catalog.All().Steps)
			if err != nil {
				t.Fatal(err)
			}
			s.Recipe = r
			_, res := mustRun(t, f, s)
			warns := slices.ContainsFunc(res.Warnings, func(w string) bool {
				return strings.Contains(w, "not on one scale: far has a standard deviation of 19")
			})
			if warns != tt.warns {
				t.Errorf("warnings %q; one about units: %v, want %v", res.Warnings, warns, tt.warns)
			}
		})
	}
}
