package web

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) trainRoutes() {
	s.page(http.MethodGet, "/train", s.showTrain)
	s.page(http.MethodPost, "/train", s.submitTrain)
	s.page(http.MethodPost, "/train/answer", s.answerConcern)
	endpoint(s, http.MethodPost, "/api/training/{session_id}", http.StatusOK, "Train a model", s.train, s.describeTraining)
	s.runRoutes()
}

// showTrain draws the form, with what has been chosen so far.
func (s *Server) showTrain(c echo.Context, ws *workflow.Workspace) error {
	form, err := s.trainForm(c, ws)
	if err != nil {
		return err
	}
	if form.refused != nil {
		return s.trainPage(c, ws, form, http.StatusUnprocessableEntity, form.refused)
	}
	return s.trainPage(c, ws, form, http.StatusOK, nil)
}

// submitTrain starts a run from the form. A refused field comes back as the
// same form, with what was typed and the reason beside it.
func (s *Server) submitTrain(c echo.Context, ws *workflow.Workspace) error {
	form, err := s.trainForm(c, ws)
	if err != nil {
		return err
	}
	req, err := form.request()
	if form.refused != nil {
		err = form.refused
	}
	var run *workflow.Run
	if err == nil {
		run, err = form.train(ws, req)
	}
	if err != nil {
		if p, status, redraw := redrawable(err); redraw {
			return s.trainPage(c, ws, form, status, p)
		}
		return err
	}
	return goTo(c, "/runs/"+strconv.Itoa(run.Number))
}

// train runs what the form asks for, on the data that it was filled in for.
func (f *trainForm) train(ws *workflow.Workspace, req workflow.TrainRequest) (*workflow.Run, error) {
	plan, err := f.at.Plan(req)
	if err != nil {
		return nil, err
	}
	return ws.Submit(plan)
}

// trainForm is what the form holds: typed, or as chosen before.
type trainForm struct {
	at       *workflow.Moment // with what the form chooses
	goal     workflow.Goal
	learner  learn.Learner
	typed    map[string]string // by field name
	sent     bool              // the form was sent, so that an absent checkbox is off
	keep     []string          // columns to use although they would be left out
	names    []string          // of the table's columns
	group    string            // the column that rows are kept together by; empty is none
	copies   bool              // rows that are equal in all features are kept together
	weights  string            // the column that says how much rows count; empty counts each once
	folds    int               // of a cross-validation; 0 is none
	positive int               // the class of interest; −1 is the one that suits
	refused  *problem.Error    // why a choice could not be made; nil where all could
}

func (s *Server) trainForm(c echo.Context, ws *workflow.Workspace) (*trainForm, error) {
	m, err := ws.Now()
	if err != nil {
		return nil, err
	}
	values, err := c.FormParams()
	if err != nil {
		return nil, problem.New(problem.Malformed, "The form cannot be read.")
	}
	f := &trainForm{at: m, goal: m.Goal(), typed: map[string]string{}, names: m.Data().Frame().Names()}
	for name, v := range values {
		f.typed[name] = views.Ticked(v)
	}
	names := f.names
	target, ok := columnAt(names, f.typed["target"])
	if typed := f.typed["named"]; typed != "" && !ok {
		target, ok = nearest(names, typed), true
	}
	if ok {
		task := learn.ParseTask(f.typed["task"])
		if target != f.goal.Target {
			task = 0 // the task that was shown was another column's
		}
		if target != f.goal.Target || task != f.goal.Task && task != 0 {
			if err := f.aim(ws, target, task); err != nil {
				return nil, err
			}
		}
	}
	if f.at, err = ws.NowOn(m.Data()); err != nil { // a new target may have ended other choices
		return nil, err
	}
	if err := f.chooseGroup(ws); err != nil {
		return nil, err
	}
	if err := f.chooseChecks(ws); err != nil {
		return nil, err
	}
	if f.at, err = ws.NowOn(m.Data()); err != nil {
		return nil, err
	}
	for _, index := range values["keep"] {
		if name, ok := columnAt(names, index); ok && name != f.goal.Target && name != f.group && name != f.weights {
			f.keep = append(f.keep, name)
		}
	}
	f.chooseLearner(s.opts.Workflow.Catalog.Learners)
	return f, nil
}

// aim takes the target, or remembers why it cannot be taken.
func (f *trainForm) aim(ws *workflow.Workspace, target string, task learn.Task) error {
	goal, err := ws.Aim(target, task)
	p, _, told := redrawable(err)
	switch {
	case err == nil:
		f.goal = goal
	case told:
		f.refused = p.WithHint("%s", hintAt(f.names, target, p.Hint))
	default:
		return err
	}
	return nil
}

// chooseLearner takes the learner that was picked, if it can do the task, or
// else the one to start with.
func (f *trainForm) chooseLearner(all []learn.Learner) {
	picked := f.typed["learner"]
	if f.typed["parts"] != "" && picked == "" {
		picked = f.typed["parts"]
	}
	for _, name := range []string{picked, startWith} {
		for _, l := range all {
			if f.learner.Name == "" && l.Name == name && l.Can(f.goal.Task) {
				f.learner = l
			}
		}
	}
	_, whole := f.typed["test_size"] // an address that names an algorithm alone sends none of its boxes
	f.sent = whole && picked != "" && picked == f.learner.Name
}

// request is what the form asks for.
func (f *trainForm) request() (workflow.TrainRequest, error) {
	req := workflow.TrainRequest{
		Algorithm: f.learner.Name, Target: f.goal.Target, Task: f.goal.Task.String(), Params: map[string]any{}, Keep: f.keep, Group: f.group, Copies: f.copies,
		Weights: f.weights, Folds: f.folds, Positive: f.positiveText(),
	}
	if name := f.typed["learner"]; name != "" {
		req.Algorithm = name
	}
	for _, p := range learnerFields(f.learner, f.goal.Task) {
		v, ok := f.typed[f.learner.Name+"."+p.Name]
		switch {
		case ok && v != "":
			req.Params[p.Name] = v
		case p.Type == param.Bool && f.sent:
			req.Params[p.Name] = false
		}
	}
	if v := strings.TrimSpace(f.typed["test_size"]); v != "" {
		x, err := strconv.ParseFloat(v, 64)
		if err != nil || math.IsNaN(x) {
			return req, problem.Field("test_size", "The share of test rows must be a number between 0.05 and 0.9, got %q.", v)
		}
		req.TestSize = &x
	}
	if v := strings.TrimSpace(f.typed["seed"]); v != "" {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return req, problem.Field("seed", "The seed must be a whole number, got %q.", v)
		}
		req.Seed = &n
	}
	return req, nil
}

func learnerFields(l learn.Learner, t learn.Task) []param.Field {
	if l.New == nil {
		return nil
	}
	var set param.Set
	l.New(t).Params(&set)
	return set.Fields()
}

// trainPage draws the form.
func (s *Server) trainPage(c echo.Context, ws *workflow.Workspace, f *trainForm, status int, refused *problem.Error) error {
	d, names := f.at.Data(), f.names
	page := views.TrainPage{
		Choice: targetChoice(names, f.goal.Target), TargetName: f.goal.Target, TaskReason: f.goal.Reason,
		Tasks: taskOptions(f.goal.Task), Recipe: "No preparation steps yet; what a model needs is done anyway.", RecipeURL: "/prepare",
		Split: append(splitFields(f, refused), checkField(f)), Families: learnerFamilies(s.opts.Workflow.Catalog.Learners, f, refused),
	}
	plan, err := f.plan()
	switch p, _, told := redrawable(err); {
	case err == nil:
		s.fillPlan(&page, plan, d, f.keep)
	case told:
		page.Blocked = p.Message
		if refused == nil {
			page.Problem = trainProblem(f, p)
		}
	default:
		return err
	}
	if refused != nil {
		page.Problem = trainProblem(f, refused)
		if refused.Field == "target_column" && f.typed["named"] != "" {
			page.Choice.Typed = f.typed["named"]
		}
	}
	page.Positive = f.positiveField(plan)
	page.Group, page.Weights = f.groupField(d, plan), f.weightField(d, refused)
	shell := s.stepShell(c, ws, "Train", "Train")
	shell.Refused = refused != nil
	return s.render(c, status, shell, views.Train(page))
}

// trainProblem is the summary of a refusal, with a link to the field.
func trainProblem(f *trainForm, p *problem.Error) *views.Problem {
	item := views.ProblemItem{Text: p.Message, Hint: p.Hint}
	switch p.Field {
	case "target_column":
		item.Href = "#" + targetID(f.names)
	case "group_column":
		item.Href = "#" + groupID(f.names)
	case "weight_column":
		item.Href = "#" + weightID(f.names)
	case "task", "test_size", "seed", "cv", "positive":
		item.Href = "#" + views.FieldID(p.Field)
	case "algorithm", "features", "":
	default:
		item.Href = "#" + views.FieldID(f.learner.Name+"."+p.Field)
	}
	return &views.Problem{Items: []views.ProblemItem{item}}
}

// fillPlan tells what a run would do.
func (s *Server) fillPlan(page *views.TrainPage, p *workflow.Plan, d *workflow.Data, keep []string) {
	what := "a number"
	if p.Goal.Task == learn.Classification {
		what = fmt.Sprintf("one of %d classes", p.Labels.Len())
		if p.Labels.Len() == 2 {
			what = views.Clip(p.Labels.Text(0), 30) + " or " + views.Clip(p.Labels.Text(1), 30)
		}
	}
	page.Question = fmt.Sprintf("Predict %s, %s, from %s. Learned from %s; %s set aside.", views.Clip(p.Goal.Target, 60), what,
		views.Plural(len(p.Spec.Features), "column"), views.Plural(p.Train, "training row"), views.Plural(p.Test, "test row"))
	page.Features = p.Spec.Features
	for i, l := range p.Left {
		if i == mostLeft {
			page.MoreLeft = fmt.Sprintf("And %s, for such reasons.", views.Plural(len(p.Left)-i, "more column"))
			break
		}
		out := views.LeftOut{Name: l.Column, Reason: l.Reason}
		if c := d.Frame().Column(l.Column); l.Column != p.Spec.Group && l.Column != p.Spec.Weights && c.Kind != frame.Time && c.MissingCount() < c.Len() {
			out.Index = strconv.Itoa(d.Frame().Index(l.Column))
		}
		page.LeftOut = append(page.LeftOut, out)
	}
	for _, name := range keep {
		page.LeftOut = append(page.LeftOut, views.LeftOut{Name: name, Reason: "you chose to use it", Index: strconv.Itoa(d.Frame().Index(name)), Kept: true})
	}
	var steps []string
	for _, step := range p.Spec.Recipe.Steps {
		steps = append(steps, lowerFirst(s.stepTitle(step)))
	}
	page.Recipe = fmt.Sprintf("Before training: %s.", strings.Join(steps, "; "))
	if n := d.Frame().Rows - p.Rows; n > 0 {
		page.Checks = append(page.Checks, views.Alert{Severity: views.Note, Column: p.Goal.Target, Text: fmt.Sprintf("%s without a value in the target %s not used.", views.Plural(n, "row"), verb(n, "is", "are"))})
	}
	if p.Test < 100 {
		page.Checks = append(page.Checks, views.Alert{Severity: views.Note, Text: fmt.Sprintf("Only %s: the scores will be rough.", views.Plural(p.Test, "test row")),
			Hint: "Cross-validation, below, makes more of few rows."})
	}
	page.Checks = append(page.Checks, concernChecks(p, d.Frame())...)
	if p.Groups != nil && p.Groups.Few() {
		page.Checks = append(page.Checks, views.Alert{Severity: views.Warn, Text: p.Groups.Warning() + "."})
	}
}

// mostLeft is how many columns that are left out the page names.
const mostLeft = 100

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func taskOptions(t learn.Task) []views.Option {
	return []views.Option{
		{Value: learn.Classification.String(), Label: "Classification: one of several answers", Selected: t == learn.Classification},
		{Value: learn.Regression.String(), Label: "Regression: a number", Selected: t == learn.Regression},
	}
}

func splitFields(f *trainForm, refused *problem.Error) []views.Field {
	fields := []views.Field{
		{Name: "test_size", Label: "Share of test rows", Code: "test_size", Help: "More test rows make the scores surer, fewer leave more to learn from.", Wants: "between 0.05 and 0.9",
			Type: "number", Min: "0.05", Max: "0.9", Inc: "any", Value: "0.2", Default: "0.2"},
		{Name: "seed", Label: "Seed", Code: "random_state", Help: "The same seed gives the same test rows and the same model.", Wants: "a whole number, at least 0",
			Type: "number", Min: "0", Max: "4294967295", Inc: "1", Value: strconv.Itoa(workflow.DefaultSeed), Default: strconv.Itoa(workflow.DefaultSeed)},
	}
	for i := range fields {
		if v, ok := f.typed[fields[i].Name]; ok {
			fields[i].Value = v
		}
		if refused != nil && refused.Field == fields[i].Name {
			fields[i].Refusal = refused.Error()
		}
	}
	return fields
}
