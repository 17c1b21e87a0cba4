package web

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"

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
	if g.left > 0 {
		which := "first"
		if x.against.TargetReport != nil {
			which = "ones that go with the target most"
		}
		page.Lead = fmt.Sprintf("Of %s of numbers or categories, the %d %s are drawn. ", views.Plural(len(g.names)+g.left, "column"), len(g.names), which)
	}
	if g.many > 0 {
		page.Lead += fmt.Sprintf("%s of more than %d categories %s not compared.", views.Plural(g.many, "column"), profile.MostLevels, verb(g.many, "is", "are"))
	}
	page.Charts = append(page.Charts, s.associationChart(g))
	if top := x.Report.Correlation.Top; len(top) > 0 && top[0].R.Defined() {
		page.Charts = append(page.Charts, s.pairChart(x.frame, pairToDraw(x, top)))
	}
	page.Tables = append(page.Tables, views.TitledTable{ID: "pairs", Title: "The strongest pairs", Table: associationPairs(x, g)})
	return page, nil
}

// associationGrid is how strongly columns of several kinds go together: rank
// correlations with their sign between numbers, and what goes from 0 to 1
// where a category takes part.
type associationGrid struct {
	names  []string
	values [][]float64
	left   int // columns that could be drawn as well
	many   int // columns of too many categories to be compared
}

func newAssociationGrid(x *explored, a *profile.Associations) associationGrid {
	numbers, categories := positions(a.Spearman.Columns), positions(a.Cramer.Columns)
	var g associationGrid
	for _, i := range x.cardOrder(view{sort: byAssociation}) {
		c := x.frame.Columns[i]
		_, number := numbers[c.Name]
		_, category := categories[c.Name]
		switch {
		case (number || category) && len(g.names) < pageColumns:
			g.names = append(g.names, c.Name)
		case c.Kind == frame.Category && x.Report.Columns[i].Distinct > profile.MostLevels:
			g.many++
		case c.Kind == frame.Numeric || c.Kind == frame.Category || c.Kind == frame.Bool:
			g.left++
		}
	}
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

func (s *Server) associationChart(g associationGrid) views.Chart {
	out := views.Chart{Name: "associations", Caption: pairsFinding(pairsOf(clipped(g.names), g.values)), Wide: len(g.names) > wideGrid,
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

// pair is two columns and how strongly they go together, from −1 or 0 to 1.
type pair struct {
	a, b  string
	value float64
}

// shown is the strength as the grid and the sentences show it, whatever its
// sign.
func (p pair) shown() string { return views.Fixed(math.Abs(p.value), 2) }

func (p pair) names() string { return p.a + " and " + p.b }

// pairsOf returns the pairs of a grid whose strength can be told, the strongest
// first.
func pairsOf(names []string, values [][]float64) []pair {
	var out []pair
	for i, row := range values {
		for j, v := range row[i+1:] {
			if !math.IsNaN(v) {
				out = append(out, pair{names[i], names[i+1+j], v})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b pair) int { return cmp.Compare(math.Abs(b.value), math.Abs(a.value)) })
	return out
}

// weakPair is the strength below which columns are not said to go together.
const weakPair = 0.1

// pairsFinding names the strongest of all pairs that are drawn, the strongest
// first, and where some are as close as can be, the strongest of the others.
func pairsFinding(pairs []pair) string {
	if len(pairs) == 0 {
		return "No two columns vary together in a way that can be told."
	}
	full := 0
	for full < len(pairs) && pairs[full].shown() == "1.00" {
		full++
	}
	rest, weak := pairs[full:], false
	if len(rest) > 0 {
		weak = math.Round(100*math.Abs(rest[0].value)) < 100*weakPair
	}
	text := ""
	switch {
	case full == 1:
		text = pairs[0].names() + " go together fully (1.00)"
	case full > 1:
		text = fmt.Sprintf("%s pairs go together fully (1.00), %s among them", views.Count(full), pairs[0].names())
	case weak:
		return fmt.Sprintf("No two columns go together closely; the most are %s (%s).", rest[0].names(), views.Fixed(rest[0].value, 2))
	}
	if len(rest) == 0 || weak {
		return text + "."
	}
	if full > 0 {
		text += "; of the others, "
	}
	n := alikeFirst(rest, pair.shown)
	strength := rest[0].shown()
	switch below := countBelow(rest[:n]); {
	case below == n:
		strength = views.Fixed(rest[0].value, 2)
	case below > 0:
		strength = "±" + strength
	}
	if n == 1 {
		return fmt.Sprintf("%s%s go together the most (%s).", text, rest[0].names(), strength)
	}
	return fmt.Sprintf("%s%s pairs go together the most (%s), %s among them.", text, views.Count(n), strength, rest[0].names())
}

// countBelow returns how many pairs have a strength below 0.
func countBelow(pairs []pair) int {
	n := 0
	for _, p := range pairs {
		if p.value < 0 {
			n++
		}
	}
	return n
}

// listedPairs is how many pairs the table has.
const listedPairs = 20

// associationPairs lists the strongest of the pairs that are drawn.
func associationPairs(x *explored, g associationGrid) views.Table {
	t := views.Table{Caption: "The strongest pairs", Quiet: true, Heads: []views.Head{{Name: "Column"}, {Name: "And"}, {Name: "Strength", Number: true}, {Name: "Measured by"}}}
	pairs := pairsOf(g.names, g.values)
	for _, p := range pairs[:min(len(pairs), listedPairs)] {
		t.Rows = append(t.Rows, []views.Cell{
			{Text: views.Clip(p.a, 40), Code: true}, {Text: views.Clip(p.b, 40), Code: true}, {Text: views.Fixed(p.value, 3)}, {Text: x.measure(p)},
		})
	}
	return t
}

// measure names what the strength of a pair is measured by.
func (x *explored) measure(p pair) string {
	a, b := x.frame.Columns[x.at(p.a)].Kind == frame.Numeric, x.frame.Columns[x.at(p.b)].Kind == frame.Numeric
	switch {
	case a && b:
		return "rank correlation"
	case a || b:
		return "correlation ratio"
	}
	return "Cramér’s V"
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
	out.Caption = pairFinding(views.Clip(p.A, 40), views.Clip(p.B, 40), float64(p.R))
	points := chart.XY{X: a.Num, Y: b.Num, XLabel: views.Clip(p.A, 60), YLabel: views.Clip(p.B, 60)}
	out.SVG, out.Narrow = s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Scatter(w, points, chart.Text{Title: views.Clip(p.A, 40) + " and " + views.Clip(p.B, 40), Desc: out.Caption}, chart.Size{W: size.W, H: min(size.W, 400)})
	}, 0)
	return out
}

// pairFinding says how two columns of numbers move, by their correlation as it
// is shown.
func pairFinding(a, b string, r float64) string {
	shown := views.Fixed(r, 2)
	how := "rise together"
	switch size := math.Round(100 * math.Abs(r)); {
	case size < 10:
		return fmt.Sprintf("%s and %s do not move together in a straight line (correlation %s).", a, b, shown)
	case size < 30 && r < 0:
		how = "tend to move in opposite directions"
	case size < 30:
		how = "tend to rise together"
	case r < 0:
		how = "move in opposite directions"
	}
	return fmt.Sprintf("%s and %s %s (correlation %s).", a, b, how, shown)
}
