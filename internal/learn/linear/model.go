package linear

import (
	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/frame"
)

// RegressionModel predicts β₀ + xᵀβ.
type RegressionModel struct {
	Coef         []float64 // β, one for each column of X
	Intercept    float64   // β₀, in units of the target
	FitIntercept bool      // whether β₀ was learned
}

// Predict writes β₀ + xᵀβ for each row of X into dst.
func (m *RegressionModel) Predict(X *frame.Matrix, dst []float64) {
	weigh(dst, X, m.Coef, m.Intercept)
}

// Coefficients returns one row of weights and the intercept.
func (m *RegressionModel) Coefficients() (weights [][]float64, intercepts []float64) {
	return [][]float64{m.Coef}, []float64{m.Intercept}
}

// weigh writes Xw + b into dst, adding a row's products in the order of the
// columns and b last, so that a row's sum depends on that row alone.
func weigh(dst []float64, X *frame.Matrix, w []float64, b float64) {
	clear(dst)
	at := 0
	for _, block := range X.Blocks {
		part := w[at:][:block.Width]
		at += block.Width
		if block.Dense != nil {
			if part[0] != 0 {
				floats.AddScaled(dst, part[0], block.Dense)
			}
			continue
		}
		for i, c := range block.Codes {
			if c >= 0 {
				dst[i] += part[c]
			}
		}
	}
	floats.AddConst(b, dst)
}
