package web

import (
	"io"
	"strings"

	"clicktrain/internal/chart"
	"clicktrain/internal/frame"
	"clicktrain/internal/profile"
	"clicktrain/views"
)

// The widths of figures on a page, in CSS pixels.
const (
	figureWidth = 520
	wideWidth   = 1080
	phoneWidth  = 286
)

// drawn returns what a chart function writes. A chart that cannot be drawn is
// left out of the page and logged: the numbers stand beside it in any case.
func (s *Server) drawn(draw func(io.Writer) error) string {
	var b strings.Builder
	if err := draw(&b); err != nil {
		s.log.Warn("chart not drawn", "err", err)
		return ""
	}
	return b.String()
}

// sizes draws a figure for wide screens and for phones. A height of 0 leaves
// it to the chart; on phones it is the less of height and 280.
func (s *Server) sizes(draw func(io.Writer, chart.Size) error, height int) (wide, narrow string) {
	wide = s.drawn(func(w io.Writer) error { return draw(w, chart.Size{W: figureWidth, H: height}) })
	narrow = s.drawn(func(w io.Writer) error { return draw(w, chart.Size{W: phoneWidth, H: min(height, 280)}) })
	return wide, narrow
}

// card draws a column's values small, for its card.
func (s *Server) cardChart(c profile.Column) string {
	t := chart.Text{Title: views.Clip(c.Name, 80), Desc: finding(c)}
	if bins, ok := binsOf(c); ok {
		return s.drawn(func(w io.Writer) error { return chart.SparkHistogram(w, bins, t, chart.Card) })
	}
	bars := barsOf(c)
	if len(bars) == 0 {
		return ""
	}
	return s.drawn(func(w io.Writer) error { return chart.SparkBars(w, bars, t, chart.Card) })
}

// spread draws how a column's values are spread: a histogram, or bars of the
// most frequent values. It is nil where there is nothing to draw.
func spread(c profile.Column) func(io.Writer, chart.Size) error {
	t := chart.Text{Title: views.Clip(c.Name, 80), Desc: finding(c)}
	if bins, ok := binsOf(c); ok {
		return func(w io.Writer, size chart.Size) error {
			if size.H == 0 {
				size.H = min(320, size.W)
			}
			return chart.Histogram(w, bins, t, size)
		}
	}
	bars := barsOf(c)
	if len(bars) == 0 {
		return nil
	}
	return func(w io.Writer, size chart.Size) error { return chart.Bars(w, bars, t, size) }
}

// binsOf returns the histogram of a column that has one to draw. Dates have
// none, since their axis would be in seconds, and few whole numbers are better
// shown as bars.
func binsOf(c profile.Column) (chart.Bins, bool) {
	if c.Number == nil || len(c.Number.Histogram.Counts) == 0 || single(c.Number) {
		return chart.Bins{}, false
	}
	h := c.Number.Histogram
	return chart.Bins{Edges: h.Edges, Counts: h.Counts, XLabel: views.Clip(c.Name, 60)}, true
}

// maxSingle is how many whole numbers are shown one by one.
const maxSingle = 10

// single reports whether each bin of a histogram holds one whole number, and
// there are few.
func single(n *profile.Number) bool {
	h := n.Histogram
	return n.Whole && len(h.Counts) <= maxSingle && len(h.Edges) > 1 && h.Edges[1]-h.Edges[0] == 1
}

// barsOf returns a bar for each of a column's most frequent values.
func barsOf(c profile.Column) []chart.Bar {
	var bars []chart.Bar
	for _, l := range levelsOf(c) {
		bars = append(bars, chart.Bar{Label: views.Clip(l.Value, 60), Value: float64(l.Count), Shown: views.Count(l.Count)})
	}
	return bars
}

// levelsOf returns the values that are shown one by one, with their counts.
func levelsOf(c profile.Column) []profile.Level {
	switch {
	case c.Levels != nil && c.Kind != frame.ID:
		return c.Levels.Top
	case c.Number != nil && single(c.Number):
		var out []profile.Level
		for i, n := range c.Number.Histogram.Counts {
			if n > 0 {
				out = append(out, profile.Level{Value: views.Num(c.Number.Histogram.Edges[i] + 0.5), Count: n})
			}
		}
		return out
	}
	return nil
}

// heatmap draws the correlations between numeric columns.
func heatmap(r profile.Correlation) func(io.Writer, chart.Size) error {
	n := min(len(r.Columns), pageColumns)
	g := chart.Grid{Rows: clipped(r.Columns[:n]), Min: -1, Max: 1, Diverging: true, Format: chart.Correlation}
	g.Cols = g.Rows
	for i := range n {
		row := make([]float64, n)
		for j := range n {
			row[j] = float64(r.At(i, j))
		}
		g.Values = append(g.Values, row)
	}
	t := chart.Text{Title: "Correlations", Desc: pairsFinding(pairsOf(g.Rows, g.Values))}
	return func(w io.Writer, size chart.Size) error { return chart.Heatmap(w, g, t, size) }
}

func clipped(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = views.Clip(n, 40)
	}
	return out
}
