package linear

import (
	"math"

	"clicktrain/internal/export/pickle"
)

// Sklearn returns the model as sklearn.linear_model.LinearRegression.
func (m *RegressionModel) Sklearn(_ pickle.Array, features int) *pickle.Object {
	return pickle.Estimator("sklearn.linear_model._base", "LinearRegression",
		pickle.Attr{Name: "fit_intercept", Value: m.FitIntercept},
		pickle.Attr{Name: "copy_X", Value: true},
		pickle.Attr{Name: "tol", Value: 1e-6},
		pickle.Attr{Name: "n_jobs", Value: nil},
		pickle.Attr{Name: "positive", Value: false},
		pickle.Attr{Name: "n_features_in_", Value: features},
		pickle.Attr{Name: "coef_", Value: pickle.Floats(m.Coef)},
		pickle.Attr{Name: "intercept_", Value: m.Intercept},
	)
}

// Sklearn returns the model as sklearn.linear_model.Ridge.
func (m *RidgeModel) Sklearn(_ pickle.Array, features int) *pickle.Object {
	return pickle.Estimator("sklearn.linear_model._ridge", "Ridge",
		pickle.Attr{Name: "alpha", Value: m.Alpha},
		pickle.Attr{Name: "fit_intercept", Value: m.FitIntercept},
		pickle.Attr{Name: "copy_X", Value: true},
		pickle.Attr{Name: "max_iter", Value: nil},
		pickle.Attr{Name: "tol", Value: 1e-4},
		pickle.Attr{Name: "solver", Value: "auto"},
		pickle.Attr{Name: "positive", Value: false},
		pickle.Attr{Name: "random_state", Value: nil},
		pickle.Attr{Name: "n_features_in_", Value: features},
		pickle.Attr{Name: "coef_", Value: pickle.Floats(m.Coef)},
		pickle.Attr{Name: "intercept_", Value: m.Intercept},
		pickle.Attr{Name: "n_iter_", Value: nil},
	)
}

// Sklearn returns the model as sklearn.linear_model.Lasso or ElasticNet.
func (m *NetModel) Sklearn(_ pickle.Array, features int) *pickle.Object {
	class := "ElasticNet"
	if m.Lasso {
		class = "Lasso"
	}
	return pickle.Estimator("sklearn.linear_model._coordinate_descent", class,
		pickle.Attr{Name: "alpha", Value: m.Alpha},
		pickle.Attr{Name: "l1_ratio", Value: m.L1Ratio},
		pickle.Attr{Name: "fit_intercept", Value: m.FitIntercept},
		pickle.Attr{Name: "precompute", Value: false},
		pickle.Attr{Name: "max_iter", Value: m.MaxIter},
		pickle.Attr{Name: "copy_X", Value: true},
		pickle.Attr{Name: "tol", Value: m.Tol},
		pickle.Attr{Name: "warm_start", Value: false},
		pickle.Attr{Name: "positive", Value: false},
		pickle.Attr{Name: "random_state", Value: nil},
		pickle.Attr{Name: "selection", Value: "cyclic"},
		pickle.Attr{Name: "n_features_in_", Value: features},
		pickle.Attr{Name: "coef_", Value: pickle.Floats(m.Coef)},
		pickle.Attr{Name: "intercept_", Value: m.Intercept},
		pickle.Attr{Name: "n_iter_", Value: m.Iterations},
	)
}

// sagaSteps is the least max_iter of an exported model that is fitted again by
// saga, whose steps are far smaller than Newton's.
const sagaSteps = 10_000

// Sklearn returns the model as sklearn.linear_model.LogisticRegression. From
// 1.8 on that tells l2 and no penalty by C and l1_ratio alone and warns, in a
// new fit, of any penalty named. Constructed by the version that reads it, it
// has each version's own defaults, and no penalty is named but where there is
// no other way before 1.8: there, too, an infinite C stands for none.
func (m *LogisticModel) Sklearn(labels pickle.Array, features int) *pickle.Object {
	var coef []float64
	for _, row := range m.Coef {
		coef = append(coef, row...)
	}
	c, solver, steps := m.C, "lbfgs", m.MaxIter
	var named []pickle.Attr
	switch m.Penalty {
	case noPenalty:
		c = math.Inf(1)
	case lassoPenalty, netPenalty:
		ratio := m.L1Ratio
		if m.Penalty == lassoPenalty {
			ratio = 1
		}
		solver, steps = "saga", max(steps, sagaSteps)
		named = []pickle.Attr{{Name: "penalty", Value: netPenalty}, {Name: "l1_ratio", Value: ratio}}
	}
	o := pickle.Estimator("sklearn.linear_model._logistic", "LogisticRegression",
		pickle.Attr{Name: "dual", Value: false},
		pickle.Attr{Name: "tol", Value: m.Tol},
		pickle.Attr{Name: "C", Value: c},
		pickle.Attr{Name: "fit_intercept", Value: m.FitIntercept},
		pickle.Attr{Name: "intercept_scaling", Value: 1},
		pickle.Attr{Name: "class_weight", Value: m.ClassWeight.Pickle()},
		pickle.Attr{Name: "random_state", Value: nil},
		pickle.Attr{Name: "solver", Value: solver},
		pickle.Attr{Name: "max_iter", Value: steps},
		pickle.Attr{Name: "verbose", Value: 0},
		pickle.Attr{Name: "warm_start", Value: false},
		pickle.Attr{Name: "n_jobs", Value: nil},
		pickle.Attr{Name: "n_features_in_", Value: features},
		pickle.Attr{Name: "classes_", Value: labels},
		pickle.Attr{Name: "coef_", Value: pickle.Floats(coef, len(m.Coef), features)},
		pickle.Attr{Name: "intercept_", Value: pickle.Floats(m.Intercept)},
		pickle.Attr{Name: "n_iter_", Value: pickle.Int32s([]int32{int32(m.Iterations)})},
	)
	o.Constructed = true
	return o.Set(named...)
}
