package chart

import (
	"fmt"
	"io"
	"math"
)

// SparkRates draws a number for each of some ordered groups, such as a rate by
// tenths of a column, as columns from zero without axes, for a column card. A
// dashed line marks the overall number, and first and last name the ends.
// Groups whose value is not finite leave a gap.
func SparkRates(w io.Writer, values []float64, overall float64, first, last string, t Text, s Size) error {
	s = s.or(Card)
	values = values[:min(len(values), maxBars)]
	lo, hi, n := span(values)
	if n == 0 {
		return nothing(w, t, s, "there are no finite values")
	}
	if finite(overall) {
		lo, hi = math.Min(lo, overall), math.Max(hi, overall)
	}
	lo, hi = math.Min(lo, 0), math.Max(hi, 0)
	if lo == hi {
		hi = 1
	}
	c := newCanvas(s, t.describe(fmt.Sprintf("%s of groups, from %s to %s.", plural(n, "column"), clip(first, maxTip), clip(last, maxTip))))
	return plot(w, c, axes{x: newScale(0, float64(len(values))), y: newScale(lo, hi), margin: margin{top: 4, right: 2, bottom: 18, left: 2}},
		func(c *canvas, a area) {
			c.group(clsBar, 0)
			for i, v := range values {
				if finite(v) {
					x0, x1, y, zero := a.px(float64(i))+1, a.px(float64(i+1))-1, a.py(v), a.py(0)
					c.box("", x0, math.Min(y, zero), math.Max(x1-x0, 0.5), math.Max(math.Abs(zero-y), 1), "")
				}
			}
			c.endGroup()
			zero := math.Round(a.py(0)) + 0.5
			c.rule(clsAxis, segment(a.left, zero, a.right, zero))
			if finite(overall) {
				c.dashed(clsSpread, segment(a.left, a.py(overall), a.right, a.py(overall)))
			}
			c.ends(a, first, last)
		})
}

// ends writes the names of the first and the last of some columns below them.
func (c *canvas) ends(a area, first, last string) {
	room := a.width()/2 - 4
	c.label(label{text: truncate(clip(first, maxLabel), room, smallSize), x: a.left, y: a.bottom + 14, class: clsTick, small: true, max: room})
	c.label(label{text: truncate(clip(last, maxLabel), room, smallSize), x: a.right, y: a.bottom + 14, class: clsTick, anchor: end, small: true, max: room})
}
