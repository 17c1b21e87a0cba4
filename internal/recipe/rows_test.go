package recipe_test

import (
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

func kept(t *testing.T, f *frame.Frame, y []float64, steps2 string) ([]int, *recipe.Fitted, *recipe.Data) {
	t.Helper()
	fitted, d := learn(t, f, y, 2, parse(t, `{"steps":[`+steps2+`]}`).Steps...)
	return d.Kept, fitted, d
}

// TestRowsLeftOut checks which training rows the steps leave out, one after
// the other, and that none is left out at prediction.
func TestRowsLeftOut(t *testing.T) {
	f := frame.New(
		column(t, "a", frame.Numeric, 1.0, 1.0, 1.0, nil, nil, 2.0, 3.0, 4.0, 100.0),
		column(t, "b", frame.Category, "x", "x", "x", "y", "y", "x", "y", "x", "y"),
	)
	y := []float64{0, 0, 1, 0, 0, 1, 0, 1, 0}
	for _, tt := range []struct {
		steps string
		want  []int
	}{
		{`{"step":"drop_duplicates"}`, []int{0, 2, 3, 5, 6, 7, 8}}, // a missing value equals a missing value
		{`{"step":"drop_duplicates","target":false}`, []int{0, 3, 5, 6, 7, 8}},
		{`{"step":"drop_duplicates","columns":["b"],"target":false}`, []int{0, 3}},
		{`{"step":"drop_outliers"}`, []int{0, 1, 2, 3, 4, 5, 6, 7}},
		{`{"step":"drop_outliers","method":"z_score","factor":10}`, []int{0, 1, 2, 3, 4, 5, 6, 7, 8}},
		// Without the rows of 100, 3 and 4 are further from the others than they were.
		{`{"step":"drop_outliers"},{"step":"drop_outliers","factor":0.1}`, []int{0, 1, 2, 3, 4, 5}},
		{`{"step":"drop_missing","columns":["a"]},{"step":"drop_duplicates"}`, []int{0, 2, 5, 6, 7, 8}},
	} {
		got, fitted, d := kept(t, f, y, tt.steps)
		if !slices.Equal(got, tt.want) || d.X.Rows != len(tt.want) {
			t.Errorf("%s keeps %v, want %v", tt.steps, got, tt.want)
			continue
		}
		for i, r := range got {
			if d.Y[i] != y[r] {
				t.Errorf("%s: the target of row %d is %v", tt.steps, r, d.Y[i])
			}
		}
		if x, _ := transform(t, fitted, f, nil); x.Rows != f.Rows {
			t.Errorf("%s: %d rows prepared, want all", tt.steps, x.Rows)
		}
		if l := fitted.Describe(recipe.Recipe{})[0]; !strings.Contains(l.Text, "training row") {
			t.Errorf("%s is described as %+v", tt.steps, l)
		}
	}
	_, _, err := tryLearn(t, f, y, 2, parse(t, `{"steps":[{"step":"drop_duplicates","columns":["b"],"target":false},{"step":"drop_outliers","columns":["b"]}]}`).Steps...)
	if p, ok := problem.As(err); !ok || p.Column != "b" {
		t.Errorf("outliers of texts: %v", err)
	}
}

func TestDropConstant(t *testing.T) {
	f := frame.New(
		column(t, "same", frame.Numeric, 2.0, 2.0, 2.0, 5.0),
		column(t, "gap", frame.Numeric, 2.0, nil, 2.0, 2.0), // it is filled first
		column(t, "word", frame.Category, "x", "x", "x", "y"),
		column(t, "fine", frame.Numeric, 1.0, 2.0, 2.0, 5.0),
	)
	fitted, d := learn(t, f, []float64{0, 1, 0}, 2, recipe.Step{Name: "drop_constant"})
	if got := fitted.Names(); !slices.Equal(got, []string{"fine"}) || d.X.Cols != 1 {
		t.Errorf("columns %q are left, want fine", got)
	}
	if left := fitted.Left(); len(left) != 3 || !strings.Contains(left[0].Reason, "same in every training row") {
		t.Errorf("left out %v", left)
	}
}

// TestBalance checks the sizes and the rows that steps for classes make.
func TestBalance(t *testing.T) {
	f := frame.New(
		column(t, "a", frame.Numeric, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 10.0, 11.0, 13.0),
		column(t, "b", frame.Category, "x", "x", "y", "y", "x", "x", "z", "z", "x"),
	)
	y := []float64{0, 0, 0, 0, 0, 0, 1, 1, 1}
	hot := `{"step":"encode"},`
	_, fitted, d := kept(t, f, y, hot+`{"step":"class_weight"}`)
	if want := []float64{.75, .75, .75, .75, .75, .75, 1.5, 1.5, 1.5}; !slices.Equal(d.Weights, want) || d.Balanced {
		t.Errorf("weights %v, want %v", d.Weights, want)
	}
	if l := fitted.Describe(recipe.Recipe{}); l[len(l)-1].Step != "class_weight" {
		t.Errorf("described as %+v", l)
	}
	count := func(d *recipe.Data) (n [2]int) {
		for _, c := range d.Y {
			n[int(c)]++
		}
		return n
	}
	for step, want := range map[string][2]int{"random_over": {6, 6}, "random_under": {3, 3}, "smote": {6, 6}} {
		rows, fitted, d := kept(t, f, y, hot+`{"step":"`+step+`"}`)
		if got := count(d); got != want || d.X.Rows != len(d.Y) || !d.Balanced || len(rows) != 9 || fitted.Rows() != 9 {
			t.Errorf("%s: %v rows of the classes, want %v", step, got, want)
		}
		_, _, again := kept(t, f, y, hot+`{"step":"`+step+`"}`)
		if !slices.Equal(again.X.Columns()[0], d.X.Columns()[0]) {
			t.Errorf("%s draws other rows for the same seed", step)
		}
		if x, _ := transform(t, fitted, f, nil); x.Rows != 9 {
			t.Errorf("%s: %d rows at prediction", step, x.Rows)
		}
	}
	_, _, d = kept(t, f, y, hot+`{"step":"smote","k_neighbors":1}`)
	a := d.X.Columns()[0]
	for i := 9; i < 12; i++ { // between 10 and 11, or 13 and 11
		if !(a[i] >= 10 && a[i] <= 13) || slices.Contains([]float64{10, 11, 13}, a[i]) {
			t.Errorf("made row %d has %v, want a number between neighbors", i, a[i])
		}
		sum := 0.0
		for _, c := range d.X.Columns()[1:] {
			sum += c[i]
		}
		if sum != 1 || d.X.Columns()[3][i] != 1 { // the nearest neighbors of all three have z
			t.Errorf("made row %d has the indicators %v, %v, %v", i, d.X.Columns()[1][i], d.X.Columns()[2][i], d.X.Columns()[3][i])
		}
	}
	for _, tt := range []struct {
		y       []float64
		classes int
		message string
	}{{y, 0, "is for classes"}, {[]float64{0, 0, 0, 0, 0, 0, 0, 0, 1}, 2, "single training row"}} {
		_, _, err := tryLearn(t, f, tt.y, tt.classes, recipe.Step{Name: "smote"})
		if p, ok := problem.As(err); !ok || !strings.Contains(p.Message, tt.message) {
			t.Errorf("SMOTE of %v = %v, want a problem with %q", tt.y, err, tt.message)
		}
	}
}

// TestNative checks what a learner gets that takes missing numbers and
// categories, and that steps which cannot take them change that.
func TestNative(t *testing.T) {
	f := frame.New(column(t, "n", frame.Numeric, 1.0, nil, 3.0, 4.0), column(t, "c", frame.Category, "x", nil, "y", "new"))
	want := recipe.Want{Native: true}
	full, notes := recipe.Recipe{}.Complete(f, f.Names(), steps, want)
	if len(full.Steps) != 0 || len(notes) != 2 {
		t.Errorf("completed with %v and %v, want notes alone", full.Steps, notes)
	}
	in := recipe.Training{Frame: f, Features: f.Names(), Rows: []int{0, 1, 2}, Y: []float64{0, 1, 0}, Classes: 2, Native: true}
	fitted, d, err := recipe.Fit(t.Context(), full, steps, in)
	if err != nil {
		t.Fatal(err)
	}
	if n := d.X.Blocks[0].Dense; n[0] != 1 || n[1] == n[1] || d.X.Blocks[1].Levels != 2 || !slices.Equal(d.X.Blocks[1].Codes, []int32{0, -1, 1}) || !fitted.Native() {
		t.Errorf("blocks %+v", d.X.Blocks)
	}
	again := new(recipe.Fitted)
	if err := again.UnmarshalBinary(stored(t, fitted)); err != nil {
		t.Fatal(err)
	}
	x, seen := transform(t, again, f, []int{3})
	if x.Blocks[1].Codes[0] != -1 || len(seen) != 1 || seen[0].Unseen != 1 {
		t.Errorf("an unseen category: %+v, %+v", x.Blocks, seen)
	}
	in.Native = false
	if _, _, err := recipe.Fit(t.Context(), full, steps, in); err == nil {
		t.Error("missing numbers are let through for any learner")
	}
	in.Native = true
	if _, d, err = recipe.Fit(t.Context(), parse(t, `{"steps":[{"step":"random_over"}]}`), steps, in); err != nil || d.X.Rows != 4 || d.X.Blocks[1].Levels != 2 {
		t.Errorf("repeated rows: %+v, %v", d, err)
	}
	full, _ = parse(t, `{"steps":[{"step":"select_best"}]}`).Complete(f, f.Names(), steps, want)
	fitted, d, err = recipe.Fit(t.Context(), full, steps, in)
	if err != nil {
		t.Fatal(err)
	}
	if fitted.Native() || d.X.Blocks[0].Dense == nil || len(full.Steps) != 3 {
		t.Errorf("with a step on prepared columns: %+v, %v", d.X.Blocks, full.Steps)
	}
}

func TestLeast(t *testing.T) {
	x := []float64{3, 1, 2, 1, 0, 1, 5}
	for _, tt := range []struct {
		k, own int
		want   []int
	}{{1, 4, []int{1}}, {3, 4, []int{1, 3, 5}}, {4, 1, []int{4, 3, 5, 2}}, {6, 0, []int{4, 1, 3, 5, 2, 6}}} {
		if got := recipe.Least(x, tt.k, tt.own); !slices.Equal(got, tt.want) {
			t.Errorf("the least %d but for %d = %v, want %v", tt.k, tt.own, got, tt.want)
		}
	}
}
