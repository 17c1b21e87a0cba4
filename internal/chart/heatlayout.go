package chart

import (
	"math"
	"strconv"
)

// heatLayout is where the parts of a heat map go.
type heatLayout struct {
	Grid
	lower  bool // only the cells on and below the diagonal
	names  rowLabels
	heads  rowLabels
	turn   int // degrees of the column names
	margin margin
}

// cut drops rows and columns from the end until the cells are few enough.
func (l *heatLayout) cut() {
	for l.cells() > maxMarks {
		if len(l.Cols) >= len(l.Rows) {
			l.Cols = l.Cols[:len(l.Cols)-1]
		}
		if l.lower || len(l.Cols) < len(l.Rows) {
			l.Rows = l.Rows[:min(len(l.Rows), max(len(l.Cols), len(l.Rows)-1))]
		}
	}
}

func (l *heatLayout) cells() int {
	if l.lower {
		return len(l.Rows) * (len(l.Rows) + 1) / 2
	}
	return len(l.Rows) * len(l.Cols)
}

// each calls f for each cell that is drawn, row by row.
func (l *heatLayout) each(f func(i, j int)) {
	for i := range l.Rows {
		for j := range l.Cols {
			if !l.lower || j <= i {
				f(i, j)
			}
		}
	}
}

// setRange takes the range of the colors from the values if none is given;
// without a finite value Min becomes infinite.
func (l *heatLayout) setRange() {
	lo, hi := math.Inf(1), math.Inf(-1)
	l.each(func(i, j int) {
		if v := l.Values[i][j]; finite(v) {
			lo, hi = math.Min(lo, v), math.Max(hi, v)
		}
	})
	if hi < lo || l.Max > l.Min && finite(l.Min) && finite(l.Max) {
		if hi < lo {
			l.Min = math.Inf(1)
		}
		return
	}
	l.Min, l.Max = lo, hi
	if l.Format == Count || l.Format == Percent {
		l.Min = math.Min(lo, 0) // shades then compare as the numbers do
	}
	if l.Diverging {
		l.Max = math.Max(math.Abs(lo), math.Abs(hi))
		l.Min = -l.Max
	}
}

// class returns the class of a cell.
func (l *heatLayout) class(v float64) string {
	switch {
	case !finite(v):
		return clsMissing
	case l.Diverging:
		most := math.Max(math.Abs(l.Min), math.Abs(l.Max))
		if most == 0 {
			return divClass(0)
		}
		return divClass(v / most)
	case l.Max == l.Min:
		return seqClass(0.35)
	}
	return seqClass((v/2 - l.Min/2) / (l.Max/2 - l.Min/2))
}

// classes returns the classes of all cells, in the order of the scale.
func (l *heatLayout) classes() []string {
	used := map[string]bool{}
	l.each(func(i, j int) { used[l.class(l.Values[i][j])] = true })
	var out []string
	for k := range divSteps {
		for _, class := range []string{"c-h" + strconv.Itoa(k), "c-q" + strconv.Itoa(k)} {
			if used[class] {
				out = append(out, class)
			}
		}
	}
	if used[clsMissing] {
		out = append(out, clsMissing)
	}
	return out
}

// fit lays the names around the cells and returns the size that takes.
func (l *heatLayout) fit(s Size, free bool) Size {
	n := float64(len(l.Cols))
	size := textSize
	if len(l.Cols) > 25 || len(l.Rows) > 25 {
		size = smallSize
	}
	l.names = newRowLabels(l.Rows, float64(s.W)*0.28, size)
	left := l.names.width + 16
	cell := (float64(s.W) - left - 8) / n
	l.heads = newRowLabels(l.Cols, cell-6, size)
	bottom := 24.0
	if !l.headsFit() {
		l.turn = -90
		l.heads = newRowLabels(l.Cols, 130, size)
		bottom = l.heads.width + 14
		if cell >= 21 {
			l.turn = -45
			l.heads = newRowLabels(l.Cols, math.Min(130, (left+cell/2-6)/0.71), size)
			bottom = l.heads.width*0.71 + 20
		}
	}
	if l.ColLabel != "" {
		bottom += 22
	}
	l.margin = margin{top: 32, right: 8, bottom: int(bottom), left: int(left)}
	cell = math.Max(cell, minCell)
	s.W = max(s.W, int(left+cell*n)+8)
	high := math.Max((float64(s.H-l.margin.top)-bottom)/float64(len(l.Rows)), minCell)
	if free {
		high = math.Min(math.Max(cell, minCell), maxCell)
	}
	s.H = int(high*float64(len(l.Rows))) + l.margin.top + int(bottom)
	return s
}

// headsFit reports that no column name had to be cut to stand level.
func (l *heatLayout) headsFit() bool {
	for i := range l.heads.full {
		if l.heads.full[i] != l.heads.shown[i] {
			return false
		}
	}
	return true
}

func (l *heatLayout) draw(c *canvas, a area) {
	w, h := a.width()/float64(len(l.Cols)), a.height()/float64(len(l.Rows))
	gap := 1.0
	if math.Min(w, h) > 24 {
		gap = 2
	}
	tips, numbered := l.cells() <= 400, l.numbered(w, h)
	for _, class := range l.classes() {
		if class == clsMissing && numbered {
			continue // a cell's text says that there is no value
		}
		dx, dy := gap/2, gap/2
		if class == clsMissing {
			dx, dy = w*0.35, h*0.35 // a small square, since no pale color says "none"
		}
		c.group(class, 0)
		l.each(func(i, j int) {
			if l.class(l.Values[i][j]) != class {
				return
			}
			tip := ""
			if tips {
				tip = l.tip(i, j)
			}
			c.box("", a.left+float64(j)*w+dx, a.top+float64(i)*h+dy, w-2*dx, h-2*dy, tip)
		})
		c.endGroup()
	}
	if numbered {
		l.drawNumbers(c, a, w, h)
	}
	for i := range l.Rows {
		l.names.draw(c, i, a.left-8, a.top+(float64(i)+0.5)*h)
	}
	l.drawHeads(c, a, w)
	room := l.drawKey(c, a) - 16
	if name := axisName(l.RowLabel, int(room)); name != "" {
		x := math.Max(a.left-8-measure(name, textSize), 4)
		c.label(label{text: name, x: x, y: 19, class: clsTick, max: room})
	}
}

// numbered reports that the cells are few and large enough for a number in
// each, of which the widest decides.
func (l *heatLayout) numbered(w, h float64) bool {
	if len(l.Cols) > numberedCols || h < 16 {
		return false
	}
	fits := true
	l.each(func(i, j int) { fits = fits && measure(l.cellText(i, j), smallSize) <= w-6 })
	return fits
}

// drawNumbers writes each cell's number.
func (l *heatLayout) drawNumbers(c *canvas, a area, w, h float64) {
	l.each(func(i, j int) {
		c.label(label{
			text: l.cellText(i, j), x: a.left + (float64(j)+0.5)*w, y: a.top + (float64(i)+0.5)*h + smallSize*capHeight/2,
			class: numClass(l.class(l.Values[i][j])), anchor: middle, small: true, max: w - 4,
		})
	})
}

// drawHeads writes the columns' names below them, and what they are.
func (l *heatLayout) drawHeads(c *canvas, a area, w float64) {
	for j := range l.Cols {
		t := label{text: l.heads.shown[j], tip: l.heads.full[j], x: a.left + (float64(j)+0.5)*w, y: a.bottom + 17,
			class: clsText, anchor: middle, small: l.heads.size < textSize, max: l.heads.width}
		switch l.turn {
		case -90:
			t.x, t.y, t.turn, t.anchor = t.x+l.heads.size*capHeight/2, a.bottom+7, -90, end
		case -45:
			t.x, t.y, t.turn, t.anchor = t.x+4, a.bottom+13, -45, end
		}
		c.label(t)
	}
	if l.ColLabel != "" {
		c.label(label{text: axisName(l.ColLabel, int(a.width())), x: (a.left + a.right) / 2, y: float64(c.size.H) - 7,
			class: clsTick, anchor: middle, max: a.width()})
	}
}

// drawKey draws the colors with their ends above the cells, on the right, and
// returns where it begins.
func (l *heatLayout) drawKey(c *canvas, a area) float64 {
	n, from, to, class := seqSteps, l.Format.text(l.Min), l.Format.text(l.Max), "c-q"
	if l.Diverging {
		most := math.Max(math.Abs(l.Min), math.Abs(l.Max))
		n, from, to, class = divSteps, l.Format.text(-most), l.Format.text(most), "c-h"
	}
	texts := measure(from, smallSize) + measure(to, smallSize)
	swatch := math.Min(math.Max((a.width()-texts-12)/float64(n), 4), 12)
	x := a.right - measure(to, smallSize)
	c.label(label{text: to, x: x + 2, y: 18, class: clsTick, small: true})
	x -= 4
	for k := n - 1; k >= 0; k-- {
		x -= swatch
		c.box(class+strconv.Itoa(k), x, 9, swatch, 10, "")
	}
	c.label(label{text: from, x: x - 5, y: 18, class: clsTick, anchor: end, small: true})
	return x - 5 - measure(from, smallSize)
}
