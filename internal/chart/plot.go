package chart

import (
	"fmt"
	"io"
	"math"

	gochart "github.com/wcharczuk/go-chart/v2"
)

// margin is the room around the plot, before the axes take theirs.
type margin struct{ top, right, bottom, left int }

// axes describe a plot. An axis without ticks is not drawn.
type axes struct {
	x, y         *scale
	xTicks       []gochart.Tick
	yTicks       []gochart.Tick
	xName, yName string
	margin       margin
	gridX        bool // vertical lines at the x ticks
	nameRoom     int  // pixels right of the vertical axis's name that are taken
}

// area is the inside of a plot, in pixels, with its scales.
type area struct {
	left, top, right, bottom float64
	x, y                     *scale
}

func (a area) px(x float64) float64 { return a.left + a.x.at(x) }
func (a area) py(y float64) float64 { return a.bottom - a.y.at(y) }
func (a area) width() float64       { return a.right - a.left }
func (a area) height() float64      { return a.bottom - a.top }

// painter draws the inside of a plot. It is the chart library's Series.
type painter func(c *canvas, a area)

func (p painter) GetName() string             { return "" }
func (p painter) GetYAxis() gochart.YAxisType { return gochart.YAxisPrimary }
func (p painter) GetStyle() gochart.Style     { return gochart.Style{} }
func (p painter) Validate() error             { return nil }

// Render draws the series on a canvas of this package.
func (p painter) Render(r gochart.Renderer, b gochart.Box, xs, ys gochart.Range, _ gochart.Style) {
	p(r.(*canvas), area{
		left: float64(b.Left), top: float64(b.Top), right: float64(b.Right), bottom: float64(b.Bottom),
		x: xs.(*scale), y: ys.(*scale),
	})
}

// plot lays out the axes around the marks and writes the drawing to w.
func plot(w io.Writer, c *canvas, a axes, marks ...painter) error {
	f, err := font()
	if err != nil {
		return err
	}
	ch := gochart.Chart{
		Width: c.size.W, Height: c.size.H, Font: f,
		Background: gochart.Style{Padding: gochart.NewBox(a.margin.top, a.margin.left, a.margin.right, a.margin.bottom)},
		XAxis: gochart.XAxis{
			Name: axisName(a.xName, a.xRoom(c.size.W)), NameStyle: gochart.Style{ClassName: roleName}, Style: gochart.Style{Hidden: a.xTicks == nil, ClassName: roleX},
			Range: a.x, Ticks: a.xTicks, GridMajorStyle: gochart.Hidden(), GridMinorStyle: gochart.Hidden(),
		},
		YAxis: gochart.YAxis{
			AxisType: gochart.YAxisSecondary, // which is the left one
			Style:    gochart.Style{Hidden: a.yTicks == nil, ClassName: roleY},
			Range:    a.y, Ticks: a.yTicks, GridMajorStyle: gochart.Hidden(), GridMinorStyle: gochart.Hidden(),
		},
		YAxisSecondary: gochart.HideYAxis(),
		Series:         []gochart.Series{a.frame()},
	}
	for _, p := range marks {
		ch.Series = append(ch.Series, p)
	}
	if err := ch.Render(func(int, int) (gochart.Renderer, error) { return c, nil }, w); err != nil {
		return fmt.Errorf("chart: lay out: %w", err)
	}
	return nil
}

// frame draws the grid and the name of the vertical axis, which stands level
// above it because turned text is hard to read.
func (a axes) frame() painter {
	return func(c *canvas, r area) {
		var grid []byte
		for _, t := range a.yTicks {
			y := math.Round(r.py(t.Value)) + 0.5
			if y < r.bottom-1 {
				grid = append(grid, segment(r.left, y, r.right, y)...)
			}
		}
		for _, t := range a.xTicks {
			if a.gridX {
				x := math.Round(r.px(t.Value)) + 0.5
				grid = append(grid, segment(x, r.top, x, r.bottom)...)
			}
		}
		if len(grid) > 0 {
			c.rule(clsGrid, string(grid))
		}
		if name := axisName(a.yName, c.size.W-8-a.nameRoom); name != "" {
			c.label(label{text: name, x: 4, y: 15, class: clsText, max: float64(c.size.W) - 8})
		}
	}
}

// xRoom returns the width that the name below the plot may take, centered on
// the plot, within a drawing of the given width.
func (a axes) xRoom(width int) int {
	left := a.margin.left
	for _, t := range a.yTicks {
		left = max(left, a.margin.left+24+int(measure(t.Label, textSize)))
	}
	return width - max(left, a.margin.right) - 8
}

// axisName returns a name cleaned and cut to the room of the drawing.
func axisName(s string, room int) string {
	if s == "" {
		return ""
	}
	return truncate(clip(s, maxLabel), float64(room), textSize)
}

// xCount and yCount return how many ticks an axis of that many pixels bears.
func xCount(pixels int) int { return min(max(pixels/80, 2), 10) }
func yCount(pixels int) int { return min(max(pixels/55, 2), 8) }
