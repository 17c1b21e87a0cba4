// Package encode is the step that turns categories into numbers.
package encode

import (
	"math"
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// MaxOneHot is how many categories a column may have to become that many
// columns.
const MaxOneHot = 1000

const (
	oneHot    = "one_hot"
	ordinal   = "ordinal"
	target    = "target"
	frequency = "frequency"
)

// Definition is the step's entry in the catalog.
var Definition = recipe.Definition{
	Name: "encode", Title: "Encode categories",
	Summary: "Turns categories into numbers: a column of 0 and 1 for each, one column of codes, what the target is in each on average, or how frequent it is.",
	Cost:    "one_hot makes a column for each category, 1000 at most; ordinal puts categories in alphabetical order, which means something to trees only; target needs some rows of each category; frequency cannot tell categories apart that are equally frequent.",
	Role:    recipe.Encoding,
	Kinds:   []frame.Kind{frame.Category, frame.Bool},
	Aliases: []recipe.Alias{{Param: "method", From: "label", To: ordinal}},
	New:     func() recipe.Action { return new(encode) },
}

// encode works as scikit-learn's OneHotEncoder(handle_unknown="ignore"), with
// "infrequent_if_exist" where rare categories share a column, and
// OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1) do.
type encode struct {
	method        string
	minFrequency  param.Value
	maxCategories int
	drop          string
	smooth        float64
}

// drops are the choices of drop.
var drops = []string{recipe.DropNone: "none", recipe.DropFirst: "first", recipe.DropIfBinary: "if_binary"}

func (a *encode) Params(s *param.Set) {
	s.Choice(&a.method, "method", oneHot, []string{oneHot, ordinal, target, frequency},
		"one_hot makes a column of 0 and 1 for each category; ordinal makes codes 0, 1, 2 … in alphabetical order; target makes the mean of the target, or the share of each class, learned from other rows than the one at hand; frequency makes the share of training rows that have the category. A category that no training row has becomes zeros, -1, the mean of all, or 0.")
	s.Mixed(&a.minFrequency, "min_frequency", "none", []string{"none"},
		"one_hot: categories that fewer training rows have, a count or a share such as 0.01, share one column, which new categories join.")
	s.MaybeInt(&a.maxCategories, "max_categories", param.AtLeast(1),
		"one_hot: how many columns a column may become; the rarest categories share the last of them.")
	s.Choice(&a.drop, "drop", drops[recipe.DropNone], drops,
		"one_hot: leaves out the column of the first category, or of the first of two. Only linear models without a penalty need it.")
	s.MaybeFloat(&a.smooth, "smooth", param.AtLeast(0),
		"target: how many rows the mean of all counts beside those of a category. None finds it from the data.")
}

// options returns what the parameters ask of a one-hot encoding.
func (a *encode) options() recipe.OneHotOptions {
	opt := recipe.OneHotOptions{MaxCategories: a.maxCategories, Drop: recipe.Drop(max(0, slices.Index(drops, a.drop)))}
	switch v := a.minFrequency.(type) {
	case int:
		opt.MinCount = v
	case float64:
		opt.MinShare = v
	}
	return opt
}

func (a *encode) Next(f recipe.Form) (recipe.Form, error) {
	name := f.Raw.Name
	switch {
	case f.Holds == recipe.Dates:
		return f, problem.Column(name, "%s holds dates, which are not categories.", name).
			WithHint("Take parts of the dates, such as the month, or leave the column out.")
	case f.Holds == recipe.Several:
		return f, problem.Column(name, "%s has become several columns of numbers, which are not categories.", name).
			WithHint("Take %s out of one of the two steps.", name)
	case f.Raw.Kind == frame.ID:
		return f, problem.Column(name, "%s names the rows: it has %d different values in %d rows, so its codes say nothing about rows to come.", name, len(f.Raw.Levels), f.Raw.Len()).
			WithHint("Leave the column out.")
	case f.Has(recipe.Binning):
		return f, problem.Column(name, "%s is put into bins, which are numbers or columns of 0 and 1 already.", name).
			WithHint("Choose onehot or ordinal in the bin step, or take one of them out.")
	case f.Has(recipe.Shape):
		return f, problem.Column(name, "%s is transformed before it is encoded.", name).WithHint("Take one of them out.")
	case f.Has(recipe.Scaling):
		return f, problem.Column(name, "%s is scaled before it is encoded.", name).
			WithHint("Put the encode step before the scale step, or take one of them out.")
	}
	switch a.method {
	case ordinal, frequency:
		f.Holds = recipe.Numbers
		return f, nil
	case target:
		f.Holds = recipe.Several // one for each class, if there are more than two
		return f, nil
	}
	if n, more := distinct(f.Raw); more && a.most(f.Raw.Len()) > MaxOneHot {
		p := problem.Column(name, "One-hot encoding of %s would make %s columns; the limit is %d.", name, n, MaxOneHot)
		p.Field, p.Value = "method", a.method
		return f, p.WithHint("Choose ordinal, let rare categories share a column by max_categories, or leave the column out.")
	}
	f.Holds = recipe.Indicators
	return f, nil
}

// most returns how many columns a one-hot encoding can have at most because
// rare categories share one, in a table of n rows.
func (a *encode) most(n int) int {
	most := math.MaxInt
	switch v := a.minFrequency.(type) {
	case int:
		most = n/v + 1
	case float64:
		most = int(min(1/v, float64(n))) + 1
	}
	if a.maxCategories > 0 {
		most = min(most, a.maxCategories)
	}
	return most
}

func (a *encode) Fit(c *recipe.Column) error {
	switch a.method {
	case ordinal:
		return c.Ordinal()
	case target:
		return c.Target(a.smooth)
	case frequency:
		return c.Frequency()
	}
	return c.OneHot(a.options())
}
