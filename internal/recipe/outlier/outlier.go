// Package outlier holds the steps that treat numbers far from the others.
package outlier

import (
	"math"

	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// Cap is the catalog's entry for moving outliers to the limits.
var Cap = recipe.Definition{
	Name: "cap_outliers", Title: "Cap outliers",
	Summary: "Moves numbers that are far from the others to the nearest limit, learned from training rows.",
	Cost:    "What is special about the outliers is lost: look at them first. Trees do not care about outliers in columns.",
	Role:    recipe.Outliers,
	Kinds:   []frame.Kind{frame.Numeric},
	New:     func() recipe.Action { return new(limit) },
}

// Flag is the catalog's entry for telling outliers by a column of their own.
var Flag = recipe.Definition{
	Name: "flag_outliers", Title: "Flag outliers",
	Summary: "Adds a column that is 1 where a number is far from the others, by limits learned from training rows.",
	Cost:    "One more column for each that has outliers in training rows. Trees find such limits by themselves.",
	Role:    recipe.Flags,
	Kinds:   []frame.Kind{frame.Numeric},
	New:     func() recipe.Action { return new(flag) },
}

// flag tells outliers.
type flag struct{ limit }

func (a *flag) Next(f recipe.Form) (recipe.Form, error) {
	if f.Has(recipe.Outliers) {
		name := f.Raw.Name
		return f, problem.Column(name, "The outliers of %s are moved before they are flagged.", name).
			WithHint("Put the step that flags them first.")
	}
	return f, f.CheckMeasured("searched for outliers")
}

func (a *flag) Fit(c *recipe.Column) error {
	rule, factor := a.rule()
	return c.FlagOutliers(rule, factor)
}

// limit moves outliers by numpy's clip.
type limit struct {
	method string
	factor float64
}

// Usual factors.
const (
	usualIQR    = 1.5
	usualZScore = 3
)

func (a *limit) Params(s *param.Set) {
	iqr, zScore := recipe.IQR.String(), recipe.ZScore.String()
	s.Choice(&a.method, "method", iqr, []string{iqr, zScore},
		"iqr takes as outliers what lies beyond the quartiles by more than factor times the distance between them; "+
			"z_score what lies further from the mean than factor standard deviations. A column of which half is equal has no outliers by iqr.")
	s.MaybeFloat(&a.factor, "factor", param.Above(0),
		"None means the usual one: 1.5 for iqr, 3 for z_score.")
}

func (a *limit) Next(f recipe.Form) (recipe.Form, error) {
	return f, f.CheckMeasured("capped")
}

// rule returns the rule and its factor.
func (a *limit) rule() (recipe.Rule, float64) {
	rule, factor := recipe.IQR, usualIQR
	if a.method == recipe.ZScore.String() {
		rule, factor = recipe.ZScore, usualZScore
	}
	if !math.IsNaN(a.factor) {
		factor = a.factor
	}
	return rule, factor
}

func (a *limit) Fit(c *recipe.Column) error {
	rule, factor := a.rule()
	return c.Cap(rule, factor)
}
