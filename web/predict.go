package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/workflow"
)

func (s *Server) predictRoutes() {
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
	Probabilities []record  `json:"probabilities,omitempty" doc:"For each row, the probability of each class."`
	Warnings      []warning `json:"warnings"`
}

// warning tells of something in the rows that training rows did not have.
type warning struct {
	Column  string `json:"column"`
	Value   string `json:"value,omitempty"`
	Count   int    `json:"count"`
	Message string `json:"message"`
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
	for _, seen := range a.Seen {
		out.Warnings = append(out.Warnings, seenWarnings(seen)...)
	}
	for _, name := range a.Extra {
		out.Warnings = append(out.Warnings, warning{Column: name, Count: len(a.Predictions), Message: "The model does not use this column."})
	}
	return out
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

func seenWarnings(seen recipe.Seen) []warning {
	var out []warning
	if seen.Missing > 0 {
		message := "Missing values count as none of the categories."
		if seen.Filled {
			message = "Missing values were filled as in training."
		}
		out = append(out, warning{Column: seen.Column, Count: seen.Missing, Message: message})
	}
	if seen.Unseen > 0 {
		out = append(out, warning{Column: seen.Column, Value: strings.Join(seen.Values, ", "), Count: seen.Unseen,
			Message: "No training row has this value; it counts as none of the categories."})
	}
	return out
}
