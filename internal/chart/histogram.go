package chart

import (
	"fmt"
	"io"
	"math"
)

// Bins are the counts of a numeric column.
type Bins struct {
	Edges  []float64 // finite and ascending, one more than Counts
	Counts []int     // rows with Edges[i] <= value < Edges[i+1]; none is negative
	XLabel string    // what is counted, with its unit: "Fare, in pounds"
	YLabel string    // what a count is; "Rows" if empty
}

// maxBins is the most bins that can be told apart.
const maxBins = 400

// Histogram draws bars from zero over the bins' edges. Bins of unequal width
// keep their widths, and their heights are still counts. It returns an error
// if edges and counts do not fit together; no counts at all draw "Nothing to
// draw".
func Histogram(w io.Writer, b Bins, t Text, s Size) error {
	s = s.or(Full).atLeast(Size{240, 160})
	if err := b.check(); err != nil {
		return err
	}
	most, total := b.tally()
	if total == 0 {
		return nothing(w, t, s, "there are no values to count")
	}
	if b.YLabel == "" {
		b.YLabel = "Rows"
	}
	c := newCanvas(s, t.describe(b.summary()))
	x, y := newScale(b.Edges[0], b.Edges[len(b.Edges)-1]), newScale(0, float64(most)*1.04)
	return plot(w, c, axes{
		x: x, y: y, margin: margin{top: 34, right: 12, bottom: 8, left: 4},
		xTicks: niceTicks(x.lo, x.hi, xCount(s.W), false), yTicks: niceTicks(0, y.hi, yCount(s.H), true),
		xName: b.XLabel, yName: b.YLabel,
	}, b.draw)
}

// draw draws one bar a bin, a pixel apart while they are wide enough.
func (b Bins) draw(c *canvas, a area) {
	c.group(clsBar, 0)
	for i, n := range b.Counts {
		if n == 0 {
			continue
		}
		x0, x1, y := a.px(b.Edges[i]), a.px(b.Edges[i+1]), a.py(float64(n))
		if x1-x0 > 3 {
			x0, x1 = x0+0.5, x1-0.5
		}
		tip := fmt.Sprintf("%s to %s: %s", number(b.Edges[i]), number(b.Edges[i+1]), Count.text(float64(n)))
		// A bar of at least a pixel keeps a rare value visible.
		c.box("", x0, math.Min(y, a.bottom-1), math.Max(x1-x0, 0.5), math.Max(a.bottom-y, 1), tip)
	}
	c.endGroup()
}

// check returns an error if the bins cannot be drawn.
func (b Bins) check() error {
	if len(b.Counts) == 0 && len(b.Edges) <= 1 {
		return nil
	}
	if len(b.Edges) != len(b.Counts)+1 || len(b.Counts) > maxBins {
		return fmt.Errorf("chart: %d edges for %d counts, want one more and at most %d counts", len(b.Edges), len(b.Counts), maxBins)
	}
	for i, e := range b.Edges {
		if !finite(e) || i > 0 && e < b.Edges[i-1] {
			return fmt.Errorf("chart: edge %d is %g, want finite and ascending edges", i, e)
		}
	}
	for i, n := range b.Counts {
		if n < 0 {
			return fmt.Errorf("chart: count %d is %d, want no negative count", i, n)
		}
	}
	return nil
}

// tally returns the greatest count and the sum of all.
func (b Bins) tally() (most, total int) {
	for _, n := range b.Counts {
		most, total = max(most, n), total+n
	}
	return most, total
}

// summary says what the bins show.
func (b Bins) summary() string {
	most, total := b.tally()
	at := 0
	for i, n := range b.Counts {
		if n == most {
			at = i
			break
		}
	}
	return fmt.Sprintf("Histogram of %s in %s from %s to %s. The fullest, %s to %s, holds %s.",
		plural(total, "row"), plural(len(b.Counts), "bin"), number(b.Edges[0]), number(b.Edges[len(b.Edges)-1]),
		number(b.Edges[at]), number(b.Edges[at+1]), Count.text(float64(most)))
}
