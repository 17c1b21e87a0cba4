package sklearn

import (
	"slices"
	"testing"

	"clicktrain/internal/recipe"
)

type choice struct {
	name        string
	r           recipe.Recipe
	all         bool   // is tried with every learner
	preparation bool   // what matters is the preparation: one learner is enough
	loose       bool   // a new fit in scikit-learn need not prepare the same columns
	tied        bool   // of rows of known values, neighbors are often equally far: which fill is anyone's choice
	sparse      bool   // texts are vectorized on the way
	since       string // the oldest scikit-learn that can open it, where that is not the oldest promised
}

func step(name string, columns []string, pairs ...string) recipe.Step {
	s := recipe.Step{Name: name, Columns: columns, Params: map[string]any{}}
	for i := 0; i < len(pairs); i += 2 {
		s.Params[pairs[i]] = pairs[i+1]
	}
	return s
}

// recipes are the kinds of preparation: every step with each of its settings,
// alone and together, for all columns and for one.
func recipes(t *testing.T, numeric, category string) []choice {
	legacy := func(missing, encoding string, scaling bool) recipe.Recipe {
		r, err := recipe.FromLegacy(missing, encoding, scaling)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	list := []choice{
		{name: "none", all: true, r: recipe.Recipe{}},
		{name: "mean-label-scaled", all: true, r: legacy("mean", "label", true)},
		{name: "drop-label", r: legacy("drop", "label", false)},
		{name: "mode", r: legacy("mode", "", true)},
		{name: "median-onehot-scaled", all: true, r: recipe.Recipe{Steps: []recipe.Step{
			step("impute", nil, "strategy", "median"), step("impute", nil, "strategy", "most_frequent"),
			step("encode", nil, "method", "one_hot"), step("scale", nil)}}},
		{name: "onehot-unfilled", r: recipe.Recipe{Steps: []recipe.Step{step("encode", nil, "method", "one_hot")}}},
		{name: "ordinal-unfilled", r: recipe.Recipe{Steps: []recipe.Step{step("encode", nil, "method", "ordinal")}}},
		{name: "scaled-only", r: recipe.Recipe{Steps: []recipe.Step{step("scale", nil)}}},
	}
	if numeric != "" {
		list = append(list,
			choice{name: "one number as categories", r: recipe.Recipe{Steps: []recipe.Step{step("encode", []string{numeric}, "method", "one_hot")}}},
			choice{name: "one number as codes", r: recipe.Recipe{Steps: []recipe.Step{
				step("impute", []string{numeric}, "strategy", "most_frequent"), step("encode", []string{numeric}, "method", "ordinal"), step("scale", []string{numeric})}}})
	}
	if category != "" {
		list = append(list, choice{name: "one category", r: recipe.Recipe{Steps: []recipe.Step{
			step("impute", []string{category}, "strategy", "most_frequent"), step("encode", []string{category}, "method", "ordinal"), step("scale", []string{category})}}})
	}
	return append(list, methods()...)
}

// methods are the methods of the steps on columns that the other recipes do
// not use. A power is found by a search, and scikit-learn before 1.7 had other
// quantiles for bins, so after these a new fit is not compared.
func methods() []choice {
	fill := []recipe.Step{step("impute", nil, "strategy", "median"), step("impute", nil, "strategy", "most_frequent")}
	ordinal, rare := step("encode", nil, "method", "ordinal"), step("encode", nil, "min_frequency", "0.05", "max_categories", "6")
	of := func(steps ...recipe.Step) recipe.Recipe { return recipe.Recipe{Steps: slices.Concat(fill, steps)} }
	return []choice{
		{name: "constants", preparation: true, r: recipe.Recipe{Steps: []recipe.Step{
			step("impute", nil, "strategy", "constant", "fill_value", "-1"), step("impute", nil, "strategy", "constant"),
			step("impute", nil, "strategy", "most_frequent"), ordinal, step("scale", nil, "method", "min_max")}}},
		{name: "capped-robust-rare", preparation: true, r: of(step("cap_outliers", nil), rare, step("scale", nil, "method", "robust"))},
		{name: "capped-first", preparation: true, r: recipe.Recipe{Steps: append([]recipe.Step{step("cap_outliers", nil, "method", "z_score"), step("scale", nil, "method", "max_abs")}, fill...)}},
		{name: "dropped", preparation: true, r: of(step("encode", nil, "drop", "if_binary"))},
		{name: "uniform-bins", preparation: true, r: of(step("bin", nil, "strategy", "uniform", "encode", "ordinal"), ordinal)},
		{name: "cluster-bins", preparation: true, r: of(step("bin", nil, "strategy", "kmeans", "n_bins", "3"), ordinal)},
		{name: "quantile-bins", preparation: true, loose: true, r: of(step("bin", nil), ordinal)},
		{name: "power", preparation: true, loose: true, r: recipe.Recipe{Steps: append([]recipe.Step{step("transform", nil)}, append(fill, ordinal)...)}},
		{name: "log", preparation: true, r: recipe.Recipe{Steps: append([]recipe.Step{step("transform", nil, "method", "log")}, append(fill, ordinal)...)}},
		{name: "quantiles", preparation: true, r: of(step("transform", nil, "method", "quantile", "output_distribution", "normal"), ordinal)},
	}
}
