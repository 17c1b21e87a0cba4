package recipe_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"

	"github.com/google/go-cmp/cmp"
)

// preparedCase is one of testdata/prepared.json.
type preparedCase struct {
	Name, Step string
	Params     map[string]any
	Y          []float64
	Classes    int
	Test       [][]float64 // by column
	Scores     []*float64
	PValues    []*float64
	Crossed    [][]float64
}

type preparedGolden struct {
	Train          int
	X              [][]float64
	Words          []any
	Cases, Targets []preparedCase
}

func readPrepared(t *testing.T) preparedGolden {
	t.Helper()
	b, err := os.ReadFile("testdata/prepared.json")
	if err != nil {
		t.Fatal(err)
	}
	var g preparedGolden
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber() // tells 5 from 5.0
	if err := d.Decode(&g); err != nil {
		t.Fatal(err)
	}
	return g
}

// learn fits steps with a target on the first rows, one for each of y.
func learn(t testing.TB, f *frame.Frame, y []float64, classes int, steps2 ...recipe.Step) (*recipe.Fitted, *recipe.Data) {
	t.Helper()
	fitted, d, err := tryLearn(t, f, y, classes, steps2...)
	if err != nil {
		t.Fatal(err)
	}
	return fitted, d
}

func tryLearn(t testing.TB, f *frame.Frame, y []float64, classes int, steps2 ...recipe.Step) (*recipe.Fitted, *recipe.Data, error) {
	t.Helper()
	r, err := recipe.Recipe{Steps: steps2}.Resolve(f, steps)
	if err != nil {
		return nil, nil, err
	}
	full, _ := r.Complete(f, f.Names(), steps, recipe.Want{})
	in := recipe.Training{Frame: f, Features: f.Names(), Y: y, Classes: classes, Seed: 1, Workers: 2}
	for i := range y {
		in.Rows = append(in.Rows, i)
	}
	return recipe.Fit(t.Context(), full, steps, in)
}

func restFrom(f *frame.Frame, first int) []int {
	var rows []int
	for i := first; i < f.Rows; i++ {
		rows = append(rows, i)
	}
	return rows
}

// TestPreparedGolden compares the steps on prepared columns with scikit-learn.
func TestPreparedGolden(t *testing.T) {
	g := readPrepared(t)
	var columns []*frame.Column
	for j, x := range g.X {
		columns = append(columns, &frame.Column{Name: fmt.Sprint("c", j), Num: x})
	}
	signed := frame.New(columns...)
	var counts []*frame.Column
	for _, c := range columns {
		sizes := make([]float64, len(c.Num))
		for i, x := range c.Num {
			sizes[i] = math.Abs(x)
		}
		counts = append(counts, &frame.Column{Name: c.Name, Num: sizes})
	}
	for _, c := range g.Cases {
		t.Run(c.Name, func(t *testing.T) {
			f := signed
			if c.Params["score_func"] == "chi2" {
				f = frame.New(counts...)
			}
			fitted, d := learn(t, f, c.Y, c.Classes, recipe.Step{Name: c.Step, Params: c.Params})
			x, _ := transform(t, fitted, f, restFrom(f, g.Train))
			if len(fitted.Names()) != len(c.Test) || x.Cols != len(c.Test) || d.X.Cols != len(c.Test) {
				t.Fatalf("%d names, %d columns, want %d", len(fitted.Names()), x.Cols, len(c.Test))
			}
			const tol = 1e-10 // singular vectors of columns of sizes 1 and 1000
			for j, got := range x.Columns() {
				if !slices.EqualFunc(got, c.Test[j], near(tol)) {
					t.Errorf("column %d (%s) = %v, want %v", j, fitted.Names()[j], got, c.Test[j])
				}
			}
			again := new(recipe.Fitted)
			if err := again.UnmarshalBinary(stored(t, fitted)); err != nil {
				t.Fatal(err)
			}
			y, _ := transform(t, again, f, restFrom(f, g.Train))
			if diff := cmp.Diff(x.Columns(), y.Columns()); diff != "" || !slices.Equal(again.Names(), fitted.Names()) {
				t.Errorf("stored and read: %s", diff)
			}
			l := fitted.Describe(recipe.Recipe{})
			if l[len(l)-1].Step != c.Step || l[len(l)-1].Text == "" {
				t.Errorf("described as %+v", l[len(l)-1])
			}
			for j, p := range recipe.PValues(fitted) {
				if s, p2 := recipe.Scores(fitted)[j], c.PValues[j]; p2 != nil && (math.Abs(s-*c.Scores[j]) > 1e-9*max(1, *c.Scores[j]) || !near(1e-12)(p, *p2)) {
					t.Errorf("column %d has the score %v of p %v, want %v of %v", j, s, p, *c.Scores[j], *p2)
				}
			}
		})
	}
}

// TestTargetGolden compares target encoding with scikit-learn: that of rows to
// come, and by folds that scikit-learn's encoder was fitted around that of
// training rows.
func TestTargetGolden(t *testing.T) {
	g := readPrepared(t)
	f := frame.New(column(t, "word", frame.Category, g.Words...))
	for _, c := range g.Targets {
		t.Run(c.Name, func(t *testing.T) {
			fitted, d := learn(t, f, c.Y, c.Classes, recipe.Step{Name: "encode", Params: c.Params})
			x, _ := transform(t, fitted, f, restFrom(f, g.Train))
			for j, got := range x.Columns() {
				if !slices.EqualFunc(got, c.Test[j], near(1e-12)) {
					t.Errorf("column %d = %v, want %v", j, got, c.Test[j])
				}
			}
			own, _ := transform(t, fitted, f, nil)
			same := 0
			for i := range g.Train {
				if d.X.Columns()[0][i] == own.Columns()[0][i] {
					same++
				}
			}
			if same > g.Train/3 { // a category of equal targets is the same without some
				t.Errorf("%d of %d training rows are encoded with their own targets", same, g.Train)
			}
			smooth := math.NaN()
			if s, ok := c.Params["smooth"].(json.Number); ok {
				smooth, _ = s.Float64()
			}
			got := recipe.CrossFit(t, f.Columns[0], c.Y, c.Classes, smooth, 5)
			for j := range got {
				if !slices.EqualFunc(got[j], c.Crossed[j], near(1e-12)) {
					t.Errorf("cross-fitted column %d = %v, want %v", j, got[j], c.Crossed[j])
				}
			}
		})
	}
}

func TestPreparedColumnsKeepTheirOrigin(t *testing.T) {
	f := frame.New(
		column(t, "a", frame.Numeric, 1.0, 2.0, 3.0, 5.0),
		column(t, "b", frame.Category, "x", "y", "x", "z"),
		column(t, "c", frame.Numeric, 2.0, 0.0, 1.0, 7.0),
	)
	y := []float64{0, 1, 0, 1}
	hot := recipe.Step{Name: "encode"}
	fitted, _ := learn(t, f, y, 2, hot, recipe.Step{Name: "polynomial", Columns: []string{"a", "c"}})
	wantNames := []string{"a", "c", "a^2", "a c", "c^2", "b_x", "b_y", "b_z"}
	wantOrigin := [][]int{{0}, {2}, {0}, {0, 2}, {2}, {1}, {1}, {1}}
	if diff := cmp.Diff(wantNames, fitted.Names()); diff != "" {
		t.Errorf("names: %s", diff)
	}
	if diff := cmp.Diff(wantOrigin, fitted.Origin()); diff != "" {
		t.Errorf("origin: %s", diff)
	}
	x, _ := transform(t, fitted, f, []int{3})
	if diff := cmp.Diff([][]float64{{5}, {7}, {25}, {35}, {49}, {0}, {0}, {1}}, x.Columns()); diff != "" {
		t.Errorf("columns: %s", diff)
	}
	// Of one-hot groups some columns may go, and codes stay codes.
	fitted, d := learn(t, f, y, 2, hot, recipe.Step{Name: "select_best", Columns: []string{"b"}, Params: map[string]any{"k": 2}})
	if got := fitted.Names(); !slices.Equal(got, []string{"b_x", "b_y", "a", "c"}) && !slices.Equal(got, []string{"b_x", "b_z", "a", "c"}) {
		t.Errorf("names %q, want two of b first", got)
	}
	if d.X.Blocks[0].Dense != nil || d.X.Blocks[0].Width != 2 {
		t.Errorf("the kept part of the group is %+v", d.X.Blocks[0])
	}
}

// TestPreparedRefuses checks that what costs too much, or cannot be, is refused
// with the number.
func TestPreparedRefuses(t *testing.T) {
	var columns []*frame.Column
	for j := range 120 {
		c := &frame.Column{Name: fmt.Sprint("c", j), Num: make([]float64, 6)}
		for i := range c.Num {
			c.Num[i] = math.Sin(float64(i*j + i))
		}
		columns = append(columns, c)
	}
	f := frame.New(columns...)
	y := []float64{0, 1, 0, 1, 0, 1}
	for name, tt := range map[string]struct {
		step    recipe.Step
		y       []float64
		message string
	}{
		"products":        {recipe.Step{Name: "polynomial"}, y, "of 120 prepared columns would make 7380; the limit is 5000"},
		"components":      {recipe.Step{Name: "pca", Params: map[string]any{"n_components": 7}}, y, "at most 6 principal components"},
		"no variance":     {recipe.Step{Name: "variance_threshold", Params: map[string]any{"threshold": 5.0}}, y, "variance above 5"},
		"no target":       {recipe.Step{Name: "select_best"}, nil, "learns from the target"},
		"below 0":         {recipe.Step{Name: "select_best", Params: map[string]any{"score_func": "chi2"}}, y, "chi2 takes no numbers below 0, and c"},
		"none in hundred": {recipe.Step{Name: "select_best", Params: map[string]any{"mode": "percentile", "percentile": 0.0}}, y, "is none"},
	} {
		in := recipe.Training{Frame: f, Features: f.Names(), Rows: []int{0, 1, 2, 3, 4, 5}, Y: tt.y, Classes: 2}
		r, _ := recipe.Recipe{Steps: []recipe.Step{tt.step}}.Complete(f, f.Names(), steps, recipe.Want{})
		_, _, err := recipe.Fit(t.Context(), r, steps, in)
		p, ok := problem.As(err)
		if !ok || !strings.Contains(p.Message, tt.message) || p.Hint == "" || !strings.HasPrefix(p.Field, "steps[1]") {
			t.Errorf("%s: Fit = %v, field %q, want a problem with %q", name, err, p.Field, tt.message)
		}
	}
}
