// Package scale is the step that brings columns to one scale.
package scale

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// Definition is the step's entry in the catalogue.
var Definition = recipe.Definition{
	Name: "scale", Title: "Scale numbers",
	Summary: "Shifts and stretches each column of numbers to mean 0 and standard deviation 1.",
	Cost:    "Values lose their units. Linear models need it; trees do not care.",
	Role:    recipe.Scaling,
	Kinds:   []frame.Kind{frame.Numeric},
	New:     func() recipe.Action { return new(scale) },
}

// scale works as scikit-learn's StandardScaler does.
type scale struct{ method string }

func (a *scale) Params(s *param.Set) {
	s.Choice(&a.method, "method", "standard", []string{"standard"},
		"standard subtracts the mean of the training rows and divides by their standard deviation.")
}

func (a *scale) Next(f recipe.Form) (recipe.Form, error) {
	name := f.Raw.Name
	switch {
	case f.Raw.Kind == frame.Time:
		return f, problem.Column(name, "%s holds dates, which cannot be scaled.", name).WithHint("Leave the column out.")
	case f.Holds == recipe.Texts:
		return f, problem.Column(name, "%s holds text, which cannot be scaled.", name).
			WithHint("Put an encode step with method ordinal before the scale step, or take %s out of the scale step.", name)
	case f.Holds == recipe.Indicators:
		return f, problem.Column(name, "%s is one-hot encoded: its columns are 0 and 1 already.", name).
			WithHint("Take %s out of the scale step.", name)
	}
	return f, nil
}

func (a *scale) Fit(c *recipe.Column) error { return c.Standardize() }
