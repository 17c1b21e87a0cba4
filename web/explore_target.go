package web

import (
	"fmt"
	"io"
	"math"
	"slices"

	"clicktrain/internal/chart"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/profile"
	"clicktrain/views"
)

func isTime(r *profile.Relation) bool { return r.Kind == frame.Time }

// ordered reports whether a column's groups follow each other on a scale.
func ordered(r *profile.Relation) bool {
	return r.Kind == frame.Numeric || r.Kind == frame.Time || r.Kind == frame.ID
}

// single reports that one number tells all of a group: a rate of two classes
// or a mean.
func (a against) single() bool { return len(a.Series) == 1 }

// cardChart draws how the target goes with a column, small.
func (a against) cardChart(s *Server, r *profile.Relation) string {
	if len(r.Groups) == 0 || len(a.Series) == 0 {
		return ""
	}
	groups := r.Groups
	if ordered(r) && groups[len(groups)-1].Missing && len(groups) > 1 {
		groups = groups[:len(groups)-1]
	}
	t := chart.Text{Title: a.title(r), Desc: a.finding(r, groups)}
	first, last := pointText(groups[0].Low, r), pointText(groups[len(groups)-1].High, r)
	if r.Kind == frame.ID {
		first, last = "first", "last"
	}
	columns := ordered(r) && len(groups) > 4
	switch {
	case !a.single() && columns:
		shares := make([][]float64, len(groups))
		for i, g := range a.stacks(groups, r) {
			shares[i] = g.Shares
		}
		return s.drawn(func(w io.Writer) error { return chart.SparkStacks(w, shares, first, last, t, chart.Card) })
	case !a.single():
		return s.drawn(func(w io.Writer) error { return chart.Stacks(w, a.names(), a.stacks(groups, r), t, chart.Card) })
	case columns:
		values := make([]float64, len(groups))
		for i, g := range groups {
			values[i] = float64(g.Values[0].Value)
		}
		return s.drawn(func(w io.Writer) error {
			return chart.SparkRates(w, values, float64(a.Overall[0].Value), first, last, t, chart.Card)
		})
	}
	bars := a.bars(groups, r)
	for i := range bars {
		bars[i].Low, bars[i].High, bars[i].Shown = 0, 0, a.value(groups[i].Values[0].Value)
	}
	return s.drawn(func(w io.Writer) error { return chart.SparkBars(w, bars, t, chart.Card) })
}

// title names a chart of the target by a column.
func (a against) title(r *profile.Relation) string {
	return views.Clip(a.Target, 40) + " by " + views.Clip(r.Column, 40)
}

// label says what the card's chart shows.
func (a against) label(r *profile.Relation) string {
	switch {
	case a.Task == learn.Regression:
		return "Mean of " + views.Clip(a.Target, 40)
	case a.single():
		return "Share with " + views.Clip(a.Target, 40) + " = " + views.Clip(a.Series[0], 30)
	}
	return "Shares of " + views.Clip(a.Target, 40)
}

func (a against) names() []string {
	out := make([]string, len(a.Series))
	for i, s := range a.Series {
		out[i] = views.Clip(s, 40)
	}
	return out
}

// bars returns a bar with its interval for each group.
func (a against) bars(groups []profile.Group, r *profile.Relation) []chart.Bar {
	out := make([]chart.Bar, len(groups))
	for i, g := range groups {
		e := g.Values[0]
		out[i] = chart.Bar{Label: groupName(g, r), Value: float64(e.Value), Low: float64(e.Low), High: float64(e.High),
			Shown: a.value(e.Value) + " of " + views.Count(g.Count)}
	}
	return out
}

func (a against) stacks(groups []profile.Group, r *profile.Relation) []chart.Stack {
	out := make([]chart.Stack, len(groups))
	for i, g := range groups {
		out[i] = chart.Stack{Label: groupName(g, r), Shares: make([]float64, len(a.Series)), Shown: views.Count(g.Count)}
		for k, e := range g.Values {
			out[i].Shares[k] = float64(e.Value)
		}
	}
	return out
}

// chart is the target by the groups of a column, with counts and intervals.
func (a against) chart(s *Server, r *profile.Relation) views.Chart {
	out := views.Chart{Name: "target", Caption: a.finding(r, r.Groups), Table: a.table(r), Empty: "There are too few rows with a target to draw.",
		Explain: "Each bar is a part of the rows, with its number of rows. The line over it is a 95% interval: were the rows drawn anew, such lines would hold the true value in 95 of 100 cases. Lines that do not overlap show a difference that is hardly chance."}
	if len(r.Groups) == 0 || len(a.Series) == 0 {
		return out
	}
	t := chart.Text{Title: a.title(r), Desc: out.Caption}
	draw := func(w io.Writer, size chart.Size) error {
		bars := a.bars(r.Groups, r)
		if size.W <= phoneWidth { // the table has the counts
			for i := range bars {
				bars[i].Shown = a.value(r.Groups[i].Values[0].Value)
			}
			return chart.Bars(w, append(bars, chart.Bar{Label: "all rows", Value: float64(a.Overall[0].Value), Ref: true, Shown: a.value(a.Overall[0].Value)}), t, size)
		}
		bars = append(bars, chart.Bar{Label: "all rows", Value: float64(a.Overall[0].Value), Ref: true, Shown: a.value(a.Overall[0].Value) + " of " + views.Count(a.Rows)})
		return chart.Bars(w, bars, t, size)
	}
	if !a.single() {
		out.Explain = "Each bar is a part of the rows, cut into the shares of the classes; the number at its end is how many rows it stands for. The table has the 95% interval of each share."
		draw = func(w io.Writer, size chart.Size) error {
			groups := append(a.stacks(r.Groups, r), chart.Stack{Label: "all rows", Shares: a.overall(), Shown: views.Count(a.Rows)})
			return chart.Stacks(w, a.names(), groups, t, size)
		}
	}
	out.SVG, out.Narrow = s.sizes(draw, 0)
	return out
}

func (a against) overall() []float64 {
	out := make([]float64, len(a.Overall))
	for k, e := range a.Overall {
		out[k] = float64(e.Value)
	}
	return out
}

// table holds the numbers of chart.
func (a against) table(r *profile.Relation) *views.Table {
	t := &views.Table{Caption: a.title(r), Heads: []views.Head{{Name: views.Clip(r.Column, 40), Code: true}, {Name: "Rows", Number: true}}}
	for k := range a.Series {
		name := "Mean"
		if a.Task == learn.Classification {
			name = "Share of " + views.Clip(a.Series[k], 40)
		}
		t.Heads = append(t.Heads, views.Head{Name: name, Number: true}, views.Head{Name: "95% interval", Number: true})
	}
	row := func(name string, count int, values []profile.Estimate) {
		cells := views.Texts(name, views.Count(count))
		for _, e := range values {
			interval := "–"
			if e.Low.Defined() && e.High.Defined() {
				interval = a.value(e.Low) + " to " + a.value(e.High)
			}
			cells = append(cells, views.Texts(a.value(e.Value), interval)...)
		}
		t.Rows = append(t.Rows, cells)
	}
	for _, g := range r.Groups {
		row(groupName(g, r), g.Count, g.Values)
	}
	row("all rows", a.Rows, a.Overall)
	return t
}

// classes draws the shares of several classes, as a key to the colors of the
// cards.
func (a against) classes(s *Server) *views.Chart {
	most := 0
	t := &views.Table{Caption: "Shares of " + views.Clip(a.Target, 40), Heads: []views.Head{{Name: "Class", Code: true}, {Name: "Share", Number: true}, {Name: "95% interval", Number: true}}}
	for k, e := range a.Overall {
		if e.Value > a.Overall[most].Value {
			most = k
		}
		t.Rows = append(t.Rows, views.Texts(views.Clip(a.Series[k], 40), a.value(e.Value), a.value(e.Low)+" to "+a.value(e.High)))
	}
	out := &views.Chart{Name: "values", Caption: fmt.Sprintf("%s is %s in %s of the rows.", views.Clip(a.Target, 40), views.Clip(a.Series[most], 40), a.value(a.Overall[most].Value)), Table: t,
		Explain: "The columns’ cards on Explore draw the classes in the same colors."}
	out.SVG, out.Narrow = s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Stacks(w, a.names(), []chart.Stack{{Label: "all rows", Shares: a.overall(), Shown: views.Count(a.Rows)}}, chart.Text{Title: t.Caption, Desc: out.Caption}, size)
	}, 0)
	return out
}

// rankingBars is how many columns the ranking draws.
const rankingBars = 12

// ranking draws which columns go with the target most, each a link away in
// the cards below.
func (a against) ranking(s *Server) *views.Chart {
	var ranked []*profile.Relation
	for _, i := range a.Ranking {
		if r := &a.Relations[i]; r.Score.Defined() {
			ranked = append(ranked, r)
		}
	}
	if len(ranked) == 0 {
		return nil
	}
	drawn := ranked[:min(len(ranked), rankingBars)]
	out := &views.Chart{Name: "ranking", Caption: rankingFinding(ranked, views.Clip(a.Target, 40)),
		Explain: "The score says how well the column alone predicts rows that it was not fitted on: 0 is no better than guessing, 1 is perfect. It sees curves and categories, not just straight lines.",
		Table:   &views.Table{Caption: "Columns by how much they tell", Heads: []views.Head{{Name: "Column"}, {Name: "Score", Number: true}, {Name: "In words"}}}}
	bars := make([]chart.Bar, len(drawn))
	for i, r := range drawn {
		bars[i] = chart.Bar{Label: views.Clip(r.Column, 40), Value: float64(r.Score), Shown: shownRank(r)}
		out.Table.Rows = append(out.Table.Rows, []views.Cell{{Text: views.Clip(r.Column, 40), Code: true}, {Text: shownRank(r)}, {Text: scoreWord(r.Score)}})
	}
	out.SVG, out.Narrow = s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Bars(w, bars, chart.Text{Title: "Association with " + views.Clip(a.Target, 60), Desc: out.Caption}, size)
	}, 0)
	return out
}

// shownRank is a column's score as the ranking shows it.
func shownRank(r *profile.Relation) string { return views.Fixed(float64(r.Score), 2) }

// rankingFinding names the columns that tell most, the highest first. One that
// tells almost all is named as such, and columns that are shown alike are told
// of alike.
func rankingFinding(ranked []*profile.Relation, target string) string {
	all := 0
	for all < len(ranked) && scoreWord(ranked[all].Score) == "almost all" {
		all++
	}
	text, rest := "", ranked[all:]
	if all > 0 {
		text = fmt.Sprintf("%s alone %s almost all about %s", enumerate(columnsOf(ranked[:all])), verb(all, "tells", "tell"), target)
	}
	switch {
	case len(rest) > 0 && scoreWord(rest[0].Score) != "hardly any" && all > 0:
		return text + "; of the others, " + mostTelling(rest, "") + "."
	case len(rest) > 0 && scoreWord(rest[0].Score) != "hardly any":
		return mostTelling(rest, " about "+target) + "."
	case all == 0:
		return "No column alone tells much about " + target + "."
	case len(rest) > 0:
		return text + "; no other alone tells much."
	}
	return text + "."
}

// mostTelling names up to three columns that tell most about something, so that
// none is passed over for one that is shown alike.
func mostTelling(ranked []*profile.Relation, about string) string {
	const most = 3
	some := 0
	for some < len(ranked) && scoreWord(ranked[some].Score) != "hardly any" {
		some++
	}
	n := min(most, some)
	for n > 0 && n < some && shownRank(ranked[n-1]) == shownRank(ranked[n]) {
		n--
	}
	alike := ""
	if n == 0 {
		n = alikeFirst(ranked, shownRank)
		alike = ", " + shownRank(ranked[0]) + " each"
	}
	return enumerate(columnsOf(ranked[:n])) + verb(n, " tells", " tell") + " the most" + about + alike
}

func columnsOf(relations []*profile.Relation) []string {
	out := make([]string, len(relations))
	for i, r := range relations {
		out[i] = views.Clip(r.Column, 40)
	}
	return out
}

// toldFindings is how many findings the page begins with.
const toldFindings = 3

// findings are what the columns that tell most say about the target, for the
// top of the page. Of columns that say much the same, the first is enough.
func (a against) findings(index func(string) int) []views.Finding {
	var out []views.Finding
	var told []contrast
	for _, i := range a.Ranking {
		r := &a.Relations[i]
		if len(out) == toldFindings || !r.Score.Defined() || scoreWord(r.Score) == "hardly any" {
			break
		}
		if scoreWord(r.Score) == "almost all" {
			continue
		}
		c, _, apart := a.telling(r.Groups)
		if !apart || slices.ContainsFunc(told, c.like) {
			continue
		}
		told = append(told, c)
		out = append(out, views.Finding{Column: r.Column, URL: columnURL(index(r.Column)), Text: a.finding(r, r.Groups)})
	}
	return out
}

// contrast is the two groups that a finding compares by a series.
type contrast struct {
	series   int
	top, low profile.Group
}

// gap is by how much the groups differ.
func (c contrast) gap() float64 {
	return float64(c.top.Values[c.series].Value - c.low.Values[c.series].Value)
}

// like reports whether two contrasts seem to be of the same rows: one of their
// groups is about as large, and their values are about the same.
func (c contrast) like(d contrast) bool {
	if c.series != d.series {
		return false
	}
	gap := math.Abs(c.gap())
	near := func(a, b profile.Group) bool {
		return math.Abs(float64(a.Values[c.series].Value-b.Values[c.series].Value)) <= 0.15*gap
	}
	size := func(a, b profile.Group) bool {
		return math.Abs(float64(a.Count-b.Count)) <= 0.1*float64(max(a.Count, b.Count))
	}
	return near(c.top, d.top) && near(c.low, d.low) && (size(c.top, d.top) || size(c.low, d.low))
}
