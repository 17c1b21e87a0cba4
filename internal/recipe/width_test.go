package recipe_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// TestTooManyIndicators checks that one-hot columns are counted batch by batch:
// a column after them that cannot be prepared is not come to.
func TestTooManyIndicators(t *testing.T) {
	const n, wide = 8, 3000
	var columns []*frame.Column
	for j := range wide {
		c := &frame.Column{Name: fmt.Sprint("c", j), Num: make([]float64, n)}
		for i := range c.Num {
			c.Num[i] = float64(i)
			if j == wide-1 {
				c.Num[i] = math.MaxFloat64 * float64(1-2*(i%2))
			}
		}
		columns = append(columns, c)
	}
	f := frame.New(columns...)
	for from, want := range map[int]string{0: "One-hot encoding would make 5120 columns of the first 1024 of 3000 columns, 5 of them from c0", wide - 1: "no range"} {
		features := f.Names()[from:]
		r, _ := recipe.Recipe{Steps: []recipe.Step{{Name: "bin", Columns: features}}}.Complete(f, features, steps, recipe.Want{})
		for _, workers := range []int{1, 3} {
			_, _, err := recipe.Fit(t.Context(), r, steps, recipe.Training{Frame: f, Features: features, Rows: []int{0, 1, 2, 3, 4, 5, 6, 7}, Workers: workers})
			if p, ok := problem.As(err); !ok || !strings.Contains(p.Message, want) || p.Hint == "" {
				t.Errorf("columns from %d, %d workers: %v, want a problem with %q", from, workers, err, want)
			}
		}
	}
}

// TestTooMuchInAll checks that what each of several texts may take is refused
// together, before it is made.
func TestTooMuchInAll(t *testing.T) {
	const n = 300_000
	var words []string
	for i := range 240 {
		words = append(words, "w"+strings.Repeat("x", i))
	}
	text := func(name string) *frame.Column {
		c := &frame.Column{Name: name, Kind: frame.Text, Codes: make([]int32, n), Levels: []string{strings.Join(words, " ")}}
		for i := range c.Codes[1:] {
			c.Codes[1+i] = -1
		}
		return c
	}
	f := frame.New(text("a"), text("b"), text("c"), text("d"))
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	r, err := parse(t, `{"steps":[{"step":"tfidf","columns":["a","b","c","d"],"max_features":1000}]}`).Resolve(f, steps)
	if err != nil {
		t.Fatal(err)
	}
	for _, workers := range []int{1, 2, 4} {
		_, _, err = recipe.Fit(t.Context(), r, steps, recipe.Training{Frame: f, Features: f.Names(), Rows: rows, Workers: workers})
		p, ok := problem.As(err)
		if !ok || p.Field != "max_features" || p.Column != "a" || !strings.Contains(p.Message, "take 1094 MB in all, 547 MB of them from a; the limit is 1024 MB") ||
			!strings.Contains(p.Hint, "max_features to 223 ") {
			t.Errorf("%d workers: %v (%+v), want a problem of the first two texts", workers, err, p)
		}
	}
	r.Steps[0].Params = map[string]any{"max_features": 3}
	if _, _, err := recipe.Fit(t.Context(), r, steps, recipe.Training{Frame: f, Features: f.Names(), Rows: rows[:10]}); err != nil {
		t.Errorf("few rows: %v", err)
	}
}
