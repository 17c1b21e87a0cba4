package linear

import (
	"context"
	"math"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// Logistic is the catalogue entry for logistic regression.
var Logistic = learn.Learner{
	Name:    "logistic_regression",
	Title:   "Logistic regression",
	Summary: "Weighs the columns for and against each class, and says how likely each is.",
	Cost:    "Fast; many classes with many columns take longer. Sees no curves and no columns that act together.",
	Tasks:   []learn.Task{learn.Classification},
	Exports: []learn.Format{learn.Sklearn},
	Scale:   true,
	Weighs:  true,
	New:     func(learn.Task) learn.Estimator { return new(logistic) },
	Model:   func(learn.Task) learn.Model { return new(LogisticModel) },
}

// logistic minimizes the weighted sum of the rows' log-losses plus ‖β‖²/2C, without the
// intercepts: scikit-learn's objective with penalty l2. Two classes have one
// row of weights, k > 2 classes have k that share a softmax.
type logistic struct {
	c            float64
	tol          float64
	maxIter      int
	fitIntercept bool
	classWeight  learn.ClassWeight
}

// Params declares the parameters, with scikit-learn's defaults.
func (l *logistic) Params(s *param.Set) {
	s.Float(&l.c, "C", 1, param.Above(0), "Freedom of the weights: small values hold them near 0, against overfitting.")
	s.Int(&l.maxIter, "max_iter", 100, param.Between(1, 100_000), "Most steps to take; a fit seldom needs more than 20.")
	s.Float(&l.tol, "tol", 1e-4, param.AtLeast(0), "How near to rest is near enough; smaller takes a step more.")
	s.Bool(&l.fitIntercept, "fit_intercept", true, "Learn a base score; off, a row of zeros is a toss-up.")
	l.classWeight.Param(s)
}

// maxWeights bounds the weights of a fit, of which it holds some ten copies.
const maxWeights = 10_000_000

// Fit minimizes by Newton steps from 0, at most max_iter of them. It rests
// when the error left in the scores is below a millionth of tol, so that the
// defaults already give the coefficients that scikit-learn comes to at
// tol=1e-10; the model says so where max_iter ended it before.
func (l *logistic) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var extra []number
	if l.fitIntercept {
		extra = []number{{scale: 1}}
	}
	d = balance(counted(d), l.classWeight)
	z, err := newDesign(ctx, d.Workers, d.X, d.Weights, l.fitIntercept, penaltyScale, extra...)
	if err != nil {
		return nil, err
	}
	o := newObjective(z, d, l.c, l.fitIntercept)
	if o.size() > maxWeights {
		return nil, problem.New(problem.Invalid, "Logistic regression would need %d weights for %d classes.", o.size(), d.Classes).
			WithHint("Leave out columns with many different texts, or choose a tree-based model.")
	}
	n := newton{objective: o, maxIter: l.maxIter, tol: l.tol, progress: d.Progress}
	if err := n.run(ctx); err != nil {
		return nil, err
	}
	m := &LogisticModel{C: l.c, Tol: l.tol, MaxIter: l.maxIter, FitIntercept: l.fitIntercept, ClassWeight: l.classWeight,
		Iterations: n.steps, Settled: n.settled}
	for c := range o.outputs {
		w, b := o.unscale(n.theta[c*o.cols:][:o.cols], d.X.Cols)
		m.Coef, m.Intercept = append(m.Coef, w), append(m.Intercept, b)
		for _, x := range append(w, b) {
			if math.IsInf(x, 0) || math.IsNaN(x) {
				return nil, problem.New(problem.Invalid, "The numbers are too large or too small to weigh.").
					WithHint("Scale the columns.")
			}
		}
	}
	return m, nil
}
