package recipe_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"clicktrain/internal/frame"
)

// TestBinsOfRecomputedColumns checks that numbers that differ in their last
// digits, as a transformed column's do in numpy, fall in the same bins.
func TestBinsOfRecomputedColumns(t *testing.T) {
	const n = 400
	rng := rand.New(rand.NewPCG(3, 4))
	values, moved := make([]any, n), make([]any, n)
	rows := make([]int, n)
	for i := range n {
		x := float64(1 + rng.IntN(90))
		values[i], moved[i], rows[i] = x, x*(1+float64(rng.IntN(5)-2)*0x1p-50), i
	}
	f, other := frame.New(column(t, "x", frame.Numeric, values...)), frame.New(column(t, "x", frame.Numeric, moved...))
	for _, method := range []string{"yeo_johnson", "box_cox", "log", "quantile"} {
		for _, strategy := range []string{"quantile", "uniform", "kmeans"} {
			fitted, _, _ := fit(t, `{"step":"impute"},{"step":"transform","method":"`+method+`","n_quantiles":2},{"step":"bin","strategy":"`+strategy+`","n_bins":9,"encode":"ordinal"}`, f, f.Names(), rows...)
			want, _ := transform(t, fitted, f, rows)
			got, _ := transform(t, fitted, other, rows)
			for i := range n {
				if got.Blocks[0].Dense[i] != want.Blocks[0].Dense[i] {
					t.Errorf("%s, %s: %v is in bin %v, and %v in bin %v", method, strategy, values[i], want.Blocks[0].Dense[i], moved[i], got.Blocks[0].Dense[i])
					break
				}
			}
		}
	}
}

// TestComponentsBeyondTheRank checks that no component is made of rounding
// errors, which whitening would make as large as the others.
func TestComponentsBeyondTheRank(t *testing.T) {
	const n = 60
	a, b, sum := make([]any, n), make([]any, n), make([]any, n)
	rows := make([]int, n)
	for i := range n {
		x, y := math.Sin(float64(i)), math.Cos(float64(3*i))
		a[i], b[i], sum[i], rows[i] = x, y, x+y, i
	}
	f := frame.New(column(t, "a", frame.Numeric, a...), column(t, "b", frame.Numeric, b...), column(t, "sum", frame.Numeric, sum...))
	_, x, _ := fit(t, `{"step":"impute"},{"step":"scale"},{"step":"pca","n_components":3,"whiten":true}`, f, f.Names(), rows...)
	if x.Cols != 2 {
		t.Errorf("%d components of two columns and their sum, want 2", x.Cols)
	}
}
