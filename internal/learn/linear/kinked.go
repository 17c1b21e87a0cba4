package linear

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
)

// kinked returns Σl|θ|.
func (o *objective) kinked(theta []float64) float64 {
	if o.l == nil {
		return 0
	}
	sum := 0.0
	for i, v := range theta {
		sum += o.l[i%o.cols] * math.Abs(v)
	}
	return sum
}

// kinkedStep returns by how much the step d changes Σl|θ|.
func (o *objective) kinkedStep(theta, d []float64) float64 {
	if o.l == nil {
		return 0
	}
	sum := 0.0
	for i, v := range theta {
		sum += o.l[i%o.cols] * (math.Abs(v+d[i]) - math.Abs(v))
	}
	return sum
}

// slant returns the largest slope of the objective along a coordinate that goes
// down: 0 at the minimum.
func (o *objective) slant(at *point) float64 {
	if o.l == nil {
		return floats.Norm(at.g, math.Inf(1))
	}
	most := 0.0
	for i, g := range at.g {
		l, v := o.l[i%o.cols], at.theta[i]
		if v == 0 {
			most = max(most, math.Abs(g)-l)
		} else {
			most = max(most, math.Abs(g+math.Copysign(l, v)))
		}
	}
	return most
}

// kinkedDirect finds Newton steps of an objective with kinks: the minimum of
// the Hessian's quadratic plus Σl|θ| (Lee, Sun & Saunders 2014).
type kinkedDirect struct{ direct }

// step finds the minimum by coordinate descent, and exactly once the weights
// that are not 0 are known.
func (s *kinkedDirect) step(ctx context.Context, at *point) ([]float64, error) {
	if s.outputs > 1 && s.base >= 0 {
		s.fixSum(at.h, s.base)
	}
	n := s.size()
	q := &quadratic{h: at.h, l: make([]float64, n), x: append([]float64(nil), at.theta...), r: make([]float64, n)}
	for i := range n {
		q.l[i] = s.l[i%s.cols]
		q.r[i] = -at.g[i]
		for j := range i {
			q.h[i*n+j] = q.h[j*n+i]
		}
	}
	if err := q.minimize(ctx); err != nil {
		return nil, err
	}
	floats.Sub(q.x, at.theta)
	return q.x, nil
}

// maxRounds bounds the rounds of one minimize; what is missing, later ones make
// up.
const maxRounds = 1000

// minimize goes to the minimum, to rounding where it is one point.
func (q *quadratic) minimize(ctx context.Context) error {
	first, share := 0.0, 1e-6
	for range maxRounds {
		if err := ctx.Err(); err != nil {
			return err
		}
		most := q.round()
		first = max(first, most)
		if most > share*first {
			continue
		}
		if done, err := q.polish(ctx); err != nil || done || share < 1e-26 {
			return err
		}
		share /= 1e4
	}
	return nil
}
