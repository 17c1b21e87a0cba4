package web

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// faultWords say what each kind of problem means to a caller of the API.
var faultWords = [...]string{
	problem.Internal:    "Something broke on our side. Quote the instance when you ask for help.",
	problem.Malformed:   "The request cannot be understood: it is no JSON, or broke off.",
	problem.Invalid:     "The request is understood but cannot be carried out. The members field, column, line and value say what is at fault.",
	problem.NotFound:    "There is no such thing, or it is not yours, or it has ended.",
	problem.Conflict:    "Another step comes first.",
	problem.TooLarge:    "The body is larger than the limit.",
	problem.Unsupported: "The file is not a CSV file, or the body is of a type that is not read here.",
	problem.Quota:       "You have too much going on at once. Retry-After says when to try again.",
	problem.Busy:        "The server is full or stopping. Retry-After says when to try again.",
	problem.Storage:     "The session's memory is full.",
	problem.Forbidden:   "The request came from another site's page.",
}

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
		own, _ := splitFieldsByPart(learnerFields(l, l.Tasks[0]))
		help := views.LearnerHelp{Name: l.Name, Title: l.Title, Summary: l.Summary, Cost: l.Cost, Fields: views.ParamFields("", own, nil, nil)}
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
	for kind, name := range kindNames {
		status := statusOf[kind]
		page.Faults = append(page.Faults, views.FaultHelp{ID: "problem-" + name, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)), Means: faultWords[kind]})
	}
	ws, ok := s.workspace(c)
	if !ok {
		ws = nil
	}
	return s.render(c, http.StatusOK, s.stepShell(c, ws, "Help", ""), views.Help(page))
}
