package chart

import (
	"bytes"
	"io"
	"strings"
)

// Text is what a chart says in words. Both parts go into the drawing, where
// screen readers find them.
type Text struct {
	// Title names the chart: "Fares".
	Title string
	// Desc states the finding: "Most fares are under 50; four are over 500."
	// If it is empty the chart describes what it shows. Notes about what was
	// left out or summarized are added at its end.
	Desc string
}

// Size is the size of a drawing in CSS pixels, at which its smallest text is
// 12 pixels high. A zero member takes the chart's own default, and a chart
// that would be illegible is made larger than asked.
type Size struct{ W, H int }

// The sizes that pages use.
var (
	Card   = Size{240, 72}  // a column card
	Narrow = Size{344, 260} // the content width of a phone
	Full   = Size{640, 360} // a figure in a page
	Large  = Size{960, 540} // an enlarged figure
)

// Limits of one drawing.
const (
	maxMarks   = 2000    // marks: bars, cells, points
	tipBudget  = 120_000 // bytes after which marks get no more tooltips
	maxLabel   = 160     // grapheme clusters kept of any one label
	maxTip     = 60      // grapheme clusters kept of a label in a mark's tooltip
	minSide    = 60      // pixels
	maxSide    = 4000    // pixels
	textSize   = 13.0    // pixels
	smallSize  = 12.0    // pixels
	capHeight  = 0.711   // of the text size
	nothingYet = "Nothing to draw"
)

// or returns s with its zero members taken from d, within bounds.
func (s Size) or(d Size) Size {
	if s.W == 0 {
		s.W = d.W
	}
	if s.H == 0 {
		s.H = d.H
	}
	return Size{min(max(s.W, minSide), maxSide), min(max(s.H, minSide), maxSide)}
}

// atLeast returns s, no smaller than the least size at which a plot with axes
// can be read.
func (s Size) atLeast(least Size) Size { return Size{max(s.W, least.W), max(s.H, least.H)} }

// describe returns t cleaned, with auto standing in for an empty
// description and the notes at the description's end.
func (t Text) describe(auto string, notes ...string) Text {
	t.Title = clip(t.Title, maxLabel)
	t.Desc = clip(t.Desc, 4*maxLabel)
	if t.Title == blankLabel {
		t.Title = "Chart"
	}
	if t.Desc == blankLabel {
		t.Desc = auto
	}
	for _, n := range notes {
		if n != "" {
			t.Desc = strings.TrimSpace(t.Desc + " " + n)
		}
	}
	return t
}

// nothing draws a drawing that says why it is empty.
func nothing(w io.Writer, t Text, s Size, why string) error {
	c := newCanvas(s, t.describe(nothingYet+": "+why+"."))
	c.label(label{text: nothingYet, x: float64(s.W) / 2, y: float64(s.H)/2 + 4, class: clsTick, anchor: middle, max: float64(s.W) - 8})
	return c.Save(w)
}

// writeOnce sends a whole drawing, so that a failed chart leaves nothing
// half written.
func writeOnce(w io.Writer, b *bytes.Buffer) error {
	_, err := w.Write(b.Bytes())
	return err
}
