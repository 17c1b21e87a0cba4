package chart

// rowLabels are the names of rows down the left side of a chart.
type rowLabels struct {
	full  []string // clean
	shown []string // cut to the gutter
	width float64  // pixels of the widest shown
	size  float64
}

// newRowLabels cleans names and cuts them to the given width.
func newRowLabels(names []string, limit, size float64) rowLabels {
	l := rowLabels{full: make([]string, len(names)), shown: make([]string, len(names)), size: size}
	for i, n := range names {
		l.full[i] = clip(n, maxLabel)
		l.shown[i] = truncate(l.full[i], limit, size)
		l.width = max(l.width, measure(l.shown[i], size))
	}
	return l
}

// draw writes name i right-aligned at x, centered on y.
func (l rowLabels) draw(c *canvas, i int, x, y float64) {
	tip := l.full[i]
	if c.body.Len() > tipBudget {
		tip = ""
	}
	c.label(label{text: l.shown[i], tip: tip, x: x, y: y + l.size*capHeight/2, class: clsText,
		anchor: end, small: l.size < textSize, max: l.width})
}
