package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/frame"
	"clicktrain/internal/recipe"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) exploreRoutes() {
	s.page(http.MethodGet, "/explore", s.showExplore)
	s.page(http.MethodGet, "/explore/columns/:index", s.showColumn)
	s.page(http.MethodGet, "/explore/columns/:index/charts/:chart", s.showColumnChart)
	s.page(http.MethodGet, "/explore/charts/:chart", s.showChart)
	s.page(http.MethodGet, "/explore/relations", s.showRelations)
	s.page(http.MethodGet, "/explore/rows", s.showRows)
	s.page(http.MethodPost, "/explore/leave", s.leaveOut)
	s.page(http.MethodPost, "/explore/take", s.takeBack)
	s.page(http.MethodPost, "/explore/group", s.keepTogether)
	s.page(http.MethodPost, "/explore/ungroup", s.keepApart)
	s.page(http.MethodPost, "/explore/settle", s.settle)
	endpoint(s, http.MethodGet, "/api/eda/{session_id}", http.StatusOK, "Describe the data", s.describe)
	endpoint(s, http.MethodGet, "/api/eda/{session_id}/associations", http.StatusOK, "Tell how columns go together", s.associate, func(op *huma.Operation) {
		op.Description = fmt.Sprintf("Between all columns or, of more than %d, those that go with the target the most.", workflow.Associated)
	})
	s.plotRoutes()
	s.reportRoutes()
}

// explored is the data with all that is told about it.
type explored struct {
	*workflow.Look
	frame   *frame.Frame
	against against
	index   map[string]int // of each column
	loss    string         // what reading the file again deletes; empty is nothing
	steps   []recipe.Step  // of the recipe
}

func explore(ctx context.Context, ws *workflow.Workspace) (*explored, error) {
	m, err := ws.Now()
	if err != nil {
		return nil, err
	}
	l, err := m.Look(ctx)
	if err != nil {
		return nil, err
	}
	x := &explored{Look: l, frame: l.Data.Frame(), against: newAgainst(l.Against), index: map[string]int{}, loss: lossText(ws), steps: m.Recipe().Steps}
	for i, column := range x.frame.Columns {
		x.index[column.Name] = i
	}
	return x, nil
}

// at returns the position of a column, or −1.
func (x *explored) at(column string) int {
	if i, ok := x.index[column]; ok {
		return i
	}
	return -1
}

// left says why trainings do not use a column; it is empty where they do.
func (x *explored) left(column string) string {
	for _, l := range x.Unused {
		if l.Column == column {
			return l.Reason
		}
	}
	return ""
}

// showExplore describes the data. Choosing a target here chooses it for the
// later steps.
func (s *Server) showExplore(c echo.Context, ws *workflow.Workspace) error {
	d, err := ws.Data()
	if err != nil {
		return err
	}
	ws.Mark(workflow.Seen{Explored: true})
	refused, err := chooseTarget(c, ws, d.Frame())
	if err != nil {
		return err
	}
	x, err := explore(c.Request().Context(), ws)
	if err != nil {
		return err
	}
	v := viewOf(c, x.against.TargetReport != nil)
	page := s.explorePage(x, v)
	s.fillAlerts(&page, x)
	if err := s.fillParts(c.Request().Context(), &page, x); err != nil {
		return err
	}
	if page.Problem = refused; refused != nil {
		page.Choice.Typed = c.QueryParam("named")
	}
	return s.render(c, http.StatusOK, s.stepShell(c, ws, "Explore", "Explore"), views.Explore(page))
}

// A table of at most this many columns and cells shows everything on one page;
// of a larger one, what takes long to draw is fetched when it comes into view.
const (
	inlineColumns = 50
	inlineCells   = 1_000_000
)

// fillParts adds what concerns the whole table.
func (s *Server) fillParts(ctx context.Context, page *views.ExplorePage, x *explored) error {
	if n := len(x.frame.Columns); n > inlineColumns || n*x.frame.Rows > inlineCells {
		page.Lazy = []views.LazyPart{
			{ID: "relations", Title: "How columns go together", Text: "Show how columns go together", URL: "/explore/relations"},
			{ID: "rows", Title: "The file as a whole", Text: "Show what is missing, what is repeated, and the first rows", URL: "/explore/rows"},
		}
		return nil
	}
	relations, err := s.relationsPart(ctx, x)
	if err != nil {
		return err
	}
	page.Parts = []views.PartPage{relations, s.rowsPart(x)}
	for _, p := range page.Parts {
		enlargeable(p.Charts, "/explore")
	}
	return nil
}

// chooseTarget takes the target that the address names, by its position or,
// typed, by its name. A name that no column has is told on the page.
func chooseTarget(c echo.Context, ws *workflow.Workspace, f *frame.Frame) (*views.Problem, error) {
	name, ok := columnAt(f.Names(), c.QueryParam("target"))
	if typed := c.QueryParam("named"); typed != "" {
		name, ok = nearest(f.Names(), typed), true
	}
	goal, err := ws.Goal()
	if err != nil || !ok || name == goal.Target {
		return nil, err
	}
	_, err = ws.Aim(name, 0)
	if p, _, told := redrawable(err); told {
		return &views.Problem{Items: []views.ProblemItem{{Text: views.Clip(p.Message, 300), Hint: hintAt(f.Names(), name, p.Hint), Href: "#" + targetID(f.Names())}}}, nil
	}
	return nil, err
}

// tableTiles are the numbers of the whole table.
func tableTiles(x *explored) []views.Tile {
	r := x.Report
	return []views.Tile{
		{Label: "Rows", Value: views.Count(r.Rows)},
		{Label: "Columns", Value: views.Count(len(r.Columns)), Note: kindCounts(x.frame)},
		{Label: "Missing values", Value: views.Count(r.MissingCells), Note: share(r.MissingCells, r.Rows*len(r.Columns)) + " of all cells"},
		{Label: "Duplicate rows", Value: views.Count(r.DuplicateRows), Note: share(r.DuplicateRows, r.Rows) + " of the rows"},
	}
}

func (s *Server) explorePage(x *explored, v view) views.ExplorePage {
	f := x.frame
	page := views.ExplorePage{
		Tiles:  tableTiles(x),
		Choice: targetChoice(f.Names(), x.Goal.Target), TargetName: x.Goal.Target, TargetNote: x.Goal.Reason,
		Sorts: sortOptions(v.sort, x.against.TargetReport != nil), Query: v.query,
	}
	page.Report = []views.Link{{Text: "Keep as a page", URL: "/explore/report.html"}, {Text: "Keep as JSON", URL: "/explore/report.json"}}
	s.fillTarget(&page, x)
	s.fillCards(&page, x, v)
	return page
}

// fillTarget draws how the target is spread, and what goes with it.
func (s *Server) fillTarget(page *views.ExplorePage, x *explored) {
	if i := x.at(x.Goal.Target); i >= 0 {
		page.Target = s.columnChart(x.Report.Columns[i])
		if x.against.TargetReport != nil && len(x.against.Series) > 1 {
			page.Target = x.against.classes(s)
		}
		page.Target.Large = "/explore/charts/" + page.Target.Name
	}
	if x.against.TargetReport == nil {
		return
	}
	page.Findings = x.against.findings(x.at)
	if page.Ranking = x.against.ranking(s); page.Ranking != nil {
		page.Ranking.Large = "/explore/charts/" + page.Ranking.Name
	}
}

// leaveOut has trainings not use some columns.
func (s *Server) leaveOut(c echo.Context, ws *workflow.Workspace) error {
	columns, err := formColumns(c, ws)
	if err != nil {
		return err
	}
	if err := ws.LeaveOut(columns...); err != nil {
		return err
	}
	if err := s.flash(c, leftText(columns, "left out of training")); err != nil {
		return err
	}
	return back(c)
}

// takeBack undoes leaveOut.
func (s *Server) takeBack(c echo.Context, ws *workflow.Workspace) error {
	columns, err := formColumns(c, ws)
	if err != nil {
		return err
	}
	if err := ws.TakeBack(columns...); err != nil {
		return err
	}
	if err := s.flash(c, leftText(columns, "used in training again")); err != nil {
		return err
	}
	return back(c)
}

// keepTogether has trainings keep the rows of each value of a column on one
// side of the split.
func (s *Server) keepTogether(c echo.Context, ws *workflow.Workspace) error {
	columns, err := formColumns(c, ws)
	if err != nil {
		return err
	}
	text := groupedText(columns[0])
	if err := ws.SetGroup(columns[0]); err != nil {
		p, _, told := redrawable(err)
		if !told {
			return err
		}
		text = p.Message
	}
	if err := s.flash(c, text); err != nil {
		return err
	}
	return back(c)
}

// keepApart undoes keepTogether.
func (s *Server) keepApart(c echo.Context, ws *workflow.Workspace) error {
	ws.ClearGroup()
	if err := s.flash(c, "Rows are split one by one."); err != nil {
		return err
	}
	return back(c)
}

func leftText(columns []string, what string) string {
	if len(columns) == 1 {
		return fmt.Sprintf("%s is %s.", views.Clip(columns[0], 40), what)
	}
	return fmt.Sprintf("%s are %s.", views.Plural(len(columns), "column"), what)
}

// settle keeps a finding as it is, or shows all again that were kept.
func (s *Server) settle(c echo.Context, ws *workflow.Workspace) error {
	if c.FormValue("again") != "" {
		ws.Unsettle()
		return back(c)
	}
	if err := ws.Settle(c.FormValue("finding")); err != nil {
		return err
	}
	return back(c)
}

// formColumns returns the columns that a form names by their positions.
func formColumns(c echo.Context, ws *workflow.Workspace) ([]string, error) {
	d, err := ws.Data()
	if err != nil {
		return nil, err
	}
	values, err := c.FormParams()
	if err != nil {
		return nil, malformedForm()
	}
	var out []string
	names := d.Frame().Names()
	for _, v := range values["column"] {
		if name, ok := columnAt(names, v); ok && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		return nil, noColumn()
	}
	return out, nil
}

// back sends the browser to the page that a form was on: a column's, or the
// findings of all.
func back(c echo.Context) error {
	if i, err := strconv.Atoi(c.FormValue("from")); err == nil && i >= 0 {
		return goTo(c, columnURL(i))
	}
	return goTo(c, "/explore#first")
}
