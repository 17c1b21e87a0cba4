package web

import (
	"strconv"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/train"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// chooseChecks takes the folds of a cross-validation, and the column that says
// how much rows count, by its place or, typed, by its name; or else as chosen
// before.
func (f *trainForm) chooseChecks(ws *workflow.Workspace) error {
	if n, err := strconv.Atoi(f.typed["cv"]); err == nil {
		f.folds = n
	}
	f.choosePositive()
	f.weights = f.at.Weights()
	place, placed := f.typed["weight"]
	typed, named := f.typed["weighed"]
	if !placed && !named {
		return nil
	}
	f.weights, _ = columnAt(f.names, place)
	if strings.TrimSpace(typed) != "" {
		f.weights = nearest(f.names, typed)
	}
	err := ws.SetWeights(f.weights)
	if _, told := problem.As(err); told {
		return nil // the plan refuses it, beside the field
	}
	return err
}

// plan is what a run would be. What can be mended in the form's own fields does
// not hide the rest.
func (f *trainForm) plan() (*workflow.Plan, error) {
	req := workflow.TrainRequest{Algorithm: f.learner.Name, Target: f.goal.Target, Task: f.goal.Task.String(), Keep: f.keep, Group: f.group, Copies: f.copies, Weights: f.weights}
	plan, err := f.at.Plan(req)
	if p, told := problem.As(err); told && p.Field == "weight_column" {
		req.Weights = ""
		return f.at.Plan(req)
	}
	return plan, err
}

// checkField is the input for a cross-validation.
func checkField(f *trainForm) views.Field {
	out := views.Field{Name: "cv", Type: "select", Label: "Check with cross-validation",
		Help: "Trains once more for each fold, on training rows only. It takes longer, and its score hangs less on luck.", Options: []views.Option{{Value: "0", Label: "no", Selected: f.folds == 0}}}
	for k := train.MinFolds; k <= train.MaxFolds; k++ {
		out.Options = append(out.Options, views.Option{Value: strconv.Itoa(k), Label: strconv.Itoa(k) + " folds", Selected: f.folds == k})
	}
	return out
}

// weightField is the input for the column that says how much rows count.
func (f *trainForm) weightField(d *workflow.Data, refused *problem.Error) views.Field {
	out := views.Field{Name: "weight", Type: "select", Label: "Count rows by the column …",
		Help: "A row that counts 2 is learned from as if it stood there twice, one that counts 0 not at all. Scores count each row once."}
	if refused != nil && refused.Field == "weight_column" {
		out.Refusal = refused.Error()
	}
	if len(f.names) > listedColumns {
		out.Name, out.Type, out.Value, out.Suggest, out.Placeholder = "weighed", "text", f.weights, suggestedNames(f.names), "no column"
		if typed, ok := f.typed["weighed"]; ok {
			out.Value = typed
		}
		return out
	}
	out.Options = append(out.Options, views.Option{Label: "no column: each row once", Selected: f.weights == ""})
	for i, c := range d.Frame().Columns {
		if c.Name == f.weights || c.Name != f.goal.Target && c.Name != f.group && canWeigh(c) {
			out.Options = append(out.Options, views.Option{Value: strconv.Itoa(i), Label: views.Clip(c.Name, 80), Selected: c.Name == f.weights})
		}
	}
	return out
}

// canWeigh reports whether a column may say how much rows count: it holds
// numbers, none missing and none below 0.
func canWeigh(c *frame.Column) bool {
	if c.Kind != frame.Numeric {
		return false
	}
	for _, x := range c.Num {
		if !(x >= 0) {
			return false
		}
	}
	return true
}

// weightID is the id of that input.
func weightID(names []string) string {
	if len(names) > listedColumns {
		return views.FieldID("weighed")
	}
	return views.FieldID("weight")
}
