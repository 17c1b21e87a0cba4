package web

import (
	"fmt"
	"math"

	"clicktrain/internal/learn"
	"clicktrain/internal/profile"
	"clicktrain/views"
)

// against is how the columns go with the target, ready to be told. The zero
// value stands for no target.
type against struct {
	*profile.TargetReport
	at map[string]int // of a column's name, its position in Relations
}

func newAgainst(r *profile.TargetReport) against {
	a := against{TargetReport: r}
	if r != nil {
		a.at = make(map[string]int, len(r.Relations))
		for i := range r.Relations {
			a.at[r.Relations[i].Column] = i
		}
	}
	return a
}

// relation is nil for the target itself and where there is no target.
func (a against) relation(column string) *profile.Relation {
	if i, ok := a.at[column]; ok {
		return &a.Relations[i]
	}
	return nil
}

// what names the number that groups are compared by: "survived is 1", or the
// mean of a numeric target. Several classes have one each.
func (a against) what(series int) string {
	target := views.Clip(a.Target, 40)
	if a.Task == learn.Regression {
		return "the mean of " + target
	}
	return target + " is " + views.Clip(a.Series[series], 40)
}

// value writes a share as a percentage and a mean as a number.
func (a against) value(x profile.Stat) string {
	if a.Task == learn.Regression {
		return stat(x)
	}
	return views.Percent(float64(x))
}

// scoreWord says how much a score is.
func scoreWord(s profile.Stat) string {
	switch {
	case !s.Defined():
		return "cannot be told"
	case s >= 0.975:
		return "almost all"
	case s >= 0.85:
		return "very strong"
	case s >= 0.5:
		return "strong"
	case s >= 0.25:
		return "moderate"
	case s >= 0.1:
		return "weak"
	}
	return "hardly any"
}

// scoreText is a score in number and word: "0.53, strong".
func scoreText(s profile.Stat) string {
	if !s.Defined() {
		return scoreWord(s)
	}
	return views.Fixed(float64(s), 2) + ", " + scoreWord(s)
}

// groupName says what the rows of a group have in common, as a label.
func groupName(g profile.Group, r *profile.Relation) string {
	switch {
	case g.Missing:
		return "missing"
	case g.Rest:
		return "all others"
	case g.Label != "":
		return views.Clip(g.Label, 60)
	case g.Low == g.High:
		return pointText(g.Low, r)
	}
	return pointText(g.Low, r) + " to " + pointText(g.High, r)
}

func pointText(x profile.Stat, r *profile.Relation) string {
	if isTime(r) && x.Defined() {
		return timeText(float64(x))
	}
	return stat(x)
}

// where is a group within a sentence: "where sex is female".
func where(g profile.Group, r *profile.Relation) string {
	name := views.Clip(r.Column, 40)
	switch {
	case g.Missing:
		return "where " + name + " is missing"
	case g.Rest:
		return "where " + name + " is something else"
	}
	return "where " + name + " is " + groupName(g, r)
}

// fewRows is how many rows a group has at least to be spoken of, and at least
// one in fifty.
const fewRows = 10

// extremes returns the groups with the greatest and the least value of a
// series among those with enough rows and a name, and whether their intervals
// are apart.
func (a against) extremes(r *profile.Relation, series int) (top, low profile.Group, apart bool) {
	least := max(fewRows, a.Rows/50)
	found := false
	for _, g := range r.Groups {
		if g.Rest || g.Count < least || !g.Values[series].Value.Defined() {
			continue
		}
		v := g.Values[series].Value
		if !found || v > top.Values[series].Value {
			top = g
		}
		if !found || v < low.Values[series].Value {
			low = g
		}
		found = true
	}
	if !found {
		return top, low, false
	}
	return top, low, top.Values[series].Low > low.Values[series].High
}

// telling returns the series that differs most between groups.
func (a against) telling(r *profile.Relation) int {
	best, gap := 0, -1.0
	for k := range a.Series {
		if top, low, apart := a.extremes(r, k); apart {
			if d := float64(top.Values[k].Value - low.Values[k].Value); d > gap {
				best, gap = k, d
			}
		}
	}
	return best
}

// finding says in one sentence how the target differs with the column.
func (a against) finding(r *profile.Relation) string {
	if len(a.Series) == 0 || len(r.Groups) == 0 {
		return "There are too few rows to tell."
	}
	k := a.telling(r)
	top, low, apart := a.extremes(r, k)
	column, target := views.Clip(r.Column, 40), views.Clip(a.Target, 40)
	if !apart {
		return fmt.Sprintf("%s hardly differs with %s.", target, column)
	}
	high, least := a.value(top.Values[k].Value), a.value(low.Values[k].Value)
	if a.Task == learn.Regression {
		return fmt.Sprintf("The mean of %s is %s %s, and %s %s.", target, high, where(top, r), least, where(low, r))
	}
	return fmt.Sprintf("%s in %s of the rows %s, and in %s %s.", a.what(k), high, where(top, r), least, where(low, r))
}

// missingFinding compares the rows that lack a value with those that have one;
// it is empty where few or all do.
func (a against) missingFinding(r *profile.Relation) string {
	for _, g := range r.Groups {
		if len(a.Series) == 0 || !g.Missing || g.Count < fewRows || g.Count >= a.Rows {
			continue
		}
		k := a.missingSeries(g)
		gone, known := g.Values[k].Value, a.known(g, k)
		if a.Task == learn.Regression {
			return fmt.Sprintf("Where %s is missing, the mean of %s is %s, and %s where it is known (%s missing; score of that alone %s).",
				views.Clip(r.Column, 40), views.Clip(a.Target, 40), a.value(gone), a.value(known), views.Plural(g.Count, "row"), scoreText(r.MissingScore))
		}
		return fmt.Sprintf("Where %s is missing, %s in %s of the rows, and in %s where it is known (%s missing; score of that alone %s).",
			views.Clip(r.Column, 40), a.what(k), a.value(gone), a.value(known), views.Plural(g.Count, "row"), scoreText(r.MissingScore))
	}
	return ""
}

// missingSeries returns the series by which rows that lack a value differ most.
func (a against) missingSeries(g profile.Group) int {
	best, gap := 0, -1.0
	for k := range a.Series {
		if d := math.Abs(float64(g.Values[k].Value - a.Overall[k].Value)); d > gap {
			best, gap = k, d
		}
	}
	return best
}

// known returns a series over the rows that are not in g.
func (a against) known(g profile.Group, k int) profile.Stat {
	n, m := float64(a.Rows), float64(g.Count)
	return profile.Stat((float64(a.Overall[k].Value)*n - float64(g.Values[k].Value)*m) / (n - m))
}
