package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// enlargeable gives the charts that are drawn and have a name the address of
// their own pages.
func enlargeable(charts []views.Chart, base string) {
	for i := range charts {
		if c := &charts[i]; c.Name != "" && c.SVG != "" {
			c.Large = base + "/charts/" + c.Name
		}
	}
}

// showChart is a chart of the whole table on a page of its own.
func (s *Server) showChart(c echo.Context, ws *workflow.Workspace) error {
	x, err := explore(c.Request().Context(), ws)
	if err != nil {
		return err
	}
	name := c.Param("chart")
	title, charts, err := s.tableCharts(c.Request().Context(), x, name)
	if err != nil {
		return err
	}
	return s.largeChart(c, ws, charts, name, title, views.Link{Text: "All columns", URL: "/explore"})
}

// tableCharts returns the charts of the part of Explore that has the named one.
func (s *Server) tableCharts(ctx context.Context, x *explored, name string) (title string, charts []views.Chart, err error) {
	switch name {
	case "values", "ranking":
		page := views.ExplorePage{}
		s.fillTarget(&page, x)
		for _, c := range []*views.Chart{page.Target, page.Ranking} {
			if c != nil {
				charts = append(charts, *c)
			}
		}
		return views.Clip(x.Goal.Target, 60), charts, nil
	case "associations", "pair":
		part, err := s.relationsPart(ctx, x)
		return part.Title, part.Charts, err
	}
	part := s.rowsPart(x)
	return part.Title, part.Charts, nil
}

// showColumnChart is a chart of one column on a page of its own.
func (s *Server) showColumnChart(c echo.Context, ws *workflow.Workspace) error {
	x, err := explore(c.Request().Context(), ws)
	if err != nil {
		return err
	}
	i, ok := indexed(c.Param("index"), len(x.Report.Columns))
	if !ok {
		return noColumn()
	}
	column := x.Report.Columns[i]
	page := views.ColumnPage{}
	s.fillCharts(&page, x, column)
	title := views.Clip(column.Name, 60)
	return s.largeChart(c, ws, append(page.Against, page.Charts...), c.Param("chart"), title, views.Link{Text: title, URL: columnURL(i)})
}

// largeChart shows the named one of some charts.
func (s *Server) largeChart(c echo.Context, ws *workflow.Workspace, charts []views.Chart, name, title string, back views.Link) error {
	i := slices.IndexFunc(charts, func(x views.Chart) bool { return x.Name == name && x.SVG != "" })
	if i < 0 {
		return problem.New(problem.NotFound, "There is no such chart.").WithHint("The target or the file may have changed; go back to Explore.")
	}
	page := views.ChartPage{Title: title, Back: back, Chart: charts[i]}
	return s.render(c, http.StatusOK, s.stepShell(c, ws, "Chart of "+title, "Explore"), views.LargeChart(page))
}
