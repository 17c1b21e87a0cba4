package recipe_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"

	"github.com/google/go-cmp/cmp"
)

// fitRows fits without a target, and returns the matrix and the kept rows.
func fitRows(ctx context.Context, r recipe.Recipe, defs []recipe.Definition, f *frame.Frame, features []string, rows []int) (*recipe.Fitted, *frame.Matrix, []int, error) {
	fitted, d, err := recipe.Fit(ctx, r, defs, recipe.Training{Frame: f, Features: features, Rows: rows})
	if err != nil {
		return nil, nil, nil, err
	}
	return fitted, d.X, d.Kept, nil
}

// fit fits a recipe in JSON on the given rows.
func fit(t testing.TB, steps2 string, f *frame.Frame, features []string, rows ...int) (*recipe.Fitted, *frame.Matrix, []int) {
	t.Helper()
	r, err := parse(t, `{"steps":[`+steps2+`]}`).Resolve(f, steps)
	if err != nil {
		t.Fatal(err)
	}
	fitted, x, kept, err := fitRows(t.Context(), r, steps, f, features, rows)
	if err != nil {
		t.Fatal(err)
	}
	return fitted, x, kept
}

func transform(t testing.TB, fitted *recipe.Fitted, f *frame.Frame, rows []int) (*frame.Matrix, []recipe.Seen) {
	t.Helper()
	x, seen, err := fitted.Transform(f, rows)
	if err != nil {
		t.Fatal(err)
	}
	return x, seen
}

const medianAndOneHot = `{"step":"impute"},{"step":"encode"}`

// TestFitSeesTrainingRowsOnly checks that what the other rows hold changes
// nothing, and what becomes of them.
func TestFitSeesTrainingRowsOnly(t *testing.T) {
	f := frame.New(
		column(t, "n", frame.Numeric, 1.0, 3.0, nil, 1e6, nil),
		column(t, "c", frame.Category, "b", "d", "b", "a", nil),
	)
	fitted, x, kept := fit(t, medianAndOneHot, f, f.Names(), 0, 1, 2)
	if !slices.Equal(kept, []int{0, 1, 2}) {
		t.Errorf("kept rows %v, want all", kept)
	}
	if diff := cmp.Diff([][]float64{{1, 3, 2}, {1, 0, 1}, {0, 1, 0}}, x.Columns()); diff != "" {
		t.Errorf("training columns (-want +got):\n%s", diff)
	}
	x, seen := transform(t, fitted, f, []int{4, 3, 0})
	if diff := cmp.Diff([][]float64{{2, 1e6, 1}, {0, 0, 1}, {0, 0, 0}}, x.Columns()); diff != "" {
		t.Errorf("test columns (-want +got):\n%s", diff)
	}
	want := []recipe.Seen{
		{Column: "n", Missing: 1, Filled: true},
		{Column: "c", Missing: 1, Unseen: 1, Values: []string{"a"}},
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("seen (-want +got):\n%s", diff)
	}
}

func TestOrdinalMarksTheUnknown(t *testing.T) {
	f := frame.New(column(t, "c", frame.Category, "b", "a", "z", nil), column(t, "n", frame.Numeric, 5.0, -2.0, 3.0, nil))
	fitted, x, _ := fit(t, `{"step":"encode","columns":["c","n"],"method":"ordinal"}`, f, f.Names(), 0, 1)
	if diff := cmp.Diff([][]float64{{1, 0}, {1, 0}}, x.Columns()); diff != "" {
		t.Errorf("training columns (-want +got):\n%s", diff)
	}
	x, seen := transform(t, fitted, f, nil)
	if diff := cmp.Diff([][]float64{{1, 0, -1, -1}, {1, 0, -1, -1}}, x.Columns()); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	if len(seen) != 2 || seen[1].Unseen != 1 || seen[1].Missing != 1 || !slices.Equal(seen[1].Values, []string{"3"}) {
		t.Errorf("seen = %+v", seen)
	}
}

// TestBoolsWithHoles checks the detour over codes that scikit-learn needs.
func TestBoolsWithHoles(t *testing.T) {
	f := frame.New(column(t, "b", frame.Bool, true, nil, false, true, nil))
	fitted, x, _ := fit(t, `{"step":"impute","strategy":"mode"},{"step":"encode"}`, f, f.Names(), 0, 1, 2, 3)
	if diff := cmp.Diff([][]float64{{0, 0, 1, 0}, {1, 1, 0, 1}}, x.Columns()); diff != "" {
		t.Errorf("training columns (-want +got):\n%s", diff)
	}
	if got, want := fitted.Names(), []string{"b_False", "b_True"}; !slices.Equal(got, want) {
		t.Errorf("names = %q, want %q", got, want)
	}
	if got := fitted.Describe(recipe.Recipe{}); len(got) != 2 || got[0].Values[0] != "True" || got[1].Values[0] != "False, True" {
		t.Errorf("described as %+v, want the fill True and the categories", got)
	}
	// Another table may spell what pandas would read the same in its own way.
	other := frame.New(column(t, "b", frame.Category, "true", "FALSE", nil))
	x, seen := transform(t, fitted, other, nil)
	if diff := cmp.Diff([][]float64{{0, 1, 0}, {1, 0, 1}}, x.Columns()); diff != "" {
		t.Errorf("other spelling (-want +got):\n%s", diff)
	}
	if want := []recipe.Seen{{Column: "b", Missing: 1, Filled: true}}; !cmp.Equal(want, seen) {
		t.Errorf("seen = %+v, want %+v", seen, want)
	}
	x, _ = transform(t, fitted, frame.New(column(t, "b", frame.Numeric, 0.0, 1.0)), nil)
	if diff := cmp.Diff([][]float64{{1, 0}, {0, 1}}, x.Columns()); diff != "" {
		t.Errorf("0 and 1 (-want +got):\n%s", diff)
	}
}

// TestCategoriesThatPandasReadsAsNumbers checks that they are texts, say that
// pandas must be told so, and that the number is unseen.
func TestCategoriesThatPandasReadsAsNumbers(t *testing.T) {
	f := frame.New(
		column(t, "code", frame.Category, "10", "9", "010.0e0", "7"),
		column(t, "plain", frame.Category, "10", "9", "007", nil),
		column(t, "mixed", frame.Category, "1", "x", nil, "1"),
		column(t, "big", frame.Category, "99999999999999999999", "1", "2", "1"),
		column(t, "words", frame.Category, "a", "True", "b", "a"),
		column(t, "fine", frame.Category, "a", "b", "e", "+"),
	)
	fitted, _, _ := fit(t, `{"step":"encode"}`, f, f.Names(), 0, 1, 2, 3)
	want := map[string][]string{
		"code":  {"str", "010.0e0", "10", "7", "9"},
		"plain": {"str", "007", "10", "9"},
		"mixed": {"str", "1", "x"},
		"big":   {"str", "1", "2", "99999999999999999999"},
		"words": {"str", "True", "a", "b"},
		"fine":  {"", "+", "a", "b", "e"},
	}
	for _, in := range fitted.Inputs() {
		if got := append([]string{in.DType}, in.Levels...); !slices.Equal(got, want[in.Name]) {
			t.Errorf("%s: dtype and levels %q, want %q", in.Name, got, want[in.Name])
		}
	}
	other := frame.New(append(f.Columns[:1:1], f.Columns[2:]...)...)
	other.Columns = append(other.Columns, column(t, "plain", frame.Numeric, 7.0, 10.0, nil, 8.0))
	_, seen := transform(t, fitted, other, nil)
	if i := slices.IndexFunc(seen, func(s recipe.Seen) bool { return s.Column == "plain" }); i < 0 || seen[i].Unseen != 2 || seen[i].Missing != 1 || !slices.Equal(seen[i].Values, []string{"7", "8"}) {
		t.Errorf("seen = %+v, want 7 and 8 unseen and one missing in plain", seen)
	}
}

func TestDropMissing(t *testing.T) {
	f := frame.New(
		column(t, "n", frame.Numeric, 1.0, nil, 5.0, 7.0, 9.0),
		column(t, "c", frame.Category, "b", "b", nil, "a", "a"),
		column(t, "other", frame.Numeric, nil, 1.0, 1.0, 2.0, 4.0),
	)
	fitted, x, kept := fit(t, `{"step":"drop_missing","columns":["n","c"]},{"step":"impute","strategy":"mean"},{"step":"encode","method":"ordinal"}`,
		f, f.Names(), 4, 2, 3, 1, 0)
	if want := []int{4, 3, 0}; !slices.Equal(kept, want) {
		t.Errorf("kept rows %v, want %v", kept, want)
	}
	if x.Rows != 3 || fitted.Rows() != 3 {
		t.Errorf("%d matrix rows learned from %d, want 3", x.Rows, fitted.Rows())
	}
	// Test rows stay: the median of 9, 7, 1, the most frequent of a, a, b.
	x, _ = transform(t, fitted, f, []int{1, 2, 0})
	row := func(i int) map[string]float64 {
		dst, out := make([]float64, x.Cols), map[string]float64{}
		x.Row(dst, i)
		for j, name := range fitted.Names() {
			out[name] = dst[j]
		}
		return out
	}
	for i, want := range []map[string]float64{{"n": 7, "c": 1, "other": 1}, {"n": 5, "c": 0, "other": 1}, {"n": 1, "c": 1, "other": 3}} {
		if diff := cmp.Diff(want, row(i)); diff != "" {
			t.Errorf("test row %d (-want +got):\n%s", i, diff)
		}
	}
	_, _, _, err := fitRows(t.Context(), parse(t, `{"steps":[{"step":"drop_missing"}]}`), steps, f, []string{"n", "other"}, []int{0, 1})
	if p, ok := problem.As(err); !ok || p.Column == "" || !strings.Contains(p.Message, "No training row is left") {
		t.Errorf("dropping every row = %v, want a problem with a column", err)
	}
}

func TestFitLeavesOutEmptyColumns(t *testing.T) {
	f := frame.New(column(t, "n", frame.Numeric, nil, nil, 3.0), column(t, "c", frame.Category, "a", "b", "a"))
	fitted, x, _ := fit(t, medianAndOneHot, f, f.Names(), 0, 1)
	if got := fitted.Left(); len(got) != 1 || got[0].Column != "n" {
		t.Errorf("left out %+v, want n", got)
	}
	if x.Cols != 2 || len(fitted.Inputs()) != 1 {
		t.Errorf("%d columns from %d inputs, want 2 from 1", x.Cols, len(fitted.Inputs()))
	}
	if d := fitted.Describe(recipe.Recipe{}); d[len(d)-1].Text != "Left out" {
		t.Errorf("described as %+v, want what is left out last", d)
	}
}

// TestTransformFindsColumnsByName shuffles columns and adds some.
func TestTransformFindsColumnsByName(t *testing.T) {
	f := people(t)
	features := []string{"age", "size", "sex", "member"}
	r, _ := recipe.Recipe{}.Complete(f, features, steps, recipe.Want{Scale: true})
	fitted, want, _, err := fitRows(t.Context(), r, steps, f, features, []int{0, 1, 2, 3, 4, 5})
	if err != nil {
		t.Fatal(err)
	}
	got, _ := transform(t, fitted, f.Select([]string{"id", "member", "sex", "born", "size", "age"}), nil)
	if diff := cmp.Diff(want.Columns(), got.Columns()); diff != "" {
		t.Errorf("shuffled columns (-want +got):\n%s", diff)
	}
	wantOrigin := [][]int{{0}, {1}, {2}, {2}, {3}, {3}}
	if got := fitted.Origin(); !cmp.Equal(got, wantOrigin) {
		t.Errorf("origin = %v, want %v", got, wantOrigin)
	}
	if got, want := fitted.Names(), []string{"age", "size", "sex_f", "sex_m", "member_False", "member_True"}; !slices.Equal(got, want) {
		t.Errorf("names = %q, want %q", got, want)
	}
	_, _, err = fitted.Transform(f.Select([]string{"sex", "size"}), nil)
	if p, ok := problem.As(err); !ok || !strings.Contains(p.Message, "age, member") {
		t.Errorf("without two columns = %v, want a problem that names both", err)
	}
}

func TestTransformRefusesOtherTypes(t *testing.T) {
	f := frame.New(column(t, "n", frame.Numeric, 1.0, 2.0), column(t, "b", frame.Bool, true, false), column(t, "c", frame.Category, "1", "x"))
	fitted, _, _ := fit(t, medianAndOneHot, f, f.Names(), 0, 1)
	for name, c := range map[string]*frame.Column{
		"n": column(t, "n", frame.Category, "3", "three"),
		"b": column(t, "b", frame.Category, "True", "maybe"),
	} {
		other := f.Select(f.Names())
		other.Columns[other.Index(name)] = c
		_, _, err := fitted.Transform(other, nil)
		if p, ok := problem.As(err); !ok || p.Column != name || p.Value == "" {
			t.Errorf("text in %s = %v, want a problem with the value", name, err)
		}
	}
	other := f.Select(f.Names())
	other.Columns[0] = column(t, "n", frame.Category, "3", "-1e2")
	other.Columns[2] = column(t, "c", frame.Numeric, 1.0, 2.0)
	x, seen := transform(t, fitted, other, nil)
	if got := x.Columns()[0]; !slices.Equal(got, []float64{3, -100}) {
		t.Errorf("numbers as text = %v", got)
	}
	if want := []recipe.Seen{{Column: "c", Unseen: 1, Values: []string{"2"}}}; !cmp.Equal(seen, want) {
		t.Errorf("numbers for text: seen %+v, want %+v", seen, want)
	}
}

func TestFitRefuses(t *testing.T) {
	huge := math.MaxFloat64
	f := frame.New(append(people(t).Columns, column(t, "huge", frame.Numeric, huge, huge, -huge, huge, huge, huge))...)
	for name, tt := range map[string]struct {
		features       []string
		steps, message string
	}{
		"unknown":     {[]string{"nope"}, `{"step":"scale"}`, "no column"},
		"twice":       {[]string{"age", "age"}, `{"step":"impute"}`, "twice"},
		"dates":       {[]string{"born"}, `{"step":"scale"}`, "dates"},
		"names":       {[]string{"id"}, `{"step":"scale"}`, "names the rows"},
		"not encoded": {[]string{"sex"}, `{"step":"impute","strategy":"mode"}`, "no step turns it into numbers"},
		"not filled":  {[]string{"age"}, `{"step":"scale"}`, "has no value"},
		"huge mean":   {[]string{"huge"}, `{"step":"impute","strategy":"mean"}`, "so large"},
		"huge spread": {[]string{"huge"}, `{"step":"impute"},{"step":"scale"}`, "so large"},
	} {
		_, _, _, err := fitRows(t.Context(), parse(t, `{"steps":[`+tt.steps+`]}`), steps, f, tt.features, []int{0, 1, 2, 3, 4, 5})
		p, ok := problem.As(err)
		if !ok || p.Column != tt.features[0] || !strings.Contains(p.Message, tt.message) {
			t.Errorf("%s: Fit = %v, want a problem with %q", name, err, tt.message)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, _, err := fitRows(ctx, recipe.Recipe{}, steps, f, []string{}, []int{0}); err != nil {
		t.Errorf("Fit of no columns = %v", err)
	}
	r := parse(t, `{"steps":[{"step":"impute"}]}`)
	if _, _, _, err := fitRows(ctx, r, steps, f, []string{"age"}, []int{0}); !errors.Is(err, context.Canceled) {
		t.Errorf("Fit after its end = %v, want context.Canceled", err)
	}
}

func TestTransformRefusesWhatOverflows(t *testing.T) {
	f := frame.New(column(t, "n", frame.Numeric, 1e-3, 2e-3, math.MaxFloat64))
	fitted, _, _ := fit(t, `{"step":"impute"},{"step":"scale"}`, f, f.Names(), 0, 1)
	_, _, err := fitted.Transform(f, nil)
	if p, ok := problem.As(err); !ok || p.Column != "n" {
		t.Errorf("scaling the largest number = %v, want a problem", err)
	}
}

func TestFitLimitsWidth(t *testing.T) {
	var columns []*frame.Column
	var stepColumns []string
	rows := make([]int, 1000)
	for k := range 6 {
		var values []any
		for i := range 1000 {
			rows[i] = i
			values = append(values, strings.Repeat("x", k)+string(rune('0'+i)))
		}
		name := string(rune('a' + k))
		columns = append(columns, column(t, name, frame.Category, values...))
		stepColumns = append(stepColumns, name)
	}
	f := frame.New(columns...)
	r := recipe.Recipe{Steps: []recipe.Step{{Name: "encode", Columns: stepColumns}}}
	_, _, _, err := fitRows(t.Context(), r, steps, f, f.Names(), rows)
	if p, ok := problem.As(err); !ok || !strings.Contains(p.Message, "6000 columns") {
		t.Errorf("6000 indicators = %v, want a problem with the number", err)
	}
}

// TestFitLeavesTheFrameAlone compares the frame before and after.
func TestFitLeavesTheFrameAlone(t *testing.T) {
	f, want := people(t), people(t)
	features := []string{"age", "size", "sex", "member"}
	r := parse(t, `{"steps":[{"step":"impute","strategy":"mean"},{"step":"impute","strategy":"mode"},{"step":"encode"},{"step":"scale"}]}`)
	fitted, _, _, err := fitRows(t.Context(), r, steps, f, features, []int{0, 1, 2, 3, 4, 5})
	if err != nil {
		t.Fatal(err)
	}
	transform(t, fitted, f, nil)
	transform(t, fitted, f, []int{1, 1, 0})
	for i, c := range f.Columns {
		w := want.Columns[i]
		if text(t, c.Levels) != text(t, w.Levels) || !slices.Equal(c.Codes, w.Codes) || !slices.EqualFunc(c.Num, w.Num, func(a, b float64) bool { return a == b || a != a && b != b }) {
			t.Errorf("column %s changed", c.Name)
		}
	}
}
