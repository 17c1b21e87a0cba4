package chart

import (
	"bytes"
	"io"
	"strconv"

	"github.com/golang/freetype/truetype"
	gochart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// Roles are the class names given to the chart library for its axes. They
// tell the canvas what is drawn, and never reach the drawing.
const (
	roleX    = "x"    // the line and the numbers of the horizontal axis
	roleY    = "y"    // the numbers of the vertical axis, which has no line
	roleName = "name" // the name of an axis
)

// canvas draws SVG. It is the chart library's Renderer and, through the
// methods of draw.go, the surface of this package's own series. It takes
// every color from the role or class of a thing and none from the library.
type canvas struct {
	size Size
	text Text
	body bytes.Buffer

	role string
	path []byte
}

var _ gochart.Renderer = (*canvas)(nil)

func newCanvas(s Size, t Text) *canvas { return &canvas{size: s, text: t} }

// Save writes the finished drawing to w in one call.
func (c *canvas) Save(w io.Writer) error {
	var b bytes.Buffer
	width, height := strconv.Itoa(c.size.W), strconv.Itoa(c.size.H)
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 ` + width + " " + height +
		`" width="` + width + `" height="` + height +
		`" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" font-size="13">`)
	b.WriteString("<title>" + escape.Replace(c.text.Title) + "</title><desc>" + escape.Replace(c.text.Desc) + "</desc>\n")
	b.Write(c.body.Bytes())
	b.WriteString("</svg>\n")
	return writeOnce(w, &b)
}

// MeasureText returns the box of s. Its height is that of a capital letter,
// which is what the library centers on a tick.
func (c *canvas) MeasureText(s string) gochart.Box {
	return gochart.Box{Right: int(measure(s, textSize) + 0.999), Bottom: 9}
}

// Text draws an axis's number or name. The library gives the left end of the
// measured text; it is anchored where a reader's font cannot shift it.
func (c *canvas) Text(s string, x, y int) {
	if s == "" {
		return
	}
	w := float64(c.MeasureText(s).Right)
	l := label{text: s, x: float64(x) + w/2, y: float64(y), class: clsTick, anchor: middle}
	switch c.role {
	case roleY:
		l.x, l.anchor = float64(x)+w, end
	case roleName:
		l.class, l.max = clsText, w
	}
	c.label(l)
}

// MoveTo starts a path.
func (c *canvas) MoveTo(x, y int) { c.path = appendPoint(append(c.path, 'M'), float64(x), float64(y)) }

// LineTo continues it.
func (c *canvas) LineTo(x, y int) { c.path = appendPoint(append(c.path, 'L'), float64(x), float64(y)) }

// Stroke draws the path if it belongs to the horizontal axis. The library's
// other lines (background, grid, zero line) carry no role and are not drawn.
func (c *canvas) Stroke() {
	if c.role == roleX {
		c.rule(clsAxis, string(c.path))
	}
	c.path = c.path[:0]
}

// ResetStyle forgets the role.
func (c *canvas) ResetStyle() { c.role = "" }

// SetClassName takes a role.
func (c *canvas) SetClassName(role string) { c.role = role }

// Fill drops the path: no area of the library's is drawn.
func (c *canvas) Fill() { c.path = c.path[:0] }

// FillStroke drops the path.
func (c *canvas) FillStroke() { c.path = c.path[:0] }

// GetDPI returns a resolution at which a point is a pixel.
func (c *canvas) GetDPI() float64 { return 72 }

// The rest of the interface has no part in these drawings: colors, fonts and
// widths follow from the role, and curves are drawn by our own series.

func (c *canvas) SetDPI(float64)                     {}
func (c *canvas) SetStrokeColor(drawing.Color)       {}
func (c *canvas) SetFillColor(drawing.Color)         {}
func (c *canvas) SetStrokeWidth(float64)             {}
func (c *canvas) SetStrokeDashArray([]float64)       {}
func (c *canvas) QuadCurveTo(_, _, _, _ int)         {}
func (c *canvas) ArcTo(_, _ int, _, _, _, _ float64) {}
func (c *canvas) Close()                             {}
func (c *canvas) Circle(float64, int, int)           {}
func (c *canvas) SetFont(*truetype.Font)             {}
func (c *canvas) SetFontColor(drawing.Color)         {}
func (c *canvas) SetFontSize(float64)                {}
func (c *canvas) SetTextRotation(float64)            {}
func (c *canvas) ClearTextRotation()                 {}
