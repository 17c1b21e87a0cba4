package linear

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
)

// squares returns the sum of x's squares under the weights w, if any.
func squares(x, w []float64) float64 {
	if w == nil {
		return floats.Dot(x, x)
	}
	sum := 0.0
	for i, v := range x {
		sum += w[i] * v * v
	}
	return sum
}

// confirm reports whether each column after f's rank is, by all rows, a
// combination of the columns before. It reads the design once.
func (s *leastSquares) confirm(ctx context.Context, f *factor) (bool, error) {
	rest := len(f.cols) - f.rank
	if rest == 0 {
		return true, nil
	}
	// Each row of theta has weights that add up to nothing if the column is a
	// combination, and then the constant to be taken off.
	theta, base := make([][]float64, rest), make([]float64, rest)
	for m := range theta {
		k := f.rank + m
		theta[m] = make([]float64, s.cols)
		theta[m][f.cols[k]] = 1 / f.length[k]
		for i, w := range f.combination(k) {
			theta[m][f.cols[i]] = -w / f.length[i]
		}
		base[m] = -floats.Dot(theta[m], s.mean)
	}
	sums, err := s.sum(ctx, s.workers, rest, rest*s.numbers(), func() worker {
		buf := make([]float64, tileRows)
		return func(t *tile, sums []float64) {
			for m := range theta {
				left := buf[:t.n]
				s.spread(left, t, theta[m])
				floats.AddConst(base[m], left)
				sums[m] += squares(left, t.w)
			}
		}
	})
	if err != nil {
		return false, err
	}
	tol := rankTol(s.rows, s.cols)
	for _, ss := range sums {
		if !(math.Sqrt(ss) <= tol) {
			return false, nil
		}
	}
	return true, nil
}
