package web

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// enlargeResults gives each chart of a run's results the address of its own
// page.
func enlargeResults(page *views.ResultsPage, run int) {
	for _, charts := range resultCharts(page) {
		for i := range charts {
			if c := &charts[i]; c.Name != "" && c.SVG != "" {
				c.Large = fmt.Sprintf("/results/charts/%s?run=%d", c.Name, run)
			}
		}
	}
}

// resultCharts returns the charts of the page, part by part.
func resultCharts(page *views.ResultsPage) [][]views.Chart {
	out := [][]views.Chart{page.Plots, page.Weights}
	for _, p := range page.More {
		out = append(out, p.Charts)
	}
	return out
}

// showResultChart is a chart of the results on a page of its own.
func (s *Server) showResultChart(c echo.Context, ws *workflow.Workspace, t *workflow.Trained) error {
	page := s.resultsPage(t, nil)
	all := slices.Concat(resultCharts(&page)...)
	i := slices.IndexFunc(all, func(x views.Chart) bool { return x.Name == c.Param("chart") && x.SVG != "" })
	if i < 0 {
		return problem.New(problem.NotFound, "There is no such chart.").WithHint("Go back to the results.")
	}
	chart := all[i]
	chart.Large = ""
	head := runHead(ws, t, "")
	large := views.ChartPage{Title: "Chart of " + head.Title() + ", " + head.Model, Back: views.Link{Text: "Results of " + head.Title(), URL: views.RunURL("/results", head.Number)}, Chart: chart}
	return s.render(c, http.StatusOK, s.runShell(c, ws, "Chart of", "Results", t), views.LargeChart(large))
}
