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

// scoreWord says how much a score is, by the two decimals that it is shown with.
func scoreWord(s profile.Stat) string {
	switch x := math.Round(100*float64(s)) / 100; {
	case !s.Defined():
		return "cannot be told"
	case x >= 0.975:
		return "almost all"
	case x >= 0.85:
		return "very strong"
	case x >= 0.5:
		return "strong"
	case x >= 0.25:
		return "moderate"
	case x >= 0.1:
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

// A group is spoken of that has ten rows and one in fifty, or a hundred.
const (
	fewRows  = 10
	manyRows = 100
)

// enough is how many rows a group has at least to be spoken of.
func (a against) enough() int { return min(max(fewRows, a.Rows/50), manyRows) }

// compare returns the two groups that differ most by a series among those with
// enough rows and a name whose intervals are apart, and how many groups have
// enough rows. apart is false where no two are.
func (a against) compare(groups []profile.Group, series int) (c contrast, compared int, apart bool) {
	c.series = series
	var told []profile.Group
	for _, g := range groups {
		if !g.Rest && g.Count >= a.enough() && g.Values[series].Value.Defined() {
			told = append(told, g)
		}
	}
	for _, top := range told {
		for _, low := range told {
			x, y := top.Values[series], low.Values[series]
			if x.Low > y.High && (!apart || float64(x.Value-y.Value) > c.gap()) {
				c.top, c.low, apart = top, low, true
			}
		}
	}
	return c, len(told), apart
}

// telling is compare for the series that differs most.
func (a against) telling(groups []profile.Group) (best contrast, compared int, apart bool) {
	for k := range a.Series {
		c, n, ok := a.compare(groups, k)
		if k == 0 || ok && (!apart || c.gap() > best.gap()) {
			best, compared, apart = c, n, ok
		}
	}
	return best, compared, apart
}

// both writes two values of a series so that they read differently if they are.
func (a against) both(x, y profile.Stat) (string, string) {
	if a.Task == learn.Regression {
		return bothNum(float64(x), float64(y))
	}
	return bothPercent(float64(x), float64(y))
}

// finding says in one sentence how the target differs between some groups of
// the column: those that the picture beside it draws.
func (a against) finding(r *profile.Relation, groups []profile.Group) string {
	if len(a.Series) == 0 || len(groups) == 0 {
		return "There are too few rows to tell."
	}
	c, compared, apart := a.telling(groups)
	column, target := views.Clip(r.Column, 40), views.Clip(a.Target, 40)
	switch {
	case len(groups) == 1:
		return fmt.Sprintf("All rows are in one group of %s, so there is nothing to compare.", column)
	case compared < 2:
		return fmt.Sprintf("Fewer than two groups of %s have %s rows, too few to compare one by one.%s", column, views.Count(a.enough()), overall(r))
	case !apart:
		return fmt.Sprintf("Between the groups of %s that have %s rows or more, %s differs no more than chance explains.%s", column, views.Count(a.enough()), target, overall(r))
	}
	high, least := a.both(c.top.Values[c.series].Value, c.low.Values[c.series].Value)
	if a.Task == learn.Regression {
		return fmt.Sprintf("The mean of %s is %s %s, and %s %s.", target, high, where(c.top, r), least, where(c.low, r))
	}
	return fmt.Sprintf("%s in %s of the rows %s, and in %s %s.", a.what(c.series), high, where(c.top, r), least, where(c.low, r))
}

// overall adds the score of a column to what its groups do not show.
func overall(r *profile.Relation) string {
	if word := scoreWord(r.Score); word == "hardly any" || !r.Score.Defined() {
		return ""
	}
	return " Over all rows its score is " + scoreText(r.Score) + "."
}

// missingFinding compares the rows that lack a value with those that have one;
// it is empty where few or all do.
func (a against) missingFinding(r *profile.Relation) string {
	for _, g := range r.Groups {
		if len(a.Series) == 0 || !g.Missing || g.Count < fewRows || g.Count >= a.Rows {
			continue
		}
		k := a.missingSeries(g)
		gone, known := a.both(g.Values[k].Value, a.known(g, k))
		rows := fmt.Sprintf("%s it, %s; score of that alone %s", countOf(g.Count, "row lacks", "rows lack"), countOf(a.Rows-g.Count, "has it", "have it"), scoreText(r.MissingScore))
		if e := g.Values[k]; e.Low <= a.known(g, k) && a.known(g, k) <= e.High {
			rows += "; chance may explain it"
		}
		if a.Task == learn.Regression {
			return fmt.Sprintf("Where %s is missing, the mean of %s is %s, and %s where it is known (%s).",
				views.Clip(r.Column, 40), views.Clip(a.Target, 40), gone, known, rows)
		}
		return fmt.Sprintf("Where %s is missing, %s in %s of the rows, and in %s where it is known (%s).",
			views.Clip(r.Column, 40), a.what(k), gone, known, rows)
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
