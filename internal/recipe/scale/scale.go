// Package scale is the step that brings columns to one scale.
package scale

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// Definition is the step's entry in the catalog.
var Definition = recipe.Definition{
	Name: "scale", Title: "Scale numbers",
	Summary: "Shifts and stretches each column of numbers to one scale, such as mean 0 and standard deviation 1.",
	Cost:    "Values lose their units. Linear models, neighbors and networks need it; trees do not care.",
	Role:    recipe.Scaling,
	Kinds:   []frame.Kind{frame.Numeric, frame.Time},
	New:     func() recipe.Action { return new(scale) },
}

// The methods.
const (
	standard = "standard"
	minMax   = "min_max"
	robust   = "robust"
	maxAbs   = "max_abs"
)

// scale works as scikit-learn's StandardScaler, MinMaxScaler, RobustScaler and
// MaxAbsScaler do with their defaults. Missing values stay missing.
type scale struct{ method string }

func (a *scale) Params(s *param.Set) {
	s.Choice(&a.method, "method", standard, []string{standard, minMax, robust, maxAbs},
		"standard subtracts the mean of the training rows and divides by their standard deviation; min_max maps their range to 0 to 1; "+
			"robust subtracts the median and divides by the distance between the quartiles, which outliers do not move; "+
			"max_abs divides by the largest absolute value, so that 0 stays 0.")
}

func (a *scale) Next(f recipe.Form) (recipe.Form, error) {
	name := f.Raw.Name
	switch {
	case f.Holds == recipe.Dates:
		return f, problem.Column(name, "%s holds dates, which cannot be scaled.", name).
			WithHint("Take parts of the dates first, such as the month, or leave the column out.")
	case f.Holds == recipe.Texts:
		return f, problem.Column(name, "%s holds text, which cannot be scaled.", name).
			WithHint("Put an encode step with method ordinal before the scale step, or take %s out of the scale step.", name)
	case f.Holds == recipe.Words:
		return f, problem.Column(name, "%s has become the weights of its terms, which are of one scale already.", name).
			WithHint("Take %s out of the scale step.", name)
	case f.Holds == recipe.Indicators:
		return f, problem.Column(name, "%s is one-hot encoded: its columns are 0 and 1 already.", name).
			WithHint("Take %s out of the scale step.", name)
	}
	return f, nil
}

func (a *scale) Fit(c *recipe.Column) error {
	switch a.method {
	case minMax:
		return c.MinMax()
	case robust:
		return c.Robust()
	case maxAbs:
		return c.MaxAbs()
	}
	return c.Standardize()
}
