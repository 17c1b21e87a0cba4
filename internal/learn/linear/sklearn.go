package linear

import "clicktrain/internal/export/pickle"

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

// Sklearn returns the model as sklearn.linear_model.LogisticRegression, with
// the parameters that its versions from 1.4 on look for.
func (m *LogisticModel) Sklearn(labels pickle.Array, features int) *pickle.Object {
	var coef []float64
	for _, row := range m.Coef {
		coef = append(coef, row...)
	}
	return pickle.Estimator("sklearn.linear_model._logistic", "LogisticRegression",
		pickle.Attr{Name: "penalty", Value: "l2"},
		pickle.Attr{Name: "dual", Value: false},
		pickle.Attr{Name: "tol", Value: m.Tol},
		pickle.Attr{Name: "C", Value: m.C},
		pickle.Attr{Name: "fit_intercept", Value: m.FitIntercept},
		pickle.Attr{Name: "intercept_scaling", Value: 1},
		pickle.Attr{Name: "class_weight", Value: m.ClassWeight.Pickle()},
		pickle.Attr{Name: "random_state", Value: nil},
		pickle.Attr{Name: "solver", Value: "lbfgs"},
		pickle.Attr{Name: "max_iter", Value: m.MaxIter},
		pickle.Attr{Name: "multi_class", Value: "auto"},
		pickle.Attr{Name: "verbose", Value: 0},
		pickle.Attr{Name: "warm_start", Value: false},
		pickle.Attr{Name: "n_jobs", Value: nil},
		pickle.Attr{Name: "l1_ratio", Value: nil},
		pickle.Attr{Name: "n_features_in_", Value: features},
		pickle.Attr{Name: "classes_", Value: labels},
		pickle.Attr{Name: "coef_", Value: pickle.Floats(coef, len(m.Coef), features)},
		pickle.Attr{Name: "intercept_", Value: pickle.Floats(m.Intercept)},
		pickle.Attr{Name: "n_iter_", Value: pickle.Int32s([]int32{int32(m.Iterations)})},
	)
}
