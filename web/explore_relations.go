package web

import (
	"context"
	"fmt"
	"io"
	"math"
	"net/http"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/chart"
	"clicktrain/internal/frame"
	"clicktrain/internal/profile"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// showRelations is how the columns go together.
func (s *Server) showRelations(c echo.Context, ws *workflow.Workspace) error {
	x, err := explore(c.Request().Context(), ws)
	if err != nil {
		return err
	}
	page, err := s.relationsPart(c.Request().Context(), x)
	if err != nil {
		return err
	}
	enlargeable(page.Charts, "/explore")
	return s.render(c, http.StatusOK, s.stepShell(c, ws, page.Title, "Explore"), views.ExplorePart(page))
}

func (s *Server) relationsPart(ctx context.Context, x *explored) (views.PartPage, error) {
	page := views.PartPage{ID: "relations", Title: "How columns go together", Empty: "This needs two columns of numbers or categories that vary."}
	a, err := x.Associations(ctx)
	if err != nil {
		return page, err
	}
	g := newAssociationGrid(x, a)
	if len(g.names) < 2 {
		return page, nil
	}
	if len(g.names) == pageColumns && g.left > 0 {
		page.Lead = fmt.Sprintf("Of %s, the %d that go with the target most are drawn.", views.Plural(len(x.frame.Columns), "column"), pageColumns)
	}
	page.Charts = append(page.Charts, s.associationChart(g, a))
	if top := x.Report.Correlation.Top; len(top) > 0 && top[0].R.Defined() {
		page.Charts = append(page.Charts, s.pairChart(x.frame, pairToDraw(x, top)))
	}
	page.Tables = append(page.Tables, views.TitledTable{ID: "pairs", Title: "The strongest pairs", Table: associationPairs(a)})
	return page, nil
}

// associationGrid is how strongly columns of several kinds go together: rank
// correlations with their sign between numbers, and what goes from 0 to 1
// where a category takes part.
type associationGrid struct {
	names  []string
	values [][]float64
	left   int // columns that are not drawn
}

func newAssociationGrid(x *explored, a *profile.Associations) associationGrid {
	numbers, categories := positions(a.Spearman.Columns), positions(a.Cramer.Columns)
	var g associationGrid
	for _, i := range x.cardOrder(view{sort: byAssociation}) {
		name := x.frame.Columns[i].Name
		_, number := numbers[name]
		_, category := categories[name]
		switch {
		case !number && !category:
		case len(g.names) < pageColumns:
			g.names = append(g.names, name)
		}
	}
	g.left = len(x.frame.Columns) - len(g.names)
	for _, one := range g.names {
		row := make([]float64, len(g.names))
		for j, other := range g.names {
			row[j] = strength(a, numbers, categories, one, other)
		}
		g.values = append(g.values, row)
	}
	return g
}

func positions(names []string) map[string]int {
	out := make(map[string]int, len(names))
	for i, n := range names {
		out[n] = i
	}
	return out
}

// strength is how strongly two columns go together, by the measure of their
// kinds.
func strength(a *profile.Associations, numbers, categories map[string]int, one, other string) float64 {
	if one == other {
		return 1
	}
	i, number := numbers[one]
	j, otherNumber := numbers[other]
	switch {
	case number && otherNumber:
		return float64(a.Spearman.At(i, j))
	case number:
		return float64(a.Ratio.At(i, categories[other]))
	case otherNumber:
		return float64(a.Ratio.At(j, categories[one]))
	}
	return float64(a.Cramer.At(categories[one], categories[other]))
}

// wideGrid is how many columns make a heat map take the whole width.
const wideGrid = 8

func (s *Server) associationChart(g associationGrid, a *profile.Associations) views.Chart {
	out := views.Chart{Name: "associations", Caption: associationFinding(a), Wide: len(g.names) > wideGrid,
		Explain: "Between numbers it is the correlation of their ranks (Spearman): 1 where they always rise together, −1 where one falls as the other rises, 0 where neither. " +
			"Between categories it is Cramér’s V, and between a number and a category the correlation ratio: 0 where one says nothing about the other, 1 where it tells it.",
		Table: &views.Table{Caption: "How strongly columns go together", Heads: []views.Head{{Name: "Column"}}}}
	grid := chart.Grid{Rows: clipped(g.names), Values: g.values, Min: -1, Max: 1, Diverging: true, Format: chart.Correlation}
	grid.Cols = grid.Rows
	for i, name := range grid.Rows {
		out.Table.Heads = append(out.Table.Heads, views.Head{Name: name, Number: true, Code: true})
		row := []views.Cell{{Text: name, Code: true}}
		for _, v := range g.values[i] {
			row = append(row, views.Cell{Text: views.Fixed(v, 2)})
		}
		out.Table.Rows = append(out.Table.Rows, row)
	}
	draw := func(w io.Writer, size chart.Size) error {
		return chart.Heatmap(w, grid, chart.Text{Title: "How columns go together", Desc: out.Caption}, size)
	}
	out.SVG, out.Narrow = s.sizes(draw, 0)
	if out.Wide {
		out.SVG = s.drawn(func(w io.Writer) error { return draw(w, chart.Size{W: wideWidth}) })
	}
	return out
}

// associationFinding names the strongest pair that is no copy.
func associationFinding(a *profile.Associations) string {
	for _, p := range a.Top {
		if v := math.Abs(float64(p.Value)); p.Value.Defined() && v < 0.995 {
			return fmt.Sprintf("%s and %s go together the most (%s).", views.Clip(p.A, 40), views.Clip(p.B, 40), views.Fixed(float64(p.Value), 2))
		}
	}
	if len(a.Top) > 0 {
		return fmt.Sprintf("%s and %s say the same.", views.Clip(a.Top[0].A, 40), views.Clip(a.Top[0].B, 40))
	}
	return "No two columns go together."
}

var measures = map[string]string{"spearman": "rank correlation", "cramers_v": "Cramér’s V", "correlation_ratio": "correlation ratio"}

func associationPairs(a *profile.Associations) views.Table {
	t := views.Table{Caption: "The strongest pairs", Quiet: true, Heads: []views.Head{{Name: "Column"}, {Name: "And"}, {Name: "Strength", Number: true}, {Name: "Measured by"}}}
	for _, p := range a.Top {
		t.Rows = append(t.Rows, []views.Cell{
			{Text: views.Clip(p.A, 40), Code: true}, {Text: views.Clip(p.B, 40), Code: true}, {Text: views.Fixed(float64(p.Value), 3)}, {Text: measures[p.Measure]},
		})
	}
	return t
}

// scatterValues is how many distinct values a column has to have to make a
// cloud of points rather than lines.
const scatterValues = 20

// pairToDraw returns the strongest pair that makes a cloud of points, or the
// first.
func pairToDraw(x *explored, top []profile.Pair) profile.Pair {
	for _, p := range top {
		if x.Report.Columns[x.at(p.A)].Distinct > scatterValues && x.Report.Columns[x.at(p.B)].Distinct > scatterValues {
			return p
		}
	}
	return top[0]
}

// pairChart draws two columns of numbers against each other.
func (s *Server) pairChart(f *frame.Frame, p profile.Pair) views.Chart {
	a, b := f.Column(p.A), f.Column(p.B)
	out := views.Chart{Name: "pair", Empty: "The strongest pair cannot be drawn.", Explain: "Each point is a row. Where there are many rows, squares stand for them: the darker, the more rows lie there."}
	if a == nil || b == nil || !a.Numbers() || !b.Numbers() {
		return out
	}
	how := "rise together"
	if p.R < 0 {
		how = "move in opposite directions"
	}
	out.Caption = fmt.Sprintf("%s and %s %s (correlation %s).", views.Clip(p.A, 40), views.Clip(p.B, 40), how, views.Fixed(float64(p.R), 2))
	points := chart.XY{X: a.Num, Y: b.Num, XLabel: views.Clip(p.A, 60), YLabel: views.Clip(p.B, 60)}
	out.SVG, out.Narrow = s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Scatter(w, points, chart.Text{Title: views.Clip(p.A, 40) + " and " + views.Clip(p.B, 40), Desc: out.Caption}, chart.Size{W: size.W, H: min(size.W, 400)})
	}, 0)
	return out
}
