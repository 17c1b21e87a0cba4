package linear

import (
	"context"

	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/learn"
)

// objective is the penalized loss of weights θ of a design's columns, one
// row of q weights for two classes and k rows for k: changing variables from
// X's weights w to θ = w/scale, and from the intercept to the score of the
// columns' means, leaves the loss as it is and makes the penalty Σ(l|θ| + ½λθ²)
// with l = l1·scale and λ = l2·scale², l1 and l2 being the penalties of w.
type objective struct {
	*design
	y       []float64
	loss    loss
	epsilon float64   // of squaredTube
	outputs int       // rows of weights: 1, or k
	lambda  []float64 // by column of the design
	l       []float64 // by column of the design; nil where there are none
	base    int       // the column of ones, or -1
	workers int
}

// loss is what a row's score costs.
type loss uint8

const (
	logLoss      loss = iota // -log of the class's probability
	squaredHinge             // max(0, 1-yd)², y being ±1
	squaredTube              // max(0, |d-y|-ε)²
)

func newObjective(z *design, d learn.Data, l1, l2 float64, intercept bool) *objective {
	o := &objective{design: z, y: d.Y, outputs: d.Classes, lambda: z.penalty(l2), base: -1, workers: d.Workers}
	if d.Classes == 2 {
		o.outputs = 1
	}
	z.loose()
	if l1 > 0 {
		o.l = z.kinks(l1)
	}
	if intercept {
		o.base = len(z.number) - 1
		o.lambda[o.base] = 0
		if o.l != nil {
			o.l[o.base] = 0
		}
	}
	return o
}

// unscale returns the weights of X's p columns and the intercept that mean the
// same as θ.
func (o *objective) unscale(theta []float64, p int) (w []float64, b float64) {
	w = make([]float64, p)
	for j, c := range o.number {
		if j == o.base {
			continue
		}
		w[c.source] = theta[j] * c.scale
		b -= theta[j] * c.shift
	}
	if o.base >= 0 {
		b += theta[o.base]
	}
	for _, g := range o.groups {
		copy(w[g.source:], theta[g.first:][:g.width])
	}
	return w, b
}

// size returns the number of weights.
func (o *objective) size() int { return o.outputs * o.cols }

// gradient sets a point's objective and gradient, and its p where that is to
// be kept.
func (o *objective) gradient(ctx context.Context, at *point) error {
	size := o.size()
	sums, err := o.sum(ctx, o.workers, size+1, 2*o.outputs*o.numbers(), func() worker {
		s := o.newScores(false)
		return func(t *tile, sums []float64) {
			s.scores(t, at.theta)
			sums[size] += s.losses(t)
			s.keep(t, at)
			s.projectAll(sums, t)
		}
	})
	if err != nil {
		return err
	}
	at.f, at.g = sums[size]+o.penalize(sums, at.theta), sums[:size]
	return nil
}

// penalize adds the gradient of the penalty's squares to g and returns the
// penalty.
func (o *objective) penalize(g, theta []float64) float64 {
	sum := 0.0
	for i, v := range theta {
		l := o.lambda[i%o.cols]
		g[i] += l * v
		sum += l * v * v
	}
	return sum/2 + o.kinked(theta)
}

// curvature sets a point's objective, gradient and Hessian.
func (o *objective) curvature(ctx context.Context, at *point) error {
	size, block := o.size(), o.cols*o.cols
	pairs := o.outputs * (o.outputs + 1) / 2
	sums, err := o.sum(ctx, o.workers, size+1+pairs*block, pairs*o.numbers()*o.numbers(), func() worker {
		s, scratch := o.newScores(false), o.newPanels()
		return func(t *tile, sums []float64) {
			s.scores(t, at.theta)
			sums[size] += s.losses(t)
			s.projectAll(sums, t)
			rest := sums[size+1:]
			for a := range o.outputs {
				for b := a; b < o.outputs; b++ {
					o.gram(rest[:block], t, s.weights(t, a, b), scratch)
					rest = rest[block:]
				}
			}
		}
	})
	if err != nil {
		return err
	}
	at.f, at.g = sums[size]+o.penalize(sums, at.theta), sums[:size]
	at.h = o.assemble(sums[size+1:])
	return nil
}

// assemble lays the pairs' blocks out as one matrix and adds the penalty.
func (o *objective) assemble(pairs []float64) []float64 {
	q, size := o.cols, o.size()
	h := make([]float64, size*size)
	for a := range o.outputs {
		for b := a; b < o.outputs; b++ {
			for i := range q {
				for j := i; j < q; j++ {
					h[(a*q+i)*size+b*q+j] = pairs[i*q+j]
					h[(a*q+j)*size+b*q+i] = pairs[i*q+j]
				}
			}
			pairs = pairs[q*q:]
		}
	}
	for i := range size {
		h[i*size+i] += o.lambda[i%q]
	}
	return h
}

// product returns Hv, H being the Hessian at a point, without forming it.
func (o *objective) product(ctx context.Context, at *point, v []float64) ([]float64, error) {
	size := o.size()
	sums, err := o.sum(ctx, o.workers, size, 3*o.outputs*o.numbers(), func() worker {
		s := o.newScores(true)
		return func(t *tile, sums []float64) {
			s.recall(t, at)
			s.turn(t, v)
			s.projectAll(sums, t)
		}
	})
	if err != nil {
		return nil, err
	}
	o.penalize(sums, v)
	return sums, nil
}

// gramOf returns the gram matrix of the design, rows weighing weight times theirs,
// upper triangle only, plus the penalty.
func (o *objective) gramOf(ctx context.Context, weight float64) ([]float64, error) {
	q := o.cols
	h, err := o.sum(ctx, o.workers, q*q, o.numbers()*o.numbers(), func() worker {
		scratch := o.newPanels()
		return func(t *tile, sums []float64) { o.gram(sums, t, t.w, scratch) }
	})
	if err != nil {
		return nil, err
	}
	floats.Scale(weight, h)
	for j := range q {
		h[j*q+j] += o.lambda[j]
	}
	return h, nil
}
