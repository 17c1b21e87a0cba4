package linear

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
)

// slidesPerStep is how many gradients slide may take for each step of max_iter.
const slidesPerStep = 50

// slide minimizes an objective with kinks whose Hessian is too large to form,
// by accelerated proximal gradients (Beck & Teboulle 2009) that start anew
// where they overshoot (O'Donoghue & Candès 2015). Distances are measured by
// the gram matrix, where that is not too large, else by its diagonal.
func (n *newton) slide(ctx context.Context, s *slider, theta []float64) error {
	at, err := s.look(ctx, theta)
	if err != nil {
		return err
	}
	ahead, speed := at, 1.0
	for count := 0; count < slidesPerStep*n.maxIter && !n.settled; count++ {
		n.steps = count/slidesPerStep + 1
		if count%slidesPerStep == 0 {
			n.tell()
		}
		next, err := s.descend(ctx, ahead)
		if err != nil {
			return err
		}
		if n.settled = s.rests(next, ahead, n.tol); next.f > at.f && ahead != at {
			ahead, speed, n.settled = at, 1, false // start anew from the best so far
			continue
		}
		faster := (1 + math.Sqrt(1+4*speed*speed)) / 2
		theta := append([]float64(nil), next.theta...)
		for i, v := range at.theta {
			theta[i] += (speed - 1) / faster * (next.theta[i] - v)
		}
		at, speed = next, faster
		if ahead, err = s.look(ctx, theta); err != nil {
			return err
		}
	}
	n.theta = at.theta
	n.centerBase()
	if n.progress != nil {
		n.progress(1)
	}
	return nil
}

// centerBase takes the intercepts' mean off them, which the softmax does not
// see and steps leave anywhere.
func (n *newton) centerBase() {
	if n.base < 0 || n.outputs == 1 {
		return
	}
	mean := 0.0
	for c := range n.outputs {
		mean += n.theta[c*n.cols+n.base] / float64(n.outputs)
	}
	for c := range n.outputs {
		n.theta[c*n.cols+n.base] -= mean
	}
}

// slider finds proximal steps.
type slider struct {
	*objective
	metric *quadratic // the gram matrix of one class, and room for its problem
	scale  []float64  // its diagonal
	bend   float64    // how many times the metric bounds the curvature
}

func newSlider(ctx context.Context, o *objective) (*slider, error) {
	s := &slider{objective: o, bend: 1}
	weight := 0.25
	if o.outputs > 1 {
		weight = 1 / float64(o.outputs)
	}
	q := o.cols
	if q > maxHessian {
		squares, err := o.squares(ctx)
		if err != nil {
			return nil, err
		}
		floats.Scale(weight, squares)
		floats.Add(squares, o.lambda)
		s.scale = squares
		return s, nil
	}
	h, err := o.gramOf(ctx, weight)
	if err != nil {
		return nil, err
	}
	for i := range q {
		for j := range i {
			h[i*q+j] = h[j*q+i]
		}
	}
	s.metric = &quadratic{h: h}
	return s, nil
}

func (s *slider) look(ctx context.Context, theta []float64) (*point, error) {
	at := &point{theta: theta}
	return at, s.gradient(ctx, at)
}

// descend returns the point that is best by the gradient at a point and the
// metric, which it stretches until that bounds the objective.
func (s *slider) descend(ctx context.Context, at *point) (*point, error) {
	smooth := at.f - s.kinked(at.theta)
	for {
		theta, far, err := s.step(ctx, at)
		if err != nil {
			return nil, err
		}
		next, err := s.look(ctx, theta)
		if err != nil {
			return nil, err
		}
		slope := 0.0
		for i, g := range at.g {
			slope += g * (theta[i] - at.theta[i])
		}
		if next.f-s.kinked(theta) <= smooth+slope+far/2+1e-13*math.Abs(smooth) || s.bend > 1e6 {
			return next, nil
		}
		s.bend *= 1.5
	}
}

// step returns the minimum of the slope at a point plus half the squared
// distance from it plus Σl|θ|, and that squared distance.
func (s *slider) step(ctx context.Context, at *point) (theta []float64, far float64, err error) {
	q := s.cols
	theta = append([]float64(nil), at.theta...)
	for c := range s.outputs {
		x, g := theta[c*q:][:q], at.g[c*q:][:q]
		if s.metric == nil {
			for j, v := range x {
				if m := s.bend * s.scale[j]; m > 0 {
					x[j] = soften(m*v-g[j], s.l[j]) / m
					far += m * (x[j] - v) * (x[j] - v)
				}
			}
			continue
		}
		// In units of bend times the metric, slopes and kinks shrink.
		p := &quadratic{h: s.metric.h, l: make([]float64, q), x: x, r: make([]float64, q)}
		floats.ScaleTo(p.l, 1/s.bend, s.l)
		floats.ScaleTo(p.r, -1/s.bend, g)
		if err := p.minimize(ctx); err != nil {
			return nil, 0, err
		}
		for j, v := range at.theta[c*q:][:q] {
			// What is left of -g/bend is what the metric took of it.
			far += s.bend * (x[j] - v) * (-g[j]/s.bend - p.r[j])
		}
	}
	return theta, far, nil
}

// rests reports whether a step changed no score by more than a millionth of
// tol, relative to the largest weight where that is above 1.
func (s *slider) rests(next, from *point, tol float64) bool {
	most := 0.0
	for c := range s.outputs {
		sum := 0.0
		for i, v := range next.theta[c*s.cols:][:s.cols] {
			sum += math.Abs(v - from.theta[c*s.cols+i])
		}
		most = max(most, sum)
	}
	return most <= restFactor*max(tol, 1e-8)*max(1, floats.Norm(next.theta, math.Inf(1)))
}
