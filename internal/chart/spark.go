package chart

import (
	"io"
	"math"
)

// SparkHistogram draws bins without axes for a column card, with the least
// and the greatest edge below them.
func SparkHistogram(w io.Writer, b Bins, t Text, s Size) error {
	s = s.or(Card)
	if err := b.check(); err != nil {
		return err
	}
	most, total := b.tally()
	if total == 0 {
		return nothing(w, t, s, "there are no values to count")
	}
	c := newCanvas(s, t.describe(b.summary()))
	x, y := newScale(b.Edges[0], b.Edges[len(b.Edges)-1]), newScale(0, float64(most))
	return plot(w, c, axes{x: x, y: y, margin: margin{top: 4, right: 2, bottom: 18, left: 2}},
		b.draw, func(c *canvas, a area) {
			c.rule(clsAxis, segment(a.left, a.bottom+0.5, a.right, a.bottom+0.5))
			lo := label{text: number(b.Edges[0]), x: a.left, y: a.bottom + 14, class: clsTick, small: true}
			hi := label{text: number(b.Edges[len(b.Edges)-1]), x: a.right, y: a.bottom + 14, class: clsTick, anchor: end, small: true}
			c.label(lo)
			if hi.text != lo.text {
				c.label(hi)
			}
		})
}

// SparkBars draws the first bars without axes for a column card, as many as
// fit at 18 pixels each; the description says how many there are.
func SparkBars(w io.Writer, bars []Bar, t Text, s Size) error {
	s = s.or(Card)
	all := len(bars)
	bars = bars[:min(all, max(s.H/18, 1))]
	lo, hi, n := barSpan(bars)
	if n == 0 {
		return nothing(w, t, s, "there are no finite values")
	}
	names := make([]string, len(bars))
	values, room := make([]string, len(bars)), 0.0
	for i, b := range bars {
		names[i] = b.Label
		values[i] = truncate(b.shown(), float64(s.W)*0.25, smallSize)
		room = math.Max(room, measure(values[i], smallSize))
	}
	labels := newRowLabels(names, float64(s.W)*0.4, smallSize)
	c := newCanvas(s, t.describe(barSummary(bars), leftOut(all, len(bars), "value")))
	return plot(w, c, axes{
		x: newScale(lo, hi), y: newScale(0, float64(len(bars))),
		margin: margin{left: int(labels.width) + 11, right: int(room) + 8},
	}, func(c *canvas, a area) {
		for i, b := range bars {
			y := a.top + (float64(i)+0.5)*18
			labels.draw(c, i, a.left-6, y)
			c.label(label{text: values[i], x: float64(s.W) - 2, y: y + smallSize*capHeight/2, class: clsTick, anchor: end, small: true, max: room})
			if finite(b.Value) {
				x0, x1 := a.px(math.Min(b.Value, 0)), a.px(math.Max(b.Value, 0))
				c.box(clsBar, x0, y-5, math.Max(x1-x0, 1), 10, "")
			}
		}
	})
}
