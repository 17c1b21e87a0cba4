package recipe_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"

	"github.com/google/go-cmp/cmp"
)

// prepareAll fits on the first n rows and returns the prepared columns of all
// rows by name, from which training rows must not differ.
func prepareAll(t *testing.T, f *frame.Frame, n int, list string) (map[string][]float64, *recipe.Fitted, []recipe.Seen) {
	t.Helper()
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	fitted, trained, _ := fit(t, list, f, f.Names(), rows...)
	x, seen := transform(t, fitted, f, nil)
	got := map[string][]float64{}
	for j, c := range x.Columns() {
		got[fitted.Names()[j]] = c
		if !slices.EqualFunc(trained.Columns()[j], c[:n], near(0)) {
			t.Errorf("%s is %v in training, %v later", fitted.Names()[j], trained.Columns()[j], c[:n])
		}
	}
	return got, fitted, seen
}

func TestFrequency(t *testing.T) {
	f := frame.New(
		column(t, "word", frame.Category, "b", "a", nil, "b", "new", nil, "a"),
		column(t, "flag", frame.Bool, true, true, nil, false, true, nil, false),
		column(t, "number", frame.Numeric, 7.0, 7.0, 7.0, nil, 8.0, nil, 7.0),
	)
	got, fitted, seen := prepareAll(t, f, 4, `{"step":"impute","columns":["flag"],"strategy":"most_frequent"},
		{"step":"encode","columns":["word","flag","number"],"method":"frequency"}`)
	want := map[string][]float64{
		"word": {.5, .25, 0, .5, 0, 0, .25}, "flag": {.75, .75, .75, .25, .75, .75, .25}, "number": {.75, .75, .75, 0, 0, 0, .75},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d := fitted.Describe(recipe.Recipe{}); len(d) != 2 || d[0].Values[0] != "a = 25 %, b = 50 %" {
		t.Errorf("described as %+v", d)
	}
	wantSeen := []recipe.Seen{{Column: "word", Missing: 2, Unseen: 1, Values: []string{"new"}},
		{Column: "flag", Missing: 2, Filled: true}, {Column: "number", Missing: 2, Unseen: 1, Values: []string{"8"}}}
	if diff := cmp.Diff(wantSeen, seen); diff != "" {
		t.Errorf("seen (-want +got):\n%s", diff)
	}
	if got := fitted.Inputs()[0].Levels; !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("levels %q", got)
	}
}

func TestMissingFlags(t *testing.T) {
	f := frame.New(
		column(t, "gaps", frame.Numeric, 1.0, nil, 3.0, nil),
		column(t, "whole", frame.Numeric, 1.0, 2.0, 3.0, nil),
		column(t, "word", frame.Category, nil, "a", "b", nil),
		column(t, "bool", frame.Bool, nil, true, false, nil),
	)
	got, fitted, _ := prepareAll(t, f, 3, `{"step":"impute","columns":["gaps","whole"],"add_indicator":true},
		{"step":"impute","columns":["word","bool"],"strategy":"most_frequent","add_indicator":true},{"step":"encode","method":"ordinal"}`)
	want := map[string][]float64{
		"gaps": {1, 2, 3, 2}, "gaps_missing": {0, 1, 0, 1}, "whole": {1, 2, 3, 2},
		"word": {0, 0, 1, 0}, "word_missing": {1, 0, 0, 1}, "bool": {0, 1, 0, 0}, "bool_missing": {1, 0, 0, 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !slices.ContainsFunc(fitted.Describe(recipe.Recipe{}), func(l recipe.Learned) bool {
		return strings.Contains(l.Text, "flagged") && slices.Equal(l.Columns, []string{"gaps", "word", "bool"})
	}) {
		t.Errorf("described as %+v", fitted.Describe(recipe.Recipe{}))
	}
}

func TestOutlierFlags(t *testing.T) {
	f := frame.New(
		column(t, "x", frame.Numeric, 1.0, 2.0, 3.0, nil, 4.0, 5.0, 100.0, nil, -3.0, -2.0, math.Nextafter(-2, -3), 8.0),
		column(t, "half", frame.Numeric, 1.0, 1.0, 1.0, 1.0, 1.0, 5.0, 9.0, nil, 1e9, 0.0, 2.0, 1.0),
	)
	got, fitted, _ := prepareAll(t, f, 6, `{"step":"flag_outliers","factor":2},{"step":"impute"}`)
	// The quartiles of 1 … 5 are 2 and 4: outliers are below -2 and above 8.
	if diff := cmp.Diff([]float64{0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0}, got["x_outlier"]); diff != "" {
		t.Errorf("x_outlier (-want +got):\n%s", diff)
	}
	if got["x"][6] != 100 || got["x"][3] != 3 || got["half_outlier"] != nil {
		t.Errorf("x = %v, half_outlier = %v", got["x"], got["half_outlier"])
	}
	told := ""
	for _, l := range fitted.Describe(recipe.Recipe{}) {
		told += l.Text + ": " + strings.Join(l.Values, ", ") + "; "
	}
	if want := "Outliers flagged in a column of their own: below -2 or above 8; "; !strings.Contains(told, want) || strings.Contains(told, "constant") {
		t.Errorf("described as %q", told)
	}
	_, err := parse(t, `{"steps":[{"step":"cap_outliers"},{"step":"flag_outliers","columns":["x"]}]}`).Resolve(f, steps)
	if p, ok := problem.As(err); !ok || p.Column != "x" {
		t.Errorf("flags after capping: %v", err)
	}
}

func TestNeighborsByHand(t *testing.T) {
	f := frame.New(
		column(t, "a", frame.Numeric, 0.0, 1.0, 2.0, 10.0, nil, nil, 1.0),
		column(t, "b", frame.Numeric, 0.0, 2.0, nil, 20.0, 1.0, nil, nil),
	)
	for _, tt := range []struct {
		params string
		a, b   []float64 // of rows 4 to 6, which are not learned from
		b2     float64   // of row 2, which is
	}{
		// Row 4 is as far from row 0 as from row 1 in b; row 5 shares no column.
		{`"n_neighbors":1`, []float64{0, 3.25, 1}, []float64{1, 22. / 3, 2}, 2},
		{`"n_neighbors":2`, []float64{.5, 3.25, 1}, []float64{1, 22. / 3, 1}, 1},
		{`"n_neighbors":50`, []float64{11. / 3, 3.25, 1}, []float64{1, 22. / 3, 22. / 3}, 22. / 3},
		// Rows 0, 1 and 3 are 1, 1 and 19 from row 4; 1, 0 and 9 from row 6; 2, 1 and 8 from row 2.
		{`"n_neighbors":3,"weights":"distance"`, []float64{(1 + 10./19) / (2 + 1./19), 3.25, 1}, []float64{1, 22. / 3, 2}, 4.5 / 1.625},
	} {
		got, fitted, seen := prepareAll(t, f, 4, `{"step":"impute","strategy":"knn",`+tt.params+`}`)
		if !slices.EqualFunc(got["a"][4:], tt.a, near(1e-15)) || !slices.EqualFunc(got["b"][4:], tt.b, near(1e-15)) || !near(1e-15)(got["b"][2], tt.b2) {
			t.Errorf("%s: a = %v, b = %v, want %v, %v and %v", tt.params, got["a"], got["b"], tt.a, tt.b, tt.b2)
		}
		if len(seen) != 2 || !seen[0].Filled || seen[0].Missing != 2 || seen[1].Missing != 3 {
			t.Errorf("seen %+v", seen)
		}
		if text := fitted.Describe(recipe.Recipe{})[0].Text; !strings.Contains(text, "nearest training rows") {
			t.Errorf("described as %q", text)
		}
	}
}

// TestNeighborsRefuse checks that what takes too long is refused with the
// number, and so are columns that have no distances.
func TestNeighborsRefuse(t *testing.T) {
	n := 200_000
	f := frame.New(&frame.Column{Name: "x", Num: make([]float64, n)}, &frame.Column{Name: "y", Num: make([]float64, n)})
	rows := make([]int, n)
	for i := range rows {
		if rows[i] = i; i%2 == 0 {
			f.Columns[0].Num[i] = math.NaN()
		}
	}
	r := parse(t, `{"steps":[{"step":"impute","columns":["x","y"],"strategy":"knn"}]}`)
	_, _, _, err := fitRows(t.Context(), r, steps, f, f.Names(), rows)
	if p, ok := problem.As(err); !ok || p.Hint == "" || !strings.Contains(p.Message, "100000 rows with 200000 in 2 columns: 40 billion") {
		t.Errorf("40 billion differences: %v", err)
	}
	f = frame.New(column(t, "word", frame.Category, "a", nil))
	_, err = parse(t, `{"steps":[{"step":"impute","columns":["word"],"strategy":"knn"}]}`).Resolve(f, steps)
	if p, ok := problem.As(err); !ok || p.Column != "word" || p.Field != "steps[0].strategy" {
		t.Errorf("neighbors of texts: %v", err)
	}
}

// TestBinsNeedNumbers checks that a column is filled before it is put into
// bins, also for a learner that takes missing numbers.
func TestBinsNeedNumbers(t *testing.T) {
	f := frame.New(column(t, "x", frame.Numeric, 1.0, nil, 3.0, 4.0), column(t, "y", frame.Numeric, 1.0, nil, 3.0, 4.0))
	r := parse(t, `{"steps":[{"step":"bin","columns":["x"],"n_bins":2,"encode":"ordinal"}]}`)
	in := recipe.Training{Frame: f, Features: f.Names(), Rows: []int{0, 1, 2, 3}, Native: true}
	_, _, err := recipe.Fit(t.Context(), r, steps, in)
	if p, ok := problem.As(err); !ok || p.Column != "x" {
		t.Errorf("bins of missing numbers: %v", err)
	}
	full, notes := r.Complete(f, f.Names(), steps, recipe.Want{Native: true})
	if len(full.Steps) != 2 || full.Steps[0].Name != "impute" || !slices.Equal(full.Steps[0].Columns, []string{"x"}) || len(notes) != 2 {
		t.Errorf("completed to %s with %+v", text(t, full), notes)
	}
	fitted, d, err := recipe.Fit(t.Context(), full, steps, in)
	if err != nil {
		t.Fatal(err)
	}
	x := d.X.Columns()
	if !slices.Equal(x[0], []float64{0, 1, 1, 1}) || x[1][1] == x[1][1] {
		t.Errorf("prepared %v", x)
	}
	if err := new(recipe.Fitted).UnmarshalBinary(stored(t, fitted)); err != nil {
		t.Error(err)
	}
}
