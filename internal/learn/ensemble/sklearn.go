package ensemble

import (
	"strings"

	"clicktrain/internal/export/pickle"
)

// Sklearn returns the model as sklearn.ensemble.VotingClassifier. Its members
// know the classes by their indices, as scikit-learn's do.
func (m *VotingClassifier) Sklearn(labels pickle.Array, features int) *pickle.Object {
	parts := objects(m.fitted, m.classes, features)
	return pickle.Estimator("sklearn.ensemble._voting", "VotingClassifier", append(parts.attrs(),
		pickle.Attr{Name: "voting", Value: m.how},
		pickle.Attr{Name: "weights", Value: m.pickledWeights()},
		pickle.Attr{Name: "n_jobs", Value: nil},
		pickle.Attr{Name: "flatten_transform", Value: true},
		pickle.Attr{Name: "verbose", Value: false},
		pickle.Attr{Name: "n_features_in_", Value: features},
		pickle.Attr{Name: "le_", Value: encoder(labels)},
		pickle.Attr{Name: "classes_", Value: labels})...)
}

// Sklearn returns the model as sklearn.ensemble.VotingRegressor.
func (m *VotingRegressor) Sklearn(_ pickle.Array, features int) *pickle.Object {
	parts := objects(m.fitted, 0, features)
	return pickle.Estimator("sklearn.ensemble._voting", "VotingRegressor", append(parts.attrs(),
		pickle.Attr{Name: "weights", Value: m.pickledWeights()},
		pickle.Attr{Name: "n_jobs", Value: nil},
		pickle.Attr{Name: "verbose", Value: false},
		pickle.Attr{Name: "n_features_in_", Value: features})...)
}

func (v *vote) pickledWeights() pickle.Value {
	if len(v.weights) == 0 {
		return nil
	}
	var out pickle.List
	for _, w := range v.weights {
		out = append(out, w)
	}
	return out
}

// Sklearn returns the model as sklearn.ensemble.StackingClassifier.
func (m *StackingClassifier) Sklearn(labels pickle.Array, features int) *pickle.Object {
	return m.object("StackingClassifier", features).Set(
		pickle.Attr{Name: "_label_encoder", Value: encoder(labels)},
		pickle.Attr{Name: "classes_", Value: labels})
}

// Sklearn returns the model as sklearn.ensemble.StackingRegressor.
func (m *StackingRegressor) Sklearn(_ pickle.Array, features int) *pickle.Object {
	return m.object("StackingRegressor", features)
}

func (s *stack) object(class string, features int) *pickle.Object {
	parts := objects(s.fitted, s.classes, features)
	var methods, widths pickle.List
	seen := 0
	for _, f := range s.fitted {
		how, width := method(f.Model, s.classes), 1
		if how != byClass && s.classes > 2 {
			width = s.classes
		}
		methods, widths = append(methods, how), append(widths, width)
		seen += width
	}
	if s.passthrough {
		seen += features
	}
	final := object(s.final, s.classes, seen)
	return pickle.Estimator("sklearn.ensemble._stacking", class, append(parts.attrs(),
		pickle.Attr{Name: "final_estimator", Value: unfitted(final)},
		pickle.Attr{Name: "cv", Value: s.splitter()},
		pickle.Attr{Name: "stack_method", Value: "auto"},
		pickle.Attr{Name: "n_jobs", Value: nil},
		pickle.Attr{Name: "verbose", Value: 0},
		pickle.Attr{Name: "passthrough", Value: s.passthrough},
		pickle.Attr{Name: "n_features_in_", Value: features},
		pickle.Attr{Name: "final_estimator_", Value: final},
		pickle.Attr{Name: "stack_method_", Value: methods},
		pickle.Attr{Name: "_n_feature_outs", Value: widths})...)
}

// splitter returns what cuts rows into folds.
func (s *stack) splitter() *pickle.Object {
	class := "KFold"
	if s.classes > 0 {
		class = "StratifiedKFold"
	}
	return &pickle.Object{Class: pickle.Global{Module: "sklearn.model_selection._split", Name: class}, Attrs: []pickle.Attr{
		{Name: "n_splits", Value: s.cv},
		{Name: "shuffle", Value: true},
		{Name: "random_state", Value: int(s.seed & 0xffffffff)}, // what scikit-learn takes
	}}
}

// members of an ensemble as objects.
type parts struct {
	names  []string
	fitted []*pickle.Object
}

func objects(all []fitted, classes, features int) parts {
	var p parts
	for _, f := range all {
		p.names, p.fitted = append(p.names, f.name), append(p.fitted, object(f, classes, features))
	}
	return p
}

// object returns a model as an estimator that knows the classes by index.
func object(f fitted, classes, features int) *pickle.Object {
	var labels pickle.Array
	if classes > 0 {
		indices := make([]int64, classes)
		for c := range indices {
			indices[c] = int64(c)
		}
		labels = pickle.Ints(indices)
	}
	return f.Model.(pickle.Sklearner).Sklearn(labels, features)
}

// attrs returns the attributes that hold the members: as parameters, unfitted,
// and as they were fitted, in a list and by name.
func (p parts) attrs() []pickle.Attr {
	var given, list pickle.List
	var named pickle.Dict
	for i, name := range p.names {
		given = append(given, pickle.Tuple{name, unfitted(p.fitted[i])})
		list = append(list, p.fitted[i])
		named = append(named, pickle.Pair{Key: name, Value: p.fitted[i]})
	}
	return []pickle.Attr{
		{Name: "estimators", Value: given},
		{Name: "estimators_", Value: list},
		{Name: "named_estimators_", Value: &pickle.Object{Class: pickle.Global{Module: "sklearn.utils._bunch", Name: "Bunch"}, Items: named}},
	}
}

// unfitted returns an estimator with the parameters of o alone: no parameter's
// name starts or ends with an underscore, and everything that a fit learns has
// such a name.
func unfitted(o *pickle.Object) *pickle.Object {
	out := *o
	out.Attrs = nil
	for _, a := range o.Attrs {
		if !strings.HasPrefix(a.Name, "_") && !strings.HasSuffix(a.Name, "_") {
			out.Attrs = append(out.Attrs, a)
		}
	}
	return &out
}

// encoder returns the LabelEncoder of the classes.
func encoder(labels pickle.Array) *pickle.Object {
	return pickle.Estimator("sklearn.preprocessing._label", "LabelEncoder", pickle.Attr{Name: "classes_", Value: labels})
}
