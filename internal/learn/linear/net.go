package linear

import (
	"context"
	"fmt"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
)

// Lasso is the catalog entry for least squares with an L1 penalty.
var Lasso = learn.Learner{
	Name:    "lasso",
	Title:   "Lasso",
	Summary: "A straight-line fit that leaves out the columns it can do without.",
	Cost:    "Fast; of columns that say much the same it keeps one and drops the others. Sees no curves.",
	Tasks:   []learn.Task{learn.Regression},
	Exports: []learn.Format{learn.Sklearn},
	Scale:   true,
	Weighs:  true,
	New:     func(learn.Task) learn.Estimator { return &net{lasso: true, ratio: 1} },
	Model:   func(learn.Task) learn.Model { return new(NetModel) },
}

// ElasticNet is the catalog entry for least squares with an L1 and an L2
// penalty.
var ElasticNet = learn.Learner{
	Name:    "elastic_net",
	Title:   "Elastic net",
	Summary: "A straight-line fit that leaves out columns, as lasso does, and shares weight among those that say the same, as ridge does.",
	Cost:    "Fast; has two penalties to choose. Sees no curves and no columns that act together.",
	Tasks:   []learn.Task{learn.Regression},
	Exports: []learn.Format{learn.Sklearn},
	Scale:   true,
	Weighs:  true,
	New:     func(learn.Task) learn.Estimator { return new(net) },
	Model:   func(learn.Task) learn.Model { return new(NetModel) },
}

// net minimizes 1/2n ‖y - β₀ - Xβ‖² + αρ‖β‖₁ + α(1-ρ)/2 ‖β‖², as scikit-learn's
// Lasso (ρ = 1) and ElasticNet do; rows may weigh, and n is the sum of weights.
type net struct {
	lasso        bool
	alpha        float64
	ratio        float64 // ρ
	fitIntercept bool
	maxIter      int
	tol          float64
}

// Params declares alpha, l1_ratio except for the lasso, fit_intercept, max_iter
// and tol, with scikit-learn's defaults.
func (e *net) Params(s *param.Set) {
	s.Float(&e.alpha, "alpha", 1, param.AtLeast(0), "Strength of the penalty: large values leave out more columns; at 0 it is linear regression.")
	if !e.lasso {
		s.Float(&e.ratio, "l1_ratio", 0.5, param.Between(0, 1), "Share of the penalty that leaves columns out: 1 is the lasso, 0 is ridge.")
	}
	s.Bool(&e.fitIntercept, "fit_intercept", true, "Learn a base value; off, the line goes through the origin.")
	s.Int(&e.maxIter, "max_iter", 1000, param.Between(1, 1_000_000), "Most rounds over the columns.")
	s.Float(&e.tol, "tol", 1e-4, param.AtLeast(0), "How near to the least objective is near enough, as a share of the target's squares.")
}

// NetModel predicts β₀ + xᵀβ, with some of β 0.
type NetModel struct {
	RegressionModel
	Lasso   bool // whether it is a Lasso or an ElasticNet
	Alpha   float64
	L1Ratio float64
	MaxIter int
	Tol     float64

	Iterations int  // rounds over the columns
	Settled    bool // whether they came near enough within MaxIter
}

// Warnings says if the fit stopped before it came near enough.
func (m *NetModel) Warnings() []string {
	if m.Settled {
		return nil
	}
	return []string{fmt.Sprintf("Stopped after %d rounds before settling; scale the columns, or raise max_iter or alpha.", m.Iterations)}
}

// Fit minimizes by coordinate descent on the normal equations of columns that
// count, in X's order; see sparse. Without an L1 penalty it is a ridge fit.
func (e *net) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m := &NetModel{Lasso: e.lasso, Alpha: e.alpha, L1Ratio: e.ratio, MaxIter: e.maxIter, Tol: e.tol, Iterations: 1, Settled: true}
	if e.alpha*e.ratio == 0 {
		if err := fits(d.X, "A fit without an L1 penalty"); err != nil {
			return nil, err
		}
	}
	d, _ = relative(d)
	target := newNumber(d.Y, d.Weights, e.fitIntercept, penaltyScale)
	if target.constant {
		m.RegressionModel = RegressionModel{Coef: make([]float64, d.X.Cols), Intercept: d.Y[0], FitIntercept: true}
		return m, nil
	}
	z, err := newDesign(ctx, d.Workers, d.X, d.Weights, e.fitIntercept, penaltyScale, target)
	if err != nil {
		return nil, err
	}
	if e.alpha*e.ratio == 0 {
		line, err := fitShrunk(ctx, d, e.alpha*z.total, e.fitIntercept)
		if err != nil {
			return nil, err
		}
		m.RegressionModel = *line
		return m, nil
	}
	s := newSparse(z, e, d)
	if err := s.solve(ctx); err != nil {
		return nil, err
	}
	line, err := s.model(s.gamma, d.X.Cols)
	if err != nil {
		return nil, err
	}
	m.RegressionModel, m.Iterations, m.Settled = *line, s.rounds, s.settled
	return m, nil
}
