package tree

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// TestSearchesAgree compares every search of every criterion with one that
// tries all cuts by the definition of the impurity.
func TestSearchesAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for trial := range 400 {
		rows := 2 + random.IntN(few-1)
		if trial%2 == 1 {
			rows = 2 + random.IntN(500)
		}
		n := 2 + random.IntN(300)
		minLeaf := 1 + trial%3
		bins := make([]uint16, rows)
		for i := range bins {
			bins[i] = uint16(random.IntN(n))
		}
		if constant(bins) {
			continue
		}
		weights := make([]uint32, rows)
		for i := range weights {
			weights[i] = 1 + uint32(random.IntN(3))
		}
		for _, k := range []int{0, 2, 4} {
			y := make([]float64, rows)
			for i := range y {
				y[i] = random.NormFloat64()
				if k > 0 {
					y[i] = float64(random.IntN(k))
				}
			}
			want, ok := bruteForce(bins, y, weights, k, minLeaf)
			for name, search := range searches(y, weights, k, minLeaf) {
				got, ran := search(bins, n)
				if !ran {
					continue
				}
				where := fmt.Sprintf("trial %d: %s of %d rows, %d bins, min_samples_leaf %d", trial, name, rows, n, minLeaf)
				if !ok {
					if got.num >= 0 {
						t.Fatalf("%s: found %+v where there is no cut", where, got)
					}
					continue
				}
				if fall := impurityFall(bins, y, weights, k, got.left); math.Abs(fall-want) > 1e-9*max(1, want) {
					t.Fatalf("%s: found a fall of %v, want %v", where, fall, want)
				}
				for _, b := range bins {
					if b > got.left && b < got.right {
						t.Fatalf("%s: bin %d lies between %d and %d", where, b, got.left, got.right)
					}
				}
			}
		}
	}
}

type search func(bins []uint16, n int) (c cut, ran bool)

// searches returns the searches of the criterion for k classes, entered at all
// rows.
func searches(y []float64, weights []uint32, k, minLeaf int) map[string]search {
	rows := make([]int32, len(y))
	for i := range rows {
		rows[i] = int32(i)
	}
	enter := func(c criterion) {
		c.begin(rows, rowWeights{whole: weights}, 0)
		c.enter(rows, 0)
	}
	when := func(can func(bins []uint16, n int) bool, f func([]uint16, int) cut) search {
		return func(bins []uint16, n int) (cut, bool) {
			if !can(bins, n) {
				return cut{}, false
			}
			return f(bins, n), true
		}
	}
	always := func([]uint16, int) bool { return true }
	single := func([]uint16, int) bool { return minLeaf == 1 }
	small := func(bins []uint16, _ int) bool { return len(bins) <= few }
	pairs := func(_ []uint16, n int) bool { return minLeaf == 1 && n*k <= MaxBins }
	switch k {
	case 0:
		c := newVariance(y, len(y), minLeaf)
		enter(c)
		return map[string]search{
			"best": when(always, c.best), "searchLeaf": when(always, c.searchLeaf),
			"searchDense": when(single, c.searchDense), "searchSparse": when(single, c.searchSparse),
			"searchFew": when(small, func(b []uint16, _ int) cut { return c.searchFew(b) }),
		}
	case 2:
		c := newTwoClass(y, len(y), minLeaf)
		enter(c)
		return map[string]search{
			"best": when(always, c.best), "searchLeaf": when(always, c.searchLeaf),
			"searchDense": when(single, c.searchDense), "searchSparse": when(single, c.searchSparse),
			"searchFew": when(small, func(b []uint16, _ int) cut { return c.searchFew(b) }),
		}
	}
	c := newManyClass(y, k, len(y), minLeaf)
	enter(c)
	return map[string]search{
		"best": when(always, c.best), "searchSorted": when(always, c.searchSorted),
		"searchDense": when(single, c.searchDense), "searchPairs": when(pairs, c.searchPairs),
		"searchFew": when(small, func(b []uint16, _ int) cut { return c.searchFew(b) }),
	}
}

// bruteForce returns the greatest fall in impurity over all cuts.
func bruteForce(bins []uint16, y []float64, weights []uint32, k, minLeaf int) (best float64, ok bool) {
	for _, left := range bins {
		l := 0
		for _, b := range bins {
			if b <= left {
				l++
			}
		}
		if l < minLeaf || len(bins)-l < minLeaf || l == len(bins) {
			continue
		}
		best, ok = max(best, impurityFall(bins, y, weights, k, left)), true
	}
	return best, ok
}

// impurityFall is the weighted impurity of all rows less that of both sides.
func impurityFall(bins []uint16, y []float64, weights []uint32, k int, left uint16) float64 {
	in := func(b uint16) bool { return b <= left }
	out := func(b uint16) bool { return b > left }
	all := func(uint16) bool { return true }
	return impurityOf(bins, y, weights, k, all) - impurityOf(bins, y, weights, k, in) - impurityOf(bins, y, weights, k, out)
}

// impurityOf is the Gini impurity or the variance of some rows, times their
// weight.
func impurityOf(bins []uint16, y []float64, weights []uint32, k int, has func(uint16) bool) float64 {
	var w, mean, impurity float64
	counts := make([]float64, k)
	for i, b := range bins {
		if has(b) {
			w += float64(weights[i])
			mean += float64(weights[i]) * y[i]
			if k > 0 {
				counts[int(y[i])] += float64(weights[i])
			}
		}
	}
	if w == 0 {
		return 0
	}
	if k > 0 {
		impurity = 1
		for _, c := range counts {
			impurity -= c / w * c / w
		}
		return w * impurity
	}
	mean /= w
	for i, b := range bins {
		if has(b) {
			impurity += float64(weights[i]) * (y[i] - mean) * (y[i] - mean)
		}
	}
	return impurity
}
