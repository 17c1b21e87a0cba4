package web

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/chart"
	"clicktrain/internal/profile"
	"clicktrain/internal/recipe"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// showColumn is everything about one column.
func (s *Server) showColumn(c echo.Context, ws *workflow.Workspace) error {
	x, err := explore(c.Request().Context(), ws)
	if err != nil {
		return err
	}
	r := x.Report
	i, ok := indexed(c.Param("index"), len(r.Columns))
	if !ok {
		return noColumn()
	}
	col := r.Columns[i]
	page := views.ColumnPage{
		Name: col.Name, Kind: kindWords[col.Kind], Reason: col.Reason, Finding: finding(col), Target: x.Goal.Target,
		Tiles: []views.Tile{
			{Label: "Values", Value: views.Count(r.Rows - col.Missing), Note: "of " + views.Plural(r.Rows, "row")},
			{Label: "Missing", Value: views.Count(col.Missing), Note: share(col.Missing, r.Rows)},
			{Label: "Distinct", Value: views.Count(col.Distinct)},
		},
		Stats: stats(col, r.Rows), Up: "/explore#columns", Alerts: x.columnAlerts(i),
	}
	s.fillCharts(&page, x, col)
	enlargeable(page.Against, columnURL(i))
	enlargeable(page.Charts, columnURL(i))
	x.fillUses(&page, i)
	if col.Levels != nil && len(col.Levels.Top) > 0 && col.Number == nil {
		page.Values = *spreadTable(col)
		page.Values.Caption, page.Values.Quiet = "Values and their rows", true
	}
	if i > 0 {
		page.Previous = &views.Link{Text: r.Columns[i-1].Name, URL: columnURL(i - 1)}
	}
	if i+1 < len(r.Columns) {
		page.Next = &views.Link{Text: r.Columns[i+1].Name, URL: columnURL(i + 1)}
	}
	return s.render(c, http.StatusOK, s.stepShell(c, ws, views.Clip(col.Name, 60), "Explore"), views.Column(page))
}

// indexed reads the position of one of n columns from an address.
func indexed(text string, n int) (i int, ok bool) {
	i, err := strconv.Atoi(text)
	return i, err == nil && i >= 0 && i < n
}

// fillCharts draws the column, by itself and against the target.
func (s *Server) fillCharts(page *views.ColumnPage, x *explored, col profile.Column) {
	s.fillAgainst(page, x, col)
	if svg := s.columnChart(col); svg.SVG != "" {
		page.Charts = append(page.Charts, *svg)
	}
	page.Charts = append(page.Charts, s.moreCharts(col)...)
}

// fillAgainst draws the column against the target.
func (s *Server) fillAgainst(page *views.ColumnPage, x *explored, col profile.Column) {
	rel := x.against.relation(col.Name)
	if rel == nil {
		return
	}
	note := scoreWord(rel.Score)
	if rel.Score.Defined() {
		note += ", of 1 at most"
	}
	page.Tiles = append(page.Tiles, views.Tile{Label: "Association", Value: views.Fixed(float64(rel.Score), 2), Note: note})
	page.Against = append(page.Against, x.against.chart(s, rel))
	page.Missing = x.against.missingFinding(rel)
	if boxes, values, groups := x.Boxes(col.Name); len(boxes) > 0 {
		page.Against = append(page.Against, s.boxChart(boxes, groups, values, x.Goal.Target, col.Name))
	}
}

// boxChart draws a column's numbers by the most frequent of some groups.
func (s *Server) boxChart(boxes []workflow.Box, groups int, values, target, column string) views.Chart {
	by := target
	if values == target {
		by = column
	}
	out := views.Chart{Name: "boxes", Caption: boxFinding(boxes, groups, views.Clip(values, 40), views.Clip(by, 40)),
		Explain: "The box holds the middle half of the values, the line in it is the middle one. Whiskers reach to the last values within one and a half boxes’ length; what lies beyond is counted in the table.",
		Table: &views.Table{Caption: views.Clip(values, 40) + " by " + views.Clip(by, 40), Heads: []views.Head{{Name: views.Clip(by, 40), Code: true}, {Name: "Rows", Number: true},
			{Name: "Whisker from", Number: true}, {Name: "First quartile", Number: true}, {Name: "Median", Number: true}, {Name: "Third quartile", Number: true}, {Name: "Whisker to", Number: true}, {Name: "Beyond", Number: true}}}}
	drawn := make([]chart.Box, len(boxes))
	for i, b := range boxes {
		drawn[i] = chart.Box{Label: views.Clip(b.Label, 60), Low: b.Low, Q1: b.Q1, Median: b.Median, Q3: b.Q3, High: b.High, Rows: b.Rows}
		out.Table.Rows = append(out.Table.Rows, views.Texts(views.Clip(b.Label, 60), views.Count(b.Rows), views.Num(b.Low), views.Num(b.Q1),
			views.Num(b.Median), views.Num(b.Q3), views.Num(b.High), views.Count(b.Outside)))
	}
	out.SVG, out.Narrow = s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Boxes(w, drawn, views.Clip(values, 60), chart.Text{Title: out.Table.Caption, Desc: out.Caption}, size)
	}, 0)
	return out
}

// boxFinding compares the middle values of the boxes that are drawn.
func boxFinding(boxes []workflow.Box, groups int, values, by string) string {
	high := slices.MaxFunc(boxes, func(a, b workflow.Box) int { return sign(a.Median - b.Median) })
	low := slices.MinFunc(boxes, func(a, b workflow.Box) int { return sign(a.Median - b.Median) })
	among := ""
	if groups > len(boxes) {
		among = fmt.Sprintf(" Of %s values of %s, the %d most frequent are drawn.", views.Count(groups), by, len(boxes))
	}
	switch {
	case len(boxes) == 1:
		return fmt.Sprintf("The middle value of %s is %s, wherever %s has a value.%s", values, views.Num(high.Median), by, among)
	case high.Median == low.Median:
		return fmt.Sprintf("The middle value of %s is %s in each group of %s.%s", values, views.Num(high.Median), by, among)
	}
	top, least := bothNum(high.Median, low.Median)
	return fmt.Sprintf("The middle value of %s is %s where %s is %s, and %s where it is %s.%s", values, top, by, views.Clip(high.Label, 40), least, views.Clip(low.Label, 40), among)
}

func sign(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// fillUses tells whether trainings use the column, and offers to change it.
func (x *explored) fillUses(page *views.ColumnPage, i int) {
	name := x.frame.Columns[i].Name
	if name == x.Goal.Target {
		return
	}
	page.Left = shortReason(x.left(name))
	column := views.Hidden{Name: "column", Value: strconv.Itoa(i)}
	switch {
	case slices.Contains(x.LeftOut, name), slices.ContainsFunc(x.Suspects, func(l recipe.Left) bool { return l.Column == name && l.Reason == x.left(name) }):
		page.Actions = append(page.Actions, x.post("Use it in training", "/explore/take", i, column))
	case page.Left == "":
		page.Actions = append(page.Actions, x.post("Leave it out of training", "/explore/leave", i, column))
	}
	if x.Group == name {
		page.Actions = append(page.Actions, x.post("Split its rows one by one", "/explore/ungroup", i))
	}
	for _, a := range unmarkActions(x.Data, i) {
		page.Actions = append(page.Actions, x.post(a.Label, a.URL, i, a.Hidden...))
	}
	if task, _ := profile.TaskFor(x.frame.Columns[i]); task != 0 {
		page.Actions = append(page.Actions, views.Action{Label: "Predict this column", URL: "/explore?target=" + strconv.Itoa(i)})
	}
}
