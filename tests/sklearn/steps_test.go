package sklearn

import (
	"slices"
	"testing"

	"clicktrain/internal/recipe"
)

// of is a recipe that is tried with one learner.
func of(name string, steps ...recipe.Step) choice {
	return choice{name: name, preparation: true, r: recipe.Recipe{Steps: steps}}
}

// loosely is of, where a new fit need not prepare the same columns.
func loosely(name string, steps ...recipe.Step) choice {
	c := of(name, steps...)
	c.loose = true
	return c
}

// tied is of, where rows of known values have neighbors that are equally far.
func tied(name string, steps ...recipe.Step) choice {
	c := of(name, steps...)
	c.tied = true
	return c
}

// stepChoices are recipes with the steps that need the names of columns, learn
// from the target, or work on prepared columns or on training rows alone.
// Before 1.5, scikit-learn gave principal components other signs.
func stepChoices() map[string][]choice {
	fill := []recipe.Step{step("impute", nil, "strategy", "median"), step("impute", nil, "strategy", "most_frequent")}
	hot, ordinal, scale := step("encode", nil), step("encode", nil, "method", "ordinal"), step("scale", nil)
	prepared := func(steps ...recipe.Step) []recipe.Step { return slices.Concat(fill, []recipe.Step{hot, scale}, steps) }
	numbers := []string{"age", "fare", "sibsp"}
	missing := func(columns []string, values ...any) recipe.Step {
		return recipe.Step{Name: "treat_as_missing", Columns: columns, Params: map[string]any{"values": values}}
	}
	kind := func(kind string, columns ...string) recipe.Step { return step("set_kind", columns, "kind", kind) }
	return map[string][]choice{
		"titanic": {
			of("missing, filled", append([]recipe.Step{step("drop_columns", []string{"alive", "who"}), missing([]string{"age", "deck", "embarked", "sibsp"}, "24", "C", "S", "0")}, append(fill, ordinal)...)...),
			of("missing, encoded", missing([]string{"age", "deck", "adult_male"}, "24", "C", "True"), ordinal),
			of("missing bools, filled", append([]recipe.Step{missing([]string{"alone"}, "True")}, fill...)...),
			of("other kinds", kind("category", "pclass", "age"), kind("boolean", "sibsp"), kind("numeric", "adult_male"), kind("text", "deck"), step("encode", []string{"deck"}, "method", "ordinal"), hot),
			of("other kinds, filled", append([]recipe.Step{kind("category", "pclass"), kind("boolean", "alive", "sibsp"), kind("numeric", "alone")}, append(fill, hot)...)...),
			of("constants in whole numbers", step("impute", []string{"pclass", "sibsp", "parch"}, "strategy", "constant", "fill_value", "-1"), step("impute", nil), ordinal),
			of("flags", step("impute", nil, "strategy", "mean", "add_indicator", "true"), step("impute", nil, "strategy", "most_frequent", "add_indicator", "true"), step("flag_outliers", numbers), hot),
			of("flags of bools with holes", missing([]string{"alone"}, "nothing"), step("impute", []string{"alone"}, "strategy", "most_frequent", "add_indicator", "true"), ordinal),
			of("outliers flagged with holes", step("flag_outliers", nil, "method", "z_score", "factor", "1.5"), step("impute", nil), ordinal),
			of("frequency", step("encode", []string{"deck", "embark_town", "sex", "pclass", "adult_male"}, "method", "frequency"), scale),
			of("frequency, filled", append(fill, step("encode", nil, "method", "frequency"), scale)...),
			of("target", step("encode", []string{"deck", "embark_town", "sex", "pclass", "adult_male"}, "method", "target"), scale),
			of("target of bools with holes", missing([]string{"alone"}, "nothing"), step("encode", []string{"alone", "adult_male"}, "method", "target", "smooth", "10")),
			of("variance", prepared(step("variance_threshold", nil, "threshold", "0.1"))...),
			of("best", prepared(step("select_best", nil, "k", "7"))...),
			of("best counts", slices.Concat(fill, []recipe.Step{hot, step("scale", nil, "method", "min_max"), step("select_best", nil, "k", "9", "score_func", "chi2")})...),
			of("best of some", prepared(step("select_best", []string{"age", "deck", "embark_town"}, "mode", "percentile", "percentile", "40"))...),
			of("all the best", prepared(step("select_best", nil, "k", "500"))...),
			of("polynomial", prepared(step("polynomial", []string{"age", "fare", "sex", "sibsp"}))...),
			of("interactions", prepared(step("polynomial", numbers, "degree", "3", "interaction_only", "true"))...),
			loosely("pca", prepared(step("pca", nil, "n_components", "5", "whiten", "true"))...),
			loosely("pca of some", prepared(step("pca", numbers, "n_components", "0.8"))...),
			loosely("all together", prepared(step("variance_threshold", nil), step("polynomial", numbers), step("select_best", nil, "k", "12"), step("pca", nil))...),
			loosely("rows", append([]recipe.Step{step("drop_duplicates", nil), step("drop_outliers", nil, "factor", "5"), step("drop_constant", nil)}, prepared(step("random_over", nil))...)...),
			loosely("smote", prepared(step("smote", nil))...),
			loosely("under, weighed", prepared(step("random_under", nil), step("class_weight", nil))...),
		},
		"penguins": {
			of("neighbors", scale, step("impute", nil, "strategy", "knn", "add_indicator", "true"), ordinal),
			of("distant neighbors", step("impute", nil, "strategy", "knn", "n_neighbors", "40", "weights", "distance"), step("scale", nil, "method", "robust"), ordinal),
			tied("neighbors of some, then of others", step("scale", nil), step("impute", []string{"bill_length_mm", "bill_depth_mm"}, "strategy", "knn"), step("impute", nil, "strategy", "knn", "n_neighbors", "2"), ordinal),
			of("target of three classes", step("encode", []string{"island", "sex"}, "method", "target"), scale),
			of("best of three classes", prepared(step("select_best", nil, "k", "4"))...),
			loosely("smote of three classes", prepared(step("smote", nil, "k_neighbors", "3"))...),
		},
		"housing": {
			of("neighbors of some", step("cap_outliers", []string{"total_bedrooms", "population", "median_income"}), step("impute", []string{"total_bedrooms", "population", "median_income"}, "strategy", "knn", "n_neighbors", "3"), step("impute", nil), step("encode", nil, "method", "frequency"), scale),
			of("target of numbers", step("encode", []string{"ocean_proximity"}, "method", "target"), step("impute", nil), scale),
			of("best for numbers", prepared(step("select_best", nil, "mode", "percentile", "percentile", "50"))...),
		},
		"hostile": {
			of("hostile missing", missing([]string{"<script>alert(1)</script>\ncposix\nsystem\n(S'id'\ntR."}, "=1+1", "'); drop table"), ordinal),
			of("hostile target", step("encode", nil, "method", "target")),
		},
	}
}

// TestStepsEqualScikitLearn tries the steps.
func TestStepsEqualScikitLearn(t *testing.T) {
	c := newChecker(t)
	all := stepChoices()
	for _, tab := range tables(t) {
		tab.try(c, all[tab.name])
	}
	c.finish()
}
