package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/workflow"
)

func (s *Server) predictRoutes() {
	s.page(http.MethodGet, "/predict", s.ofRun("Results", s.showPredict))
	s.page(http.MethodPost, "/predict", s.submitPredict)
	endpoint(s, http.MethodPost, "/api/predict/{session_id}", http.StatusOK, "Predict rows with a trained model", s.predict)
}

// predictRequest holds rows to predict.
type predictRequest struct {
	Rows  []json.RawMessage `json:"rows" doc:"Objects with a member for each of the model's columns; null is a missing value."`
	RunID string            `json:"run_id,omitempty" doc:"The run; the newest where it is left out."`
}

// predicted is what a model says of rows.
type predicted struct {
	RunID         string    `json:"run_id"`
	Predictions   []any     `json:"predictions" doc:"Labels in your own values, or numbers."`
	Probabilities []record  `json:"probabilities" doc:"For each row, the probability of each class; null where there are none."`
	NoProba       string    `json:"probabilities_reason,omitempty" doc:"Why there are no probabilities."`
	Warnings      []warning `json:"warnings"`
}

// warning tells of something in the rows that training rows did not have.
type warning struct {
	Code    string `json:"code" enum:"missing,unseen,beyond,extra" doc:"missing: values that are absent; unseen: categories that no training row has; beyond: numbers outside those of training by more than a tenth of their range; extra: columns that are not used."`
	Column  string `json:"column"`
	Value   string `json:"value,omitempty"`
	Count   int    `json:"count"`
	Message string `json:"message"`

	usual bool // training rows had the like
}

func (s *Server) predict(_ context.Context, in *struct {
	Session string `path:"session_id"`
	Body    predictRequest
}) (*answer[predicted], error) {
	ws, err := s.byID(in.Session)
	if err != nil {
		return nil, err
	}
	rows, err := decodeRows(in.Body.Rows)
	if err != nil {
		return nil, err
	}
	a, err := ws.Predict(in.Body.RunID, rows)
	if err != nil {
		return nil, err
	}
	return ok(newPredicted(a)), nil
}

func decodeRows(raw []json.RawMessage) ([]map[string]any, error) {
	rows := make([]map[string]any, len(raw))
	for i, one := range raw {
		dec := json.NewDecoder(bytes.NewReader(one))
		dec.UseNumber()
		if err := dec.Decode(&rows[i]); err != nil || rows[i] == nil {
			return nil, problem.Field(fmt.Sprintf("rows[%d]", i), "Row %d is not an object.", i+1).
				WithHint(`Send rows such as {"age": 30, "sex": "female"}.`)
		}
	}
	return rows, nil
}

func newPredicted(a *workflow.Answer) predicted {
	out := predicted{RunID: a.RunID, Predictions: make([]any, len(a.Predictions)), Warnings: []warning{}}
	for i, p := range a.Predictions {
		out.Predictions[i] = p
		if x, isNumber := p.(float64); isNumber {
			out.Predictions[i] = finite(x)
		}
	}
	for _, row := range a.Proba {
		rec := make(record, len(row))
		for k, p := range row {
			rec[k] = member{labelText(a.Labels[k]), finite(p)}
		}
		out.Probabilities = append(out.Probabilities, rec)
	}
	out.NoProba = noProba(a)
	out.Warnings = append(out.Warnings, answerWarnings(a)...)
	return out
}

// noProba says why there are no probabilities, or is empty.
func noProba(a *workflow.Answer) string {
	switch {
	case a.Labels == nil:
		return "The model predicts numbers, not classes."
	case a.Ranked:
		return "The model tells which class is the likeliest, but not how likely it is."
	case a.Proba == nil:
		return "The model gives no probabilities."
	}
	return ""
}

// answerWarnings tells how the rows are unlike training rows.
func answerWarnings(a *workflow.Answer) []warning {
	var out []warning
	for _, g := range a.Gaps {
		out = append(out, warning{Code: "missing", Column: g.Column, Count: g.Rows, Message: gapText(g), usual: g.Known})
	}
	for _, s := range a.Unseen {
		out = append(out, warning{Code: "unseen", Column: s.Column, Value: strings.Join(s.Values, ", "), Count: s.Unseen,
			Message: "No training row has this value; it counts as none of the categories."})
	}
	for _, b := range a.Beyond {
		out = append(out, warning{Code: "beyond", Column: b.Column, Value: strconv.FormatFloat(b.Worst, 'g', -1, 64), Count: b.Below + b.Above, Message: b.Message()})
	}
	for _, name := range a.Extra {
		out = append(out, warning{Code: "extra", Column: name, Count: len(a.Predictions), Message: "The model does not use this column."})
	}
	return out
}

// gapText says what is done about missing values.
func gapText(g workflow.Gap) string {
	text := "Missing values count as none of the categories."
	switch {
	case g.Filled:
		text = "Missing values were filled as in training."
	case g.Number:
		text = "Missing values were left to the model, which takes them as they are."
	}
	if !g.Known {
		text += " No training row lacked a value here, so this was never tested."
	}
	return text
}

// labelText is a label as the name of a JSON member.
func labelText(v any) string {
	switch v := v.(type) {
	case json.Number:
		return v.String()
	case string:
		return v
	}
	return param.Text(v)
}
