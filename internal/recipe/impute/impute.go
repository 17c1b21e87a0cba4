// Package impute is the step that fills missing values.
package impute

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// Definition is the step's entry in the catalog.
var Definition = recipe.Definition{
	Name: "impute", Title: "Fill missing values",
	Summary: "Puts the mean, the median, the most frequent value, a constant, or what similar rows have where a value is missing.",
	Cost:    "Filled values are the same everywhere, so the column varies less than it did. knn compares each row that lacks a value with every training row, and keeps these in the model: scale first, and prefer it for some thousand rows.",
	Role:    recipe.Missing,
	Kinds:   []frame.Kind{frame.Numeric, frame.Category, frame.Bool, frame.Time},
	Aliases: []recipe.Alias{{Param: "strategy", From: "mode", To: string(recipe.MostFrequent)}},
	Details: []recipe.Detail{{Param: "n_neighbors", Of: "strategy", Value: knn}, {Param: "weights", Of: "strategy", Value: knn}},
	New:     func() recipe.Action { return new(impute) },
}

// knn fills from the nearest training rows.
const knn = "knn"

// How neighbors count.
const (
	uniform  = "uniform"
	distance = "distance"
)

// impute fills as scikit-learn's SimpleImputer and KNNImputer do.
type impute struct {
	strategy  string
	fillValue string
	neighbors int
	weights   string
	flag      bool
}

func (a *impute) Params(s *param.Set) {
	s.Choice(&a.strategy, "strategy", string(recipe.Median),
		[]string{string(recipe.Mean), string(recipe.Median), string(recipe.MostFrequent), string(recipe.Constant), knn},
		"What to fill with; mean, median and knn are for columns of numbers. Ties for the most frequent go to the smallest value. "+
			"knn takes the mean of the training rows that are nearest in the step's other columns.")
	s.Text(&a.fillValue, "fill_value", "",
		"What constant fills with: a number for columns of numbers, a text for others. Nothing means 0, or the text "+recipe.MissingText+".")
	s.Int(&a.neighbors, "n_neighbors", 5, param.Between(1, 1000), "knn: how many training rows.")
	s.Choice(&a.weights, "weights", uniform, []string{uniform, distance}, "knn: each of them counts once, or by one over its distance.")
	s.Bool(&a.flag, "add_indicator", false,
		"Adds a column that is 1 where the value was missing, for each column that lacks values in training rows.")
}

func (a *impute) Next(f recipe.Form) (recipe.Form, error) {
	name := f.Raw.Name
	switch {
	case f.Holds == recipe.Dates:
		return f, problem.Column(name, "%s holds dates, which cannot be filled.", name).
			WithHint("Take parts of the dates first, such as the month, or leave the column out.")
	case f.Has(recipe.Encoding):
		return f, problem.Column(name, "%s is encoded before its missing values are filled.", name).
			WithHint("Put the impute step before the encode step.")
	case f.Has(recipe.Binning):
		return f, problem.Column(name, "%s is put into bins before its missing values are filled.", name).
			WithHint("Put the impute step before the bin step.")
	case f.Holds == recipe.Several && (a.flag || a.strategy == knn):
		p := problem.Column(name, "%s has become several columns, which can be filled with a mean, a median or a constant alone.", name)
		p.Field = "strategy"
		return f, p.WithHint("Choose median for it, and no add_indicator.")
	case a.strategy == string(recipe.Constant):
		return f, f.CheckConstant(a.fillValue)
	case f.Holds == recipe.Texts && a.strategy != string(recipe.MostFrequent):
		p := problem.Column(name, "%s holds text, which has no %s.", name, a.strategy)
		p.Field, p.Value = "strategy", a.strategy
		return f, p.WithHint("Choose most_frequent for it.")
	}
	return f, nil
}

// Chosen returns what fills columns one by one, or all together.
func (a *impute) Chosen() recipe.Action {
	if a.strategy == knn {
		return together{a}
	}
	return alone{a}
}

type alone struct{ *impute }

func (a alone) Fit(c *recipe.Column) error {
	if a.flag {
		if err := c.FlagMissing(); err != nil {
			return err
		}
	}
	if a.strategy == string(recipe.Constant) {
		return c.FillConstant(a.fillValue)
	}
	return c.Fill(recipe.Strategy(a.strategy))
}

type together struct{ *impute }

func (a together) FitAll(columns []*recipe.Column) error {
	for _, c := range columns {
		if !a.flag {
			break
		}
		if err := c.FlagMissing(); err != nil {
			return err
		}
	}
	return recipe.FillTogether(columns, a.neighbors, a.weights == distance)
}
