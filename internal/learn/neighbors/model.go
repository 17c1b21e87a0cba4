package neighbors

import (
	"math"

	"clicktrain/internal/frame"
)

// Classifier predicts the class that weighs most among the neighbors.
type Classifier struct {
	model
	classes int
}

// Regressor predicts the weighted mean of the neighbors' targets.
type Regressor struct{ model }

// shares writes the neighbors' weights relative to the nearest's: 1 each, or
// by 1 over the distance; neighbors at distance 0 then are the only ones.
func (m *model) shares(dst []float64, best *nearest) []float64 {
	dst = dst[:len(best.dist)]
	nearest := best.dist[0]
	for i, d := range best.dist {
		switch {
		case m.weights == uniform || math.IsInf(nearest, 1):
			dst[i] = 1
		case nearest == 0:
			dst[i] = 0
			if d == 0 {
				dst[i] = 1
			}
		case m.power == 2:
			dst[i] = math.Sqrt(nearest / d)
		default:
			dst[i] = nearest / d
		}
	}
	return dst
}

// Proba writes each class's share of the neighbors' weight.
func (m *Classifier) Proba(X *frame.Matrix, dst []float64) {
	m.each(X, func() func(int, *nearest) {
		weights := make([]float64, m.k)
		return func(row int, best *nearest) {
			m.proba(dst[row*m.classes:][:m.classes], weights, best)
		}
	})
}

func (m *Classifier) proba(dst, weights []float64, best *nearest) {
	clear(dst)
	total := 0.0
	for i, w := range m.shares(weights, best) {
		dst[int(m.y[best.row[i]])] += w
		total += w
	}
	for c := range dst {
		dst[c] /= total
	}
}

// Predict writes the class of the largest share; of equals, the first.
func (m *Classifier) Predict(X *frame.Matrix, dst []float64) {
	m.each(X, func() func(int, *nearest) {
		weights, shares := make([]float64, m.k), make([]float64, m.classes)
		return func(row int, best *nearest) {
			m.proba(shares, weights, best)
			top := 0
			for c, share := range shares {
				if share > shares[top] {
					top = c
				}
			}
			dst[row] = float64(top)
		}
	})
}

// Predict writes the mean.
func (m *Regressor) Predict(X *frame.Matrix, dst []float64) {
	m.each(X, func() func(int, *nearest) {
		weights := make([]float64, m.k)
		return func(row int, best *nearest) { dst[row] = m.mean(weights, best) }
	})
}

func (m *Regressor) mean(weights []float64, best *nearest) float64 {
	sum, total := 0.0, 0.0
	weights = m.shares(weights, best)
	for i, w := range weights {
		sum += w * m.y[best.row[i]]
		total += w
	}
	if !math.IsInf(sum, 0) && !math.IsNaN(sum) {
		return sum / total
	}
	mean := 0.0 // the sum is beyond float64
	for i, w := range weights {
		mean += m.y[best.row[i]] * (w / total)
	}
	return mean
}
