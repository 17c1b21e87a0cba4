package web

import (
	"cmp"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/chart"
	"clicktrain/internal/problem"
	"clicktrain/internal/profile"
	"clicktrain/internal/recipe"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) exploreRoutes() {
	s.page(http.MethodGet, "/explore", s.showExplore)
	s.page(http.MethodGet, "/explore/columns/:index", s.showColumn)
	endpoint(s, http.MethodGet, "/api/eda/{session_id}", http.StatusOK, "Describe the data", s.describe)
	s.plotRoutes()
}

// showExplore describes the data. Choosing a target here chooses it for the
// later steps.
func (s *Server) showExplore(c echo.Context, ws *workflow.Workspace) error {
	report, err := ws.Profile(c.Request().Context())
	if err != nil {
		return err
	}
	d, err := ws.Data()
	if err != nil {
		return err
	}
	ws.Mark(workflow.Seen{Explored: true})
	if name, ok := columnAt(d.Frame().Names(), c.QueryParam("target")); ok {
		if _, err := ws.Aim(name, 0); err != nil {
			return err
		}
	}
	goal, err := ws.Goal()
	if err != nil {
		return err
	}
	suspects, err := ws.Suspects()
	if err != nil {
		return err
	}
	page := s.explorePage(d, report, goal, suspects, c.QueryParam("sort"))
	return s.render(c, http.StatusOK, s.stepShell(c, ws, "Explore", "Explore"), views.Explore(page))
}

// pageCards is how many column cards a page shows.
const pageCards = 200

func (s *Server) explorePage(d *workflow.Data, r *profile.Report, goal workflow.Goal, suspects []recipe.Left, sort string) views.ExplorePage {
	f := d.Frame()
	page := views.ExplorePage{
		Tiles: []views.Tile{
			{Label: "Rows", Value: views.Count(r.Rows)},
			{Label: "Columns", Value: views.Count(len(r.Columns)), Note: kindCounts(f)},
			{Label: "Missing values", Value: views.Count(r.MissingCells), Note: share(r.MissingCells, r.Rows*len(r.Columns)) + " of all cells"},
			{Label: "Duplicate rows", Value: views.Count(r.DuplicateRows), Note: share(r.DuplicateRows, r.Rows) + " of the rows"},
		},
		Targets:    targetOptions(f.Names(), goal.Target),
		Sorts:      sortOptions(sort),
		TargetName: goal.Target,
		TargetNote: goal.Reason,
		Preview:    firstRows(f, "The first rows of the file"),
		Correlation: views.Chart{
			Caption: pairFinding(r.Correlation),
			Explain: "Pearson's correlation: 1 where two columns rise and fall together in a straight line, −1 where they move in opposite directions, 0 where neither.",
			Empty:   "Correlation needs two columns of numbers.",
		},
	}
	for _, l := range suspects {
		page.Alerts = append(page.Alerts, views.Alert{
			Severity: views.Bad, Column: l.Column, URL: columnURL(f.Index(l.Column)), Text: "May give the target away: " + l.Reason,
			Hint: "It is left out of training unless you choose to keep it.",
		})
	}
	for _, a := range r.Alerts {
		told := slices.ContainsFunc(suspects, func(l recipe.Left) bool { return l.Column == a.Column && a.Code == "copy" })
		if !told {
			page.Alerts = append(page.Alerts, alertOf(a, f.Index(a.Column)))
		}
	}
	if i := f.Index(goal.Target); i >= 0 {
		page.Target = s.columnChart(r.Columns[i])
	}
	if len(r.Correlation.Columns) > 1 {
		draw := heatmap(r.Correlation)
		page.Correlation.SVG, page.Correlation.Narrow = s.sizes(draw, 0)
		if page.Correlation.Wide = len(r.Correlation.Columns) > 8; page.Correlation.Wide {
			page.Correlation.SVG = s.drawn(func(w io.Writer) error { return draw(w, chart.Size{W: wideWidth}) })
		}
		page.Correlation.Table = correlationTable(r.Correlation)
		page.Pairs = pairsTable(r.Correlation)
	}
	for _, i := range cardOrder(r, sort) {
		if len(page.Cards) == pageCards {
			break
		}
		page.Cards = append(page.Cards, s.card(r, i, goal))
	}
	return page
}

func (s *Server) card(r *profile.Report, i int, goal workflow.Goal) views.ColumnCard {
	c := r.Columns[i]
	return views.ColumnCard{
		Name: c.Name, URL: columnURL(i), Kind: kindWords[c.Kind], Reason: c.Reason, SVG: s.cardChart(c),
		Facts: cardFacts(c), Missing: missingText(c, r.Rows), Lacking: c.Missing > 0, IsTarget: c.Name == goal.Target,
	}
}

// columnChart is a column's spread with its numbers.
func (s *Server) columnChart(c profile.Column) *views.Chart {
	out := &views.Chart{Caption: finding(c), Table: spreadTable(c), Empty: "There is nothing to draw for this column."}
	if draw := spread(c); draw != nil {
		out.SVG, out.Narrow = s.sizes(draw, 0)
	}
	return out
}

// showColumn is everything about one column.
func (s *Server) showColumn(c echo.Context, ws *workflow.Workspace) error {
	r, err := ws.Profile(c.Request().Context())
	if err != nil {
		return err
	}
	i, err := strconv.Atoi(c.Param("index"))
	if err != nil || i < 0 || i >= len(r.Columns) {
		return problem.New(problem.NotFound, "There is no such column.").WithHint("The file may have been replaced; go back to Explore.")
	}
	col := r.Columns[i]
	page := views.ColumnPage{
		Name: col.Name, Kind: kindWords[col.Kind], Reason: col.Reason, Finding: finding(col),
		Tiles: []views.Tile{
			{Label: "Values", Value: views.Count(r.Rows - col.Missing), Note: "of " + views.Plural(r.Rows, "row")},
			{Label: "Missing", Value: views.Count(col.Missing), Note: share(col.Missing, r.Rows)},
			{Label: "Distinct", Value: views.Count(col.Distinct)},
		},
		Stats: stats(col, r.Rows), Up: "/explore",
	}
	for _, a := range r.Alerts {
		if a.Column == col.Name {
			page.Alerts = append(page.Alerts, alertOf(a, -1))
		}
	}
	if svg := s.columnChart(col); svg.SVG != "" {
		page.Charts = append(page.Charts, *svg)
	}
	if col.Levels != nil && len(col.Levels.Top) > 0 && col.Number == nil {
		page.Values = *spreadTable(col)
	}
	if i > 0 {
		page.Previous = &views.Link{Text: r.Columns[i-1].Name, URL: columnURL(i - 1)}
	}
	if i+1 < len(r.Columns) {
		page.Next = &views.Link{Text: r.Columns[i+1].Name, URL: columnURL(i + 1)}
	}
	return s.render(c, http.StatusOK, s.stepShell(c, ws, views.Clip(col.Name, 60), "Explore"), views.Column(page))
}

func alertOf(a profile.Alert, index int) views.Alert {
	severity := map[profile.Severity]views.Severity{profile.Info: views.Note, profile.Warning: views.Warn, profile.Critical: views.Bad}[a.Severity]
	out := views.Alert{Severity: severity, Column: a.Column, Text: a.Message, Hint: a.Hint}
	if index >= 0 {
		out.URL = columnURL(index)
	}
	return out
}

func targetOptions(names []string, chosen string) []views.Option {
	out := make([]views.Option, len(names))
	for i, n := range names {
		out[i] = views.Option{Value: strconv.Itoa(i), Label: views.Clip(n, 80), Selected: n == chosen}
	}
	return out
}

func sortOptions(chosen string) []views.Option {
	return []views.Option{
		{Value: "file", Label: "as in the file", Selected: chosen == "" || chosen == "file"},
		{Value: "name", Label: "by name", Selected: chosen == "name"},
		{Value: "kind", Label: "by kind", Selected: chosen == "kind"},
		{Value: "missing", Label: "most missing first", Selected: chosen == "missing"},
	}
}

// cardOrder returns the columns' positions in the order asked for.
func cardOrder(r *profile.Report, by string) []int {
	out := make([]int, len(r.Columns))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(i, j int) int {
		a, b := r.Columns[i], r.Columns[j]
		switch by {
		case "name":
			return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		case "kind":
			return cmp.Compare(a.Kind, b.Kind)
		case "missing":
			return cmp.Compare(b.Missing, a.Missing)
		}
		return 0
	})
	return out
}

// spreadTable holds the numbers of a column's chart.
func spreadTable(c profile.Column) *views.Table {
	if h, ok := binsOf(c); ok {
		t := &views.Table{Caption: "Rows by range of values", Heads: []views.Head{{Name: "From"}, {Name: "To", Number: true}, {Name: "Rows", Number: true}}}
		for i, n := range h.Counts {
			t.Rows = append(t.Rows, views.Texts(views.Num(h.Edges[i]), views.Num(h.Edges[i+1]), views.Count(n)))
		}
		return t
	}
	levels := levelsOf(c)
	if c.Levels != nil {
		levels = c.Levels.Top
	}
	if levels == nil {
		return nil
	}
	t := &views.Table{Caption: "Most frequent values", Heads: []views.Head{{Name: "Value"}, {Name: "Rows", Number: true}}}
	for _, l := range levels {
		t.Rows = append(t.Rows, []views.Cell{{Text: views.Clip(l.Value, 80), Code: true}, {Text: views.Count(l.Count)}})
	}
	if c.Levels != nil && c.Levels.Rest > 0 {
		t.Rows = append(t.Rows, views.Texts("all others", views.Count(c.Levels.Rest)))
	}
	return t
}

func correlationTable(r profile.Correlation) *views.Table {
	n := min(len(r.Columns), pageColumns)
	t := &views.Table{Caption: "Correlations", Heads: []views.Head{{Name: "Column"}}}
	for _, name := range r.Columns[:n] {
		t.Heads = append(t.Heads, views.Head{Name: views.Clip(name, 40), Number: true, Code: true})
	}
	for i := range n {
		row := []views.Cell{{Text: views.Clip(r.Columns[i], 40), Code: true}}
		for j := range n {
			row = append(row, views.Cell{Text: views.Fixed(float64(r.At(i, j)), 2)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func pairsTable(r profile.Correlation) views.Table {
	t := views.Table{Caption: "The strongest pairs", Heads: []views.Head{{Name: "Column"}, {Name: "And"}, {Name: "Correlation", Number: true}}}
	for _, p := range r.Top {
		t.Rows = append(t.Rows, []views.Cell{
			{Text: views.Clip(p.A, 40), Code: true}, {Text: views.Clip(p.B, 40), Code: true}, {Text: views.Fixed(float64(p.R), 3)},
		})
	}
	return t
}
