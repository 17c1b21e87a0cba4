package chart

import (
	"fmt"
	"io"
	"math"
)

// Grid is a table of numbers shown by color.
type Grid struct {
	Rows, Cols         []string    // names, down and across
	Values             [][]float64 // len(Rows) rows of len(Cols); NaN is no value
	Min, Max           float64     // the range of the colors; both 0 takes the values' own, from 0 for counts and shares
	Diverging          bool        // two hues around 0, as for a correlation; else one hue from Min to Max
	Format             Format      // of the numbers in the cells
	Shown              [][]string  // what the cells say instead of their value, of the same shape; or nil
	RowLabel, ColLabel string      // what rows and columns are: "Actual", "Predicted"
}

// Limits of a heat map.
const (
	numberedCols = 12   // most columns whose cells bear a number
	minCell      = 15.0 // pixels, so that a name of 12 pixels fits beside its row
	maxCell      = 46.0 // pixels of height if the height is free
)

// Heatmap draws one cell for each value, with its number while there are at
// most 12 columns and it fits. A symmetric table of over 12 columns, in which
// rows and columns have the same names, is drawn as its lower triangle.
// Drawings of many columns are larger than asked, so that each name stays
// legible. Tables of over 2,000 cells lose their last rows and columns, which
// the description then says. It returns an error if Values has another shape
// than the names; a table without a finite value draws "Nothing to draw".
func Heatmap(w io.Writer, g Grid, t Text, s Size) error {
	free := s.H == 0
	s = s.or(Full).atLeast(Size{W: 320})
	if err := g.check(); err != nil {
		return err
	}
	rows, cols := len(g.Rows), len(g.Cols)
	l := heatLayout{Grid: g, lower: g.symmetric() && len(g.Cols) > numberedCols}
	l.cut()
	l.setRange()
	if !finite(l.Min) {
		return nothing(w, t, s, "there are no finite values")
	}
	s = l.fit(s, free)
	c := newCanvas(s, t.describe(l.summary(), l.note(), leftOut(rows, len(l.Rows), "row"), leftOut(cols, len(l.Cols), "column")))
	return plot(w, c, axes{
		x: newScale(0, float64(len(l.Cols))), y: newScale(0, float64(len(l.Rows))), margin: l.margin,
	}, l.draw)
}

// check returns an error if the values do not have the shape of the names.
func (g Grid) check() error {
	if len(g.Values) != len(g.Rows) || g.Shown != nil && len(g.Shown) != len(g.Rows) {
		return fmt.Errorf("chart: %d rows of values and %d of texts for %d row names", len(g.Values), len(g.Shown), len(g.Rows))
	}
	for i, v := range g.Values {
		if len(v) != len(g.Cols) || g.Shown != nil && len(g.Shown[i]) != len(g.Cols) {
			return fmt.Errorf("chart: row %d has another length than the %d column names", i, len(g.Cols))
		}
	}
	return nil
}

// symmetric reports that rows and columns are the same and mirror each other.
func (g Grid) symmetric() bool {
	if len(g.Rows) != len(g.Cols) {
		return false
	}
	for i := range g.Rows {
		if g.Rows[i] != g.Cols[i] {
			return false
		}
		for j := range i {
			a, b := g.Values[i][j], g.Values[j][i]
			if math.Abs(a-b) > 1e-9*math.Max(math.Abs(a), 1) || finite(a) != finite(b) {
				return false
			}
		}
	}
	return true
}

// summary says what the heat map shows.
func (l *heatLayout) summary() string {
	least, most := place{v: math.Inf(1)}, place{v: math.Inf(-1)}
	l.each(func(i, j int) {
		v := l.Values[i][j]
		if !finite(v) || l.lower && i == j {
			return
		}
		if v < least.v {
			least = place{v, i, j}
		}
		if v > most.v {
			most = place{v, i, j}
		}
	})
	s := fmt.Sprintf("Heat map of %s and %s.", plural(len(l.Rows), "row"), plural(len(l.Cols), "column"))
	if most.v >= least.v {
		s += " The highest is " + l.tip(most.i, most.j) + ", the lowest " + l.tip(least.i, least.j) + "."
	}
	return s
}

// note says that only half of a symmetric table is drawn.
func (l *heatLayout) note() string {
	if !l.lower {
		return ""
	}
	return "Each pair is drawn once."
}

// place is a cell and its value.
type place struct {
	v    float64
	i, j int
}

// tip names a cell: "age, fare: +0.10".
func (l *heatLayout) tip(i, j int) string {
	return clip(l.Rows[i], maxTip) + ", " + clip(l.Cols[j], maxTip) + ": " + l.cellText(i, j)
}

// cellText returns what cell (i, j) says.
func (g Grid) cellText(i, j int) string {
	if g.Shown != nil && g.Shown[i][j] != "" {
		return clip(g.Shown[i][j], maxTip)
	}
	return g.Format.text(g.Values[i][j])
}
