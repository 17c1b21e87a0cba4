package chart

import (
	"math"
	"strconv"
	"strings"
)

// anchor is the point of a text that stands at its x.
type anchor string

const (
	start  anchor = ""
	middle anchor = "middle"
	end    anchor = "end"
)

// label is one line of text. Its y is the baseline.
type label struct {
	text   string // clean
	tip    string // the whole text, if text was cut
	x, y   float64
	class  string
	anchor anchor
	small  bool    // 12 pixels, not 13
	max    float64 // pixels it may take; 0 is any
	turn   int     // degrees about its anchor
}

// label draws a text. One that was cut to fill its room is held to that
// length, so that a wider font cannot push it out.
func (c *canvas) label(l label) {
	size := textSize
	b := &c.body
	b.WriteString(`<text class="` + l.class + `"` + colorOf(l.class) + ` fill="currentColor"`)
	b.Write(attr(" x", l.x))
	b.Write(attr(" y", l.y))
	if l.small {
		size = smallSize
		b.WriteString(` font-size="12"`)
	}
	if l.anchor != start {
		b.WriteString(` text-anchor="` + string(l.anchor) + `"`)
	}
	if l.turn != 0 {
		b.WriteString(` transform="rotate(` + strconv.Itoa(l.turn) + ` `)
		b.Write(appendPoint(nil, l.x, l.y))
		b.WriteString(`)"`)
	}
	if l.max > 0 && strings.HasSuffix(l.text, "…") {
		b.Write(attr(" textLength", math.Min(measure(l.text, size), l.max)))
		b.WriteString(` lengthAdjust="spacingAndGlyphs"`)
	}
	b.WriteString(">")
	if l.tip != "" && l.tip != l.text {
		b.WriteString("<title>" + escape.Replace(l.tip) + "</title>")
	}
	b.WriteString(escape.Replace(l.text) + "</text>\n")
}

// rule draws thin lines along the path d.
func (c *canvas) rule(class, d string) {
	c.body.WriteString(`<path class="` + class + `"` + colorOf(class) +
		` fill="none" stroke="currentColor" d="` + d + `"/>` + "\n")
}

// halo clears the ground under a thin line that crosses a bar, so that the
// line shows on any color.
func (c *canvas) halo(d string) {
	c.body.WriteString(`<path class="` + clsSurface + `"` + colorOf(clsSurface) +
		` fill="none" stroke="currentColor" stroke-width="4" d="` + d + `"/>` + "\n")
}

// dashed draws a broken line along the path d.
func (c *canvas) dashed(class, d string) {
	c.body.WriteString(`<path class="` + class + `"` + colorOf(class) +
		` fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 4" d="` + d + `"/>` + "\n")
}

// curve draws the line of series i along the path d.
func (c *canvas) curve(i int, d string) {
	class := seriesClass(i)
	c.body.WriteString(`<path class="c-line ` + class + `"` + colorOf(class) +
		` fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"`)
	if dash := dashes[i%len(dashes)]; dash != "" {
		c.body.WriteString(` stroke-dasharray="` + dash + `"`)
	}
	c.body.WriteString(` d="` + d + `"/>` + "\n")
}

// group opens a group of filled marks of one class; opacity 0 is solid.
func (c *canvas) group(class string, opacity float64) {
	c.body.WriteString(`<g class="` + class + `"` + colorOf(lastClass(class)) + ` fill="currentColor"`)
	if opacity > 0 {
		c.body.Write(attr(" fill-opacity", opacity))
	}
	c.body.WriteString(">\n")
}

// endGroup closes the group.
func (c *canvas) endGroup() { c.body.WriteString("</g>\n") }

// box draws one filled mark with a tooltip; class is empty within a group of
// its own class.
func (c *canvas) box(class string, x, y, w, h float64, tip string) {
	b := &c.body
	b.WriteString("<rect")
	if class != "" {
		b.WriteString(` class="` + class + `"` + colorOf(lastClass(class)) + ` fill="currentColor"`)
	}
	b.Write(attr(" x", x))
	b.Write(attr(" y", y))
	b.Write(attr(" width", math.Max(w, 0)))
	b.Write(attr(" height", math.Max(h, 0)))
	if tip == "" || b.Len() > tipBudget {
		b.WriteString("/>\n")
	} else {
		b.WriteString("><title>" + escape.Replace(tip) + "</title></rect>\n")
	}
}

// dot draws a point within a group.
func (c *canvas) dot(x, y, r float64) {
	c.body.WriteString("<circle")
	c.body.Write(attr(" cx", x))
	c.body.Write(attr(" cy", y))
	c.body.Write(attr(" r", r))
	c.body.WriteString("/>\n")
}

// lastClass returns the last of several classes, which carries the color.
func lastClass(class string) string {
	for i := len(class) - 1; i >= 0; i-- {
		if class[i] == ' ' {
			return class[i+1:]
		}
	}
	return class
}

// attr returns name="v" with v rounded to a hundredth.
func attr(name string, v float64) []byte {
	b := append([]byte(name), '=', '"')
	return append(appendCoord(b, v), '"')
}

// appendPoint appends "x y".
func appendPoint(b []byte, x, y float64) []byte {
	return appendCoord(append(appendCoord(b, x), ' '), y)
}

// appendCoord appends v to a tenth of a pixel, or a hundredth below one.
func appendCoord(b []byte, v float64) []byte {
	unit := 10.0
	if math.Abs(v) < 1 {
		unit = 100
	}
	v = math.Round(v*unit) / unit
	if v == 0 {
		v = 0 // no negative zero
	}
	return strconv.AppendFloat(b, v, 'f', -1, 64)
}

// segment returns a path from one point to another.
func segment(x0, y0, x1, y1 float64) string {
	return string(appendPoint(append(appendPoint([]byte{'M'}, x0, y0), 'L'), x1, y1))
}
