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
	Summary: "Puts the mean, the median, the most frequent value or a constant where a value is missing.",
	Cost:    "The filled values are the same everywhere, so the column varies less than it did.",
	Role:    recipe.Missing,
	Kinds:   []frame.Kind{frame.Numeric, frame.Category, frame.Bool},
	Aliases: []recipe.Alias{{Param: "strategy", From: "mode", To: string(recipe.MostFrequent)}},
	New:     func() recipe.Action { return new(impute) },
}

// impute fills as scikit-learn's SimpleImputer does.
type impute struct {
	strategy  string
	fillValue string
}

func (a *impute) Params(s *param.Set) {
	s.Choice(&a.strategy, "strategy", string(recipe.Median),
		[]string{string(recipe.Mean), string(recipe.Median), string(recipe.MostFrequent), string(recipe.Constant)},
		"What to fill with; mean and median are for columns of numbers. Ties for the most frequent go to the smallest value.")
	s.Text(&a.fillValue, "fill_value", "",
		"What constant fills with: a number for columns of numbers, a text for others. Nothing means 0, or the text "+recipe.MissingText+".")
}

func (a *impute) Next(f recipe.Form) (recipe.Form, error) {
	name := f.Raw.Name
	switch {
	case f.Holds == recipe.Dates:
		return f, problem.Column(name, "%s holds dates, which cannot be filled.", name).WithHint("Leave the column out.")
	case f.Has(recipe.Encoding):
		return f, problem.Column(name, "%s is encoded before its missing values are filled.", name).
			WithHint("Put the impute step before the encode step.")
	case f.Has(recipe.Binning):
		return f, problem.Column(name, "%s is put into bins before its missing values are filled.", name).
			WithHint("Put the impute step before the bin step.")
	case a.strategy == string(recipe.Constant):
		return f, f.CheckConstant(a.fillValue)
	case f.Holds == recipe.Texts && a.strategy != string(recipe.MostFrequent):
		p := problem.Column(name, "%s holds text, which has no %s.", name, a.strategy)
		p.Field, p.Value = "strategy", a.strategy
		return f, p.WithHint("Choose most_frequent for it.")
	}
	return f, nil
}

func (a *impute) Fit(c *recipe.Column) error {
	if a.strategy == string(recipe.Constant) {
		return c.FillConstant(a.fillValue)
	}
	return c.Fill(recipe.Strategy(a.strategy))
}
