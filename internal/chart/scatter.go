package chart

import (
	"fmt"
	"io"
	"math"
)

// XY are points. A point of which either part is not finite is left out.
type XY struct {
	X, Y           []float64 // of equal length
	Counts         []int     // how many lie at each; nil is one
	XLabel, YLabel string
	Identity       bool // both axes span the same range, with the line y = x: predicted against actual
}

// identityName names the line on which a prediction is right.
const identityName = "exact"

// maxPoints is the most points that are drawn one by one.
const maxPoints = 1900

// Scatter draws the points, or, above 1,900 and where they have counts, a grid
// of squares that are the darker the more points they hold; the description
// says so. It returns an error if X, Y and Counts differ in length. No finite point draws "Nothing to draw".
func Scatter(w io.Writer, p XY, t Text, s Size) error {
	s = s.or(Size{480, 400}).atLeast(Size{240, 160})
	if len(p.X) != len(p.Y) {
		return fmt.Errorf("chart: %d x values for %d y values", len(p.X), len(p.Y))
	}
	if p.Counts != nil && len(p.Counts) != len(p.X) {
		return fmt.Errorf("chart: %d counts for %d points", len(p.Counts), len(p.X))
	}
	all := p.total()
	p = p.finite()
	if len(p.X) == 0 {
		return nothing(w, t, s, "there are no points with two finite values")
	}
	x, y := p.scales()
	c := newCanvas(s, t.describe(p.summary(), p.binNote(), skipped(all-p.total())))
	return plot(w, c, axes{
		x: x, y: y, margin: margin{top: 34, right: 14, bottom: 8, left: 4}, gridX: true, nameRoom: 80,
		xTicks: niceTicks(x.lo, x.hi, xCount(s.W), false), yTicks: niceTicks(y.lo, y.hi, yCount(s.H), false),
		xName: p.XLabel, yName: p.YLabel,
	}, p.draw)
}

// finitePairs returns the pairs of which both parts are finite.
func finitePairs(x, y []float64) (xs, ys []float64) {
	for i := range x {
		if finite(x[i]) && finite(y[i]) {
			xs, ys = append(xs, x[i]), append(ys, y[i])
		}
	}
	return xs, ys
}

// finite returns the points of which both parts are finite.
func (p XY) finite() XY {
	if p.Counts == nil {
		p.X, p.Y = finitePairs(p.X, p.Y)
		return p
	}
	out := p
	out.X, out.Y, out.Counts = nil, nil, []int{}
	for i, n := range p.Counts {
		if finite(p.X[i]) && finite(p.Y[i]) {
			out.X, out.Y, out.Counts = append(out.X, p.X[i]), append(out.Y, p.Y[i]), append(out.Counts, n)
		}
	}
	return out
}

// at returns how many points lie at the i-th place.
func (p XY) at(i int) int {
	if p.Counts == nil {
		return 1
	}
	return p.Counts[i]
}

// total returns how many points there are.
func (p XY) total() int {
	n := 0
	for i := range p.X {
		n += p.at(i)
	}
	return n
}

// skipped says how many points had no place.
func skipped(n int) string {
	if n == 0 {
		return ""
	}
	return plural(n, "point") + " without two finite values left out."
}

func (p XY) scales() (x, y *scale) {
	xlo, xhi, _ := span(p.X)
	ylo, yhi, _ := span(p.Y)
	if p.Identity {
		xlo, xhi = math.Min(xlo, ylo), math.Max(xhi, yhi)
		ylo, yhi = xlo, xhi
	}
	return padded(xlo, xhi, 0.04), padded(ylo, yhi, 0.04)
}

func (p XY) binned() bool { return p.Counts != nil || len(p.X) > maxPoints }

func (p XY) binNote() string {
	if !p.binned() {
		return ""
	}
	return fmt.Sprintf("The %s are counted in squares, darker where there are more.", plural(p.total(), "point"))
}

func (p XY) summary() string {
	xlo, xhi, _ := span(p.X)
	ylo, yhi, _ := span(p.Y)
	return fmt.Sprintf("Scatter plot of %s, across from %s to %s, up from %s to %s.",
		plural(p.total(), "point"), number(xlo), number(xhi), number(ylo), number(yhi))
}

func (p XY) draw(c *canvas, a area) {
	if p.binned() {
		p.drawBins(c, a)
	} else {
		p.drawPoints(c, a)
	}
	if p.Identity {
		p.drawIdentity(c, a)
	}
}

func (p XY) drawPoints(c *canvas, a area) {
	r, opacity := 4.0, 0.65
	if len(p.X) > 300 {
		r, opacity = 3, 0.45
	}
	c.group("c-dot c-s1", opacity)
	for i := range p.X {
		c.dot(a.px(p.X[i]), a.py(p.Y[i]), r)
	}
	c.endGroup()
}

// drawBins draws squares of at least 8 pixels, at most 1,600 of them, in five
// strengths on a logarithmic scale.
func (p XY) drawBins(c *canvas, a area) {
	side := math.Max(8, math.Sqrt(a.width()*a.height()/1600))
	nx, ny := int(a.width()/side), int(a.height()/side)
	w, h := a.width()/float64(nx), a.height()/float64(ny)
	counts, most := make([]int, nx*ny), 0
	for i := range p.X {
		bx := min(max(int((a.px(p.X[i])-a.left)/w), 0), nx-1)
		by := min(max(int((a.py(p.Y[i])-a.top)/h), 0), ny-1)
		counts[by*nx+bx] += p.at(i)
		most = max(most, counts[by*nx+bx])
	}
	for level := 1; level <= densities; level++ {
		c.group(fmt.Sprintf("c-d%d c-s1", level), 0.2*float64(level))
		for i, n := range counts {
			if n > 0 && density(n, most) == level {
				c.box("", a.left+float64(i%nx)*w+0.5, a.top+float64(i/nx)*h+0.5, w-1, h-1, Count.text(float64(n)))
			}
		}
		c.endGroup()
	}
}

// densities is the number of strengths of a binned scatter plot.
const densities = 5

// density returns the strength, from 1, of a square with n of at most most
// points.
func density(n, most int) int {
	if most <= 1 {
		return densities
	}
	return 1 + min(int(math.Log(float64(n))/math.Log(float64(most))*densities), densities-1)
}

// drawIdentity draws y = x with its name at the end, above the plot.
func (p XY) drawIdentity(c *canvas, a area) {
	c.dashed(clsRef, segment(a.left, a.bottom, a.right, a.top))
	c.label(label{text: identityName, x: a.right + 4, y: a.top - 7, class: clsTick, anchor: end})
}
