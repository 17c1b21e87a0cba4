package tree

import (
	"math/rand/v2"
	"testing"

	"clicktrain/internal/frame"
)

// BenchmarkGrow grows one tree after the other on one processor: best and
// random splits of classes and of numbers.
func BenchmarkGrow(b *testing.B) {
	const n, p = 50_000, 20
	random := rand.New(rand.NewPCG(1, 2))
	cols := make([][]float64, p)
	for j := range cols {
		cols[j] = make([]float64, n)
		for i := range cols[j] {
			cols[j][i] = random.NormFloat64()
		}
	}
	X := frame.Dense(n, cols...)
	cut, err := Cut(b.Context(), X, 256, 1)
	if err != nil {
		b.Fatal(err)
	}
	exact, err := CutExact(b.Context(), X, 1)
	if err != nil {
		b.Fatal(err)
	}
	for name, classes := range map[string]int{"numbers": 0, "two": 2, "five": 5} {
		y := make([]float64, n)
		for i := range y {
			y[i] = 3*cols[0][i] + cols[1][i]*cols[2][i] + random.NormFloat64()
			if classes > 0 {
				y[i] = float64(min(max(int(y[i]+float64(classes)/2), 0), classes-1))
			}
		}
		m := 4
		if classes == 0 {
			m = p
		}
		uncut, err := Uncut(b.Context(), X, classes, Options{MaxFeatures: m}, 1)
		if err != nil {
			b.Fatal(err)
		}
		for how, c := range map[string]*Columns{"binned": cut, "exact": exact, "random": uncut} {
			b.Run(name+"/"+how, func(b *testing.B) {
				g := NewGrower(c, y, classes, Options{Random: how == "random", MinSamplesSplit: 2, MinSamplesLeaf: 1, MaxFeatures: m})
				for b.Loop() {
					if _, err := g.Grow(b.Context(), nil, rand.NewPCG(1, 1)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
