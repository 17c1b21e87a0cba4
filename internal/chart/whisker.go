package chart

import (
	"io"
	"math"
)

// Whisker is a score with its interval, on a scale that others share.
type Whisker struct {
	Low, High float64 // the interval; both the value where there is none
	Value     float64
	Base      float64 // a level to compare with, dashed; NaN for none
	From, To  float64 // the ends of the scale
}

// SparkWhisker draws the value as a mark on a line from Low to High.
func SparkWhisker(w io.Writer, b Whisker, t Text, s Size) error {
	if !finite(b.Low) || !finite(b.High) || !finite(b.Value) || !(b.From < b.To) {
		return nothing(w, t, s, "there is no score")
	}
	c := newCanvas(s, t)
	return plot(w, c, axes{x: newScale(b.From, b.To), y: newScale(0, 1), margin: margin{left: 4, right: 4}}, func(c *canvas, a area) {
		middle := (a.top + a.bottom) / 2
		if !math.IsNaN(b.Base) && b.Base >= b.From && b.Base <= b.To {
			c.rule(clsRef, segment(a.px(b.Base), a.top, a.px(b.Base), a.bottom))
		}
		low, high := a.px(max(b.Low, b.From)), a.px(min(b.High, b.To))
		c.box(clsSpread, low, middle-3, max(high-low, 1), 6, "")
		c.box(clsBar, a.px(b.Value)-2, middle-6, 4, 12, "")
	})
}
