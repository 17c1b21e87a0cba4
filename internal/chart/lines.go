package chart

import (
	"fmt"
	"io"
	"math"
	"sort"
)

// Curve is one named line. A point that is not finite breaks it.
type Curve struct {
	Name string
	X, Y []float64 // of equal length, in drawing order
}

// Plot is a set of curves over the same axes.
type Plot struct {
	Curves         []Curve
	XLabel, YLabel string
	Unit           bool // both axes run from 0 to 1, as for a ROC curve
	Diagonal       bool // a dashed line from corner to corner, named by DiagonalName
	DiagonalName   string
	Marks          bool // a dot on each point, for curves of few points
}

// keyPitch is the height of a row of the key.
const keyPitch = 19

// maxCurves is the most curves of one chart, which is how many series have a
// look of their own.
const maxCurves = seriesMax

// Lines draws the curves, each named beside its end, or in the lower right
// corner if the axes are Unit. A curve of many points is thinned to what can
// be seen. It returns an error if an X and its Y differ in length. Only the
// first eight curves are drawn, which the description then says.
func Lines(w io.Writer, p Plot, t Text, s Size) error {
	s = s.or(Full).atLeast(Size{240, 160})
	for i, u := range p.Curves {
		if len(u.X) != len(u.Y) {
			return fmt.Errorf("chart: curve %d has %d x values for %d y values", i, len(u.X), len(u.Y))
		}
	}
	all := len(p.Curves)
	p.Curves = p.visible()
	if len(p.Curves) == 0 {
		return nothing(w, t, s, "there are no points with two finite values")
	}
	x, y := p.scales()
	names := p.names(float64(s.W) * 0.3)
	if p.Unit { // the key must fit into the plot
		s.H = max(s.H, keyPitch*(len(p.Curves)+1)+130)
	}
	m := margin{top: 34, right: 14, bottom: 8, left: 4}
	if !p.Unit && len(p.Curves) > 1 {
		m.right = int(names.width) + 40
	}
	c := newCanvas(s, t.describe(p.summary(), leftOut(all, len(p.Curves), "curve")))
	return plot(w, c, axes{
		x: x, y: y, margin: m, gridX: true,
		xTicks: niceTicks(x.lo, x.hi, xCount(s.W-m.right), false), yTicks: niceTicks(y.lo, y.hi, yCount(s.H), false),
		xName: p.XLabel, yName: p.YLabel,
	}, func(c *canvas, a area) { p.draw(c, a, names) })
}

// visible returns the curves that have a finite point, eight at most.
func (p Plot) visible() []Curve {
	var us []Curve
	for _, u := range p.Curves {
		if xs, _ := finitePairs(u.X, u.Y); len(xs) > 0 && len(us) < maxCurves {
			us = append(us, u)
		}
	}
	return us
}

func (p Plot) scales() (x, y *scale) {
	if p.Unit {
		return newScale(0, 1), newScale(0, 1)
	}
	var xs, ys []float64
	for _, u := range p.Curves {
		ux, uy := finitePairs(u.X, u.Y)
		xs, ys = append(xs, ux...), append(ys, uy...)
	}
	xlo, xhi, _ := span(xs)
	ylo, yhi, _ := span(ys)
	return newScale(xlo, xhi), padded(ylo, yhi, 0.06)
}

func (p Plot) names(limit float64) rowLabels {
	ns := make([]string, len(p.Curves))
	for i, u := range p.Curves {
		ns[i] = u.Name
	}
	return newRowLabels(ns, limit, textSize)
}

func (p Plot) summary() string {
	s := fmt.Sprintf("Line chart of %s:", plural(len(p.Curves), "curve"))
	for i, u := range p.Curves {
		if i > 0 {
			s += ";"
		}
		s += " " + clip(u.Name, maxTip) + " with " + plural(len(u.X), "point")
	}
	return s + "."
}

func (p Plot) draw(c *canvas, a area, names rowLabels) {
	if p.Diagonal {
		c.dashed(clsRef, segment(a.left, a.bottom, a.right, a.top))
	}
	for i, u := range p.Curves {
		d := a.path(u)
		if d != "" {
			c.curve(i, d)
		}
		if p.Marks || d == "" || loneDot(u) {
			p.drawDots(c, a, i, u)
		}
	}
	switch {
	case p.Unit:
		p.drawKey(c, a, names)
	case len(p.Curves) > 1:
		p.drawNames(c, a, names)
	}
}

// loneDot reports that a curve is a single point, which a line cannot show.
func loneDot(u Curve) bool {
	xs, _ := finitePairs(u.X, u.Y)
	return len(xs) == 1
}

func (p Plot) drawDots(c *canvas, a area, i int, u Curve) {
	xs, ys := finitePairs(u.X, u.Y)
	c.group("c-dot "+seriesClass(i), 0)
	for k := range xs[:min(len(xs), maxMarks/maxCurves/2)] {
		c.dot(a.px(xs[k]), a.py(ys[k]), 3.5)
	}
	c.endGroup()
}

// drawNames writes each name beside the end of its curve, spread so that no
// two overlap.
func (p Plot) drawNames(c *canvas, a area, names rowLabels) {
	type place struct {
		i      int
		at, to float64
	}
	ps := make([]place, len(p.Curves))
	for i, u := range p.Curves {
		_, ys := finitePairs(u.X, u.Y)
		ps[i] = place{i: i, at: a.py(ys[len(ys)-1])}
	}
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].at < ps[j].at })
	const pitch = 17
	next := a.top
	for k := range ps { // from the top down, then pushed back up from the bottom
		ps[k].to = math.Max(ps[k].at, next)
		next = ps[k].to + pitch
	}
	last := a.bottom
	for k := len(ps) - 1; k >= 0; k-- {
		ps[k].to = math.Min(ps[k].to, last)
		last = ps[k].to - pitch
	}
	for _, q := range ps {
		c.curve(q.i, segment(a.right+6, q.to, a.right+24, q.to))
		c.label(label{text: names.shown[q.i], tip: names.full[q.i], x: a.right + 29, y: q.to + textSize*capHeight/2, class: clsText, max: names.width})
	}
}

// drawKey lists the names in the lower right corner, which curves of use
// stay out of, on a ground of its own.
func (p Plot) drawKey(c *canvas, a area, names rowLabels) {
	rows := len(p.Curves)
	diagonal := ""
	if p.Diagonal && p.DiagonalName != "" {
		diagonal = truncate(clip(p.DiagonalName, maxLabel), a.width()*0.5, textSize)
		rows++
	}
	w := max(names.width, measure(diagonal, textSize)) + 44
	x, y := a.right-w-6, a.bottom-float64(rows*keyPitch)-10
	c.group(clsSurface, 0.88)
	c.box("", x, y, w, float64(rows*keyPitch)+4, "")
	c.endGroup()
	line := func(k int, text, tip string) float64 {
		at := y + (float64(k)+0.5)*keyPitch + 2
		c.label(label{text: text, tip: tip, x: x + 36, y: at + textSize*capHeight/2, class: clsText, max: w - 44})
		return at
	}
	for i := range p.Curves {
		at := line(i, names.shown[i], names.full[i])
		c.curve(i, segment(x+8, at, x+29, at))
	}
	if diagonal != "" {
		at := line(len(p.Curves), diagonal, "")
		c.dashed(clsRef, segment(x+8, at, x+29, at))
	}
}

// path returns the thinned curve as a path, empty if it has fewer than two
// points.
func (a area) path(u Curve) string {
	xs, ys := thin(a, u)
	var d []byte
	open, n := false, 0
	for i := range xs {
		if math.IsNaN(xs[i]) {
			open = false
			continue
		}
		command := byte('M')
		if open {
			command = 'L'
		}
		d = appendPoint(append(d, command), xs[i], ys[i])
		open = true
		n++
	}
	if n < 2 {
		return ""
	}
	return string(d)
}
