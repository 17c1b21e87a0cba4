package recipe_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/recipe"
	"clicktrain/internal/recipe/balance"
	"clicktrain/internal/recipe/bin"
	"clicktrain/internal/recipe/dates"
	"clicktrain/internal/recipe/encode"
	"clicktrain/internal/recipe/impute"
	"clicktrain/internal/recipe/outlier"
	"clicktrain/internal/recipe/prepared"
	"clicktrain/internal/recipe/raw"
	"clicktrain/internal/recipe/rows"
	"clicktrain/internal/recipe/scale"
	"clicktrain/internal/recipe/shape"
	textstep "clicktrain/internal/recipe/text"
)

var steps = []recipe.Definition{impute.Definition, rows.DropMissing, dates.Definition, encode.Definition, textstep.Definition, scale.Definition,
	outlier.Cap, outlier.Flag, shape.Definition, bin.Definition,
	raw.DropColumns, raw.SetKind, raw.TreatAsMissing, raw.DropConstant, rows.DropDuplicates, rows.DropOutliers,
	prepared.VarianceThreshold, prepared.SelectBest, prepared.Polynomial, prepared.PCA,
	balance.ClassWeight, balance.RandomOver, balance.RandomUnder, balance.SMOTE}

type goldenCase struct {
	Name    string
	Columns []struct {
		Name, Kind string
		Values     []any
	}
	Steps       []recipe.Step
	Train, Test []int
	Expected    []struct {
		Name        string
		Train, Test []float64
		Tolerance   float64 // what another order of summation may change
	}
}

// column builds a column from JSON values: null is missing.
func column(t testing.TB, name string, kind frame.Kind, values ...any) *frame.Column {
	t.Helper()
	c := &frame.Column{Name: name, Kind: kind}
	if c.Numbers() {
		for _, v := range values {
			switch x := v.(type) {
			case float64:
				c.Num = append(c.Num, x)
			case nil:
				c.Num = append(c.Num, math.NaN())
			default:
				t.Fatalf("%s: %v is no number", name, v)
			}
		}
		return c
	}
	texts := make([]string, len(values))
	for i, v := range values {
		switch x := v.(type) {
		case nil:
			continue
		case bool:
			texts[i] = map[bool]string{false: "False", true: "True"}[x]
		default:
			texts[i] = x.(string)
		}
		if !slices.Contains(c.Levels, texts[i]) {
			c.Levels = append(c.Levels, texts[i])
		}
	}
	slices.Sort(c.Levels)
	for i, v := range values {
		code := int32(-1)
		if v != nil {
			code = int32(slices.Index(c.Levels, texts[i]))
		}
		c.Codes = append(c.Codes, code)
	}
	return c
}

func kindOf(t testing.TB, name string) frame.Kind {
	for k := frame.Numeric; k <= frame.ID; k++ {
		if k.String() == name {
			return k
		}
	}
	t.Fatalf("no kind %q", name)
	return 0
}

// near returns whether two numbers differ by at most tol, relative to the
// larger where that is above 1.
func near(tol float64) func(a, b float64) bool {
	return func(a, b float64) bool {
		return a == b || math.Abs(a-b) <= tol*max(1, math.Abs(a), math.Abs(b))
	}
}

// TestGolden compares with scikit-learn, for which testdata/golden.py,
// columns.py and several.py wrote the files; they name the versions used.
func TestGolden(t *testing.T) {
	for _, name := range []string{"golden", "columns", "several"} {
		t.Run(name, func(t *testing.T) { testGolden(t, "testdata/"+name+".json") })
	}
}

func testGolden(t *testing.T, path string) {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var golden struct{ Cases []goldenCase }
	if err := json.Unmarshal(b, &golden); err != nil {
		t.Fatal(err)
	}
	for _, g := range golden.Cases {
		t.Run(g.Name, func(t *testing.T) {
			var columns []*frame.Column
			for _, c := range g.Columns {
				columns = append(columns, column(t, c.Name, kindOf(t, c.Kind), c.Values...))
			}
			f := frame.New(columns...)
			r, err := recipe.Recipe{Steps: g.Steps}.Resolve(f, steps)
			if err != nil {
				t.Fatal(err)
			}
			fitted, x, kept, err := fitRows(t.Context(), r, steps, f, f.Names(), g.Train)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(kept, g.Train) {
				t.Errorf("kept rows %v, want all", kept)
			}
			tested, _, err := fitted.Transform(f, g.Test)
			if err != nil {
				t.Fatal(err)
			}
			names := fitted.Names()
			if len(names) != len(g.Expected) || x.Cols != len(names) || tested.Cols != len(names) {
				t.Fatalf("%d names, %d and %d columns, want %d", len(names), x.Cols, tested.Cols, len(g.Expected))
			}
			for _, want := range g.Expected {
				j := slices.Index(names, want.Name)
				if j < 0 {
					t.Errorf("no column %q in %q", want.Name, names)
					continue
				}
				if got := x.Columns()[j]; !slices.EqualFunc(got, want.Train, near(want.Tolerance)) {
					t.Errorf("%s in training = %v, want %v", want.Name, got, want.Train)
				}
				if got := tested.Columns()[j]; !slices.EqualFunc(got, want.Test, near(want.Tolerance)) {
					t.Errorf("%s in test = %v, want %v", want.Name, got, want.Test)
				}
			}
		})
	}
}
