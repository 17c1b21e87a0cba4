package web

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
	"clicktrain/internal/train"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) interestRoutes() { s.page(http.MethodPost, "/runs/:id/class", s.chooseClass) }

// mostOffered is how many classes a list to choose the class of interest from
// holds at most.
const mostOffered = 50

// chooseClass shows a run's results for another class of interest, and keeps
// them so.
func (s *Server) chooseClass(c echo.Context, ws *workflow.Workspace) error {
	r, told, err := s.runAt(c, ws, "Results")
	if told {
		return err
	}
	t := r.Trained()
	if t == nil {
		return problem.New(problem.Conflict, "The run has no model.").WithHint("Wait for it to finish, or train again.")
	}
	at, err := strconv.Atoi(c.FormValue("class"))
	if err != nil || at < 0 || at >= t.Result.Labels.Len() {
		err = problem.Field("positive", "There is no such class.").WithHint("Choose one of the list.")
	} else {
		err = r.SetPositive(t.Result.Labels.Text(at))
	}
	if p, status, redraw := redrawable(err); redraw {
		return s.drawResults(c, ws, t, status, p)
	} else if err != nil {
		return err
	}
	return goTo(c, views.RunURL("/results", number(r)))
}

// interestForm offers the classes to choose the one of interest from; nil where
// there is no choice.
func interestForm(t *workflow.Trained) *views.Interest {
	res := t.Result
	if res.Classes == nil || !res.Tested.Kept() || res.Labels.Len() > mostOffered {
		return nil
	}
	positive := res.Classes.Model.Positive
	form := &views.Interest{URL: "/runs/" + number(t.Run) + "/class", Options: classOptions(res.Labels, res.Classes.Rows, positive, strconv.Itoa)}
	if positive < 0 {
		form.Options = append([]views.Option{{Label: "none: all classes alike", Selected: true}}, form.Options...)
		form.Note = "Choose one, and the curves, thresholds and the first sentence are of it against the rest."
	} else {
		form.Note = interestNote(res.Labels, res.Classes.Rows, positive) + " Curves, thresholds, gains and the scores of a class are of it."
	}
	return form
}

// classOptions lists the classes with their rows.
func classOptions(labels train.Labels, rows []int, chosen int, value func(class int) string) []views.Option {
	var out []views.Option
	for i := range labels.Len() {
		out = append(out, views.Option{Value: value(i), Label: fmt.Sprintf("%s (%s)", views.Clip(labels.Text(i), 60), views.Plural(rows[i], "row")), Selected: i == chosen})
	}
	return out
}

// interestNote says why a class is the one of interest.
func interestNote(labels train.Labels, rows []int, class int) string {
	name := views.Clip(labels.Text(class), 40)
	switch {
	case len(rows) != 2:
		return name + " is told apart from all others."
	case rows[class] < rows[1-class]:
		return name + " is the rarer class."
	case rows[class] == rows[1-class] && class == 1:
		return name + " is the second of two equally frequent classes."
	}
	return name + " was chosen."
}

// positiveField is the input for the class of interest; without a name where
// there is no choice. Its values name the target too, so that a choice ends with
// its target.
func (f *trainForm) positiveField(p *workflow.Plan) views.Field {
	if p == nil || len(p.Classes) < 2 || len(p.Classes) > mostOffered {
		return views.Field{}
	}
	out := views.Field{Name: "positive", Type: "select", Label: "Class of interest",
		Help: "What is to be found: curves, thresholds and the first sentence of the results are of it. The model stays the same."}
	suits := views.Option{Label: "none: all classes alike", Selected: f.positive < 0}
	if len(p.Classes) == 2 {
		class, why := 1, "the second of two alike: "
		if p.Classes[0] != p.Classes[1] {
			why = "the rarer: "
		}
		if p.Classes[0] < p.Classes[1] {
			class = 0
		}
		suits.Label = why + views.Clip(p.Labels.Text(class), 60)
	}
	target := strconv.Itoa(p.Data.Frame().Index(p.Goal.Target))
	out.Options = append([]views.Option{suits}, classOptions(p.Labels, p.Classes, f.positive, func(i int) string { return target + "." + strconv.Itoa(i) })...)
	return out
}

// choosePositive takes the class of interest, if it is one of the target's.
func (f *trainForm) choosePositive() {
	f.positive = -1
	var target, class int
	if n, err := fmt.Sscanf(f.typed["positive"], "%d.%d", &target, &class); n != 2 || err != nil || class < 0 {
		return
	}
	if name, ok := columnAt(f.names, strconv.Itoa(target)); ok && name == f.goal.Target {
		f.positive = class
	}
}

// positiveText is the label of the chosen class; empty where none was chosen.
func (f *trainForm) positiveText() string {
	if f.positive < 0 {
		return ""
	}
	if p, err := f.plan(); err == nil && f.positive < p.Labels.Len() {
		return p.Labels.Text(f.positive)
	}
	return ""
}

// classText is a class that a program names by its value, as its label's text.
func classText(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		if v != "" {
			return v, nil
		}
	case bool:
		return map[bool]string{true: "True", false: "False"}[v], nil
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), nil
	}
	return "", problem.Field("positive", "positive must be one of the target's values.").WithHint("Write it as in the file, or leave it out.")
}
