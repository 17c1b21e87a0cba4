package neighbors

import "clicktrain/internal/export/pickle"

// Sklearn returns the model as sklearn.neighbors.KNeighborsClassifier. With
// city block distances scikit-learn before 1.9 takes the classes of uniform
// votes to be 0 … k-1, whatever they are (its issue 33034); but not if weights
// is None, which means uniform too.
func (m *Classifier) Sklearn(labels pickle.Array, features int) *pickle.Object {
	classes := make([]int64, len(m.y))
	for i, y := range m.y {
		classes[i] = int64(y)
	}
	weights := pickle.Value(m.weights)
	if m.power == 1 && m.weights == uniform {
		weights = nil
	}
	return m.object("sklearn.neighbors._classification", "KNeighborsClassifier", features).Set(
		pickle.Attr{Name: "weights", Value: weights},
		pickle.Attr{Name: "classes_", Value: labels},
		pickle.Attr{Name: "outputs_2d_", Value: false},
		pickle.Attr{Name: "_y", Value: pickle.Ints(classes)})
}

// Sklearn returns the model as sklearn.neighbors.KNeighborsRegressor.
func (m *Regressor) Sklearn(_ pickle.Array, features int) *pickle.Object {
	return m.object("sklearn.neighbors._regression", "KNeighborsRegressor", features).Set(
		pickle.Attr{Name: "weights", Value: m.weights},
		pickle.Attr{Name: "_y", Value: pickle.Floats(m.y)})
}

// object returns the estimator, less its weights and what is of one task only.
func (m *model) object(module, class string, features int) *pickle.Object {
	rows := m.table
	if m.groups > 0 {
		rows = m.plain()
	}
	metric := "euclidean"
	if m.power == 1 {
		metric = "manhattan"
	}
	return pickle.Estimator(module, class,
		pickle.Attr{Name: "n_neighbors", Value: m.k},
		pickle.Attr{Name: "radius", Value: nil},
		pickle.Attr{Name: "algorithm", Value: "brute"},
		pickle.Attr{Name: "leaf_size", Value: 30},
		pickle.Attr{Name: "metric", Value: "minkowski"},
		pickle.Attr{Name: "metric_params", Value: nil},
		pickle.Attr{Name: "p", Value: m.power},
		pickle.Attr{Name: "n_jobs", Value: nil},
		pickle.Attr{Name: "n_features_in_", Value: features},
		pickle.Attr{Name: "effective_metric_", Value: metric},
		pickle.Attr{Name: "effective_metric_params_", Value: pickle.Dict{}},
		pickle.Attr{Name: "_fit_method", Value: "brute"},
		pickle.Attr{Name: "_fit_X", Value: pickle.Floats(rows.dense, rows.rows, features)},
		pickle.Attr{Name: "n_samples_fit_", Value: m.rows},
		pickle.Attr{Name: "_tree", Value: nil})
}
