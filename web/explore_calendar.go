package web

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
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
		out = append(out, s.countsChart("time", c.Name+" over time", dateBins(t)))
		if t.Unit != "year" && t.Unit != "month" {
			out = append(out, s.countsChart("weekdays", c.Name+" by day of the week", levelsNamed(t.Weekdays[:], func(i int) string { return time.Weekday((i + 1) % 7).String() })))
		}
		if t.Unit != "year" {
			out = append(out, s.countsChart("months", c.Name+" by month", levelsNamed(t.Months[:], func(i int) string { return time.Month(i + 1).String() })))
		}
	}
	if l := c.Levels; l != nil && l.Words != nil && len(l.Lengths.Counts) > 0 && l.MinLength < l.MaxLength {
		t := chart.Text{Title: "Length of " + views.Clip(c.Name, 60), Desc: fmt.Sprintf("Texts have from %s to %s; the middle length is %s.",
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
// each line of the chart is a span of time. A span is named by its first day
// where dates are days: edges lie between days.
func dateBins(t *profile.Time) []profile.Level {
	h := t.Histogram
	unit := 1.0 // seconds
	if days := t.Unit == "day" || t.Unit == "month" || t.Unit == "year"; days {
		unit = 86400
	}
	step := max((len(h.Counts)+dateRows-1)/dateRows, 1)
	var out []profile.Level
	for i := 0; i < len(h.Counts); i += step {
		n := 0
		for _, k := range h.Counts[i:min(i+step, len(h.Counts))] {
			n += k
		}
		out = append(out, profile.Level{Value: "from " + timeText(math.Ceil(h.Edges[i]/unit)*unit), Count: n})
	}
	return out
}

// countsChart draws counts under names, in their order.
func (s *Server) countsChart(name, title string, counts []profile.Level) views.Chart {
	title = views.Clip(title, 80)
	out := views.Chart{Name: name, Caption: title + ": " + countsFinding(counts),
		Table: &views.Table{Caption: title, Heads: []views.Head{{Name: "When"}, {Name: "Rows", Number: true}}}}
	bars := make([]chart.Bar, len(counts))
	for i, l := range counts {
		bars[i] = chart.Bar{Label: l.Value, Value: float64(l.Count), Shown: views.Count(l.Count)}
		out.Table.Rows = append(out.Table.Rows, views.Texts(l.Value, views.Count(l.Count)))
	}
	out.SVG, out.Narrow = s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Bars(w, bars, chart.Text{Title: title, Desc: out.Caption}, size)
	}, 0)
	return out
}

// countsFinding says which of some spans of time have the most rows.
func countsFinding(counts []profile.Level) string {
	sorted := slices.Clone(counts)
	slices.SortStableFunc(sorted, func(a, b profile.Level) int { return b.Count - a.Count })
	most := sorted[:alikeFirst(sorted, func(l profile.Level) string { return strconv.Itoa(l.Count) })]
	all := 0
	for _, l := range counts {
		all += l.Count
	}
	if len(most) == len(counts) {
		return fmt.Sprintf("every line has as many rows, %s.", views.Count(most[0].Count))
	}
	names := make([]string, len(most))
	for i, l := range most {
		names[i] = l.Value
		if strings.HasPrefix(l.Value, "from ") {
			names[i] = "the span " + l.Value
		}
	}
	if len(most) == 1 {
		return fmt.Sprintf("%s has the most, %s of %s.", names[0], views.Count(most[0].Count), views.Plural(all, "row"))
	}
	return fmt.Sprintf("%s have the most, %s each of %s.", enumerate(names), views.Count(most[0].Count), views.Plural(all, "row"))
}
