package bayes

import "clicktrain/internal/export/pickle"

// Sklearn returns the model as sklearn.naive_bayes.GaussianNB.
func (m *Model) Sklearn(labels pickle.Array, features int) *pickle.Object {
	return pickle.Estimator("sklearn.naive_bayes", "GaussianNB",
		pickle.Attr{Name: "priors", Value: nil},
		pickle.Attr{Name: "var_smoothing", Value: m.Smoothing},
		pickle.Attr{Name: "n_features_in_", Value: features},
		pickle.Attr{Name: "classes_", Value: labels},
		pickle.Attr{Name: "class_count_", Value: pickle.Floats(m.Count)},
		pickle.Attr{Name: "class_prior_", Value: pickle.Floats(m.shares())},
		pickle.Attr{Name: "theta_", Value: pickle.Floats(m.Mean, m.Classes, features)},
		pickle.Attr{Name: "var_", Value: pickle.Floats(m.Variance, m.Classes, features)},
		pickle.Attr{Name: "epsilon_", Value: m.Added},
	)
}
