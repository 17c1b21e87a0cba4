package web

import (
	"context"
	"net/http"
)

func (s *Server) sessionRoutes() {
	endpoint(s, http.MethodGet, "/api/sessions/{session_id}", http.StatusOK, "Tell what a session holds", s.describeSession)
	endpoint(s, http.MethodDelete, "/api/sessions/{session_id}", http.StatusNoContent, "Delete a session and all it holds", s.deleteSession)
}

// held is what a session holds.
type held struct {
	FileName string     `json:"filename"`
	Shape    [2]int     `json:"shape" doc:"Rows and columns."`
	Columns  []string   `json:"columns"`
	Target   string     `json:"target_column" doc:"Suggested, or as chosen."`
	Task     string     `json:"task"`
	Copies   bool       `json:"keep_copies_together,omitempty" doc:"Whether the page keeps copies of a row together."`
	Group    string     `json:"group_column,omitempty" doc:"By which the page keeps rows together, where one was chosen."`
	Weights  string     `json:"weight_column,omitempty" doc:"By which the page counts rows, where one was chosen."`
	Prepared bool       `json:"prepared" doc:"A recipe was set."`
	Runs     []runBrief `json:"runs"`
}

type runBrief struct {
	RunID     string `json:"run_id"`
	Name      string `json:"name" doc:"What it was called; empty where it was not."`
	Algorithm string `json:"algorithm"`
	State     string `json:"state"`
}

type sessionPath struct {
	Session string `path:"session_id"`
}

func (s *Server) describeSession(_ context.Context, in *sessionPath) (*answer[held], error) {
	ws, err := s.byID(in.Session)
	if err != nil {
		return nil, err
	}
	m, err := ws.Now()
	if err != nil {
		return nil, err
	}
	d, goal := m.Data(), m.Goal()
	f := d.Frame()
	out := held{FileName: d.Name, Shape: [2]int{f.Rows, len(f.Columns)}, Columns: f.Names(), Target: goal.Target, Task: goal.Task.String(),
		Group: m.Group(), Copies: m.Copies(), Weights: m.Weights(), Prepared: m.Prepared(), Runs: []runBrief{}}
	for _, r := range ws.Runs() {
		out.Runs = append(out.Runs, runBrief{r.ID, r.Name(), r.Plan.Learner.Name, string(r.State().State)})
	}
	return ok(out), nil
}

func (s *Server) deleteSession(_ context.Context, in *sessionPath) (*answer[nothing], error) {
	if !s.sessions.Delete(in.Session) {
		return nil, errExpired()
	}
	return ok(nothing{}), nil
}
