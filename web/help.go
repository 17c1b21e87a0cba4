package web

import (
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/learn"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) helpRoutes() { s.echo.GET("/help", s.showHelp) }

// showHelp tells the limits, and every algorithm and step with its parameters,
// from the declarations that the forms are made of.
func (s *Server) showHelp(c echo.Context) error {
	limits := s.opts.Workflow.Limits
	page := views.HelpPage{Version: s.opts.Version, Limits: []views.Fact{
		{Label: "Largest file", Value: sizeText(s.opts.MaxUpload)},
		{Label: "Columns", Value: views.Count(limits.Ingest.Columns), Note: "at most"},
		{Label: "Cells", Value: views.Count(limits.Ingest.Cells), Note: "rows times columns, at most"},
		{Label: "Memory of a session", Value: sizeText(limits.SessionBytes), Note: "file and models"},
		{Label: "Models kept", Value: views.Count(limits.Runs), Note: "the oldest go first"},
		{Label: "A session ends", Value: "after " + views.Duration(s.opts.SessionIdle), Note: "without a request, and after " + views.Duration(s.opts.SessionMaxAge) + " in any case"},
		{Label: "Rows predicted at once", Value: views.Count(workflow.MaxPredictRows), Note: "by the API"},
	}}
	for _, l := range s.opts.Workflow.Catalog.Learners {
		help := views.LearnerHelp{Name: l.Name, Title: l.Title, Summary: l.Summary, Cost: l.Cost, Fields: views.ParamFields("", learnerFields(l, l.Tasks[0]), nil, nil)}
		var tasks []string
		for _, t := range l.Tasks {
			tasks = append(tasks, map[learn.Task]string{learn.Classification: "classes", learn.Regression: "numbers"}[t])
		}
		help.Tasks = strings.Join(tasks, ", ")
		page.Learners = append(page.Learners, help)
	}
	for _, d := range s.opts.Workflow.Catalog.Steps {
		page.Steps = append(page.Steps, views.LearnerHelp{Name: d.Name, Title: d.Title, Summary: d.Summary, Cost: d.Cost, Fields: views.ParamFields("", stepFields(d), nil, nil)})
	}
	ws, ok := s.workspace(c)
	if !ok {
		ws = nil
	}
	return s.render(c, 200, s.stepShell(c, ws, "Help", ""), views.Help(page))
}
