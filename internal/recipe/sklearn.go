package recipe

import (
	"strconv"
	"strings"

	"clicktrain/internal/export/pickle"
)

// Sklearn returns the fitted recipe as a scikit-learn ColumnTransformer, which
// takes a DataFrame with the raw columns in any order and gives the columns of
// Transform. It holds for scikit-learn 1.4 to 1.9.
//
// Each branch is one transformer, or a Pipeline of them. Only the first one of
// a branch knows column names: what it returns has none, and the next would
// warn that they are missing.
func (t *Fitted) Sklearn() *pickle.Object {
	names := make([]string, len(t.inputs))
	for i, in := range t.inputs {
		names[i] = in.Name
	}
	var transformers, columns pickle.List
	var inputs, outputs pickle.Dict
	first := 0
	for _, b := range t.branches {
		var names, indices pickle.List
		width := 0
		for _, i := range b.inputs {
			names = append(names, t.inputs[i].Name)
			indices = append(indices, i)
			width += t.inputs[i].width()
		}
		transformers = append(transformers, pickle.Tuple{b.name, t.branchSklearn(b), names})
		columns = append(columns, names)
		inputs = append(inputs, pickle.Pair{Key: b.name, Value: indices})
		outputs = append(outputs, pickle.Pair{Key: b.name, Value: pickle.Slice{Start: first, Stop: first + width}})
		first += width
	}
	const rest = "remainder"
	inputs = append(inputs, pickle.Pair{Key: rest, Value: pickle.List{}})
	outputs = append(outputs, pickle.Pair{Key: rest, Value: pickle.Slice{}})
	return pickle.Estimator("sklearn.compose._column_transformer", "ColumnTransformer",
		pickle.Attr{Name: "transformers", Value: transformers},
		pickle.Attr{Name: "remainder", Value: "drop"},
		pickle.Attr{Name: "sparse_threshold", Value: 0.3},
		pickle.Attr{Name: "n_jobs", Value: nil},
		pickle.Attr{Name: "transformer_weights", Value: nil},
		pickle.Attr{Name: "verbose", Value: false},
		pickle.Attr{Name: "verbose_feature_names_out", Value: true},
		pickle.Attr{Name: "force_int_remainder_cols", Value: true},
		pickle.Attr{Name: "feature_names_in_", Value: pickle.Strings(names)},
		pickle.Attr{Name: "n_features_in_", Value: len(names)},
		pickle.Attr{Name: "_n_features", Value: len(names)},
		pickle.Attr{Name: "_name_to_fitted_passthrough", Value: pickle.Dict{}},
		pickle.Attr{Name: "_columns", Value: columns},
		pickle.Attr{Name: "_transformer_to_input_indices", Value: inputs},
		pickle.Attr{Name: "_remainder", Value: pickle.Tuple{rest, "drop", pickle.List{}}},
		pickle.Attr{Name: "sparse_output_", Value: false},
		pickle.Attr{Name: "transformers_", Value: transformers},
		pickle.Attr{Name: "output_indices_", Value: outputs})
}

// branchSklearn returns the transformer of one branch.
func (t *Fitted) branchSklearn(b branch) *pickle.Object {
	var names []string
	for _, i := range b.inputs {
		names = append(names, t.inputs[i].Name)
	}
	var steps pickle.List
	var object *pickle.Object
	named := true // the step is given a DataFrame
	for k, o := range t.inputs[b.inputs[0]].ops {
		column := make([]op, len(b.inputs))
		for j, i := range b.inputs {
			column[j] = t.inputs[i].ops[k]
		}
		object = o.sklearn(column).Set(pickle.Attr{Name: "n_features_in_", Value: len(names)})
		if named {
			object.Set(pickle.Attr{Name: "feature_names_in_", Value: pickle.Strings(names)})
		}
		named = named && keepsNames(o)
		steps = append(steps, pickle.Tuple{stepName(o), object})
	}
	if len(steps) == 1 {
		return object
	}
	return pickle.Estimator("sklearn.pipeline", "Pipeline",
		pickle.Attr{Name: "steps", Value: steps},
		pickle.Attr{Name: "memory", Value: nil},
		pickle.Attr{Name: "verbose", Value: false},
		pickle.Attr{Name: "transform_input", Value: nil})
}

// stepName names an operation within a branch, where no two have one name.
func stepName(o op) string {
	switch o := o.(type) {
	case *fillNumber, *fillText:
		return "fill"
	case *standardize:
		return "scale"
	case *ordinal:
		if o.keepMissing {
			return "codes"
		}
	case numberOp:
		return o.step()
	}
	return "encode"
}

// branchName names a branch by what it does, as in median_scale. A name that
// is in use gets a number; scikit-learn allows no two underscores in a row.
func branchName(ops []op, used map[string]int) string {
	var words []string
	for _, o := range ops {
		switch o := o.(type) {
		case *fillNumber:
			words = append(words, string(o.strategy))
		case *fillText:
			words = append(words, string(o.strategy))
		case *standardize:
			words = append(words, "scale")
		case *oneHot:
			words = append(words, "one_hot")
		case *ordinal:
			if !o.keepMissing {
				words = append(words, "ordinal")
			}
		case numberOp:
			words = append(words, o.word())
		}
	}
	name := strings.Join(words, "_")
	used[name]++
	if n := used[name]; n > 1 {
		name += "_" + strconv.Itoa(n)
	}
	return name
}
