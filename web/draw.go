package web

import (
	"io"
	"strings"

	"clicktrain/internal/chart"
	"clicktrain/internal/frame"
	"clicktrain/internal/profile"
	"clicktrain/views"
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

// spread draws how a column's values are spread: a histogram, or bars of the
// most frequent values. small is for a column card.
func (s *Server) spread(c profile.Column, small bool) string {
	t := chart.Text{Title: views.Clip(c.Name, 80), Desc: finding(c)}
	if h, ok := histogramOf(c); ok {
		bins := chart.Bins{Edges: h.Edges, Counts: h.Counts, XLabel: views.Clip(c.Name, 60)}
		return s.drawn(func(w io.Writer) error {
			if small {
				return chart.SparkHistogram(w, bins, t, chart.Card)
			}
			return chart.Histogram(w, bins, t, chart.Full)
		})
	}
	if c.Levels == nil || len(c.Levels.Top) == 0 || c.Kind == frame.ID {
		return ""
	}
	var bars []chart.Bar
	for _, l := range c.Levels.Top {
		bars = append(bars, chart.Bar{Label: views.Clip(l.Value, 60), Value: float64(l.Count), Shown: views.Count(l.Count)})
	}
	return s.drawn(func(w io.Writer) error {
		if small {
			return chart.SparkBars(w, bars, t, chart.Card)
		}
		return chart.Bars(w, bars, t, chart.Size{W: chart.Full.W})
	})
}

// histogramOf returns the histogram of a column that has a drawable one. Dates
// have none: their axis would be in seconds.
func histogramOf(c profile.Column) (profile.Histogram, bool) {
	if c.Number != nil && len(c.Number.Histogram.Counts) > 0 {
		return c.Number.Histogram, true
	}
	return profile.Histogram{}, false
}

// heatmap draws the correlations between numeric columns.
func (s *Server) heatmap(r profile.Correlation) string {
	n := min(len(r.Columns), 50)
	g := chart.Grid{Rows: clipped(r.Columns[:n]), Min: -1, Max: 1, Diverging: true, Format: chart.Correlation}
	g.Cols = g.Rows
	for i := range n {
		row := make([]float64, n)
		for j := range n {
			row[j] = float64(r.At(i, j))
		}
		g.Values = append(g.Values, row)
	}
	return s.drawn(func(w io.Writer) error {
		return chart.Heatmap(w, g, chart.Text{Title: "Correlations", Desc: pairFinding(r)}, chart.Size{})
	})
}

func clipped(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = views.Clip(n, 40)
	}
	return out
}
