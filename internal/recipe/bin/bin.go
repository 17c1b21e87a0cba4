// Package bin is the step that puts numbers into bins.
package bin

import (
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// Definition is the step's entry in the catalog.
var Definition = recipe.Definition{
	Name: "bin", Title: "Put numbers into bins",
	Summary: "Replaces a number by the bin it falls into, so that a linear model can follow a curve in steps.",
	Cost:    "Differences within a bin are lost. Trees make better bins by themselves.",
	Role:    recipe.Binning,
	Kinds:   []frame.Kind{frame.Numeric},
	New:     func() recipe.Action { return new(bin) },
}

// How a bin is written.
const (
	onehot  = "onehot"
	ordinal = "ordinal"
)

// strategies are those that can be chosen, the default first.
var strategies = [...]recipe.Bins{recipe.QuantileBins, recipe.UniformBins, recipe.ClusterBins}

// bin works as scikit-learn's KBinsDiscretizer with all rows does, with a
// OneHotEncoder after it where each bin is to be a column.
type bin struct {
	bins             int
	strategy, encode string
}

func (a *bin) Params(s *param.Set) {
	var names []string
	for _, b := range strategies {
		names = append(names, b.String())
	}
	s.Int(&a.bins, "n_bins", 5, param.Between(2, 255), "How many bins; fewer where many values are equal.")
	s.Choice(&a.strategy, "strategy", strategies[0].String(), names,
		"quantile puts about as many training rows into each bin; uniform makes bins of one width; kmeans makes bins around clusters of numbers.")
	s.Choice(&a.encode, "encode", onehot, []string{onehot, ordinal},
		"onehot makes a column of 0 and 1 for each bin; ordinal numbers the bins 0, 1, 2 ….")
}

func (a *bin) Next(f recipe.Form) (recipe.Form, error) {
	if err := f.CheckMeasured("put into bins"); err != nil {
		return f, err
	}
	name := f.Raw.Name
	if a.encode == ordinal {
		return f, nil
	}
	if f.Has(recipe.Scaling) {
		return f, problem.Column(name, "%s is scaled before it is put into bins, which scaling does not change.", name).
			WithHint("Take %s out of the scale step, or choose ordinal.", name)
	}
	f.Holds = recipe.Indicators
	return f, nil
}

func (a *bin) Fit(c *recipe.Column) error {
	at := slices.IndexFunc(strategies[:], func(b recipe.Bins) bool { return b.String() == a.strategy })
	return c.Bin(a.bins, strategies[at], a.encode == onehot)
}
