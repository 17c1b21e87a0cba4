package recipe

import (
	"context"
	"math"
	"slices"
	"testing"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
	"clicktrain/internal/param"

	"github.com/google/go-cmp/cmp"
)

// totals fills each member's gaps with the sum of the other members.
type totals struct{ n int }

func (o *totals) applyAll(_ context.Context, _ int, v []*values, _ []*Seen) error {
	sums := make([]float64, v[0].len())
	for _, m := range v {
		for i, x := range m.num {
			if x == x {
				sums[i] += x
			}
		}
	}
	for _, m := range v {
		from, to := m.rewrite()
		for i, x := range from {
			if to[i] = x; x != x {
				to[i] = sums[i]
			}
		}
	}
	return nil
}

func (o *totals) members() int { return o.n }
func (o *totals) afterAt(_ int, s shape) (shape, bool) {
	s.holes = false
	return s, s.holds == Numbers
}
func (o *totals) sklearn() *pickle.Object {
	return pickle.Estimator("sklearn.impute._base", "SimpleImputer")
}
func (o *totals) append(b []byte) []byte            { return append(b, 0) }
func (o *totals) step() string                      { return "totals" }
func (o *totals) word() string                      { return "totals" }
func (o *totals) describe(int) (text, value string) { return "Filled together", "" }

// twice doubles.
type twice struct{}

func (twice) apply(v *values, _ *Seen) error {
	from, to := v.rewrite()
	for i, x := range from {
		to[i] = 2 * x
	}
	return nil
}

func (twice) like() string                   { return "twice" }
func (twice) sklearn([]op) *pickle.Object    { return function(nil, nil) }
func (twice) append(b []byte) []byte         { return b }
func (twice) step() string                   { return "twice" }
func (twice) word() string                   { return "twice" }
func (twice) describe() (text, value string) { return "", "" }
func (twice) sound() bool                    { return true }
func (twice) suffixes() []string             { return []string{"twice"} }

// acting is a step made of functions.
type acting struct {
	alone func(*Column) error
	all   func([]*Column) error
}

type actingAlone struct{ acting }
type actingTogether struct{ acting }

func (acting) Params(*param.Set)                    {}
func (acting) Next(f Form) (Form, error)            { return f, nil }
func (a actingAlone) Fit(c *Column) error           { return a.alone(c) }
func (a actingTogether) FitAll(all []*Column) error { return a.all(all) }

// TestJointAndBeside takes four columns through steps of which one works on
// three of them together, and one lets columns go two ways, in training and
// again at prediction.
func TestJointAndBeside(t *testing.T) {
	step := func(name string, role Role, a Action) Definition {
		return Definition{Name: name, Title: name, Role: role, Kinds: []frame.Kind{frame.Numeric}, New: func() Action { return a }}
	}
	defs := []Definition{
		step("twice", "", actingAlone{acting{alone: func(c *Column) error { return c.learned(twice{}) }}}),
		step("beside", "", actingAlone{acting{alone: func(c *Column) error { return c.beside(twice{}) }}}),
		step("totals", Missing, actingTogether{acting{all: func(all []*Column) error { return all[0].fit.joint(all, &totals{len(all)}) }}}),
		step("fill", Missing, actingAlone{acting{alone: func(c *Column) error { return c.Fill(Median) }}}),
	}
	nan := math.NaN()
	f := frame.New(
		&frame.Column{Name: "a", Num: []float64{1, nan, 3}}, &frame.Column{Name: "b", Num: []float64{nan, 20, 30}},
		&frame.Column{Name: "c", Num: []float64{100, 200, 300}}, &frame.Column{Name: "d", Num: []float64{7, 8, nan}},
	)
	r := Recipe{Steps: []Step{
		{Name: "twice", Columns: []string{"a", "c"}}, {Name: "totals", Columns: []string{"a", "b", "c"}}, {Name: "fill", Columns: []string{"d"}},
		{Name: "beside", Columns: []string{"b", "d"}}, {Name: "twice", Columns: []string{"c"}},
	}}
	for _, workers := range []int{1, 8} {
		fitted, d, err := Fit(t.Context(), r, defs, Training{Frame: f, Features: f.Names(), Rows: []int{0, 1, 2}, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		x, _, err := fitted.Transform(f, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string][]float64{
			"a_twice": {2, 420, 6}, "b": {202, 20, 30}, "b_twice": {404, 40, 60}, "c_twice_twice": {400, 800, 1200},
			"d": {7, 8, 7.5}, "d_twice": {14, 16, 15},
		}
		for what, m := range map[string]*frame.Matrix{"training": d.X, "prediction": x} {
			got := map[string][]float64{}
			for j, name := range fitted.Names() {
				got[name] = m.Columns()[j]
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s with %d workers (-want +got):\n%s", what, workers, diff)
			}
		}
		if !fitted.meets() {
			t.Error("the members of the joint operation are not in order")
		}
		// a and c are doubled before, so scikit-learn has them side by side.
		if k := memberAt(fitted.inputs[1].ops); k < 0 || fitted.inputs[1].ops[k].(*member).at != 2 {
			t.Errorf("b goes through %v", fitted.inputs[1].ops)
		}
		for _, in := range fitted.inputs {
			if !in.sound(false) {
				t.Errorf("%s is not sound", in.Name)
			}
		}
		if names := transformerNames(fitted.Sklearn()); !slices.Equal(names, []string{"twice_totals", "median", "median_twice"}) {
			t.Errorf("transformers %q", names)
		}
	}
	if f.Columns[0].Num[0] != 1 || f.Columns[1].Num[1] != 20 {
		t.Error("the table changed")
	}
}

// TestJointInTurn takes columns through two operations on several of them, of
// which the second waits for the first, in training and at prediction.
func TestJointInTurn(t *testing.T) {
	step := func(name string, role Role, a Action) Definition {
		return Definition{Name: name, Title: name, Role: role, Kinds: []frame.Kind{frame.Numeric}, New: func() Action { return a }}
	}
	defs := []Definition{
		step("twice", "", actingAlone{acting{alone: func(c *Column) error { return c.learned(twice{}) }}}),
		step("beside", "", actingAlone{acting{alone: func(c *Column) error { return c.beside(twice{}) }}}),
		step("totals", Missing, actingTogether{acting{all: func(all []*Column) error { return all[0].fit.joint(all, &totals{len(all)}) }}}),
	}
	nan := math.NaN()
	f := frame.New(
		&frame.Column{Name: "a", Num: []float64{1, nan}}, &frame.Column{Name: "b", Num: []float64{nan, 20}},
		&frame.Column{Name: "c", Num: []float64{nan, 200}}, &frame.Column{Name: "d", Num: []float64{7, nan}},
	)
	r := Recipe{Steps: []Step{
		{Name: "totals", Columns: []string{"a", "b"}}, {Name: "totals", Columns: []string{"c", "d"}},
		{Name: "beside", Columns: []string{"d"}}, {Name: "twice", Columns: []string{"b", "c"}},
	}}
	fitted, d, err := Fit(t.Context(), r, defs, Training{Frame: f, Features: f.Names(), Rows: []int{0, 1}})
	if err != nil {
		t.Fatal(err)
	}
	x, _, err := fitted.Transform(f, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]float64{"a": {1, 20}, "b_twice": {2, 40}, "c_twice": {14, 400}, "d": {7, 200}, "d_twice": {14, 400}}
	for what, m := range map[string]*frame.Matrix{"training": d.X, "prediction": x} {
		got := map[string][]float64{}
		for j, name := range fitted.Names() {
			got[name] = m.Columns()[j]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
}

func transformerNames(o *pickle.Object) []string {
	var names []string
	for _, a := range o.Attrs {
		if a.Name == "transformers_" {
			for _, tr := range a.Value.(pickle.List) {
				names = append(names, tr.(pickle.Tuple)[0].(string))
			}
		}
	}
	return names
}
