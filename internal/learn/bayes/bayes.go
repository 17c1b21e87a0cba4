// Package bayes owns Gaussian naive Bayes: each column of each class is taken
// for a normal distribution of its own, independent of the other columns, and
// Bayes' rule says which class a row is likely to come from. Its models have
// the means and variances of scikit-learn's GaussianNB.
package bayes

import (
	"context"
	"math"

	"golang.org/x/sync/errgroup"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// Learner is the catalog entry for Gaussian naive Bayes.
var Learner = learn.Learner{
	Name:    "gaussian_naive_bayes",
	Title:   "Gaussian naive Bayes",
	Summary: "Takes each column of each class for a bell curve; quick, and good with few rows.",
	Cost:    "Reads the data twice. Columns that repeat each other count twice, so its probabilities are often too sure.",
	Tasks:   []learn.Task{learn.Classification},
	Exports: []learn.Format{learn.Sklearn},
	Weighs:  true,
	New:     func(learn.Task) learn.Estimator { return new(bayes) },
	Model:   func(learn.Task) learn.Model { return new(Model) },
}

type bayes struct{ smoothing float64 }

// Params declares var_smoothing.
func (b *bayes) Params(s *param.Set) {
	s.Float(&b.smoothing, "var_smoothing", 1e-9, param.Between(0, 1e9),
		"Share of the largest variance of all columns that is added to every variance. More makes classes overlap, and probabilities less sure.")
}

// Fit finds the weighted mean and variance of each column in each class, and
// adds var_smoothing times the largest variance of a column, over all rows
// and unweighted, to each variance. A class whose rows weigh 0 is never
// predicted. A variance that is 0 after that is refused.
func (b *bayes) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	f := &fit{d: d, weight: make([]float64, d.Classes)}
	for i := range d.Y {
		f.weight[int(d.Y[i])] += f.weigh(i)
	}
	if err := f.columns(ctx); err != nil {
		return nil, err
	}
	return f.model(b.smoothing)
}

// fit is a fit under way.
type fit struct {
	d      learn.Data
	weight []float64 // of each class's rows
	blocks []moments
}

// moments are what a block of w columns shows: k×w means and variances by
// class, and the variances of all rows.
type moments struct{ mean, variance, all []float64 }

func (f *fit) weigh(i int) float64 {
	if f.d.Weights == nil {
		return 1
	}
	return f.d.Weights[i]
}

// columns finds the moments of each block.
func (f *fit) columns(ctx context.Context) error {
	f.blocks = make([]moments, len(f.d.X.Blocks))
	var g errgroup.Group
	g.SetLimit(max(f.d.Workers, 1))
	for j, b := range f.d.X.Blocks {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if b.Dense != nil {
				f.blocks[j] = f.dense(b.Dense)
			} else {
				f.blocks[j] = f.oneHot(b)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// dense returns the moments of a column of numbers, in two passes, the second
// of which corrects for the rounding of the means (Chan, Golub and LeVeque
// 1983).
func (f *fit) dense(x []float64) moments {
	k, n := f.d.Classes, float64(len(x))
	m := moments{make([]float64, k), make([]float64, k), make([]float64, 1)}
	all := 0.0
	for i, v := range x {
		m.mean[int(f.d.Y[i])] += f.weigh(i) * v
		all += v
	}
	all /= n
	for c, w := range f.weight {
		m.mean[c] = share(m.mean[c], w)
	}
	rest, square, total := make([]float64, k), 0.0, 0.0
	for i, v := range x {
		c, w := int(f.d.Y[i]), f.weigh(i)
		off := v - m.mean[c]
		rest[c] += w * off
		m.variance[c] += w * off * off
		total += v - all
		square += (v - all) * (v - all)
	}
	m.all[0] = (square - total*total/n) / n
	for c, w := range f.weight {
		off := share(rest[c], w)
		m.variance[c] = max(share(m.variance[c], w)-off*off, 0)
		m.mean[c] += off
	}
	return m
}

// oneHot returns the moments of a one-hot block: a column that is 1 in the
// share q of the rows has the variance q(1-q).
func (f *fit) oneHot(b frame.Block) moments {
	k, w := f.d.Classes, b.Width
	m := moments{make([]float64, k*w), make([]float64, k*w), make([]float64, w)}
	for i, code := range b.Codes {
		if code >= 0 {
			m.mean[int(f.d.Y[i])*w+int(code)] += f.weigh(i)
			m.all[code]++
		}
	}
	for i := range m.mean {
		q := share(m.mean[i], f.weight[i/w])
		m.mean[i], m.variance[i] = q, q*(1-q)
	}
	for j, count := range m.all {
		q := count / float64(len(b.Codes))
		m.all[j] = q * (1 - q)
	}
	return m
}

// share returns sum/weight, or 0 where nothing weighs.
func share(sum, weight float64) float64 {
	if weight == 0 {
		return 0
	}
	return sum / weight
}

// model joins the blocks' moments.
func (f *fit) model(smoothing float64) (learn.Model, error) {
	k, p, largest := f.d.Classes, f.d.X.Cols, 0.0
	m := &Model{Classes: k, Columns: p, Smoothing: smoothing, Count: f.weight,
		Mean: make([]float64, k*p), Variance: make([]float64, k*p)}
	at := 0
	for _, b := range f.blocks {
		w := len(b.all)
		for c := range k {
			copy(m.Mean[c*p+at:], b.mean[c*w:][:w])
			copy(m.Variance[c*p+at:], b.variance[c*w:][:w])
		}
		for _, v := range b.all {
			largest = math.Max(largest, v) // NaN where a sum is beyond float64
		}
		at += w
	}
	m.Added = smoothing * largest
	for i := range m.Variance {
		m.Variance[i] += m.Added
		if !(m.Variance[i] >= minVariance && m.Variance[i] <= math.MaxFloat64 && math.Abs(m.Mean[i]) <= math.MaxFloat64) {
			return nil, f.refuse(i%p, m.Variance[i])
		}
	}
	m.prepare()
	return m, nil
}

// minVariance is the least number by which one can be divided.
const minVariance = 0x1p-1022

// refuse says why the variance of column j cannot be used.
func (f *fit) refuse(j int, variance float64) error {
	name := "A column"
	if f.d.Names != nil {
		name = "The column " + f.d.Names[j]
	}
	if variance >= minVariance || math.IsNaN(variance) {
		return problem.New(problem.Invalid, "%s holds numbers too large for naive Bayes.", name).WithHint("Scale the columns.")
	}
	return problem.New(problem.Invalid, "%s does not vary enough in one of the classes to tell how likely a number is there.", name).
		WithHint("Scale the columns, leave out those that hold one value, or set var_smoothing above 0.")
}
