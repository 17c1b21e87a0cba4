package tree

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestOrderIsTheStableSort(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	var s sorter
	for name, draw := range map[string]func() float64{
		"normal":     rng.NormFloat64,
		"near":       func() float64 { return 1 + 0x1p-20*float64(rng.IntN(1<<14)) },
		"one value":  func() float64 { return 3 },
		"zeros":      func() float64 { return math.Copysign(0, float64(rng.IntN(2))-0.5) },
		"magnitudes": func() float64 { return math.Copysign(math.Exp(20*rng.NormFloat64()), rng.Float64()-0.5) },
	} {
		for _, n := range []int{1, 2, 500, 20_000} {
			x := make([]float64, n)
			for i := range x {
				x[i] = draw()
			}
			want := make([]int32, n)
			for i := range want {
				want[i] = int32(i)
			}
			slices.SortStableFunc(want, func(a, b int32) int {
				return int(int64(Key(x[a])) - int64(Key(x[b])))
			})
			got, err := s.order(x)
			if err != nil {
				t.Fatal(err.at(0))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: the order of %d rows is not that of their values", name, n)
			}
		}
	}
	if _, err := s.order([]float64{1, 1e39}); err == nil {
		t.Error("1e39 is not refused")
	}
}

// One sorter serves many columns: what it keeps of one must not show in the
// next.
func TestExactColumns(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	var s sorter
	const n = 3 * MaxBins
	for _, values := range []int{3, n, 200, n, 257, MaxBins, 1, MaxBins + 1} {
		x := make([]float64, n)
		for i, at := range rng.Perm(n) {
			x[at] = float64(i%values) - 2
		}
		c, err := s.exact(x)
		if err != nil {
			t.Fatal(err.at(0))
		}
		if values > MaxBins {
			for i := 1; i < n; i++ {
				if x[c.order[i-1]] > x[c.order[i]] {
					t.Fatalf("%d values: place %d is not in order", values, i)
				}
			}
			defer func(order, want []int32) { // others after it left it alone
				if !slices.Equal(order, want) {
					t.Errorf("%d values: the order was written over", values)
				}
			}(c.order, slices.Clone(c.order))
			continue
		}
		if len(c.lo) != values || (c.wide != nil) != (values > 256) {
			t.Fatalf("%d values: %d bins, wide %v", values, len(c.lo), c.wide != nil)
		}
		rows, bins := make([]int32, n), make([]uint16, n)
		for i := range rows {
			rows[i] = int32(i)
		}
		c.load(bins, rows)
		for i, b := range bins {
			if float64(c.lo[b]) != x[i] || c.hi[b] != c.lo[b] {
				t.Fatalf("%d values: row %d of %v is in the bin of %v", values, i, x[i], c.lo[b])
			}
		}
	}
}
