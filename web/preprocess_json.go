package web

import (
	"context"
	"encoding/json"
	"fmt"

	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/workflow"
)

// prepareRequest is a recipe, or the three choices that older clients send.
type prepareRequest struct {
	Steps    *[]json.RawMessage `json:"steps,omitempty" doc:"A recipe: objects such as {\"step\": \"impute\", \"columns\": [\"age\"], \"strategy\": \"median\"}. Without columns a step applies to all it can."`
	Target   string             `json:"target_column,omitempty" doc:"The column to predict, which steps may learn from and which is not prepared. It stays chosen. Where none was ever named, the one that is suggested."`
	Missing  *string            `json:"missing_strategy,omitempty" doc:"The older form: mean, median, mode or drop."`
	Encoding *string            `json:"encoding,omitempty" doc:"The older form: label."`
	Scaling  *bool              `json:"scaling,omitempty" doc:"The older form."`
}

// prepared is what a recipe does.
type prepared struct {
	Message string        `json:"message"`
	Shape   [2]int        `json:"shape" doc:"Prepared rows and columns."`
	Columns []string      `json:"columns" doc:"The prepared columns."`
	Steps   []recipe.Step `json:"steps" doc:"The recipe as understood."`
	Added   []string      `json:"added" doc:"Steps that were added so that every column becomes a number."`
	LeftOut []leftOut     `json:"left_out"`
	Preview []record      `json:"preview"`
	Rows    rowCounts     `json:"rows"`
}

type leftOut struct {
	Column string `json:"column"`
	Reason string `json:"reason"`
}

type rowCounts struct {
	Train   int `json:"train"`
	Test    int `json:"test"`
	Dropped int `json:"dropped" doc:"Training rows left out for missing values."`
}

// prepare is the JSON twin of addStep.
func (s *Server) prepare(ctx context.Context, in *struct {
	Session string `path:"session_id"`
	Body    prepareRequest
}) (*answer[prepared], error) {
	ws, err := s.byID(in.Session)
	if err != nil {
		return nil, err
	}
	r, err := in.Body.recipe()
	if err != nil {
		return nil, err
	}
	p, err := ws.PrepareFor(ctx, in.Body.Target, r, "Set through the API")
	if err != nil {
		return nil, err
	}
	return ok(newPrepared(p)), nil
}

// recipe returns the recipe that a request asks for.
func (q prepareRequest) recipe() (recipe.Recipe, error) {
	old := q.Missing != nil || q.Encoding != nil || q.Scaling != nil
	switch {
	case q.Steps != nil && old:
		return recipe.Recipe{}, problem.Field("steps", "A request has steps or the older form, not both.").
			WithHint("Leave out missing_strategy, encoding and scaling.")
	case q.Steps != nil:
		return decodeSteps(*q.Steps)
	case old:
		var missing, encoding string
		if q.Missing != nil {
			missing = *q.Missing
		}
		if q.Encoding != nil {
			encoding = *q.Encoding
		}
		return recipe.FromLegacy(missing, encoding, q.Scaling != nil && *q.Scaling)
	}
	return recipe.Recipe{}, problem.Field("steps", "The request says nothing to do.").
		WithHint("Send steps, or missing_strategy with encoding and scaling.")
}

func newPrepared(p *workflow.Prepared) prepared {
	out := prepared{
		Message: "The recipe is stored. It is learned from " + counted(p.Train, "training row") + " alone; your data stays as it is.",
		Shape:   [2]int{p.Rows, len(p.Names)}, Columns: p.Names, Steps: p.Recipe.Steps,
		Added: []string{}, LeftOut: []leftOut{}, Preview: []record{},
		Rows: rowCounts{Train: p.Train, Test: p.Test, Dropped: p.Dropped},
	}
	if out.Steps == nil {
		out.Steps = []recipe.Step{}
	}
	for _, n := range p.Notes {
		out.Added = append(out.Added, n.Message)
	}
	for _, l := range p.Left {
		out.LeftOut = append(out.LeftOut, leftOut(l))
	}
	for _, row := range p.Preview {
		rec := make(record, len(row))
		for j, v := range row {
			rec[j] = member{p.Names[j], finite(v)}
		}
		out.Preview = append(out.Preview, rec)
	}
	return out
}

// decodeSteps reads the steps of a recipe, each on its own so that a fault
// names the step.
func decodeSteps(raw []json.RawMessage) (recipe.Recipe, error) {
	var r recipe.Recipe
	for i, one := range raw {
		var step recipe.Step
		if err := json.Unmarshal(one, &step); err != nil {
			p, told := problem.As(err)
			if !told {
				p = problem.Field("", "A step must be an object.")
			}
			at := *p
			at.Field = fmt.Sprintf("steps[%d]", i)
			if p.Field != "" && p.Field != "steps" {
				at.Field += "." + p.Field
			}
			return r, &at
		}
		r.Steps = append(r.Steps, step)
	}
	return r, nil
}
