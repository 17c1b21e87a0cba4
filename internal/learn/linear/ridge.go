package linear

import (
	"context"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
)

// Ridge is the catalog entry for least squares with an L2 penalty.
var Ridge = learn.Learner{
	Name:    "ridge",
	Title:   "Ridge regression",
	Summary: "A straight-line fit held near zero, which withstands many columns and columns that say the same.",
	Cost:    "Very fast at any number of rows; sees no curves and no columns that act together.",
	Tasks:   []learn.Task{learn.Regression},
	Exports: []learn.Format{learn.Sklearn},
	Scale:   true,
	Weighs:  true,
	New:     func(learn.Task) learn.Estimator { return new(ridge) },
	Model:   func(learn.Task) learn.Model { return new(RidgeModel) },
}

// ridge minimizes ‖y - β₀ - Xβ‖² + α‖β‖², the first sum weighted by row, as
// scikit-learn's Ridge does. β₀ is 0 unless fitIntercept is set.
type ridge struct {
	alpha        float64
	fitIntercept bool
}

// Params declares alpha and fit_intercept.
func (r *ridge) Params(s *param.Set) {
	s.Float(&r.alpha, "alpha", 1, param.AtLeast(0), "Strength of the penalty: large values hold the weights near 0; at 0 it is linear regression.")
	s.Bool(&r.fitIntercept, "fit_intercept", true, "Learn a base value; off, the line goes through the origin.")
}

// RidgeModel predicts β₀ + xᵀβ.
type RidgeModel struct {
	RegressionModel
	Alpha float64 // as the fit was told
}

// Fit solves the normal equations of the centered columns; see shrunk for when
// it turns to QR. Rows n, columns p: n·p²/2 multiplications, p² numbers of
// memory.
func (r *ridge) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := fits(d.X, "Ridge regression"); err != nil {
		return nil, err
	}
	d, unit := relative(d)
	m, err := fitShrunk(ctx, d, r.alpha/unit, r.fitIntercept)
	if err != nil {
		return nil, err
	}
	return &RidgeModel{RegressionModel: *m, Alpha: r.alpha}, nil
}

// fitShrunk returns the model for a penalty of α, which may be 0.
func fitShrunk(ctx context.Context, d learn.Data, alpha float64, intercept bool) (*RegressionModel, error) {
	maxScale := penaltyScale
	if alpha == 0 {
		maxScale = regressionScale
	}
	target := newNumber(d.Y, d.Weights, intercept, maxScale)
	if target.constant {
		return &RegressionModel{Coef: make([]float64, d.X.Cols), Intercept: d.Y[0], FitIntercept: true}, nil
	}
	z, err := newDesign(ctx, d.Workers, d.X, d.Weights, intercept, maxScale, target)
	if err != nil {
		return nil, err
	}
	s := &shrunk{leastSquares: newLeastSquares(z, intercept, d.Workers), lambda: z.penalty(alpha)}
	gamma, err := s.solve(ctx, alpha)
	if err != nil {
		return nil, err
	}
	return s.model(gamma, d.X.Cols)
}
