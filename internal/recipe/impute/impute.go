// Package impute is the step that fills missing values.
package impute

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// Definition is the step's entry in the catalogue.
var Definition = recipe.Definition{
	Name: "impute", Title: "Fill missing values",
	Summary: "Puts the mean, the median or the most frequent value where a value is missing.",
	Cost:    "The filled values are the same everywhere, so the column varies less than it did.",
	Role:    recipe.Missing,
	Kinds:   []frame.Kind{frame.Numeric, frame.Category, frame.Bool},
	Aliases: []recipe.Alias{{Param: "strategy", From: "mode", To: string(recipe.MostFrequent)}},
	New:     func() recipe.Action { return new(impute) },
}

// impute fills as scikit-learn's SimpleImputer does.
type impute struct{ strategy string }

func (a *impute) Params(s *param.Set) {
	s.Choice(&a.strategy, "strategy", string(recipe.Median),
		[]string{string(recipe.Mean), string(recipe.Median), string(recipe.MostFrequent)},
		"What to fill with; mean and median are for columns of numbers. Ties for the most frequent go to the smallest value.")
}

func (a *impute) Next(f recipe.Form) (recipe.Form, error) {
	name := f.Raw.Name
	switch {
	case f.Raw.Kind == frame.Time:
		return f, problem.Column(name, "%s holds dates, which cannot be filled.", name).WithHint("Leave the column out.")
	case f.Has(recipe.Encoding):
		return f, problem.Column(name, "%s is encoded before its missing values are filled.", name).
			WithHint("Put the impute step before the encode step.")
	case f.Holds == recipe.Texts && a.strategy != string(recipe.MostFrequent):
		p := problem.Column(name, "%s holds text, which has no %s.", name, a.strategy)
		p.Field, p.Value = "strategy", a.strategy
		return f, p.WithHint("Choose most_frequent for it.")
	}
	return f, nil
}

func (a *impute) Fit(c *recipe.Column) error { return c.Fill(recipe.Strategy(a.strategy)) }
