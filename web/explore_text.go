package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/profile"
	"clicktrain/views"
)

// finding says in one sentence what a column's values are like.
func finding(c profile.Column) string {
	switch {
	case c.Number != nil && c.Number.Count > 0 && single(c.Number):
		return levelFinding(c)
	case c.Number != nil:
		return numberFinding(c.Number)
	case c.Time != nil && c.Time.Count > 0:
		return timeFinding(c.Time)
	case c.Levels != nil && len(c.Levels.Top) > 0:
		return levelFinding(c)
	}
	return "Every value is missing."
}

func timeFinding(t *profile.Time) string {
	first, last := timeText(float64(t.Min)), timeText(float64(t.Max))
	if t.Min == t.Max {
		return "Every date is " + first + "."
	}
	return fmt.Sprintf("Dates from %s to %s.", first, last)
}

func numberFinding(n *profile.Number) string {
	switch {
	case n.Count == 0:
		return "Every value is missing."
	case n.Min == n.Max:
		return "Every value is " + stat(n.Min) + "."
	case n.Q25 == n.Q75: // the fences have no width, and all other values lie beyond them
		return fmt.Sprintf("%s of the %s are %s.", views.Count(rowsOf(n, n.Q50)), views.Plural(n.Count, "value"), stat(n.Q50))
	}
	low, high := bothNum(float64(n.Q25), float64(n.Q75))
	text := fmt.Sprintf("The middle half of the values spans %s to %s; their middle is %s.", low, high, stat(n.Q50))
	if n.Outliers > 0 {
		text += fmt.Sprintf(" %s far outside.", countOf(n.Outliers, "value lies", "values lie"))
	}
	return text
}

// rowsOf returns how many rows have a value that is among the most frequent.
func rowsOf(n *profile.Number, x profile.Stat) int {
	for _, v := range n.Top {
		if v.Value == x {
			return v.Count
		}
	}
	return 0
}

func levelFinding(c profile.Column) string {
	levels, rest := levelsOf(c), 0
	if c.Levels != nil {
		levels, rest = c.Levels.Top, c.Levels.Rest
	}
	levels = slices.Clone(levels)
	slices.SortStableFunc(levels, func(a, b profile.Level) int { return b.Count - a.Count })
	all := rest
	for _, l := range levels {
		all += l.Count
	}
	most := levels[:alikeFirst(levels, func(l profile.Level) string { return strconv.Itoa(l.Count) })]
	names := make([]string, len(most))
	for i, l := range most {
		names[i] = views.Clip(l.Value, 60)
	}
	share := views.Percent(float64(most[0].Count) / float64(max(all, 1)))
	switch {
	case c.Kind == frame.ID && c.Distinct == all:
		return fmt.Sprintf("%s, each with a value of its own: it names the row.", views.Plural(all, "row"))
	case c.Kind == frame.ID:
		return fmt.Sprintf("%s in %s, which it names.", countOf(c.Distinct, "value", "different values"), views.Plural(all, "row"))
	case c.Distinct == 1:
		return fmt.Sprintf("Every value is %s.", names[0])
	case most[0].Count == 1:
		return fmt.Sprintf("No value comes twice in %s that have one.", views.Plural(all, "row"))
	case most[0].Count*c.Distinct == all:
		return fmt.Sprintf("All %s values are as frequent, each in %s of the rows that have one.", views.Count(c.Distinct), share)
	case len(most) == len(levels) && rest > 0: // others may be as frequent
		return fmt.Sprintf("No value is more frequent than %s, of %s: %s of the rows that have one.", names[0], countOf(c.Distinct, "value", "values"), share)
	case len(most) > 1:
		return fmt.Sprintf("%s are the most frequent of %s: %s each of the rows that have one.", enumerate(names), countOf(c.Distinct, "value", "values"), share)
	}
	return fmt.Sprintf("%s is the most frequent of %s: %s of the rows that have one.", names[0], countOf(c.Distinct, "value", "values"), share)
}

func stat(x profile.Stat) string { return views.Num(float64(x)) }

func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return views.Count(n) + " " + many
}

// missingText says how many of a column's values are missing.
func missingText(c profile.Column, rows int) string {
	if c.Missing == 0 {
		return "none missing"
	}
	return fmt.Sprintf("%s missing (%s)", views.Count(c.Missing), share(c.Missing, rows))
}

// cardFacts are the three numbers that matter for the column's kind.
func cardFacts(c profile.Column) []views.Fact {
	switch {
	case c.Number != nil && c.Number.Count > 0:
		return []views.Fact{
			{Label: "Mean", Value: stat(c.Number.Mean)},
			{Label: "Median", Value: stat(c.Number.Q50)},
			{Label: "Range", Value: stat(c.Number.Min) + " to " + stat(c.Number.Max)},
		}
	case c.Time != nil && c.Time.Count > 0:
		return []views.Fact{
			{Label: "From", Value: timeText(float64(c.Time.Min))},
			{Label: "To", Value: timeText(float64(c.Time.Max))},
			{Label: "Distinct", Value: views.Count(c.Distinct)},
		}
	case c.Levels != nil && len(c.Levels.Top) > 0:
		return []views.Fact{
			{Label: "Distinct", Value: views.Count(c.Distinct)},
			{Label: "Top value", Value: views.Clip(c.Levels.Top[0].Value, 24)},
			{Label: "Rows", Value: views.Count(c.Levels.Top[0].Count)},
		}
	}
	return nil
}

// stats is everything counted for the column's kind.
func stats(c profile.Column, rows int) []views.Fact {
	out := []views.Fact{
		{Label: "Kind", Value: kindWords[c.Kind], Note: c.Reason},
		{Label: "Missing", Value: views.Count(c.Missing), Note: share(c.Missing, rows)},
		{Label: "Distinct values", Value: views.Count(c.Distinct)},
	}
	add := func(label, value, note string) { out = append(out, views.Fact{Label: label, Value: value, Note: note}) }
	if n := c.Number; n != nil && n.Count > 0 {
		add("Values", views.Count(n.Count), "")
		add("Mean", stat(n.Mean), "the sum divided by the count")
		add("Standard deviation", stat(n.Std), "how far values lie from the mean, typically")
		add("Minimum", stat(n.Min), "")
		add("5th percentile", stat(n.Q05), "where the least 5 of 100 values end")
		add("First quartile", stat(n.Q25), "where the least quarter of the values ends")
		add("Median", stat(n.Q50), "the middle of the values")
		add("Third quartile", stat(n.Q75), "where the greatest quarter of the values begins")
		add("95th percentile", stat(n.Q95), "where the greatest 5 of 100 values begin")
		add("Maximum", stat(n.Max), "")
		add("Range", stat(n.Range), "from the minimum to the maximum")
		add("Interquartile range", stat(n.IQR), "the width of the middle half")
		add("Median absolute deviation", stat(n.MAD), "how far values lie from the median, typically")
		add("Coefficient of variation", stat(n.CV), "the standard deviation divided by the mean")
		add("Sum", stat(n.Sum), "")
		add("Skewness", stat(n.Skewness), "above 0, the long tail is on the right")
		add("Kurtosis", stat(n.Kurtosis), "above 0, extreme values are more common than in a bell curve")
		add("Zeros", views.Count(n.Zeros), share(n.Zeros, n.Count))
		add("Negative values", views.Count(n.Negatives), share(n.Negatives, n.Count))
		add("Outliers", views.Count(n.Outliers), "more than 1.5 interquartile ranges outside the quartiles")
		add("Most frequent", valueList(n.Top), "")
		add("Smallest", valueList(n.Smallest), "")
		add("Largest", valueList(n.Largest), "")
		add("From row to row", orderText(n.Order), "")
	}
	if t := c.Time; t != nil && t.Count > 0 {
		add("First", timeText(float64(t.Min)), "")
		add("Last", timeText(float64(t.Max)), "")
		add("Told to the", t.Unit, "")
		if t.GapFrom.Defined() {
			add("Longest gap", timeText(float64(t.GapFrom))+" to "+timeText(float64(t.GapTo)), "without a date")
		}
		add("From row to row", orderText(t.Order), "")
	}
	if l := c.Levels; l != nil && len(l.Top) > 0 {
		out = append(out, levelStats(l)...)
	}
	return out
}

// levelStats is what is counted of texts.
func levelStats(l *profile.Levels) []views.Fact {
	out := []views.Fact{
		{Label: "Values that occur once", Value: views.Count(l.Once)},
		{Label: "Shortest", Value: views.Plural(l.MinLength, "character")},
		{Label: "Longest", Value: views.Plural(l.MaxLength, "character")},
		{Label: "Mean length", Value: stat(l.MeanLength), Note: "characters"},
		{Label: "Median length", Value: stat(l.MedianLength), Note: "characters"},
	}
	if l.Imbalance.Defined() {
		out = append(out, views.Fact{Label: "Imbalance", Value: views.Fixed(float64(l.Imbalance), 2), Note: "0 where all values are as frequent, near 1 where one has nearly all rows"})
	}
	w := l.Words
	if w == nil {
		return out
	}
	top := make([]string, 0, len(w.Top))
	for _, x := range w.Top {
		top = append(top, views.Clip(x.Value, 24)+" ("+views.Count(x.Count)+")")
	}
	scripts := make([]string, 0, len(w.Scripts))
	for _, x := range w.Scripts {
		scripts = append(scripts, x.Value)
	}
	return append(out,
		views.Fact{Label: "Words", Value: views.Count(w.Words), Note: views.Count(w.Distinct) + " different"},
		views.Fact{Label: "Most frequent words", Value: listed(top)},
		views.Fact{Label: "Characters", Value: views.Count(w.Characters), Note: views.Count(w.Symbols) + " different"},
		views.Fact{Label: "Scripts", Value: listed(scripts)})
}

// valueList is some numbers with the rows that have them, the first five.
func valueList(values []profile.Value) string {
	var out []string
	for _, v := range values[:min(len(values), 5)] {
		out = append(out, stat(v.Value)+" ("+views.Count(v.Count)+")")
	}
	return listed(out)
}

func listed(parts []string) string {
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

func orderText(o profile.Order) string {
	switch o {
	case profile.Increasing, profile.Rising:
		return "never falls"
	case profile.Decreasing, profile.Falling:
		return "never rises"
	}
	return "in no order"
}
