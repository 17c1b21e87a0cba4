// Package shape is the step that changes the shape of a column's distribution.
package shape

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// Definition is the step's entry in the catalog.
var Definition = recipe.Definition{
	Name: "transform", Title: "Transform skewed numbers",
	Summary: "Brings skewed numbers nearer to a normal or an even distribution, by a power, a logarithm or quantiles.",
	Cost:    "Values lose their units, and equal steps are no longer equal. Linear models, neighbors and networks gain; trees do not care.",
	Role:    recipe.Shape,
	Kinds:   []frame.Kind{frame.Numeric},
	New:     func() recipe.Action { return new(shape) },
}

// The methods.
const (
	yeoJohnson = "yeo_johnson"
	boxCox     = "box_cox"
	log        = "log"
	quantile   = "quantile"
)

// The distributions that quantile makes.
const (
	uniform = "uniform"
	normal  = "normal"
)

// shape works as scikit-learn's PowerTransformer, FunctionTransformer(log1p)
// and QuantileTransformer do. Missing values stay missing.
type shape struct {
	method      string
	standardize bool
	quantiles   int
	output      string
}

func (a *shape) Params(s *param.Set) {
	s.Choice(&a.method, "method", yeoJohnson, []string{yeoJohnson, boxCox, log, quantile},
		"yeo_johnson finds the power that brings the training rows nearest to a normal distribution; box_cox does the same for numbers above 0; "+
			"log takes log(1 + x), for numbers above -1; quantile replaces a number by the share of training rows below it.")
	s.Bool(&a.standardize, "standardize", true,
		"yeo_johnson and box_cox: scale the result to mean 0 and standard deviation 1.")
	s.Int(&a.quantiles, "n_quantiles", 1000, param.Between(2, 10_000),
		"quantile: how finely; at most one for each training row.")
	s.Choice(&a.output, "output_distribution", uniform, []string{uniform, normal},
		"quantile: spread evenly from 0 to 1, or as a normal distribution.")
}

func (a *shape) Next(f recipe.Form) (recipe.Form, error) {
	if err := f.CheckMeasured("transformed"); err != nil {
		return f, err
	}
	name := f.Raw.Name
	if f.Has(recipe.Scaling) {
		return f, problem.Column(name, "%s is scaled before it is transformed.", name).
			WithHint("Put the transform step before the scale step.")
	}
	least, _, ok := f.Extent()
	if !ok || f.Has(recipe.Outliers) { // outliers may be moved: Fit finds what is left
		return f, nil
	}
	switch {
	case a.method == boxCox && least <= 0:
		return f, a.refuse(name, least, "above 0")
	case a.method == log && least <= -1:
		return f, a.refuse(name, least, "above -1")
	}
	return f, nil
}

// refuse says that the method does not take a column's numbers.
func (a *shape) refuse(name string, least float64, takes string) error {
	p := problem.Column(name, "%s goes down to %g; %s takes numbers %s alone.", name, least, a.method, takes)
	p.Field, p.Value = "method", a.method
	return p.WithHint("Choose yeo_johnson, which takes any number.")
}

func (a *shape) Fit(c *recipe.Column) error {
	switch a.method {
	case boxCox:
		return c.Power(recipe.BoxCox, a.standardize)
	case log:
		return c.Log()
	case quantile:
		return c.Quantiles(a.quantiles, a.output == normal)
	}
	return c.Power(recipe.YeoJohnson, a.standardize)
}
