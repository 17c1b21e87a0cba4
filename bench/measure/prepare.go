package measure

import "clicktrain/internal/recipe"

// Recipe is the preparation of both sides: medians and most frequent values
// filled in, and categories as codes, or one-hot with numbers scaled where the
// learner is linear.
func Recipe(linear bool) recipe.Recipe {
	step := func(name, param, value string) recipe.Step {
		return recipe.Step{Name: name, Params: map[string]any{param: value}}
	}
	method := "ordinal"
	if linear {
		method = "one_hot"
	}
	r := recipe.Recipe{Steps: []recipe.Step{
		step("impute", "strategy", "median"), step("impute", "strategy", "most_frequent"), step("encode", "method", method)}}
	if linear {
		r.Steps = append(r.Steps, step("scale", "method", "standard"))
	}
	return r
}
