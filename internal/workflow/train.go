package workflow

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// What a training uses where nothing is said.
const (
	DefaultTestSize = 0.2
	DefaultSeed     = 42
)

// TrainRequest says what to train. What is left out is chosen.
type TrainRequest struct {
	Algorithm string
	Target    string // the suggested or chosen goal's where empty
	Task      string // the one that suits the target where empty
	Params    map[string]any
	TestSize  *float64 // share of the rows, above 0 and below 1
	Seed      *int64
	Features  []string // raw columns to use; where none are named, all that can be
	Keep      []string // where no Features are named: columns to use that would be left out
	Group     string   // the column whose equal values stay on one side of the split; empty is none
	Copies    bool     // rows that are equal in all features stay on one side of the split
	Weights   string   // the column that says how much each row counts; empty counts each once
	Folds     int      // of a cross-validation of the training rows, 2 to 10; 0 is none
	Positive  string   // the class of interest, as its label's text; the one that suits where empty
}

// Plan is a request as understood, ready to run on the data that it was made
// from.
type Plan struct {
	Request TrainRequest
	Data    *Data
	Spec    train.Spec
	Goal    Goal
	Learner learn.Learner
	Left    []recipe.Left     // columns that are not used, with the reason
	Notes   []recipe.Note     // steps that were added to the recipe
	Rows    int               // rows with a target
	Train   int               // of them, for training
	Test    int               // of them, set aside
	Groups  *train.GroupSplit // nil where no rows are kept together
	Labels  train.Labels
	Classes []int // how many rows each class has; nil of numbers
	Class   int   // the class of interest; −1 where there is none
	Even    bool  // the run's progress grows as time goes by

	// Concerns are what may make the scores too good and no one has answered.
	Concerns []Concern
	// Answered are the keys of the findings that were to stay as they are.
	Answered []string

	given map[string]bool // columns left out because they give the target away
}

// Plan checks a request against the data and fills in what it leaves open.
func (m *Moment) Plan(req TrainRequest) (*Plan, error) {
	d, f, cat := m.data, m.frame(), m.service.Catalog
	goal, err := goalOf(d, m.goal, req)
	if err != nil {
		return nil, err
	}
	p := &Plan{Request: req, Data: d, Goal: goal}
	if p.Learner, err = learnerOf(cat, req.Algorithm, goal.Task); err != nil {
		return nil, err
	}
	testSize, seed, err := splitOf(req)
	if err != nil {
		return nil, err
	}
	if goal.Task == 0 {
		return nil, problem.Field("target_column", "%s", goal.Reason).WithHint("Upload a table with such a column.")
	}
	target, err := train.CheckTarget(f, goal.Target, goal.Task)
	if err != nil {
		return nil, err
	}
	resolved, err := m.Recipe().Resolve(f, cat.Steps, goal.Target)
	if err != nil {
		return nil, err
	}
	features, err := p.features(m, resolved)
	if err != nil {
		return nil, err
	}
	full, notes := resolved.Only(features).Complete(f, features, cat.Steps, recipe.Want{Scale: p.Learner.Scale, Native: p.Learner.Native})
	p.Spec = train.Spec{
		Target: goal.Target, Task: goal.Task, Features: features, Recipe: full, Learner: p.Learner.Name,
		Params: req.Params, TestSize: testSize, Seed: seed, Workers: m.service.Workers, Memory: m.service.Memory, Seconds: m.service.Time.Seconds(),
		Group: req.Group, Copies: req.Copies, Weights: req.Weights, Folds: req.Folds, Positive: req.Positive,
	}
	if p.Class, err = target.Interest(req.Positive); err != nil {
		return nil, err
	}
	p.Classes = target.Counts()
	if err := checkWeighing(f, p, target); err != nil {
		return nil, err
	}
	rows, test, groups, err := p.Spec.Split(f, target)
	if err != nil {
		return nil, err
	}
	p.Notes, p.Rows, p.Train, p.Test, p.Groups, p.Labels = notes, len(target.Rows), len(rows), len(test), groups, target.Labels
	p.Even = cat.Even(p.Spec, p.Train)
	if err := p.concern(context.Background(), m, target, rows, test); err != nil {
		return nil, err
	}
	return p, cat.Check(p.Spec)
}

// goalOf is the goal that a request means.
func goalOf(d *Data, goal Goal, req TrainRequest) (Goal, error) {
	var task learn.Task
	if req.Task != "" {
		if task = learn.ParseTask(req.Task); task == 0 {
			e := problem.Field("task", "There is no task %q.", req.Task).WithHint("Choose classification or regression.")
			e.Value = req.Task
			return Goal{}, e
		}
	}
	if req.Target == "" && req.Task == "" {
		return goal, nil
	}
	return goalFor(d.Frame(), cmp.Or(req.Target, goal.Target), task)
}

func learnerOf(cat train.Catalog, name string, task learn.Task) (learn.Learner, error) {
	if name == "" {
		return learn.Learner{}, problem.Field("algorithm", "No algorithm is named.").
			WithHint("Choose one of %s.", strings.Join(cat.Names(task), ", "))
	}
	for _, l := range cat.Learners {
		if l.Name == name {
			return l, nil
		}
	}
	e := problem.Field("algorithm", "There is no algorithm %q.", name).
		WithHint("Choose one of %s.", strings.Join(cat.Names(task), ", "))
	e.Value = name
	return learn.Learner{}, e
}

func splitOf(req TrainRequest) (testSize float64, seed uint64, err error) {
	testSize, seed = DefaultTestSize, DefaultSeed
	if req.TestSize != nil {
		if testSize = *req.TestSize; !(testSize >= train.LeastTestSize && testSize <= train.MostTestSize) {
			return 0, 0, problem.Field("test_size", "test_size must be between %g and %g, got %g.", train.LeastTestSize, train.MostTestSize, testSize)
		}
	}
	if req.Seed != nil {
		if *req.Seed < 0 || *req.Seed > 1<<32-1 {
			return 0, 0, problem.Field("seed", "seed must be a whole number between 0 and 4294967295, got %d.", *req.Seed)
		}
		seed = uint64(*req.Seed)
	}
	return testSize, seed, nil
}

// features chooses the raw columns: those named, or all in use by what the
// person chose, with those that the request keeps.
func (p *Plan) features(m *Moment, r recipe.Recipe) ([]string, error) {
	f, req := m.frame(), p.Request
	if err := checkGroup(req, p.Goal.Target); err != nil {
		return nil, err
	}
	if err := checkWeights(req, p.Goal.Target); err != nil {
		return nil, err
	}
	if len(req.Features) == 0 {
		chosen := m.choices
		chosen.group, chosen.weights = req.Group, req.Weights
		u, err := m.columns(context.Background(), p.Goal, r, chosen)
		if err != nil {
			return nil, err
		}
		p.given = u.given
		p.Left = slices.DeleteFunc(u.left, func(l recipe.Left) bool {
			return slices.Contains(req.Keep, l.Column) && l.Column != req.Group && l.Column != req.Weights
		})
		out := map[string]bool{p.Goal.Target: true}
		for _, l := range p.Left {
			out[l.Column] = true
		}
		use := slices.DeleteFunc(f.Names(), func(c string) bool { return out[c] })
		if len(use) == 0 {
			return nil, problem.Field("features", "No column is left to learn from.").
				WithHint("Add at least one column besides the target.")
		}
		return use, nil
	}
	picked, err := choice(f.Names(), req.Features, p.Goal.Target)
	if err != nil {
		return nil, err
	}
	var named []string
	for _, c := range f.Names() {
		switch {
		case picked[c]:
			named = append(named, c)
		case c != p.Goal.Target:
			p.Left = append(p.Left, recipe.Left{Column: c, Reason: "you left it out"})
		}
	}
	p.Left = withWeights(withGroup(p.Left, req.Group, p.Goal.Target), req.Weights)
	return named, nil
}

// choice returns the named columns as a set. It refuses a name that is not a
// column's or the target's, and one that is there twice.
func choice(names, features []string, target string) (map[string]bool, error) {
	known := make(map[string]bool, len(names))
	for _, name := range names {
		known[name] = true
	}
	out := make(map[string]bool, len(features))
	for _, name := range features {
		var e *problem.Error
		switch {
		case !known[name]:
			e = problem.Field("features", "There is no column %q.", name).WithHint("Choose from the file's columns.")
		case name == target:
			e = problem.Field("features", "%s is the target, so it cannot be learned from.", name).WithHint("Take it out of the features.")
		case out[name]:
			e = problem.Field("features", "%s is named twice.", name).WithHint("Name each column once.")
		default:
			out[name] = true
			continue
		}
		e.Column = name
		return nil, e
	}
	return out, nil
}

// checkGroup refuses a group column that is to be learned from or predicted.
func checkGroup(req TrainRequest, target string) error {
	var e *problem.Error
	switch {
	case req.Group == "":
		return nil
	case req.Group == target:
		e = problem.Field("group_column", "%s is the target, so rows cannot be kept together by it.", req.Group).
			WithHint("Choose another column to keep rows together by, or none.")
	case slices.Contains(req.Features, req.Group):
		e = problem.Field("group_column", "%s keeps rows together, so it cannot be learned from: no test row has a value that training rows have.", req.Group).
			WithHint("Take it out of the features.")
	default:
		return nil
	}
	e.Column = req.Group
	return e
}
