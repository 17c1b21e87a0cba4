package boost

import (
	"cmp"
	"math"
	"slices"

	"clicktrain/internal/numeric"
)

// weighted is a number and how much it counts.
type weighted struct{ value, weight float64 }

func byValue(a, b weighted) int { return cmp.Compare(a.value, b.value) }

// cumulated returns the running sums of the weights.
func cumulated(rows []weighted) []float64 {
	sums, sum := make([]float64, len(rows)), 0.0
	for i, r := range rows {
		sum += r.weight
		sums[i] = sum
	}
	return sums
}

// weightedQuantile returns the least number below or at which the share q of
// the weight lies. It sorts rows, of which there is one that weighs at least.
func weightedQuantile(rows []weighted, q float64) float64 {
	slices.SortStableFunc(rows, byValue)
	sums := cumulated(rows)
	rank := q * sums[len(sums)-1]
	if rank == 0 {
		rank = math.Nextafter(0, 1)
	}
	at, _ := slices.BinarySearch(sums, rank)
	return rows[min(at, len(rows)-1)].value
}

// quantile returns the q-quantile of x, interpolated between the two nearest
// (definition 7 of Hyndman and Fan 1996). It reorders x, which is not empty.
// Cost: O(n) on average.
func quantile(x []float64, q float64) float64 {
	place := float64(len(x)-1) * q
	i := int(place)
	lo := numeric.Select(x, i)
	if i+1 >= len(x) {
		return lo
	}
	hi := slices.Min(x[i+1:])
	t, d := place-float64(i), hi-lo
	if t >= 0.5 {
		return hi - float64(d*(1-t))
	}
	return lo + float64(d*t)
}

// median returns the median of x, reordering it.
func median(x []float64) float64 {
	m := len(x) / 2
	hi := numeric.Select(x, m)
	if len(x)%2 == 1 {
		return hi
	}
	return (slices.Max(x[:m]) + hi) / 2
}
