package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) reportRoutes() {
	s.page(http.MethodGet, "/explore/report.html", s.keepReport)
	s.page(http.MethodGet, "/explore/report.json", s.keepReportJSON)
	for _, format := range []struct {
		path, summary, media string
		send                 func(echo.Context, *workflow.Workspace) error
	}{
		{"/api/eda/{session_id}/report.html", "Keep the description as a page", "text/html", s.keepReport},
		{"/api/eda/{session_id}/report.json", "Keep the description as JSON", "application/json", s.keepReportJSON},
	} {
		op := huma.Operation{Method: http.MethodGet, Path: format.path, Summary: format.summary, Parameters: pathParams(format.path), Responses: map[string]*huma.Response{}}
		s.respond(&op, http.StatusOK, nil)
		op.Responses["200"].Content = map[string]*huma.MediaType{format.media: {Schema: &huma.Schema{Type: huma.TypeString}}}
		if format.media == "application/json" {
			op.Responses["200"].Content[format.media].Schema = schemaOf[keptReport](s)
		}
		s.documented(op, func(c echo.Context) error {
			ws, err := s.byID(c.Param("session_id"))
			if err != nil {
				return err
			}
			return format.send(c, ws)
		})
	}
}

// keepReport sends the exploration as one file that stands alone. Opened from
// here, it may do nothing.
func (s *Server) keepReport(c echo.Context, ws *workflow.Workspace) error {
	x, err := explore(c.Request().Context(), ws)
	if err != nil {
		return err
	}
	page, err := s.reportPage(c.Request().Context(), x)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := views.Report(page).Render(c.Request().Context(), &b); err != nil {
		return fmt.Errorf("draw report: %w", err)
	}
	h := c.Response().Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="clicktrain-report.html"`)
	return c.HTMLBlob(http.StatusOK, b.Bytes())
}

// keptReport is the exploration as JSON. It holds no address, since those of
// a session are secret.
type keptReport struct {
	File       string       `json:"file"`
	Version    string       `json:"clicktrain_version"`
	Made       time.Time    `json:"made"`
	Statistics statistics   `json:"statistics"`
	Alerts     []alert      `json:"alerts"`
	Target     *targetStats `json:"target"`
	Missing    keptMissing  `json:"missing"`
}

type keptMissing struct {
	Complete int           `json:"complete_rows" doc:"Rows with a value in every column."`
	Patterns []keptPattern `json:"patterns" doc:"Columns that miss their value in the same rows."`
}

type keptPattern struct {
	Columns []string `json:"columns"`
	Rows    int      `json:"rows"`
}

// keepReportJSON is keepReport for programs.
func (s *Server) keepReportJSON(c echo.Context, ws *workflow.Workspace) error {
	x, err := explore(c.Request().Context(), ws)
	if err != nil {
		return err
	}
	out := keptReport{File: x.Data.Name, Version: s.opts.Version, Made: s.opts.Now().UTC().Truncate(time.Second),
		Statistics: newStatistics(x.Report), Alerts: x.newAlerts(x.alerts()), Target: newTarget(x),
		Missing: keptMissing{Complete: x.Report.Missing.Complete, Patterns: []keptPattern{}}}
	for _, p := range x.Report.Missing.Patterns {
		out.Missing.Patterns = append(out.Missing.Patterns, keptPattern{append([]string{}, p.Columns...), p.Rows})
	}
	body, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="clicktrain-report.json"`)
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, append(body, '\n'))
}

// Limits of a report that a browser still opens with ease.
const (
	reportColumns = 100  // with charts
	reportRest    = 5000 // as a line of a table
)

func (s *Server) reportPage(ctx context.Context, x *explored) (views.ReportPage, error) {
	page := views.ReportPage{
		Title: x.Data.Name, Made: fmt.Sprintf("Explored with ClickTrain %s on %s.", s.opts.Version, s.opts.Now().UTC().Format("2 January 2006")),
		Tiles: tableTiles(x), Target: x.Goal.Target, Note: x.Goal.Reason,
	}
	if x.against.TargetReport != nil {
		page.Findings = x.against.findings(x.at)
		if ranking := x.against.ranking(s); ranking != nil {
			page.Overview = append(page.Overview, *ranking)
		}
	}
	if i := x.at(x.Goal.Target); i >= 0 {
		page.Overview = append(page.Overview, *s.columnChart(x.Report.Columns[i]))
	}
	for _, a := range x.alerts()[:min(len(x.alerts()), moreAlerts)] {
		page.Alerts = append(page.Alerts, views.Alert{Severity: severities[a.Severity], Text: a.Message, Hint: a.Hint})
	}
	order := x.cardOrder(view{sort: byAssociation})
	for _, i := range order[:min(len(order), reportColumns)] {
		if err := ctx.Err(); err != nil {
			return page, err
		}
		page.Columns = append(page.Columns, s.reportColumn(x, i))
	}
	page.Rest = x.restTable(order[min(len(order), reportColumns):])
	relations, err := s.relationsPart(ctx, x)
	page.Parts = []views.PartPage{relations, s.rowsPart(x)}
	return page, err
}

func (s *Server) reportColumn(x *explored, i int) views.ReportColumn {
	c := x.Report.Columns[i]
	out := views.ReportColumn{Name: c.Name, Kind: kindWords[c.Kind], Finding: finding(c), Stats: stats(c, x.Report.Rows)}
	charts := []views.Chart{*s.columnChart(c)}
	if r := x.against.relation(c.Name); r != nil {
		charts = append(charts, x.against.chart(s, r))
		out.Finding += " Association " + scoreText(r.Score) + "."
	}
	for _, chart := range charts {
		chart.Narrow, chart.Explain = "", "" // once is enough in a file to keep
		out.Charts = append(out.Charts, chart)
	}
	return out
}

// restTable has a line for each of the columns.
func (x *explored) restTable(columns []int) views.Table {
	t := views.Table{Caption: "Columns without a part of their own", Heads: []views.Head{{Name: "Column"}, {Name: "Kind"}, {Name: "Missing", Number: true}, {Name: "Distinct", Number: true}, {Name: "Association", Number: true}}}
	for _, i := range columns[:min(len(columns), reportRest)] {
		c := x.Report.Columns[i]
		score := "–"
		if r := x.against.relation(c.Name); r != nil {
			score = views.Fixed(float64(r.Score), 2)
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: views.Clip(c.Name, 60), Code: true}, {Text: kindWords[c.Kind]}, {Text: views.Count(c.Missing)}, {Text: views.Count(c.Distinct)}, {Text: score}})
	}
	if left := len(columns) - reportRest; left > 0 {
		t.Caption += fmt.Sprintf("; %s more are in the JSON report", views.Count(left))
	}
	return t
}
