package forest

import (
	"clicktrain/internal/export/pickle"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
)

// Sklearn returns the model as a fitted classifier of its kind.
func (m *Classifier) Sklearn(labels pickle.Array, features int) *pickle.Object {
	classes := []pickle.Attr{{Name: "classes_", Value: labels}, {Name: "n_classes_", Value: m.classes}}
	if m.kind == decisionTree {
		return m.tree(0, features, m.random()).Set(classes...)
	}
	indices := make([]float64, m.classes)
	for c := range indices {
		indices[c] = float64(c)
	}
	fitted := []pickle.Attr{{Name: "classes_", Value: pickle.Floats(indices)}, {Name: "n_classes_", Value: m.classes}}
	return m.object(features, fitted).Set(classes...)
}

// Sklearn returns the model as a fitted regressor of its kind.
func (m *Regressor) Sklearn(_ pickle.Array, features int) *pickle.Object {
	if m.kind == decisionTree {
		return m.tree(0, features, m.random())
	}
	return m.object(features, nil)
}

// suffix returns how the names of scikit-learn's classes for the task end.
func (s *settings) suffix() string {
	if s.task == learn.Classification {
		return "Classifier"
	}
	return "Regressor"
}

// random returns the seed as scikit-learn takes it.
func (e *ensemble) random() pickle.Value { return int(e.seed & 0xffffffff) }

// estimatorParams are the parameters that a forest hands to its trees.
var estimatorParams = pickle.Tuple{
	"criterion", "max_depth", "min_samples_split", "min_samples_leaf", "min_weight_fraction_leaf",
	"max_features", "max_leaf_nodes", "min_impurity_decrease", "random_state", "ccp_alpha", "monotonic_cst",
}

// object returns the forest, less its classes. fitted is what the trees know
// of theirs.
func (e *ensemble) object(p int, fitted []pickle.Attr) *pickle.Object {
	unfitted := e.defaultTree()
	trees := make(pickle.List, len(e.grown))
	for t := range e.grown {
		trees[t] = e.tree(t, p, nil).Set(fitted...)
	}
	var bootstrapped pickle.Value
	if e.bootstrap {
		bootstrapped = e.drawn(e.rows)
	}
	name := "RandomForest"
	if e.kind == extraTrees {
		name = "ExtraTrees"
	}
	return pickle.Estimator("sklearn.ensemble._forest", name+e.suffix(), []pickle.Attr{
		{Name: "estimator", Value: unfitted},
		{Name: "n_estimators", Value: e.trees},
		{Name: "estimator_params", Value: estimatorParams},
		{Name: "bootstrap", Value: e.bootstrap},
		{Name: "oob_score", Value: false},
		{Name: "n_jobs", Value: nil},
		{Name: "random_state", Value: e.random()},
		{Name: "verbose", Value: 0},
		{Name: "warm_start", Value: false},
		{Name: "class_weight", Value: orNone(e.classWeight)},
		{Name: "max_samples", Value: orNone(e.maxSamples)},
	}...).Set(e.growth()...).Set(
		pickle.Attr{Name: "n_features_in_", Value: p},
		pickle.Attr{Name: "n_outputs_", Value: 1},
		pickle.Attr{Name: "_n_samples", Value: e.rows},
		pickle.Attr{Name: "_n_samples_bootstrap", Value: bootstrapped},
		pickle.Attr{Name: "_sample_weight", Value: nil},
		pickle.Attr{Name: "estimator_", Value: unfitted},
		pickle.Attr{Name: "estimators_", Value: trees},
	)
}

// orNone returns a value as scikit-learn has it, to which none is None.
func orNone(v param.Value) pickle.Value {
	if v == "none" {
		return nil
	}
	return v
}

// growth returns the parameters that forests and trees share.
func (s *settings) growth() []pickle.Attr {
	var depth, leaves pickle.Value
	if s.maxDepth > 0 {
		depth = s.maxDepth
	}
	if s.maxLeaves > 0 {
		leaves = s.maxLeaves
	}
	return []pickle.Attr{
		{Name: "criterion", Value: s.criterion},
		{Name: "max_depth", Value: depth},
		{Name: "min_samples_split", Value: s.minSplit},
		{Name: "min_samples_leaf", Value: s.minLeaf},
		{Name: "min_weight_fraction_leaf", Value: s.minWeight},
		{Name: "max_features", Value: orNone(s.maxFeatures)},
		{Name: "max_leaf_nodes", Value: leaves},
		{Name: "min_impurity_decrease", Value: s.minDecrease},
		{Name: "ccp_alpha", Value: s.alpha},
		{Name: "monotonic_cst", Value: nil},
	}
}

// tree returns tree t of p columns, less its classes.
func (e *ensemble) tree(t, p int, random pickle.Value) *pickle.Object {
	return e.estimator(random).Set(
		pickle.Attr{Name: "n_features_in_", Value: p},
		pickle.Attr{Name: "n_outputs_", Value: 1},
		pickle.Attr{Name: "max_features_", Value: e.features(p)},
		pickle.Attr{Name: "tree_", Value: e.grown[t].Pickle(p)},
	)
}

// estimator returns an unfitted tree of the given parameters.
func (s *settings) estimator(random pickle.Value) *pickle.Object {
	name, splitter := "DecisionTree", "best"
	if s.kind == extraTrees {
		name, splitter = "ExtraTree", "random"
	}
	attrs := append(s.growth(),
		pickle.Attr{Name: "splitter", Value: splitter},
		pickle.Attr{Name: "random_state", Value: random})
	weight := orNone(s.classWeight)
	if s.kind != decisionTree {
		weight = nil // the forest's, not its trees'
	}
	attrs = append(attrs, pickle.Attr{Name: "class_weight", Value: weight})
	return pickle.Estimator("sklearn.tree._classes", name+s.suffix(), attrs...)
}

// defaultTree returns what a forest makes its trees from: a tree of
// scikit-learn's default parameters.
func (s *settings) defaultTree() *pickle.Object {
	d := settings{
		kind: s.kind, task: s.task, criterion: "squared_error",
		minSplit: 2, minLeaf: 1, maxFeatures: "none", classWeight: unweighted,
	}
	if s.task == learn.Classification {
		d.criterion = "gini"
	}
	if s.kind == extraTrees {
		d.maxFeatures = 1.0
		if s.task == learn.Classification {
			d.maxFeatures = "sqrt"
		}
	}
	return d.estimator(nil)
}
