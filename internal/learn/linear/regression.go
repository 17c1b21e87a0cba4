package linear

import (
	"context"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// Regression is the catalog entry for ordinary least squares.
var Regression = learn.Learner{
	Name:     "linear_regression",
	Title:    "Linear regression",
	Summary:  "A straight-line fit: each column adds its weight times its value.",
	Cost:     "Very fast at any number of rows; sees no curves and no columns that act together.",
	Tasks:    []learn.Task{learn.Regression},
	Exports:  []learn.Format{learn.Sklearn},
	Scale:    true,
	AnyScale: true,
	Weighs:   true,
	New:      func(learn.Task) learn.Estimator { return new(regression) },
	Model:    func(learn.Task) learn.Model { return new(RegressionModel) },
}

// regression minimizes ‖y - β₀ - Xβ‖², weighted by row; of several β that do, it takes the one
// of least ‖β‖, as scikit-learn's LinearRegression does. β₀ is 0 unless
// fitIntercept is set.
type regression struct{ fitIntercept bool }

// Params declares fit_intercept.
func (r *regression) Params(s *param.Set) {
	s.Bool(&r.fitIntercept, "fit_intercept", true, "Learn a base value; off, the line goes through the origin.")
}

// maxRank bounds the smaller of rows and columns of a regression: the work
// grows with its square, and memory too. maxWide bounds the numbers of a
// matrix with more columns than rows, of which a dense copy is made.
const (
	maxRank = 5000
	maxWide = 20_000_000
)

// fits returns the *problem.Error for a matrix that is too large for the named
// learner.
func fits(X *frame.Matrix, title string) error {
	if min(X.Rows, X.Cols) <= maxRank && (X.Rows > X.Cols || X.Rows*X.Cols <= maxWide) {
		return nil
	}
	return problem.New(problem.Invalid, "%s takes at most %d columns after encoding, and this data has %d.",
		title, min(maxRank, maxWide/max(min(X.Rows, X.Cols), 1)), X.Cols).
		WithHint("Leave out columns with many different texts, or choose a tree-based model.")
}

// regressionScale lets even the smallest float64s be scaled to about 2^-24.
const regressionScale = 1000

// Fit solves the normal equations of the centered columns, each scaled to
// length 1, by pivoted Cholesky; see leastSquares for when it turns to QR.
// Rows n, columns p: n·p²/2 multiplications, p² numbers of memory.
func (r *regression) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := fits(d.X, "Linear regression"); err != nil {
		return nil, err
	}
	d, _ = relative(d) // only ratios count
	target := newNumber(d.Y, d.Weights, r.fitIntercept, regressionScale)
	if target.constant {
		return &RegressionModel{Coef: make([]float64, d.X.Cols), Intercept: d.Y[0], FitIntercept: true}, nil
	}
	z, err := newDesign(ctx, d.Workers, d.X, d.Weights, r.fitIntercept, regressionScale, target)
	if err != nil {
		return nil, err
	}
	s := newLeastSquares(z, r.fitIntercept, d.Workers)
	gamma, err := s.solve(ctx)
	if err != nil {
		return nil, err
	}
	m, err := s.model(gamma, d.X.Cols)
	if err != nil {
		return nil, err
	}
	return m, nil
}
