package linear

import (
	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// SVCModel chooses between k classes by the scores d = β₀ + xᵀβ: one score for
// two classes, whose sign decides, and one for each of more.
type SVCModel struct {
	machine
	Coef        [][]float64 // 1 or k rows of p weights
	Intercept   []float64   // one for each row of Coef
	Loss        string      // as the fit was told
	ClassWeight learn.ClassWeight

	Iterations int  // steps of the score that took most
	Settled    bool // whether all came to rest within max_iter
}

// Predict writes the index of each row's class: 1 for a score above 0 where
// there are two classes, otherwise the first of the highest scores.
func (m *SVCModel) Predict(X *frame.Matrix, dst []float64) { decide(X, dst, m.Coef, m.Intercept) }

// Scores writes each row's scores; of two classes the first one's is the second
// one's negated.
func (m *SVCModel) Scores(X *frame.Matrix, dst []float64) {
	score, k := make([]float64, X.Rows), max(len(m.Coef), 2)
	for c, w := range m.Coef {
		weigh(score, X, w, m.Intercept[c])
		for i, d := range score {
			if len(m.Coef) == 1 {
				dst[2*i], dst[2*i+1] = -d, d
			} else {
				dst[i*k+c] = d
			}
		}
	}
}

// Coefficients returns one row of weights and an intercept for two classes, k
// for k.
func (m *SVCModel) Coefficients() (weights [][]float64, intercepts []float64) {
	return m.Coef, m.Intercept
}

// Warnings says if the fit stopped before it came to rest.
func (m *SVCModel) Warnings() []string { return unsettled(m.Iterations, m.Settled) }

// MarshalBinary writes the model; its size is 8 bytes a weight.
func (m *SVCModel) MarshalBinary() ([]byte, error) {
	w := newWriter(kindSVC)
	w.machine(m.machine)
	w.choice(m.Loss, classLosses)
	w.class(m.ClassWeight)
	w.uint(m.Iterations)
	w.bool(m.Settled)
	w.rows(m.Coef, m.Intercept)
	return w.data, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *SVCModel) UnmarshalBinary(data []byte) error {
	r := newReader(data, kindSVC)
	back := SVCModel{machine: r.machine(), Loss: r.choice(classLosses), ClassWeight: r.class(), Iterations: r.uint(), Settled: r.bool()}
	back.Coef, back.Intercept = r.rows()
	if err := r.end(); err != nil {
		return err
	}
	*m = back
	return nil
}

// liblinearSteps is the least max_iter of an exported model that is fitted
// again by coordinate descent, which takes far more steps than are taken here.
const liblinearSteps = 100_000

// Sklearn returns the model as sklearn.svm.LinearSVC.
func (m *SVCModel) Sklearn(labels pickle.Array, features int) *pickle.Object {
	var coef []float64
	for _, row := range m.Coef {
		coef = append(coef, row...)
	}
	o := pickle.Estimator("sklearn.svm._classes", "LinearSVC",
		pickle.Attr{Name: "penalty", Value: "l2"},
		pickle.Attr{Name: "multi_class", Value: "ovr"},
		pickle.Attr{Name: "class_weight", Value: m.ClassWeight.Pickle()},
		pickle.Attr{Name: "classes_", Value: labels},
		pickle.Attr{Name: "coef_", Value: pickle.Floats(coef, len(m.Coef), features)},
		pickle.Attr{Name: "intercept_", Value: pickle.Floats(m.Intercept)},
	)
	return o.Set(m.machine.attrs(m.Loss, m.Iterations, features)...)
}

// SVRModel predicts β₀ + xᵀβ.
type SVRModel struct {
	machine
	RegressionModel
	Loss    string // as the fit was told
	Epsilon float64

	Iterations int
	Settled    bool // whether the steps came to rest within max_iter
}

// Warnings says if the fit stopped before it came to rest.
func (m *SVRModel) Warnings() []string { return unsettled(m.Iterations, m.Settled) }

// MarshalBinary writes the model; its size is 8 bytes a column.
func (m *SVRModel) MarshalBinary() ([]byte, error) {
	w := newWriter(kindSVR)
	w.machine(m.machine)
	w.choice(m.Loss, numberLosses)
	w.float(m.Epsilon)
	w.uint(m.Iterations)
	w.bool(m.Settled)
	w.line(&m.RegressionModel)
	return w.data, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *SVRModel) UnmarshalBinary(data []byte) error {
	r := newReader(data, kindSVR)
	back := SVRModel{machine: r.machine(), Loss: r.choice(numberLosses), Epsilon: r.float(), Iterations: r.uint(), Settled: r.bool()}
	back.RegressionModel = r.line()
	if err := r.end(); err != nil {
		return err
	}
	*m = back
	return nil
}

// Sklearn returns the model as sklearn.svm.LinearSVR.
func (m *SVRModel) Sklearn(_ pickle.Array, features int) *pickle.Object {
	o := pickle.Estimator("sklearn.svm._classes", "LinearSVR",
		pickle.Attr{Name: "epsilon", Value: m.Epsilon},
		pickle.Attr{Name: "coef_", Value: pickle.Floats(m.Coef)},
		pickle.Attr{Name: "intercept_", Value: pickle.Floats([]float64{m.Intercept})},
	)
	return o.Set(m.machine.attrs(m.Loss, m.Iterations, features)...)
}

// attrs returns the attributes that both classes have.
func (v *machine) attrs(loss string, steps, features int) []pickle.Attr {
	return []pickle.Attr{
		{Name: "loss", Value: loss},
		{Name: "dual", Value: "auto"},
		{Name: "tol", Value: v.tol},
		{Name: "C", Value: v.c},
		{Name: "fit_intercept", Value: v.fitIntercept},
		{Name: "intercept_scaling", Value: v.scaling},
		{Name: "verbose", Value: 0},
		{Name: "random_state", Value: nil},
		{Name: "max_iter", Value: max(v.maxIter, liblinearSteps)},
		{Name: "n_features_in_", Value: features},
		{Name: "n_iter_", Value: steps},
	}
}

func (w *writer) machine(v machine) {
	w.float(v.c)
	w.float(v.tol)
	w.uint(v.maxIter)
	w.bool(v.fitIntercept)
	w.float(v.scaling)
}

func (r *reader) machine() machine {
	return machine{c: r.float(), tol: r.float(), maxIter: r.uint(), fitIntercept: r.bool(), scaling: r.float()}
}
