package dummy

import "clicktrain/internal/export/pickle"

// Sklearn returns the model as sklearn.dummy.DummyRegressor.
func (m *Mean) Sklearn(_ pickle.Array, features int) *pickle.Object {
	return pickle.Estimator("sklearn.dummy", "DummyRegressor",
		pickle.Attr{Name: "strategy", Value: "mean"},
		pickle.Attr{Name: "constant", Value: nil},
		pickle.Attr{Name: "quantile", Value: nil},
		pickle.Attr{Name: "n_features_in_", Value: features},
		pickle.Attr{Name: "n_outputs_", Value: 1},
		pickle.Attr{Name: "constant_", Value: pickle.Floats([]float64{m.Value}, 1, 1)},
	)
}

// Sklearn returns the model as sklearn.dummy.DummyClassifier.
func (m *Prior) Sklearn(labels pickle.Array, features int) *pickle.Object {
	return pickle.Estimator("sklearn.dummy", "DummyClassifier",
		pickle.Attr{Name: "strategy", Value: "prior"},
		pickle.Attr{Name: "random_state", Value: nil},
		pickle.Attr{Name: "constant", Value: nil},
		pickle.Attr{Name: "n_features_in_", Value: features},
		pickle.Attr{Name: "_strategy", Value: "prior"},
		pickle.Attr{Name: "sparse_output_", Value: false},
		pickle.Attr{Name: "n_outputs_", Value: 1},
		pickle.Attr{Name: "classes_", Value: labels},
		pickle.Attr{Name: "n_classes_", Value: len(m.Shares)},
		pickle.Attr{Name: "class_prior_", Value: pickle.Floats(m.Shares)},
	)
}
