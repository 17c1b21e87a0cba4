package linear

import (
	"fmt"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/numeric"
)

// LogisticModel chooses between k classes by the scores d = β₀ + xᵀβ: one
// score for two classes, whose sign decides, and one for each of more.
type LogisticModel struct {
	Coef      [][]float64 // 1 or k rows of p weights
	Intercept []float64   // one for each row of Coef

	Penalty      string // as the fit was told
	L1Ratio      float64
	C            float64
	Tol          float64
	MaxIter      int
	FitIntercept bool
	ClassWeight  learn.ClassWeight

	Iterations int  // Newton steps taken
	Settled    bool // whether they came to rest within MaxIter
}

// Predict writes the index of each row's class: 1 for a score above 0 where
// there are two classes, otherwise the first of the highest scores.
func (m *LogisticModel) Predict(X *frame.Matrix, dst []float64) {
	decide(X, dst, m.Coef, m.Intercept)
}

// decide writes the index of each row's class by its scores.
func decide(X *frame.Matrix, dst []float64, coef [][]float64, intercept []float64) {
	if len(coef) == 1 {
		weigh(dst, X, coef[0], intercept[0])
		for i, d := range dst {
			dst[i] = 0
			if d > 0 {
				dst[i] = 1
			}
		}
		return
	}
	best, score := make([]float64, X.Rows), make([]float64, X.Rows)
	clear(dst)
	for c := range coef {
		weigh(score, X, coef[c], intercept[c])
		for i, d := range score {
			if c == 0 || d > best[i] {
				best[i], dst[i] = d, float64(c)
			}
		}
	}
}

// Proba writes the probability of each class: 1/(1+e^-d) for the second of
// two, and e^d over the sum of all e^d for each of more.
func (m *LogisticModel) Proba(X *frame.Matrix, dst []float64) {
	score := make([]float64, X.Rows)
	if len(m.Coef) == 1 {
		weigh(score, X, m.Coef[0], m.Intercept[0])
		for i, d := range score {
			p := numeric.Expit(d)
			dst[2*i], dst[2*i+1] = 1-p, p
		}
		return
	}
	k := len(m.Coef)
	for c := range m.Coef {
		weigh(score, X, m.Coef[c], m.Intercept[c])
		for i, d := range score {
			dst[i*k+c] = d
		}
	}
	for ; len(dst) > 0; dst = dst[k:] {
		numeric.Softmax(dst[:k])
	}
}

// Coefficients returns one row of weights and an intercept for two classes, k
// for k.
func (m *LogisticModel) Coefficients() (weights [][]float64, intercepts []float64) {
	return m.Coef, m.Intercept
}

// Warnings says if the fit stopped before it came to rest.
func (m *LogisticModel) Warnings() []string { return unsettled(m.Iterations, m.Settled) }

// unsettled says that a fit stopped after the given steps, unless it settled.
func unsettled(count int, settled bool) []string {
	if settled {
		return nil
	}
	steps := "steps"
	if count == 1 {
		steps = "step"
	}
	return []string{fmt.Sprintf("Stopped after %d %s before settling; scale the columns or raise max_iter.", count, steps)}
}
