package chart

import (
	"fmt"
	"io"
	"math"
)

// Bar is one named number.
type Bar struct {
	Label  string
	Value  float64 // NaN and infinities are listed without a bar
	Spread float64 // if above 0, a line from Value−Spread to Value+Spread
	// Low and High, where Low < High, are the ends of that line instead, for an
	// interval that is not even about the value.
	Low, High float64
	Shown     string // what is written at the bar's end; the number if empty
	Ref       bool   // a reference, such as a dummy model: muted, with a dashed line down the chart
}

// maxBars is the most bars of one chart.
const maxBars = 100

// rowPitch is the height of a row if the chart's height is free.
const rowPitch = 26

// Bars draws horizontal bars from zero, in the order given, each with its
// number. Labels are cut at whole grapheme clusters, and the whole text is in
// the tooltip. The height grows with the bars if s.H is 0, and in any case as
// far as the rows need to be legible. Only the first 100 bars are drawn,
// which the description then says.
func Bars(w io.Writer, bars []Bar, t Text, s Size) error {
	free := s.H == 0
	s = s.or(Full)
	all := len(bars)
	bars = bars[:min(all, maxBars)]
	lo, hi, n := barSpan(bars)
	if n == 0 {
		return nothing(w, t, s, "there are no finite values")
	}
	l := layBars(bars, float64(s.W))
	s.H = rowsHeight(s.H, len(bars), 10, free)
	c := newCanvas(s, t.describe(barSummary(bars), leftOut(all, len(bars), "bar")))
	return plot(w, c, axes{
		x: newScale(lo, hi), y: newScale(0, float64(len(bars))),
		margin: margin{top: 5, bottom: 5, left: l.left(), right: l.right()},
	}, l.draw)
}

// rowsHeight returns the height of a chart of n rows with the given room
// above and below them.
func rowsHeight(h, n, around int, free bool) int {
	if free {
		h = n*rowPitch + around
	}
	return max(h, n*16+around, minSide/2)
}

// leftOut says that only some of all things are drawn.
func leftOut(all, drawn int, word string) string {
	if all <= drawn {
		return ""
	}
	return fmt.Sprintf("Only the first %s of %s are drawn.", number(float64(drawn)), plural(all, word))
}

// barSpan returns the range of the bars with zero, and how many are finite.
func barSpan(bars []Bar) (lo, hi float64, n int) {
	for _, b := range bars {
		if finite(b.Value) {
			low, high := b.interval()
			lo, hi, n = math.Min(lo, low), math.Max(hi, high), n+1
		}
	}
	if lo == 0 && hi == 0 {
		hi = 1
	}
	return math.Max(lo, -math.MaxFloat64), math.Min(hi, math.MaxFloat64), n
}

// interval returns the ends of the line over the bar, both the bar's own where
// it has none.
func (b Bar) interval() (low, high float64) {
	switch {
	case b.Low < b.High && finite(b.Low) && finite(b.High):
		return math.Min(b.Low, b.Value), math.Max(b.High, b.Value)
	case b.Spread > 0 && finite(b.Spread):
		return b.Value - b.Spread, b.Value + b.Spread
	}
	return b.Value, b.Value
}

// shown returns what is written at the bar's end.
func (b Bar) shown() string {
	if b.Shown != "" {
		return clip(b.Shown, maxTip)
	}
	return number(b.Value)
}

// barLayout is where the parts of a bar chart go.
type barLayout struct {
	bars   []Bar
	names  rowLabels
	values []string
	before float64 // pixels of the widest number left of its bar
	after  float64 // pixels of the widest number right of its bar
}

func layBars(bars []Bar, width float64) barLayout {
	l := barLayout{bars: bars, values: make([]string, len(bars))}
	names := make([]string, len(bars))
	for i, b := range bars {
		names[i] = b.Label
		l.values[i] = truncate(b.shown(), width*0.22, textSize)
		room := &l.after
		if b.Value < 0 {
			room = &l.before
		}
		*room = max(*room, measure(l.values[i], textSize)+8)
	}
	l.names = newRowLabels(names, width*0.36, textSize)
	return l
}

func (l barLayout) left() int  { return int(8 + l.names.width + 10 + l.before) }
func (l barLayout) right() int { return int(l.after + 6) }

// draw draws the rows from the top.
func (l barLayout) draw(c *canvas, a area) {
	pitch := a.height() / float64(len(l.bars))
	thick := math.Min(pitch*0.62, 18)
	zero := a.px(0)
	ends := make([]float64, len(l.bars))
	for i, b := range l.bars {
		y := a.top + (float64(i)+0.5)*pitch
		l.names.draw(c, i, a.left-l.before-10, y)
		at := zero
		if finite(b.Value) {
			at = l.bar(c, a, b, y, thick, l.names.full[i])
		}
		ends[i] = at
		v := label{text: l.values[i], x: at + 6, y: y + textSize*capHeight/2, class: clsTick, max: l.after - 4}
		if b.Value < 0 {
			v.x, v.anchor, v.max = at-6, end, l.before-4
		}
		c.label(v)
	}
	c.rule(clsAxis, segment(math.Round(zero)+0.5, a.top, math.Round(zero)+0.5, a.bottom))
	for _, b := range l.bars {
		if b.Ref && finite(b.Value) {
			l.reference(c, a, a.px(b.Value), ends)
		}
	}
}

// reference draws a dashed line at x down the rows, except where a row's
// number stands; the numbers begin at the ends.
func (l barLayout) reference(c *canvas, a area, x float64, ends []float64) {
	pitch := a.height() / float64(len(l.bars))
	d := ""
	for i, b := range l.bars {
		from, to := ends[i]+1, ends[i]+8+measure(l.values[i], textSize)
		if b.Value < 0 {
			from, to = ends[i]-8-measure(l.values[i], textSize), ends[i]-1
		}
		if x < from || x > to {
			y := a.top + float64(i)*pitch
			d += segment(x, y, x, y+pitch)
		}
	}
	if d != "" {
		c.halo(d)
		c.dashed(clsRef, d)
	}
}

// bar draws one bar with its spread and returns the end at which the number
// stands.
func (l barLayout) bar(c *canvas, a area, b Bar, y, thick float64, name string) float64 {
	class := clsBar
	switch {
	case b.Ref:
		class = clsRef
	case b.Value < 0:
		class = clsNeg
	}
	zero, at := a.px(0), a.px(b.Value)
	length := math.Max(math.Abs(at-zero), 1)
	c.box(class, math.Min(zero, at), y-thick/2, length, thick, clip(name, maxTip)+": "+b.shown())
	low, high := b.interval()
	if low == high {
		return at
	}
	x0, x1 := a.px(low), a.px(high)
	whisker := segment(x0, y, x1, y) + segment(x0, y-3, x0, y+3) + segment(x1, y-3, x1, y+3)
	c.halo(whisker)
	c.rule(clsSpread, whisker)
	if b.Value < 0 {
		return math.Min(at, x0)
	}
	return math.Max(at, x1)
}

// barSummary says what the bars show.
func barSummary(bars []Bar) string {
	best := -1
	for i, b := range bars {
		if finite(b.Value) && (best < 0 || math.Abs(b.Value) > math.Abs(bars[best].Value)) {
			best = i
		}
	}
	return fmt.Sprintf("%s. The longest is %s with %s.", plural(len(bars), "bar"), clip(bars[best].Label, maxTip), bars[best].shown())
}
