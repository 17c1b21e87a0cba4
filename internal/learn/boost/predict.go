package boost

import (
	"math"

	"clicktrain/internal/frame"
)

var nan = math.NaN()

// Predict writes the predicted number.
func (m *Regressor) Predict(X *frame.Matrix, dst []float64) {
	m.sum(X, dst)
	if m.loss == poissonLoss || m.loss == gammaLoss {
		for i, x := range dst {
			dst[i] = math.Exp(x)
		}
	}
}

// Predict writes the most probable class; of equals, the first.
func (m *Classifier) Predict(X *frame.Matrix, dst []float64) {
	k := m.classes
	p := make([]float64, X.Rows*k)
	m.Proba(X, p)
	for i := range dst {
		best := 0
		for c, x := range p[i*k : i*k+k] {
			if x > p[i*k+best] {
				best = c
			}
		}
		dst[i] = float64(best)
	}
}

// Proba writes the class probabilities: the logistic function of the summed
// values, or their softmax where there are three classes or more.
func (m *Classifier) Proba(X *frame.Matrix, dst []float64) {
	k := m.classes
	if k > 2 {
		m.sum(X, dst)
		for i := range X.Rows {
			row := dst[i*k : i*k+k]
			sum := exponentials(row)
			for c := range row {
				row[c] /= sum
			}
		}
		return
	}
	m.sum(X, dst[:X.Rows])
	for i := X.Rows - 1; i >= 0; i-- { // from the back: row i's place is behind its sum
		p := logistic(dst[i])
		dst[2*i], dst[2*i+1] = 1-p, p
	}
}
