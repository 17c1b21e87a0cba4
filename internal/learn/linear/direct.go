package linear

import (
	"context"

	"gonum.org/v1/gonum/floats"
)

// direct forms the Hessian and factors it.
type direct struct{ *objective }

func (s *direct) look(ctx context.Context, theta []float64) (*point, error) {
	at := &point{theta: theta}
	return at, s.curvature(ctx, at)
}

func (s *direct) left() float64 { return 0 }

// step solves by Cholesky. The softmax does not change where all classes gain
// the same weight, and no gradient points there; a term that makes the Hessian
// definite in that direction keeps the step off it.
func (s *direct) step(ctx context.Context, at *point) ([]float64, error) {
	if s.outputs > 1 {
		s.fixSums(at.h)
	}
	d := make([]float64, len(at.g))
	floats.ScaleTo(d, -1, at.g)
	c, err := newCholesky(ctx, at.h, len(d))
	if err != nil {
		return nil, err
	}
	c.solve(d)
	return d, nil
}

// fixSums adds, for each column, its mean curvature to all pairs of classes.
func (s *direct) fixSums(h []float64) {
	for j := range s.cols {
		s.fixSum(h, j)
	}
}

// fixSum is fixSums for one column.
func (s *direct) fixSum(h []float64, j int) {
	q, size, mean := s.cols, s.size(), 0.0
	for a := range s.outputs {
		mean += h[(a*q+j)*(size+1)] / float64(s.outputs*s.outputs)
	}
	for a := range s.outputs {
		for b := a; b < s.outputs; b++ {
			h[(a*q+j)*size+b*q+j] += mean
		}
	}
}
