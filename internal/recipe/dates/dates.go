// Package dates is the step that turns dates into numbers.
package dates

import (
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// Definition is the step's entry in the catalogue.
var Definition = recipe.Definition{
	Name: "date_parts", Title: "Parts of dates",
	Summary: "Makes columns of a date's year, month, weekday and the like, which tell of seasons and trends.",
	Cost:    "A model of trees cannot follow a trend beyond the years it has seen. Times of day are those of UTC; dates before 1678 and after 2261 count as missing.",
	Role:    recipe.Parts,
	Kinds:   []frame.Kind{frame.Time},
	Opens:   []frame.Kind{frame.Time},
	New:     func() recipe.Action { return new(parts) },
}

// parts takes dates apart. Missing dates leave each part missing, which an
// impute step fills, or Complete by the median.
type parts struct {
	names  []string
	cyclic bool
}

// whole are the parts that can be chosen, and circles those that go round.
var (
	whole   = []recipe.DatePart{recipe.Year, recipe.Quarter, recipe.Month, recipe.Day, recipe.Weekday, recipe.Hour, recipe.Elapsed}
	circles = map[recipe.DatePart][]recipe.DatePart{
		recipe.Month:   {recipe.MonthSin, recipe.MonthCos},
		recipe.Weekday: {recipe.WeekdaySin, recipe.WeekdayCos},
		recipe.Hour:    {recipe.HourSin, recipe.HourCos},
	}
)

func (a *parts) Params(s *param.Set) {
	var names []string
	for _, p := range whole {
		names = append(names, p.String())
	}
	s.List(&a.names, "parts", []string{recipe.Year.String(), recipe.Month.String(), recipe.Weekday.String()}, names,
		"month is 1 to 12, weekday 0 to 6 from Monday on, elapsed the days since the earliest training row.")
	s.Bool(&a.cyclic, "cyclic", false,
		"Gives month, weekday and hour as places on a circle, a sine and a cosine each, so that December is next to January. Trees do not need it.")
}

func (a *parts) Next(f recipe.Form) (recipe.Form, error) {
	if err := f.CheckDates(); err != nil {
		return f, err
	}
	if len(a.names) == 0 {
		return f, problem.Field("parts", "No part of the dates is chosen.").WithHint("Choose one part at least, such as month.")
	}
	f.Holds = recipe.Several
	return f, nil
}

func (a *parts) Fit(c *recipe.Column) error {
	var chosen []recipe.DatePart
	for _, p := range whole {
		if !slices.Contains(a.names, p.String()) {
			continue
		}
		if round := circles[p]; a.cyclic && round != nil {
			chosen = append(chosen, round...)
		} else {
			chosen = append(chosen, p)
		}
	}
	return c.DateParts(chosen)
}
