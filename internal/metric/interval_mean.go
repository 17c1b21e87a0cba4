package metric

import (
	"math"
	"math/rand/v2"
)

// means returns the 95 % intervals of the means of some numbers of each row,
// where each class keeps its number of rows; one class is no class. They are
// drawn up to 5000 rows, above that normal. What has no interval is nil.
func means(of [][]float64, class []int, classes int, seed, stream uint64) []*Interval {
	n := len(class)
	rows := make([][]int, classes)
	for i, c := range class {
		rows[c] = append(rows[c], i)
	}
	out := make([]*Interval, len(of))
	if n > bootstrapRows {
		for j, x := range of {
			out[j] = normalMean(x, rows)
		}
		return out
	}
	d := resample(seed, stream, draws, len(of), func() func(*rand.PCG, []float64) {
		return func(rng *rand.PCG, to []float64) {
			clear(to)
			for _, part := range rows {
				pick(rng, len(part), func(at int) {
					for j := range of {
						to[j] += of[j][part[at]]
					}
				})
			}
			for j := range to {
				to[j] /= float64(n)
			}
		}
	})
	for j := range of {
		if in, ok := d.interval(j, n); ok {
			out[j] = &in
		}
	}
	return out
}

// normalMean is the mean of x ± 1.96 standard errors, where each part of the
// rows keeps its number.
func normalMean(x []float64, parts [][]int) *Interval {
	n := float64(len(x))
	total, variance := 0.0, 0.0
	for _, part := range parts {
		m := float64(len(part))
		if m == 0 {
			continue
		}
		sum, squares := 0.0, 0.0
		for _, i := range part {
			sum += x[i]
		}
		for _, i := range part {
			d := x[i] - sum/m
			squares += d * d
		}
		total += sum
		if m > 1 {
			variance += squares / (m - 1) * m
		}
	}
	half := z95 * math.Sqrt(variance) / n
	if half == 0 || math.IsNaN(half) || math.IsInf(half, 0) {
		return nil
	}
	return &Interval{total/n - half, total/n + half}
}
