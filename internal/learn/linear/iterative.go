package linear

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
)

// iterative finds Newton steps by preconditioned conjugate gradients, from
// products with the Hessian alone (Nocedal & Wright 2006, algorithm 7.1).
type iterative struct {
	*objective
	before []*cholesky // the Hessian's diagonal blocks where last looked at: one for each class, or one for all
	scale  []float64   // the Hessian's diagonal at 0, where blocks are too large
	first  float64     // size of the first gradient
	stale  bool        // new blocks would cost less than they save
	share  float64     // of the gradient that the last step left
}

func newIterative(ctx context.Context, o *objective) (*iterative, error) {
	s := &iterative{objective: o, scale: make([]float64, o.cols)}
	weight := 0.25
	if o.outputs > 1 {
		weight = 1 / float64(o.outputs)
	}
	if o.cols <= maxHessian {
		h, err := o.gramOf(ctx, weight)
		if err != nil {
			return nil, err
		}
		c, err := newCholesky(ctx, h, o.cols)
		s.before = []*cholesky{c}
		return s, err
	}
	squares, err := o.squares(ctx)
	if err != nil {
		return nil, err
	}
	for j, ss := range squares {
		if h := weight*ss + o.lambda[j]; h > 0 {
			s.scale[j] = 1 / h
		}
	}
	return s, nil
}

// maxBlocks bounds the numbers in the Hessian's diagonal blocks.
const maxBlocks = 4_000_000

// renew sets before to the Hessian's diagonal blocks at a point.
func (s *iterative) renew(ctx context.Context, at *point) error {
	block := s.cols * s.cols
	h, err := s.sum(ctx, s.workers, s.outputs*block, s.outputs*s.numbers()*s.numbers(), func() worker {
		rows, scratch := s.newScores(false), s.newPanels()
		return func(t *tile, sums []float64) {
			rows.recall(t, at)
			for c := range s.outputs {
				s.gram(sums[c*block:][:block], t, rows.weights(t, c, c), scratch)
			}
		}
	})
	if err != nil {
		return err
	}
	s.before = make([]*cholesky, s.outputs)
	for c := range s.before {
		part := h[c*block:][:block]
		for j, l := range s.lambda {
			part[j*(s.cols+1)] += l
		}
		if s.before[c], err = newCholesky(ctx, part, s.cols); err != nil {
			return err
		}
	}
	return nil
}

// squares returns the sum of squares of each column.
func (o *objective) squares(ctx context.Context) ([]float64, error) {
	return o.sum(ctx, o.workers, o.cols, o.numbers(), func() worker {
		buf := make([]float64, tileRows)
		return func(t *tile, sums []float64) {
			for j, z := range t.z {
				factor, shift := o.number[j].unit()
				for i, v := range z {
					buf[i] = float64(v*factor) - shift
				}
				sums[j] += squares(buf[:t.n], t.w)
			}
			for _, g := range o.groups {
				tally(sums[g.first:], g.codes[t.lo:][:t.n], t.w)
			}
		}
	})
}

func (s *iterative) look(ctx context.Context, theta []float64) (*point, error) {
	at := &point{theta: theta}
	if s.rows*s.outputs <= maxKept {
		at.p = make([]float64, s.rows*s.outputs)
	}
	return at, s.gradient(ctx, at)
}

func (s *iterative) left() float64 { return s.share }

// precondition returns an approximate solution of Hx = r, in which no column
// gains weight for all classes alike: the softmax does not see such gains, and
// what rounding puts there would grow.
func (s *iterative) precondition(r []float64) []float64 {
	x := append([]float64(nil), r...)
	s.center(x)
	for c := range s.outputs {
		part := x[c*s.cols:][:s.cols]
		if s.before == nil {
			floats.Mul(part, s.scale)
		} else {
			s.before[c%len(s.before)].solve(part)
		}
	}
	s.center(x)
	return x
}

// center takes each column's mean over the classes off x.
func (s *iterative) center(x []float64) {
	if s.outputs == 1 {
		return
	}
	for j := range s.cols {
		mean := 0.0
		for c := range s.outputs {
			mean += x[c*s.cols+j] / float64(s.outputs)
		}
		for c := range s.outputs {
			x[c*s.cols+j] -= mean
		}
	}
}

// The share of the gradient that a step may leave starts at looseShare and
// falls with the gradient to tightShare.
const (
	looseShare = 0.1
	tightShare = 1e-4
)

// maxProducts bounds the products of one step; what is missing, later steps
// make up.
const maxProducts = 100

// step solves Hd = -g up to a share of g.
func (s *iterative) step(ctx context.Context, at *point) ([]float64, error) {
	if s.stale {
		if err := s.renew(ctx, at); err != nil {
			return nil, err
		}
	}
	d, r := make([]float64, len(at.g)), make([]float64, len(at.g))
	floats.ScaleTo(r, -1, at.g)
	z := s.precondition(r)
	v := append([]float64(nil), z...)
	rz := floats.Dot(r, z)
	if s.first == 0 {
		s.first = math.Sqrt(rz)
	}
	s.share = min(looseShare, max(tightShare, math.Sqrt(rz)/s.first))
	goal, count := s.share*s.share*rz, 0
	for ; rz > goal && count < maxProducts; count++ {
		hv, err := s.product(ctx, at, v)
		if err != nil {
			return nil, err
		}
		bend := floats.Dot(v, hv)
		if !(bend > 0) {
			break
		}
		floats.AddScaled(d, rz/bend, v)
		floats.AddScaled(r, -rz/bend, hv)
		z = s.precondition(r)
		next := floats.Dot(r, z)
		floats.Scale(next/rz, v)
		floats.Add(v, z)
		rz = next
	}
	s.judge(count)
	return d, nil
}

// judge sets stale from the products that the last step took. One costs about
// four operations for each number of a row, and a block a sixth of their square.
func (s *iterative) judge(products int) {
	numbers := float64(s.numbers())
	s.stale = s.before != nil && s.outputs*s.cols*s.cols <= maxBlocks &&
		float64(products)*(4*numbers+20) > numbers*numbers/3
}
