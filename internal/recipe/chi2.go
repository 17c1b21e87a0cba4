package recipe

import (
	"math"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"

	"gonum.org/v1/gonum/mathext"
)

// checkCounts refuses targets and columns that are no counts by class.
func (p *Prepared) checkCounts() error {
	if p.target.classes == 0 {
		return problem.Field("score_func", "chi2 compares classes, and the target is a number.").WithHint("Choose auto.")
	}
	for j, column := range p.x.Columns() {
		for _, x := range column {
			if x < 0 {
				e := problem.Field("score_func", "chi2 takes no numbers below 0, and %s has %s.", p.names[j], number(x))
				return e.WithHint("Scale the column by min_max before, or choose auto.")
			}
		}
	}
	return nil
}

// chiSquared returns Pearson's test of a column's sums by class, as
// scikit-learn's chi2: how far they are from what the classes' shares of rows
// let expect. Columns of 0 alone have none.
func (p *Prepared) chiSquared() func(frame.Block) []tested {
	y := p.target.y
	shares := make([]float64, p.target.classes)
	for _, c := range y {
		shares[int(c)] += 1 / float64(len(y))
	}
	present := 0.0
	for _, s := range shares {
		if s > 0 {
			present++
		}
	}
	test := func(sums []float64) tested {
		total, chi := 0.0, 0.0
		for _, s := range sums {
			total += s
		}
		for c, s := range sums {
			if shares[c] > 0 {
				d := s - shares[c]*total
				chi += d * d / (shares[c] * total)
			}
		}
		if present < 2 || chi != chi {
			return tested{math.NaN(), math.NaN()}
		}
		return tested{chi, mathext.GammaIncRegComp((present-1)/2, chi/2)}
	}
	return func(b frame.Block) []tested {
		if b.Dense == nil {
			out := make([]tested, b.Width)
			for j, s := range countsByClass(b, y, len(shares)) {
				out[j] = test(s)
			}
			return out
		}
		sums := make([]float64, len(shares))
		for i, x := range b.Dense {
			sums[int(y[i])] += x
		}
		return []tested{test(sums)}
	}
}
