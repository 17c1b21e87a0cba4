package chart

import (
	"fmt"
	"io"
	"math"
)

// Box summarizes one group of numbers.
type Box struct {
	Label                     string
	Low, Q1, Median, Q3, High float64 // ascending; Low and High are the whiskers' ends
	Rows                      int     // rows in the group, written beside it if above 0
}

// Boxes draws one horizontal box plot for each group over a shared axis, for
// a numeric column by category. A group whose numbers are not all finite is
// listed without a box. Only the first 100 are drawn, which the description
// then says.
func Boxes(w io.Writer, boxes []Box, xLabel string, t Text, s Size) error {
	free := s.H == 0
	s = s.or(Full)
	all := len(boxes)
	boxes = boxes[:min(all, maxBars)]
	var ends []float64
	names := make([]string, len(boxes))
	for i, b := range boxes {
		names[i] = b.Label
		if b.ok() {
			ends = append(ends, b.Low, b.High)
		}
	}
	lo, hi, n := span(ends)
	if n == 0 {
		return nothing(w, t, s, "there are no groups with finite values")
	}
	l := boxLayout{boxes: boxes, names: newRowLabels(names, float64(s.W)*0.32, textSize)}
	s.H = rowsHeight(s.H, len(boxes), 60, free)
	x := padded(lo, hi, 0.03)
	c := newCanvas(s, t.describe(fmt.Sprintf("Box plots of %s, from %s to %s.", plural(len(boxes), "group"), number(lo), number(hi)),
		leftOut(all, len(boxes), "group")))
	return plot(w, c, axes{
		x: x, y: newScale(0, float64(len(boxes))), gridX: true, xTicks: niceTicks(x.lo, x.hi, xCount(s.W), false),
		xName: xLabel, margin: margin{top: 6, right: 14, bottom: 8, left: int(l.names.width) + 20},
	}, l.draw)
}

func (b Box) ok() bool {
	return finite(b.Low) && finite(b.High) && b.Low <= b.Q1 && b.Q1 <= b.Median && b.Median <= b.Q3 && b.Q3 <= b.High
}

type boxLayout struct {
	boxes []Box
	names rowLabels
}

func (l boxLayout) draw(c *canvas, a area) {
	pitch := a.height() / float64(len(l.boxes))
	half := math.Min(pitch*0.3, 10)
	for i, b := range l.boxes {
		y := math.Round(a.top+(float64(i)+0.5)*pitch) + 0.5
		l.names.draw(c, i, a.left-10, y)
		if !b.ok() {
			c.label(label{text: "no values", x: a.left + 8, y: y + smallSize*capHeight/2, class: clsTick, small: true})
			continue
		}
		tip := fmt.Sprintf("%s: half from %s to %s, median %s", clip(b.Label, maxTip), number(b.Q1), number(b.Q3), number(b.Median))
		if b.Rows > 0 {
			tip += ", " + plural(b.Rows, "row")
		}
		low, q1, q3, high := a.px(b.Low), a.px(b.Q1), a.px(b.Q3), a.px(b.High)
		c.rule(clsSpread, segment(low, y, q1, y)+segment(q3, y, high, y)+segment(low, y-4, low, y+4)+segment(high, y-4, high, y+4))
		c.box(clsBar, q1, y-half, math.Max(q3-q1, 1), 2*half, tip)
		c.box(clsSurface, a.px(b.Median)-1, y-half, 2, 2*half, "")
	}
}
