package recipe_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/recipe"
)

// mixed returns a table with as many number columns, a tenth of their values
// missing, as columns of ten categories.
func mixed(rows, cols int) *frame.Frame {
	rng := rand.New(rand.NewPCG(1, 2))
	levels := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}
	var columns []*frame.Column
	for j := range cols {
		c := &frame.Column{Name: fmt.Sprint("c", j)}
		if j%2 == 1 {
			c.Kind, c.Levels, c.Codes = frame.Category, levels, make([]int32, rows)
			for i := range c.Codes {
				c.Codes[i] = int32(rng.IntN(len(levels)))
			}
		} else {
			c.Num = make([]float64, rows)
			for i := range c.Num {
				if c.Num[i] = rng.NormFloat64(); rng.IntN(10) == 0 {
					c.Num[i] = math.NaN()
				}
			}
		}
		columns = append(columns, c)
	}
	return frame.New(columns...)
}

func BenchmarkFit(b *testing.B) {
	for _, size := range []struct{ rows, cols int }{{1_000, 20}, {100_000, 20}} {
		b.Run(fmt.Sprintf("rows=%d/cols=%d", size.rows, size.cols), func(b *testing.B) {
			f := mixed(size.rows, size.cols)
			rows := rand.New(rand.NewPCG(3, 4)).Perm(size.rows)
			r, _ := recipe.Recipe{}.Complete(f, f.Names(), steps, recipe.Want{Scale: true})
			b.ReportAllocs()
			for b.Loop() {
				if _, _, _, err := fitRows(b.Context(), r, steps, f, f.Names(), rows); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(size.rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkTransform(b *testing.B) {
	for _, rows := range []int{1, 100_000} {
		b.Run(fmt.Sprintf("rows=%d/cols=20", rows), func(b *testing.B) {
			f := mixed(max(rows, 100), 20)
			all := rand.New(rand.NewPCG(3, 4)).Perm(f.Rows)
			r, _ := recipe.Recipe{}.Complete(f, f.Names(), steps, recipe.Want{Scale: true})
			fitted, _, _, err := fitRows(b.Context(), r, steps, f, f.Names(), all)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := fitted.Transform(f, all[:rows]); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
