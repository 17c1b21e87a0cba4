package linear

import (
	"context"
	"math"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// Logistic is the catalog entry for logistic regression.
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

// logistic minimizes the weighted sum of the rows' log-losses plus 1/C times
// ρ‖β‖₁ + (1-ρ)/2 ‖β‖², without the intercepts: scikit-learn's objective, in
// which ρ is 0 with penalty l2 and 1 with l1. Two classes have one row of
// weights, k > 2 classes have k that share a softmax.
type logistic struct {
	penalty      string
	ratio        float64 // ρ of elasticnet
	c            float64
	tol          float64
	maxIter      int
	fitIntercept bool
	classWeight  learn.ClassWeight
}

// Params declares the parameters, with scikit-learn's defaults.
func (l *logistic) Params(s *param.Set) {
	s.Choice(&l.penalty, "penalty", ridgePenalty, penalties,
		"What holds the weights near 0: l2 shrinks all, l1 leaves columns out, elasticnet does both; none lets them grow.")
	s.Float(&l.ratio, "l1_ratio", 0.5, param.Between(0, 1), "With penalty elasticnet, the share that leaves columns out; otherwise without effect.")
	s.Float(&l.c, "C", 1, param.Above(0), "Freedom of the weights: small values hold them near 0, against overfitting.")
	s.Int(&l.maxIter, "max_iter", 100, param.Between(1, 100_000), "Most steps to take; a fit seldom needs more than 20.")
	s.Float(&l.tol, "tol", 1e-4, param.AtLeast(0), "How near to rest is near enough; smaller takes a step more.")
	s.Bool(&l.fitIntercept, "fit_intercept", true, "Learn a base score; off, a row of zeros is a toss-up.")
	l.classWeight.Param(s)
}

// penalties are the choices of penalty, in scikit-learn's words.
var penalties = []string{ridgePenalty, lassoPenalty, netPenalty, noPenalty}

const (
	ridgePenalty = "l2"
	lassoPenalty = "l1"
	netPenalty   = "elasticnet"
	noPenalty    = "none"
)

// strengths returns the factors of the penalties ‖β‖₁ and ½‖β‖².
func (l *logistic) strengths() (l1, l2 float64) {
	switch l.penalty {
	case noPenalty:
		return 0, 0
	case lassoPenalty:
		return 1 / l.c, 0
	case netPenalty:
		return l.ratio / l.c, (1 - l.ratio) / l.c
	}
	return 0, 1 / l.c
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
	l1, l2 := l.strengths()
	o := newObjective(z, d, l1, l2, l.fitIntercept)
	if o.size() > maxWeights {
		return nil, problem.New(problem.Invalid, "Logistic regression would need %d weights for %d classes.", o.size(), d.Classes).
			WithHint("Leave out columns with many different texts, or choose a tree-based model.")
	}
	n := newton{objective: o, maxIter: l.maxIter, tol: l.tol, progress: d.Progress}
	if err := n.run(ctx); err != nil {
		return nil, err
	}
	m := &LogisticModel{Penalty: l.penalty, L1Ratio: l.ratio, C: l.c, Tol: l.tol, MaxIter: l.maxIter, FitIntercept: l.fitIntercept, ClassWeight: l.classWeight,
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
