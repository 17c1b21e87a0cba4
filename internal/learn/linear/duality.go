package linear

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
)

// netProblem is the quadratic ½‖y - Zx‖² + ½Σλx² + Σl|x|, less the constant
// ½yᵀy, with what its duality gap takes.
type netProblem struct {
	quadratic
	b      []float64 // Zᵀy
	lambda []float64 // in h's diagonal already
	yy     float64
}

// gap returns a bound of how far the objective is above its minimum: the
// duality gap at the residual, shrunk until it is feasible (Kim et al. 2007,
// section III).
func (p *netProblem) gap() float64 {
	l1, l2, share := 0.0, 0.0, 1.0
	for j, x := range p.x {
		l1 += p.l[j] * math.Abs(x)
		l2 += p.lambda[j] * x * x
		if r := math.Abs(p.r[j]); r > p.l[j] {
			share = min(share, p.l[j]/r)
		}
	}
	ry := p.yy - floats.Dot(p.b, p.x)
	rr := max(ry-floats.Dot(p.x, p.r)-l2, 0)
	return (rr+l2)*(1+share*share)/2 + l1 - share*ry
}

// roundingGap is the share of yᵀy below which the gap is rounding.
const roundingGap = 1e-14

// descend runs rounds until the gap is a share of tol of yᵀy, and then tries to
// end at the very minimum; where that fails, as it does where the minimum is
// not one point, it goes on to a gap of rounding alone.
func (s *sparse) descend(ctx context.Context, p *netProblem) error {
	least := roundingGap * p.yy
	goal := max(s.tol*p.yy, least)
	s.settled = false
	for next := goal; s.rounds < s.maxIter; {
		if err := ctx.Err(); err != nil {
			return err
		}
		most := p.round()
		s.rounds++
		if s.progress != nil && s.rounds%16 == 0 {
			s.progress(float64(s.rounds) / float64(s.maxIter))
		}
		if gap := p.gap(); gap > next && most > least/1e6 {
			continue
		}
		s.settled = s.settled || p.gap() <= goal
		done, err := p.polish(ctx)
		if done {
			s.settled = true
		}
		if err != nil || done || next <= least || most <= least/1e6 {
			return err
		}
		next = max(next/100, least)
	}
	return nil
}
