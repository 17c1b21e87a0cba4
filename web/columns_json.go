package web

import (
	"context"
	"math"
	"net/http"
	"slices"

	"clicktrain/internal/problem"
	"clicktrain/internal/profile"
	"clicktrain/internal/workflow"
)

func (s *Server) columnRoutes() {
	endpoint(s, http.MethodGet, "/api/sessions/{session_id}/columns", http.StatusOK, "Which columns are used, and what is to be answered about them", s.describeColumns)
	endpoint(s, http.MethodPost, "/api/sessions/{session_id}/columns", http.StatusOK, "Leave columns out, take them back, keep rows together, settle findings", s.chooseColumns)
}

// columnUse is what is chosen about the columns, and what may be chosen.
type columnUse struct {
	Target   string          `json:"target_column"`
	Columns  []columnVerdict `json:"columns" doc:"All but the target, in the table's order."`
	Group    string          `json:"group_column" doc:"Whose rows of one value are kept together; empty is none."`
	Copies   bool            `json:"keep_copies_together"`
	Concerns []alert         `json:"concerns" doc:"What may make scores too good and no one has answered: leave out or settle a column that tells too much, keep rows together or settle what splits them."`
	Settled  []string        `json:"settled" doc:"Keys of the findings that are to stay as they are."`
}

type columnVerdict struct {
	Column    string       `json:"column"`
	Used      bool         `json:"used" doc:"Whether it is learned from where a request names no features."`
	Reason    string       `json:"reason" doc:"Why it is not used; empty where it is."`
	LeftOut   bool         `json:"left_out" doc:"It was left out by choice."`
	TakenBack bool         `json:"taken_back" doc:"It was taken back by choice for this target."`
	Score     profile.Stat `json:"score" doc:"How well it alone predicts the target, 0 to 1; null where that is not known."`
	Verdict   string       `json:"verdict" enum:"fine,ask,gives_away" doc:"What the rule about columns that tell too much makes of that."`
}

// columnChoice changes what is chosen. What is absent stays.
type columnChoice struct {
	LeaveOut []string `json:"leave_out,omitempty" doc:"Columns that no training is to use unless it names them."`
	TakeBack []string `json:"take_back,omitempty" doc:"Columns to use again, also such as give the target away."`
	Group    *string  `json:"group_column,omitempty" doc:"Keep rows of one value of this column together; empty splits them one by one."`
	Copies   *bool    `json:"keep_copies_together,omitempty" doc:"Keep copies of a row together."`
	Settle   []string `json:"settle,omitempty" doc:"Keys of findings that are to stay as they are, as alerts and concerns have them."`
	Unsettle bool     `json:"unsettle,omitempty" doc:"Show all findings again, before settle is looked at."`
}

func (s *Server) describeColumns(ctx context.Context, in *sessionPath) (*answer[columnUse], error) {
	ws, err := s.byID(in.Session)
	if err != nil {
		return nil, err
	}
	return columnUseOf(ctx, ws)
}

// chooseColumns is the JSON twin of leaveOut, takeBack, keepTogether, keepApart
// and settle.
func (s *Server) chooseColumns(ctx context.Context, in *struct {
	Session string `path:"session_id"`
	Body    columnChoice
}) (*answer[columnUse], error) {
	ws, err := s.byID(in.Session)
	if err != nil {
		return nil, err
	}
	q := in.Body
	if q.Group != nil && *q.Group != "" && q.Copies != nil && *q.Copies {
		return nil, problem.Field("group_column", "Rows are kept together by a column or as copies, not both.").WithHint("Send one of them.")
	}
	x, err := explore(ctx, ws)
	if err != nil {
		return nil, err
	}
	for _, key := range q.Settle {
		if !slices.ContainsFunc(x.alerts(), func(a profile.Alert) bool { return a.Key() == key }) {
			e := problem.Field("settle", "There is no finding %q.", key).WithHint("Send keys as the alerts have them.")
			e.Value = key
			return nil, e
		}
	}
	for _, name := range slices.Concat(q.LeaveOut, q.TakeBack) {
		if x.at(name) < 0 {
			e := problem.Field("columns", "There is no column %q.", name).WithHint("Choose from the file's columns.")
			e.Column = name
			return nil, e
		}
	}
	for _, do := range []func() error{
		func() error { return groupBy(ws, q) },
		func() error { return ws.LeaveOut(q.LeaveOut...) },
		func() error { return ws.TakeBack(q.TakeBack...) },
	} {
		if err := do(); err != nil {
			return nil, err
		}
	}
	if q.Unsettle {
		ws.Unsettle()
	}
	for _, key := range q.Settle {
		if err := ws.Settle(key); err != nil {
			return nil, err
		}
	}
	return columnUseOf(ctx, ws)
}

// groupBy keeps rows together as a request says.
func groupBy(ws *workflow.Workspace, q columnChoice) error {
	switch {
	case q.Group != nil && *q.Group != "":
		return ws.SetGroup(*q.Group)
	case q.Copies != nil && *q.Copies:
		return ws.SetCopies()
	case q.Group != nil || q.Copies != nil:
		ws.ClearGroup()
	}
	return nil
}

func columnUseOf(ctx context.Context, ws *workflow.Workspace) (*answer[columnUse], error) {
	x, err := explore(ctx, ws)
	if err != nil {
		return nil, err
	}
	out := columnUse{Target: x.Goal.Target, Columns: []columnVerdict{}, Group: x.Group, Copies: x.Copies, Concerns: []alert{}, Settled: slices.Clone(x.Settled)}
	if out.Settled == nil {
		out.Settled = []string{}
	}
	relations := map[string]*profile.Relation{}
	if x.Against != nil {
		for i := range x.Against.Relations {
			relations[x.Against.Relations[i].Column] = &x.Against.Relations[i]
		}
	}
	left := map[string]string{}
	for _, l := range x.Unused {
		left[l.Column] = l.Reason
	}
	for _, c := range x.frame.Columns {
		if c.Name == x.Goal.Target {
			continue
		}
		reason, unused := left[c.Name]
		v := columnVerdict{Column: c.Name, Used: !unused, Reason: reason, LeftOut: slices.Contains(x.LeftOut, c.Name), TakenBack: slices.Contains(x.TakenBack, c.Name),
			Score: profile.Stat(math.NaN()), Verdict: profile.Fine.String()}
		if r := relations[c.Name]; r != nil {
			v.Score, v.Verdict = r.Leak.Score, r.Leak.Verdict.String()
		}
		out.Columns = append(out.Columns, v)
	}
	for _, a := range x.alerts() {
		if a.Concern() && x.open(a) {
			out.Concerns = append(out.Concerns, x.newAlert(a))
		}
	}
	return ok(out), nil
}

// open reports whether a concern is not answered.
func (x *explored) open(a profile.Alert) bool {
	switch {
	case slices.Contains(x.Settled, a.Key()), a.Column != "" && a.Column == x.Goal.Target:
		return false
	case a.Code == "leak" || a.Code == "leak_missing":
		return !slices.Contains(x.TakenBack, a.Column) && (len(x.used([]string{a.Column})) > 0 || x.given(a))
	case a.Code == "repeated_id":
		return x.Group == ""
	case a.Code == "duplicates":
		return x.Group == "" && !x.Copies
	}
	return true
}
