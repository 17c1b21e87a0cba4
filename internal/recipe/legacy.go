package recipe

import "clicktrain/internal/problem"

// FromLegacy returns the recipe for the three settings of the older form:
// missing is mean or median (of number columns; other columns get their most
// frequent value), mode (the most frequent value everywhere) or drop (training
// rows with a missing value are left out); encoding is label (ordinal codes
// for columns of text) or empty, which leaves it to Complete; scaling
// standardizes number columns, and leaves encoded ones as they are.
func FromLegacy(missing, encoding string, scaling bool) (Recipe, error) {
	var r Recipe
	add := func(name, param, value string) {
		r.Steps = append(r.Steps, Step{Name: name, Params: map[string]any{param: value}})
	}
	switch missing {
	case "mean", "median":
		add("impute", "strategy", missing)
		add("impute", "strategy", string(MostFrequent))
	case "mode":
		add("impute", "strategy", string(MostFrequent))
	case "drop":
		r.Steps = append(r.Steps, Step{Name: "drop_missing"})
	default:
		return Recipe{}, refuseSetting("missing_strategy", missing, "mean, median, mode, drop")
	}
	switch encoding {
	case "label":
		add("encode", "method", "ordinal")
	case "":
	default:
		return Recipe{}, refuseSetting("encoding", encoding, "label, or nothing")
	}
	if scaling {
		add("scale", "method", "standard")
	}
	return r, nil
}

func refuseSetting(field, value, choices string) error {
	p := problem.Field(field, "%s must be one of %s, got %s.", field, choices, quoted(value))
	p.Value = value
	return p
}
