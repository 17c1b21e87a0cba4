package forest

import (
	"clicktrain/internal/export/pickle"
)

// Sklearn returns the forest as a fitted RandomForestClassifier.
func (m *Classifier) Sklearn(labels pickle.Array, features int) *pickle.Object {
	indices := make([]float64, m.classes)
	for c := range indices {
		indices[c] = float64(c)
	}
	fitted := []pickle.Attr{{Name: "classes_", Value: pickle.Floats(indices)}, {Name: "n_classes_", Value: m.classes}}
	return m.object("Classifier", "gini", features, fitted).Set(
		pickle.Attr{Name: "classes_", Value: labels},
		pickle.Attr{Name: "n_classes_", Value: m.classes})
}

// Sklearn returns the forest as a fitted RandomForestRegressor.
func (m *Regressor) Sklearn(_ pickle.Array, features int) *pickle.Object {
	return m.object("Regressor", "squared_error", features, nil)
}

// estimatorParams are the parameters that a forest hands to its trees.
var estimatorParams = pickle.Tuple{
	"criterion", "max_depth", "min_samples_split", "min_samples_leaf", "min_weight_fraction_leaf",
	"max_features", "max_leaf_nodes", "min_impurity_decrease", "random_state", "ccp_alpha", "monotonic_cst",
}

// object returns the RandomForest of the given kind, less its classes. fitted
// is what the trees know of theirs.
func (e *ensemble) object(kind, criterion string, p int, fitted []pickle.Attr) *pickle.Object {
	unfitted := pickle.Estimator("sklearn.tree._classes", "DecisionTree"+kind, treeParams(kind, criterion, settings{minSplit: 2, minLeaf: 1})...)
	trees := make(pickle.List, len(e.grown))
	for t, g := range e.grown {
		trees[t] = pickle.Estimator("sklearn.tree._classes", "DecisionTree"+kind, treeParams(kind, criterion, e.settings)...).Set(
			pickle.Attr{Name: "n_features_in_", Value: p},
			pickle.Attr{Name: "n_outputs_", Value: 1},
			pickle.Attr{Name: "max_features_", Value: e.features(p)},
			pickle.Attr{Name: "tree_", Value: g.Pickle(p)},
		).Set(fitted...)
	}
	var bootstrapped pickle.Value
	if e.bootstrap {
		bootstrapped = e.rows
	}
	return pickle.Estimator("sklearn.ensemble._forest", "RandomForest"+kind, []pickle.Attr{
		{Name: "estimator", Value: unfitted},
		{Name: "n_estimators", Value: e.trees},
		{Name: "estimator_params", Value: estimatorParams},
		{Name: "bootstrap", Value: e.bootstrap},
		{Name: "oob_score", Value: false},
		{Name: "n_jobs", Value: nil},
		{Name: "random_state", Value: int(e.seed & 0xffffffff)}, // what scikit-learn takes
		{Name: "verbose", Value: 0},
		{Name: "warm_start", Value: false},
		{Name: "class_weight", Value: nil},
		{Name: "max_samples", Value: nil},
	}...).Set(growth(criterion, e.settings)...).Set(
		pickle.Attr{Name: "n_features_in_", Value: p},
		pickle.Attr{Name: "n_outputs_", Value: 1},
		pickle.Attr{Name: "_n_samples", Value: e.rows},
		pickle.Attr{Name: "_n_samples_bootstrap", Value: bootstrapped},
		pickle.Attr{Name: "_sample_weight", Value: nil},
		pickle.Attr{Name: "estimator_", Value: unfitted},
		pickle.Attr{Name: "estimators_", Value: trees},
	)
}

// growth returns the parameters that forests and trees share.
func growth(criterion string, s settings) []pickle.Attr {
	var depth pickle.Value
	if s.maxDepth > 0 {
		depth = s.maxDepth
	}
	return []pickle.Attr{
		{Name: "criterion", Value: criterion},
		{Name: "max_depth", Value: depth},
		{Name: "min_samples_split", Value: s.minSplit},
		{Name: "min_samples_leaf", Value: s.minLeaf},
		{Name: "min_weight_fraction_leaf", Value: 0.0},
		{Name: "max_features", Value: s.maxFeatures},
		{Name: "max_leaf_nodes", Value: nil},
		{Name: "min_impurity_decrease", Value: 0.0},
		{Name: "ccp_alpha", Value: 0.0},
		{Name: "monotonic_cst", Value: nil},
	}
}

// treeParams returns the parameters of a DecisionTree of the given kind.
func treeParams(kind, criterion string, s settings) []pickle.Attr {
	attrs := append(growth(criterion, s),
		pickle.Attr{Name: "splitter", Value: "best"},
		pickle.Attr{Name: "random_state", Value: nil})
	if kind == "Classifier" {
		attrs = append(attrs, pickle.Attr{Name: "class_weight", Value: nil})
	}
	return attrs
}
