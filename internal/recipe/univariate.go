package recipe

import (
	"math"

	"clicktrain/internal/frame"

	"gonum.org/v1/gonum/mathext"
)

// eachBlock calls f for each block of the prepared columns, from several
// goroutines; first is the block's first column.
func (p *Prepared) eachBlock(f func(first int, b frame.Block)) {
	first := make([]int, len(p.x.Blocks))
	n := 0
	for k, b := range p.x.Blocks {
		first[k] = n
		n += b.Width
	}
	_ = parallel(len(first), p.workers, func(k int) error { // f cannot fail
		f(first[k], p.x.Blocks[k])
		return nil
	})
}

// moments are the mean, the population's variance and the range of a column.
type moments struct{ mean, variance, low, high float64 }

func momentsOf(b frame.Block, n int) []moments {
	if b.Dense == nil {
		out := make([]moments, b.Width)
		for j, c := range groupCounts(b) {
			share := c / float64(n)
			out[j] = moments{share, share * (1 - share), 0, 1}
			if c == float64(n) {
				out[j].low = 1
			}
			if c == 0 {
				out[j].high = 0
			}
		}
		return out
	}
	m := moments{low: math.Inf(1), high: math.Inf(-1)}
	sum, _ := sumPresent(b.Dense)
	m.mean = sum / float64(n)
	squares := 0.0
	for _, x := range b.Dense {
		d := x - m.mean
		squares += d * d
		m.low, m.high = min(m.low, x), max(m.high, x)
	}
	m.variance = squares / float64(n)
	return []moments{m}
}

// groupCounts returns how many rows have 1 in each column of a one-hot group.
func groupCounts(b frame.Block) []float64 {
	counts := make([]float64, b.Width)
	for _, c := range b.Codes {
		if c >= 0 {
			counts[c]++
		}
	}
	return counts
}

// tested is an F-test's statistic and its p-value.
type tested struct{ f, p float64 }

// fTest returns the probability of so large an F by chance.
func fTest(f, d1, d2 float64) tested {
	switch {
	case f != f || d2 <= 0:
		return tested{f, math.NaN()}
	case math.IsInf(f, 1):
		return tested{f, 0}
	}
	return tested{f, mathext.RegIncBeta(d2/2, d1/2, d2/(d2+d1*f))}
}

// classes returns the one-way analysis of variance of columns by class, as
// scikit-learn's f_classif.
func (p *Prepared) classes() func(frame.Block) []tested {
	y := p.target.y
	sizes := make([]float64, p.target.classes)
	for _, c := range y {
		sizes[int(c)]++
	}
	n, k := float64(len(y)), 0.0
	for _, s := range sizes {
		if s > 0 {
			k++
		}
	}
	// anova takes the deviations from a column's mean: their sum in each class,
	// and the sum of their squares.
	anova := func(sums []float64, squares float64) tested {
		between, total := 0.0, 0.0
		for c, s := range sums {
			total += s
			if sizes[c] > 0 {
				between += s * s / sizes[c]
			}
		}
		between -= total * total / n
		within := squares - total*total/n - between
		return fTest(max(0, between)/(k-1)/(max(0, within)/(n-k)), k-1, n-k)
	}
	return func(b frame.Block) []tested {
		if b.Dense == nil {
			out := make([]tested, b.Width)
			for j, s := range countsByClass(b, y, len(sizes)) {
				count := 0.0
				for _, v := range s {
					count += v
				}
				out[j] = anova(s, count)
			}
			return out
		}
		mean := momentsOf(b, len(y))[0].mean
		sums, squares := make([]float64, len(sizes)), 0.0
		for i, x := range b.Dense {
			d := x - mean
			sums[int(y[i])] += d
			squares += d * d
		}
		return []tested{anova(sums, squares)}
	}
}

// countsByClass returns how many rows of each class have 1 in each column of a
// one-hot group.
func countsByClass(b frame.Block, y []float64, classes int) [][]float64 {
	counts := make([][]float64, b.Width)
	for j := range counts {
		counts[j] = make([]float64, classes)
	}
	for i, c := range b.Codes {
		if c >= 0 {
			counts[c][int(y[i])]++
		}
	}
	return counts
}

// correlations returns the F-test of a column's correlation with the target,
// as scikit-learn's f_regression: 0 for a constant column, and the largest
// number for one that tells the target exactly.
func (p *Prepared) correlations() func(frame.Block) []tested {
	y := p.target.y
	n := float64(len(y))
	sum, _ := sumPresent(y)
	mean, norm := sum/n, 0.0
	for _, v := range y {
		norm += (v - mean) * (v - mean)
	}
	freedom := n - 2
	test := func(products, squares float64) tested {
		r := products / math.Sqrt(squares*norm)
		if !(squares > 0) || r != r {
			return tested{0, 1}
		}
		r2 := r * r
		if f := r2 / (1 - r2) * freedom; r2 < 1 {
			return fTest(f, 1, freedom)
		}
		return tested{math.MaxFloat64, 0}
	}
	return func(b frame.Block) []tested {
		if b.Dense == nil {
			products, counts := make([]float64, b.Width), groupCounts(b)
			for i, c := range b.Codes {
				if c >= 0 {
					products[c] += y[i] - mean
				}
			}
			out := make([]tested, b.Width)
			for j := range out {
				out[j] = test(products[j], counts[j]-counts[j]*counts[j]/n)
			}
			return out
		}
		m := momentsOf(b, len(y))[0]
		products := 0.0
		for i, x := range b.Dense {
			products += (x - m.mean) * (y[i] - mean)
		}
		if m.low == m.high {
			return []tested{{0, 1}}
		}
		return []tested{test(products, m.variance*n)}
	}
}
