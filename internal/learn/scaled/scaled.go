// Package scaled owns the learners that fit a number on a scale of its own.
// Steps and penalties of some learners are meant for targets of about 1: on
// prices in hundred thousands they hardly move, or fit hardly at all. Target
// wraps such a learner, so that it learns from (y − mean) / standard deviation
// and its predictions are turned back, as scikit-learn's
// TransformedTargetRegressor does.
package scaled

import (
	"context"
	"math"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
)

// Target returns the learner with the target of a regression scaled, unless
// its parameter scale_target says not to. Other tasks stay as they are. What
// the learner's parameters say of the target, such as epsilon, then counts in
// standard deviations of it.
func Target(l learn.Learner) learn.Learner {
	out := l
	out.New = func(t learn.Task) learn.Estimator {
		if t != learn.Regression {
			return l.New(t)
		}
		return &estimator{inner: l.New(t)}
	}
	out.Model = func(t learn.Task) learn.Model {
		if t != learn.Regression {
			return l.Model(t)
		}
		return wrap(Model{inner: l.Model(t)})
	}
	return out
}

type estimator struct {
	inner learn.Estimator
	scale bool
}

func (e *estimator) Params(s *param.Set) {
	e.inner.Params(s)
	s.Bool(&e.scale, "scale_target", true,
		"Learns the target on a scale of mean 0 and standard deviation 1, and turns predictions back. Other parameters that have the target's unit then count in standard deviations.")
}

func (e *estimator) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	m := Model{scale: 1, rows: len(d.Y), plain: !e.scale}
	if e.scale {
		m.mean, m.scale = center(d.Y)
		y := make([]float64, len(d.Y))
		for i, v := range d.Y {
			y[i] = (v - m.mean) / m.scale
		}
		d.Y = y
	}
	inner, err := e.inner.Fit(ctx, d)
	if err != nil {
		return nil, err
	}
	m.inner = inner
	return wrap(m), nil
}

// center returns the mean and the standard deviation (ddof 0) of y, which is 1
// where all are equal to within their rounding.
func center(y []float64) (mean, scale float64) {
	n := float64(len(y))
	largest := 0.0
	for _, v := range y {
		largest = max(largest, math.Abs(v))
	}
	if largest == 0 {
		return 0, 1
	}
	for _, v := range y {
		mean += v / largest // of sizes up to 1, so that no sum overflows
	}
	mean /= n
	drift, squares := 0.0, 0.0
	for _, v := range y {
		d := v/largest - mean
		drift += d
		squares += d * d
	}
	scale = math.Sqrt(max(0, squares-drift*drift/n) / n)
	if scale <= 10*0x1p-52*math.Abs(mean) {
		return mean * largest, 1
	}
	return mean * largest, scale * largest
}
