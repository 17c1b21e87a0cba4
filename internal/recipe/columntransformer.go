package recipe

import "clicktrain/internal/export/pickle"

// columnTransformer builds scikit-learn's ColumnTransformer, one transformer
// after the other.
type columnTransformer struct {
	names                 []string // of the columns that it gets; nil for an array
	width                 int      // how many those are
	made                  int      // columns so far
	transformers, columns pickle.List
	inputs, outputs       pickle.Dict
}

// add lets a transformer take some columns, of which it makes so many.
func (c *columnTransformer) add(name string, object *pickle.Object, takes []int, made int) {
	var columns, places pickle.List
	for _, i := range takes {
		places = append(places, i)
		if c.names == nil {
			columns = append(columns, i)
		} else {
			columns = append(columns, c.names[i])
		}
	}
	c.transformers = append(c.transformers, pickle.Tuple{name, object, columns})
	c.columns = append(c.columns, columns)
	c.inputs = append(c.inputs, pickle.Pair{Key: name, Value: places})
	c.outputs = append(c.outputs, pickle.Pair{Key: name, Value: pickle.Slice{Start: c.made, Stop: c.made + made}})
	c.made += made
}

func (c *columnTransformer) object() *pickle.Object {
	const rest = "remainder"
	inputs := append(c.inputs, pickle.Pair{Key: rest, Value: pickle.List{}})
	outputs := append(c.outputs, pickle.Pair{Key: rest, Value: pickle.Slice{}})
	o := pickle.Estimator("sklearn.compose._column_transformer", "ColumnTransformer",
		pickle.Attr{Name: "transformers", Value: c.transformers},
		pickle.Attr{Name: "remainder", Value: "drop"},
		pickle.Attr{Name: "sparse_threshold", Value: 0.0}, // learners need not take sparse columns
		pickle.Attr{Name: "n_jobs", Value: nil},
		pickle.Attr{Name: "transformer_weights", Value: nil},
		pickle.Attr{Name: "verbose", Value: false},
		pickle.Attr{Name: "verbose_feature_names_out", Value: true},
		pickle.Attr{Name: "force_int_remainder_cols", Value: true},
		pickle.Attr{Name: "n_features_in_", Value: c.width},
		pickle.Attr{Name: "_n_features", Value: c.width},
		pickle.Attr{Name: "_name_to_fitted_passthrough", Value: pickle.Dict{}},
		pickle.Attr{Name: "_columns", Value: c.columns},
		pickle.Attr{Name: "_transformer_to_input_indices", Value: inputs},
		pickle.Attr{Name: "_remainder", Value: pickle.Tuple{rest, "drop", pickle.List{}}},
		pickle.Attr{Name: "sparse_output_", Value: false},
		pickle.Attr{Name: "transformers_", Value: c.transformers},
		pickle.Attr{Name: "output_indices_", Value: outputs})
	if c.names != nil {
		o.Set(pickle.Attr{Name: "feature_names_in_", Value: pickle.Strings(c.names)})
	}
	return o
}
