package boost

import (
	"math"
	"slices"
)

// almostInfinite bounds thresholds, as in scikit-learn: +Inf is kept for the
// split between numbers and missing values.
const almostInfinite = 1e300

// thresholds returns the numbers that part a column into at most bins bins:
// the midpoints of its distinct values where they are few, and else the
// quantiles i/bins (averaged inverted distribution: Hyndman and Fan 1996,
// definition 2). sorted holds the keys of the column's known values, ascending.
// A number x is in bin i where thresholds[i-1] < x <= thresholds[i].
func thresholds(sorted []uint64, bins int) []float64 {
	values := distinct(sorted, bins+1)
	if len(values) <= bins {
		return midpoints(values)
	}
	out := make([]float64, 0, bins-1)
	n := float64(len(sorted))
	for _, q := range shares(bins) {
		place := float64(n*q) - 1
		below := math.Floor(place)
		i := min(max(int(below), 0), len(sorted)-2)
		lo, hi := keyFloat(sorted[i]), keyFloat(sorted[i+1])
		x := hi
		if place == below && lo != hi {
			x = between(lo, hi)
		}
		out = append(out, x)
	}
	return clipped(out)
}

// weightedThresholds is thresholds of rows that weigh, none of them 0. rows
// holds a value and its weight for each row, in any order, and is sorted.
func weightedThresholds(rows []weighted, bins int) []float64 {
	slices.SortStableFunc(rows, byValue)
	keys := make([]uint64, len(rows))
	for i, r := range rows {
		keys[i] = key(r.value)
	}
	values := distinct(keys, bins+1)
	if len(values) <= bins {
		return midpoints(values)
	}
	sums := cumulated(rows)
	out := make([]float64, 0, bins-1)
	for i := 1; i < bins; i++ {
		rank := float64(i) * (100 / float64(bins)) / 100 * sums[len(sums)-1]
		at, _ := slices.BinarySearch(sums, rank)
		at = min(at, len(rows)-1)
		x := rows[at].value
		const epsilon = 0x1p-52
		if !(sums[at]-rank > epsilon) && at+1 < len(rows) {
			x = mean(x, rows[at+1].value)
		}
		out = append(out, x)
	}
	return clipped(out)
}

// shares returns i/bins for the inner edges of so many bins, rounded as numpy
// rounds percentiles.
func shares(bins int) []float64 {
	out := make([]float64, bins-1)
	step := 100 / float64(bins)
	for i := range out {
		out[i] = float64(i+1) * step / 100
	}
	return out
}

// distinct returns the distinct values of sorted keys, at most limit of them.
func distinct(sorted []uint64, limit int) []float64 {
	var out []float64
	for i, k := range sorted {
		if i == 0 || k != sorted[i-1] {
			if out = append(out, keyFloat(k)); len(out) == limit {
				break
			}
		}
	}
	return out
}

// midpoints returns the midpoints of neighbors.
func midpoints(values []float64) []float64 {
	if len(values) < 2 {
		return nil
	}
	out := make([]float64, len(values)-1)
	for i := range out {
		out[i] = mean(values[i], values[i+1])
	}
	return clipped(out)
}

// mean returns the midpoint of two numbers.
func mean(a, b float64) float64 {
	if m := (a + b) / 2; !math.IsInf(m, 0) {
		return m
	}
	return a/2 + b/2
}

// between returns the midpoint of lo and hi, rounded as numpy rounds it.
func between(lo, hi float64) float64 {
	if d := hi - lo; !math.IsInf(d, 0) {
		return hi - d*0.5
	}
	return mean(lo, hi)
}

// clipped returns ascending thresholds without repetitions, none above
// almostInfinite.
func clipped(ascending []float64) []float64 {
	out := slices.Compact(ascending)
	for i, x := range out {
		out[i] = min(x, almostInfinite)
	}
	return slices.Compact(out)
}

// center moves each threshold midway between the values on its two sides: the
// greatest in the bins below it and the least in those above. Learned as
// quantiles, thresholds are values of the column; then whoever computes the
// column anew, with other last digits, would find rows on the other side.
// slots holds the bin of each value, which stays right. A threshold without
// values on one of its sides stays. Cost: a pass over the values.
func center(cuts []float64, slots []uint8, values []float64) {
	var least, greatest [256]float64
	for b := range least {
		least[b], greatest[b] = math.Inf(1), math.Inf(-1)
	}
	for i, x := range values {
		b := slots[i]
		if x < least[b] {
			least[b] = x
		}
		if x > greatest[b] {
			greatest[b] = x
		}
	}
	above := math.Inf(1)
	lowest := make([]float64, len(cuts)) // of the values above each threshold
	for i := len(cuts) - 1; i >= 0; i-- {
		above = min(above, least[i+1])
		lowest[i] = above
	}
	below := math.Inf(-1)
	for i := range cuts {
		below = max(below, greatest[i])
		if !math.IsInf(below, 0) && !math.IsInf(lowest[i], 0) {
			cuts[i] = min(middle(below, lowest[i]), almostInfinite)
		}
	}
}

// middle returns the midpoint of a and b, a the lesser, or a where no number
// is between.
func middle(a, b float64) float64 {
	if m := mean(a, b); m < b {
		return m
	}
	return a
}
