package web

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/job"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) runRoutes() {
	s.page(http.MethodGet, "/runs/:id", s.showRun)
	s.page(http.MethodPost, "/runs/:id/cancel", s.cancelRun)
	endpoint(s, http.MethodGet, "/api/runs/{run_id}", http.StatusOK, "Tell where a run stands", s.runState)
	endpoint(s, http.MethodDelete, "/api/runs/{run_id}", http.StatusOK, "Cancel a run that goes on, or delete one that is over", s.stopRun, func(op *huma.Operation) {
		s.respond(op, http.StatusAccepted, schemaOf[runStatus](s))
		op.Responses["202"].Description = "It is being cancelled, and its process is not gone yet."
	})
	s.keepRoutes()
	op := huma.Operation{Method: http.MethodGet, Path: "/api/runs/{run_id}/events", Summary: "Follow a run by server-sent events",
		Parameters: pathParams("/api/runs/{run_id}/events"), Responses: map[string]*huma.Response{}}
	s.respond(&op, http.StatusOK, nil)
	op.Responses["200"].Content = map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeString}}}
	s.documented(op, s.followRun)
}

// showRun is where a run stands. A page without scripts reloads itself.
func (s *Server) showRun(c echo.Context, ws *workflow.Workspace) error {
	r, told, err := s.runAt(c, ws, "Train")
	if told {
		return err
	}
	at := r.State()
	if at.State == job.Succeeded && c.Request().Header.Get("HX-Request") == "" {
		return goTo(c, views.RunURL("/results", number(r)))
	}
	page := s.runPage(r, at)
	shell := s.stepShell(c, ws, "Training of "+page.Run.Title()+", "+page.Run.Model, "Train")
	if !at.State.Over() {
		shell.Refresh = 2
	}
	return s.render(c, http.StatusOK, shell, views.Run(page))
}

func (s *Server) runPage(r *workflow.Run, at job.Snapshot) views.RunPage {
	page := views.RunPage{
		ID: number(r), Run: views.RunHead{Number: number(r), Name: r.Name(), Model: modelTitle(r)},
		State: string(at.State), Percent: int(math.Floor(100 * at.Progress)), Doing: at.Step,
		Steps: []views.Fact{
			{Label: "Target", Value: views.Clip(r.Plan.Goal.Target, 60)},
			{Label: "Learned from", Value: views.Plural(len(r.Plan.Spec.Features), "column")},
			{Label: "Training rows", Value: views.Count(r.Plan.Train)},
			{Label: "Test rows", Value: views.Count(r.Plan.Test)},
		},
		RetryURL: trainURL(r), DeleteURL: deleteURL(r, ""),
	}
	switch at.State {
	case job.Queued:
		page.Percent, page.Doing = -1, fmt.Sprintf("Waiting for a free place, number %d in line", at.QueuePosition)
	case job.Succeeded:
		page.State = "done"
	}
	if !at.Started.IsZero() {
		end := at.Finished
		if end.IsZero() {
			end = s.opts.Now()
		}
		page.Elapsed = views.Duration(end.Sub(at.Started))
	}
	if at.ETA > 0 {
		page.Left = "about " + views.Duration(max(time.Second, at.ETA.Round(time.Second))) + " left"
	}
	if at.Problem != nil && at.State == job.Failed {
		page.Problem = &views.Problem{Items: []views.ProblemItem{{Text: at.Problem.Message, Hint: at.Problem.Hint}}}
	}
	return page
}

// cancelRun stops a run and shows it.
func (s *Server) cancelRun(c echo.Context, ws *workflow.Workspace) error {
	r, told, err := s.runAt(c, ws, "Train")
	if told {
		return err
	}
	r.Cancel()
	ctx, cancel := context.WithTimeout(c.Request().Context(), 2*time.Second)
	defer cancel()
	_, _ = r.Wait(ctx) // the page shows where it stands in any case
	return goTo(c, "/runs/"+number(r))
}

type runPath struct {
	Run string `path:"run_id"`
}

// runState is the JSON twin of showRun.
func (s *Server) runState(_ context.Context, in *runPath) (*answer[runStatus], error) {
	r, err := s.opts.Workflow.Run(in.Run)
	if err != nil {
		return nil, err
	}
	a := ok(s.newRunStatus(r))
	if t := r.Trained(); t != nil && a.Body.Result != nil {
		a.Body.Result.Reports = newReports(t.Result)
	}
	if !r.State().State.Over() {
		a.RetryAfter = 1
	}
	return a, nil
}

// stopRun is the JSON twin of cancelRun and deleteRun.
func (s *Server) stopRun(ctx context.Context, in *runPath) (*answer[runStatus], error) {
	r, err := s.opts.Workflow.Run(in.Run)
	if err != nil {
		return nil, err
	}
	if r.State().State.Over() {
		last := s.newRunStatus(r)
		if err := r.Remove(); err != nil {
			return nil, err
		}
		last.Deleted = true
		return ok(last), nil
	}
	r.Cancel()
	wait, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if _, err := r.Wait(wait); err != nil { // a busy machine takes its time to end a process
		return &answer[runStatus]{Status: http.StatusAccepted, RetryAfter: 1, Body: s.newRunStatus(r)}, nil
	}
	return ok(s.newRunStatus(r)), nil
}

// heartbeat is how often a silent stream says that it is there.
const heartbeat = 15 * time.Second

// followRun streams a run's states until it is over. Each event is numbered,
// and holds the whole state, so that a client that comes back misses nothing.
func (s *Server) followRun(c echo.Context) error {
	r, err := s.opts.Workflow.Run(c.Param("run_id"))
	if err != nil {
		return err
	}
	w := c.Response()
	w.Header().Set(echo.HeaderContentType, "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	control := http.NewResponseController(w)
	_, _ = fmt.Fprint(w, "retry: 3000\n\n")
	ticker := time.NewTicker(heartbeat)
	defer ticker.Stop()
	for id := 1; ; id++ {
		changed := r.Changed()
		status := s.newRunStatus(r)
		body, err := json.Marshal(status)
		if err != nil {
			return fmt.Errorf("encode event: %w", err)
		}
		event := "progress"
		if job.State(status.State).Over() {
			event = "end"
		}
		if _, err := fmt.Fprintf(w, "id: %d\nevent: %s\ndata: %s\n\n", id, event, body); err != nil {
			return nil // the client is gone
		}
		_ = control.Flush()
		if event == "end" {
			return nil
		}
		if over := s.awaitChange(c, changed, ticker.C); over {
			return nil
		}
	}
}

// awaitChange waits for news, and says in the meantime that the stream lives.
func (s *Server) awaitChange(c echo.Context, changed <-chan struct{}, tick <-chan time.Time) (over bool) {
	for {
		select {
		case <-changed:
			return false
		case <-tick:
			if _, err := fmt.Fprint(c.Response(), ": still here\n\n"); err != nil {
				return true
			}
			_ = http.NewResponseController(c.Response()).Flush()
		case <-s.stopping:
			_, _ = fmt.Fprint(c.Response(), "event: shutdown\ndata: {}\n\n")
			return true
		case <-c.Request().Context().Done():
			return true
		}
	}
}
