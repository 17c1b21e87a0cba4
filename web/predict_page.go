package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// mostTyped is how many columns a row may have that is typed.
const mostTyped = 60

// predictURL is where a row is typed for a model.
func predictURL(t *workflow.Trained) string { return views.RunURL("/predict", number(t.Run)) }

// showPredict is the form of a row, which starts as the file's first.
func (s *Server) showPredict(c echo.Context, ws *workflow.Workspace, t *workflow.Trained) error {
	return s.predictPage(c, ws, t, nil, nil, nil)
}

// submitPredict predicts the row that was typed. The run stands in the address
// that the form is sent to, so that it stays there when the page is drawn again.
func (s *Server) submitPredict(c echo.Context, ws *workflow.Workspace) error {
	t, err := ws.Trained(c.FormValue("run"))
	if err != nil {
		return s.noRun(c, ws, "Results", c.FormValue("run"), err)
	}
	typed, row := map[string]string{}, map[string]any{}
	for i, in := range t.Pipeline.Recipe.Inputs() {
		v := c.FormValue(inputName(i))
		typed[in.Name], row[in.Name] = v, any(v)
		if v == "" {
			row[in.Name] = nil
		}
	}
	a, err := ws.Predict(t.ID, []map[string]any{row})
	if p, told := problem.As(err); told {
		return s.predictPage(c, ws, t, typed, nil, p)
	} else if err != nil {
		return err
	}
	return s.predictPage(c, ws, t, typed, a, nil)
}

// inputName is the name of the input for the model's column i.
func inputName(i int) string { return "c" + strconv.Itoa(i) }

// predictPage draws the form, with what was typed, or where nothing was, the
// file's first row.
func (s *Server) predictPage(c echo.Context, ws *workflow.Workspace, t *workflow.Trained, typed map[string]string, a *workflow.Answer, refused *problem.Error) error {
	page := views.PredictPage{Run: runHead(ws, t, "/predict"), URL: predictURL(t), BackURL: views.RunURL("/results", number(t.Run))}
	inputs, status := t.Pipeline.Recipe.Inputs(), http.StatusOK
	if len(inputs) > mostTyped {
		page.TooMany = fmt.Sprintf("The model reads %d columns, too many to type. Send rows to the API instead, or predict whole files with the downloaded model.", len(inputs))
	} else {
		for i, in := range inputs {
			page.Fields = append(page.Fields, rowField(i, in, t.Data().Frame().Column(in.Name), typed, refused))
		}
	}
	if refused != nil {
		status = http.StatusUnprocessableEntity
		item := views.ProblemItem{Text: refused.Message, Hint: refused.Hint}
		if i := slices.IndexFunc(inputs, func(in recipe.Input) bool { return in.Name == refused.Column }); i >= 0 {
			item.Href = "#" + views.FieldID(inputName(i))
		}
		page.Problem = &views.Problem{Items: []views.ProblemItem{item}}
	}
	if a != nil {
		page.Answer = answerPart(t, a)
	}
	shell := s.runShell(c, ws, "Predict a row by", "Results", t)
	shell.Refused = refused != nil
	return s.render(c, status, shell, views.Predict(page))
}

// mostSuggested is how many values of a column are offered while typing.
const mostSuggested = 50

// rowField is the input for one column of the row.
func rowField(i int, in recipe.Input, c *frame.Column, typed map[string]string, refused *problem.Error) views.Field {
	f := views.Field{Name: inputName(i), Type: "text", Label: views.Clip(in.Name, 60), Placeholder: "missing"}
	switch in.Kind {
	case frame.Numeric:
		f.Type, f.Inc = "number", "any"
	case frame.Time:
		f.Help = "A date such as 2024-05-31, or as the file writes them."
	case frame.Bool, frame.Category:
		for _, l := range c.Levels[:min(len(c.Levels), mostSuggested)] {
			if len(l) <= 80 {
				f.Suggest = append(f.Suggest, l)
			}
		}
	}
	if typed != nil {
		f.Value = typed[in.Name]
	} else {
		f.Value = firstValue(c)
	}
	if refused != nil && refused.Column == in.Name {
		f.Refusal = refused.Error()
	}
	return f
}

// firstValue is the first cell of a column as a person would type it.
func firstValue(c *frame.Column) string {
	switch {
	case c.Missing(0):
		return ""
	case c.Kind == frame.Time:
		return timeText(c.Num[0])
	case c.Numbers():
		return strconv.FormatFloat(c.Num[0], 'f', -1, 64)
	}
	return c.Levels[c.Codes[0]]
}

// answerPart is what the model says of the row.
func answerPart(t *workflow.Trained, a *workflow.Answer) *views.PredictAnswer {
	out := &views.PredictAnswer{}
	if a.Labels == nil {
		x, _ := a.Predictions[0].(float64)
		out.Says = views.Clip(t.Result.Target, 60) + ": " + views.Num(x)
	} else {
		out.Says = views.Clip(t.Result.Target, 60) + ": " + views.Clip(labelText(a.Predictions[0]), 60)
		out.Unlikely = noProba(a)
	}
	if a.Proba != nil {
		out.Likely = likelyTable(a)
	}
	for _, w := range answerWarnings(a) {
		if w.Code == "extra" {
			continue
		}
		text := w.Message
		if w.Value != "" {
			text = views.Clip(w.Value, 80) + ": " + text
		}
		severity := views.Warn
		if w.usual {
			severity = views.Note
		}
		out.Warnings = append(out.Warnings, views.Alert{Severity: severity, Column: w.Column, Text: text})
	}
	return out
}

// likelyTable lists the classes, the likeliest first.
func likelyTable(a *workflow.Answer) *views.Table {
	order := make([]int, len(a.Labels))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(i, j int) int { return compare(a.Proba[0][j], a.Proba[0][i]) })
	t := &views.Table{Caption: "How likely each class is", Heads: []views.Head{{Name: "Class"}, {Name: "Probability", Number: true}}}
	for _, k := range order[:min(len(order), pageList)] {
		t.Rows = append(t.Rows, []views.Cell{{Text: views.Clip(labelText(a.Labels[k]), 60), Code: true}, {Text: views.Percent(a.Proba[0][k])}})
	}
	return t
}
