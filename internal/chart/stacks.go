package chart

import (
	"fmt"
	"io"
	"math"
)

// Stack is one group, cut into the shares of several series.
type Stack struct {
	Label  string
	Shares []float64 // one for each series, of 1 in all; the rest stays empty
	Shown  string    // what is written at the end, such as the rows
}

// stackPitch is the height of a row of a small drawing.
const stackPitch = 18

// Stacks draws each group as a bar from 0 to 1, cut into its series, whose
// names stand in a key above the bars; as a card (of a height below 100) it
// has no key and only the first groups that fit. At most eight series have a
// look of their own: the others are left blank. It returns an error if a group
// has another number of shares than there are series.
func Stacks(w io.Writer, series []string, groups []Stack, t Text, s Size) error {
	free := s.H == 0
	s = s.or(Size{Full.W, 120})
	small := !free && s.H < 100
	all := len(groups)
	for i, g := range groups {
		if len(g.Shares) != len(series) {
			return fmt.Errorf("chart: group %d has %d shares for %d series", i, len(g.Shares), len(series))
		}
	}
	if len(groups) == 0 || len(series) == 0 {
		return nothing(w, t, s, "there are no groups")
	}
	l := stackLayout{series: series[:min(len(series), seriesMax)], pitch: rowPitch, text: textSize}
	if small {
		l.pitch, l.text = stackPitch, smallSize
		groups = groups[:min(all, max(s.H/stackPitch, 1))]
	}
	groups = groups[:min(len(groups), maxBars)]
	l.groups = groups
	l.measure(float64(s.W), small)
	top := 4
	if !small {
		top += int(l.key(nil, float64(s.W)))
		s.H = max(len(groups)*rowPitch+top+4, minSide)
	}
	c := newCanvas(s, t.describe(fmt.Sprintf("Shares of %s in %s.", plural(len(series), "class"), plural(all, "group")), leftOut(all, len(groups), "group")))
	return plot(w, c, axes{x: newScale(0, 1), y: newScale(0, float64(len(groups))),
		margin: margin{top: top, right: int(l.after) + 8, bottom: 4, left: int(l.names.width) + 12}}, l.draw)
}

type stackLayout struct {
	series []string
	groups []Stack
	names  rowLabels
	ends   []string
	after  float64 // pixels of the widest end
	pitch  float64
	text   float64
}

func (l *stackLayout) measure(width float64, small bool) {
	names := make([]string, len(l.groups))
	l.ends = make([]string, len(l.groups))
	for i, g := range l.groups {
		names[i] = g.Label
		if g.Shown != "" && !small {
			l.ends[i] = truncate(clip(g.Shown, maxTip), width*0.2, l.text)
			l.after = max(l.after, measure(l.ends[i], l.text)+6)
		}
	}
	l.names = newRowLabels(names, width*0.34, l.text)
}

// key lays the names of the series out in lines from the top, draws them
// unless c is nil, and returns the height it takes.
func (l *stackLayout) key(c *canvas, width float64) float64 {
	x, y := 8.0, 14.0
	for i, name := range l.series {
		shown := truncate(clip(name, maxLabel), width*0.4, smallSize)
		room := measure(shown, smallSize) + 34
		if x > 8 && x+room > width {
			x, y = 8, y+18
		}
		if c != nil {
			c.box(seriesClass(i), x, y-10, 12, 12, "")
			c.label(label{text: shown, tip: clip(name, maxLabel), x: x + 17, y: y, class: clsText, small: true, max: room - 30})
		}
		x += room
	}
	return y + 8
}

// draw draws the bars from the top.
func (l *stackLayout) draw(c *canvas, a area) {
	if l.pitch == rowPitch {
		l.key(c, float64(c.size.W))
	}
	thick := l.pitch * 0.66
	for i, g := range l.groups {
		y := a.top + (float64(i)+0.5)*math.Min(l.pitch, a.height()/float64(len(l.groups)))
		l.names.draw(c, i, a.left-8, y)
		at := 0.0
		for k := range l.series {
			v := g.Shares[k]
			if !finite(v) || v <= 0 {
				continue
			}
			x0, x1 := a.px(math.Min(at, 1)), a.px(math.Min(at+v, 1))
			at += v
			if x1-x0 > 2 {
				x1-- // parts the neighbors
			}
			c.box(seriesClass(k), x0, y-thick/2, x1-x0, thick, clip(l.names.full[i], maxTip)+", "+clip(l.series[k], maxTip)+": "+Percent.text(v))
		}
		if l.ends[i] != "" {
			c.label(label{text: l.ends[i], x: a.right + 6, y: y + l.text*capHeight/2, class: clsTick, max: l.after})
		}
	}
}

// SparkStacks draws ordered groups as columns cut into the shares of the
// series, without axes, for a column card; first and last name the ends. Each
// group has one share for each series, of 1 in all. At most eight series have
// a look of their own: the others are left blank.
func SparkStacks(w io.Writer, shares [][]float64, first, last string, t Text, s Size) error {
	s = s.or(Card)
	shares = shares[:min(len(shares), maxBars)]
	if len(shares) == 0 {
		return nothing(w, t, s, "there are no groups")
	}
	c := newCanvas(s, t.describe(fmt.Sprintf("Shares of classes in %s, from %s to %s.", plural(len(shares), "group"), clip(first, maxTip), clip(last, maxTip))))
	return plot(w, c, axes{x: newScale(0, float64(len(shares))), y: newScale(0, 1), margin: margin{top: 4, right: 2, bottom: 18, left: 2}},
		func(c *canvas, a area) {
			for i, group := range shares {
				x0, x1, at := a.px(float64(i))+1, a.px(float64(i+1))-1, 0.0
				for k, v := range group[:min(len(group), seriesMax)] {
					if finite(v) && v > 0 {
						y0, y1 := a.py(math.Min(at, 1)), a.py(math.Min(at+v, 1))
						at += v
						c.box(seriesClass(k), x0, y1, math.Max(x1-x0, 0.5), y0-y1, "")
					}
				}
			}
			c.ends(a, first, last)
		})
}
