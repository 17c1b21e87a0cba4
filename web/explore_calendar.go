package web

import (
	"fmt"
	"io"
	"time"

	"clicktrain/internal/chart"
	"clicktrain/internal/profile"
	"clicktrain/views"
)

// moreCharts are what a column's kind has beside its spread: when dates fall,
// and how long texts are.
func (s *Server) moreCharts(c profile.Column) []views.Chart {
	var out []views.Chart
	if t := c.Time; t != nil && t.Count > 0 {
		out = append(out, s.countsChart("time", c.Name+" over time", dateBins(t.Histogram)))
		if t.Unit != "year" && t.Unit != "month" {
			out = append(out, s.countsChart("weekdays", c.Name+" by day of the week", levelsNamed(t.Weekdays[:], func(i int) string { return time.Weekday((i + 1) % 7).String() })))
		}
		if t.Unit != "year" {
			out = append(out, s.countsChart("months", c.Name+" by month", levelsNamed(t.Months[:], func(i int) string { return time.Month(i + 1).String() })))
		}
	}
	if l := c.Levels; l != nil && l.Words != nil && len(l.Lengths.Counts) > 0 && l.MinLength < l.MaxLength {
		t := chart.Text{Title: "Length of " + views.Clip(c.Name, 60), Desc: fmt.Sprintf("Texts have from %s to %s, half of them at most %s.",
			views.Count(l.MinLength), views.Plural(l.MaxLength, "character"), stat(l.MedianLength))}
		bins := chart.Bins{Edges: l.Lengths.Edges, Counts: l.Lengths.Counts, XLabel: "Length, in characters"}
		lengths := views.Chart{Name: "lengths", Caption: t.Desc}
		lengths.SVG, lengths.Narrow = s.sizes(func(w io.Writer, size chart.Size) error {
			return chart.Histogram(w, bins, t, chart.Size{W: size.W, H: min(280, size.W)})
		}, 0)
		lengths.Table = &views.Table{Caption: t.Title, Heads: []views.Head{{Name: "From"}, {Name: "To", Number: true}, {Name: "Rows", Number: true}}}
		for i, n := range bins.Counts {
			lengths.Table.Rows = append(lengths.Table.Rows, views.Texts(views.Num(bins.Edges[i]), views.Num(bins.Edges[i+1]), views.Count(n)))
		}
		out = append(out, lengths)
	}
	return out
}

func levelsNamed(counts []int, name func(i int) string) []profile.Level {
	out := make([]profile.Level, len(counts))
	for i, n := range counts {
		out[i] = profile.Level{Value: name(i), Count: n}
	}
	return out
}

// dateRows is how many lines a chart over time has.
const dateRows = 20

// dateBins puts neighboring bins of a histogram of dates together, so that
// each line of the chart is a span of time.
func dateBins(h profile.Histogram) []profile.Level {
	step := max((len(h.Counts)+dateRows-1)/dateRows, 1)
	var out []profile.Level
	for i := 0; i < len(h.Counts); i += step {
		n := 0
		for _, k := range h.Counts[i:min(i+step, len(h.Counts))] {
			n += k
		}
		out = append(out, profile.Level{Value: "from " + time.Unix(int64(h.Edges[i]), 0).UTC().Format(time.DateOnly), Count: n})
	}
	return out
}

// countsChart draws counts under names, in their order.
func (s *Server) countsChart(name, title string, counts []profile.Level) views.Chart {
	most := counts[0]
	table := &views.Table{Caption: views.Clip(title, 80), Heads: []views.Head{{Name: "When"}, {Name: "Rows", Number: true}}}
	bars := make([]chart.Bar, len(counts))
	for i, l := range counts {
		if l.Count > most.Count {
			most = l
		}
		bars[i] = chart.Bar{Label: l.Value, Value: float64(l.Count), Shown: views.Count(l.Count)}
		table.Rows = append(table.Rows, views.Texts(l.Value, views.Count(l.Count)))
	}
	out := views.Chart{Name: name, Caption: fmt.Sprintf("%s: most rows are %s (%s).", views.Clip(title, 80), onDay(most.Value), views.Count(most.Count)), Table: table}
	out.SVG, out.Narrow = s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Bars(w, bars, chart.Text{Title: views.Clip(title, 80), Desc: out.Caption}, size)
	}, 0)
	return out
}

// onDay puts a month's or a day's name into a sentence.
func onDay(name string) string {
	switch {
	case len(name) > 5 && name[:5] == "from ":
		return name + " on"
	case len(name) > 3 && name[len(name)-3:] == "day":
		return "on a " + name
	}
	return "in " + name
}
