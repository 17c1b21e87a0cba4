package train

import (
	"context"
	"fmt"
	"math"
	"time"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// What a run does first, and what is left to do with what it has made.
const (
	FirstStep = "Setting test rows aside"
	LastStep  = "Handing the model over"
)

// Report is told the share of the run that is done and what is happening now.
type Report func(share float64, step string)

// The shares of a run's progress that its parts take.
const (
	fitStarts = 0.05
	fitEnds   = 0.95
)

// Run splits the frame's rows, fits the recipe and the learner on the training
// rows, scores both the model and the dummy on the test rows, and then
// cross-validates the training rows if the spec says so. now is the clock. It returns a *problem.Error where the data cannot be learned from.
func Run(ctx context.Context, f *frame.Frame, s Spec, cat Catalog, now func() time.Time, report Report) (*Pipeline, *Result, error) {
	l, est, params, err := cat.estimator(s)
	if err != nil {
		return nil, nil, err
	}
	start, all := now(), report
	clock := s.clock(now, start)
	if s.Folds > 0 { // each fold fits about as much as the run itself
		report = func(share float64, step string) { all(share/float64(s.Folds), step) }
	}
	report(0, FirstStep)
	t, err := CheckTarget(f, s.Target, s.Task)
	if err != nil {
		return nil, nil, err
	}
	r := run{cat: cat, spec: s, target: t, frame: f}
	if err := r.start(); err != nil {
		return nil, nil, err
	}
	report(0.01, "Preparing the columns")
	if err := r.prepare(ctx); err != nil {
		return nil, nil, err
	}
	prepared := now()
	report(fitStarts, "Fitting the "+lower(l.Title))
	d := r.data()
	d.Clock = clock
	d.Progress = func(share float64) {
		report(fitStarts+share*(fitEnds-fitStarts), "Fitting the "+lower(l.Title))
	}
	model, err := est.Fit(ctx, d)
	if err != nil {
		return nil, nil, err
	}
	fitted := now()
	report(fitEnds, "Scoring the test rows")
	p := &Pipeline{
		Target: s.Target, Task: s.Task, Labels: t.Labels, Learner: l.Name, Params: params,
		Recipe: r.recipe, Model: model, Seed: s.Seed, TrainRows: len(r.prepared.Kept), TestRows: len(r.test), cat: cat,
	}
	if p.Known, err = p.knownOf(f, r.prepared.Kept); err != nil {
		return nil, nil, err
	}
	res, err := r.evaluate(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	res.Warnings = append(cutShort(clock), res.Warnings...)
	evaluated := now()
	res.Timings = Timings{
		Prepare: prepared.Sub(start).Seconds(), Fit: fitted.Sub(prepared).Seconds(), Evaluate: evaluated.Sub(fitted).Seconds(),
	}
	if s.Folds > 0 {
		r.prepared, r.recipe = nil, nil // the folds have their own
		if err := r.check(ctx, res, clock, all); err != nil {
			return nil, nil, err
		}
		res.Timings.Check = now().Sub(evaluated).Seconds()
	}
	all(1, LastStep)
	return p, res, nil
}

// check cross-validates the run. Where that cannot be done, the result says
// why: the model is there all the same.
func (r *run) check(ctx context.Context, res *Result, clock *learn.Clock, report Report) error {
	first := 1 / float64(r.spec.Folds)
	within, cancel := limited(ctx, clock)
	defer cancel()
	cv, err := r.crossValidate(within, r.spec.Folds, func(share float64, step string) { report(first+share*(1-first), step) })
	if p, told := problem.As(err); told {
		cv = &CrossValidation{Asked: r.spec.Folds, Problem: p.Error()}
	} else if err != nil && ctx.Err() == nil && within.Err() != nil {
		cv = &CrossValidation{Asked: r.spec.Folds, Problem: "The time that a run may take was over before all folds were checked. Choose fewer folds, or a quicker model."}
	} else if err != nil {
		return err
	}
	res.CV = cv
	return nil
}

// estimator returns the learner of a spec, set to its parameters.
func (c Catalog) estimator(s Spec) (learn.Learner, learn.Estimator, []param.Named, error) {
	l, ok := c.Learner(s.Learner)
	if !ok {
		return l, nil, nil, problem.Field("algorithm", "There is no algorithm %q.", s.Learner).
			WithHint("Choose one of %s.", someNames(c.Names(s.Task)))
	}
	if !l.Can(s.Task) {
		return l, nil, nil, problem.Field("algorithm", "%s cannot do %s.", l.Title, s.Task).
			WithHint("Choose one of %s.", someNames(c.Names(s.Task)))
	}
	if s.Weights != "" && !l.Weighs {
		e := problem.Field("weight_column", "%s cannot let rows count more or less.", l.Title).
			WithHint("Choose another algorithm, or count each row once.")
		e.Column = s.Weights
		return l, nil, nil, e
	}
	if s.Folds != 0 && (s.Folds < MinFolds || s.Folds > MaxFolds) {
		return l, nil, nil, problem.Field("cv", "Cross-validation takes 2 to 10 folds, or 0 for none, got %d.", s.Folds)
	}
	est := l.New(s.Task)
	var set param.Set
	est.Params(&set)
	if err := set.Decode(l.Name, s.Params); err != nil {
		return l, nil, nil, err
	}
	return l, est, set.Values(), nil
}

// Check returns the *problem.Error that Run would give for the learner and its
// parameters.
func (c Catalog) Check(s Spec) error {
	_, _, _, err := c.estimator(s)
	return err
}

// Even reports whether the progress of a run on so many rows grows as time goes
// by, so that the time left can be told.
func (c Catalog) Even(s Spec, rows int) bool {
	_, est, _, err := c.estimator(s)
	e, ok := est.(learn.Even)
	return err == nil && ok && e.Even(rows)
}

// run carries one training from step to step.
type run struct {
	cat    Catalog
	spec   Spec
	frame  *frame.Frame
	target Target

	train, test []int // positions in target.Rows
	recipe      *recipe.Fitted
	prepared    *recipe.Data // the training rows
	dropped     int          // training rows left out by the recipe
	groups      *GroupSplit  // nil where no rows are kept together
	weights     []float64    // how much each of the target's rows counts; nil counts each once
	positive    int          // the class of interest; −1 where there is none
}

// start finds out how much rows count and sets the test rows aside.
func (r *run) start() (err error) {
	if r.positive, err = r.target.Interest(r.spec.Positive); err != nil {
		return err
	}
	if r.spec.Weights != "" {
		if r.weights, err = CheckWeights(r.frame, r.spec.Weights, r.target); err != nil {
			return err
		}
	}
	if r.train, r.test, r.groups, err = r.spec.Split(r.frame, r.target); err != nil {
		return err
	}
	return r.checkScoring()
}

// rows returns the frame's rows at the given positions of the target.
func (r *run) rows(positions []int) []int {
	out := make([]int, len(positions))
	for i, p := range positions {
		out[i] = r.target.Rows[p]
	}
	return out
}

// prepare fits the recipe on the training rows.
func (r *run) prepare(ctx context.Context) error {
	l, _ := r.cat.Learner(r.spec.Learner)
	in := r.training()
	in.Native = l.Native
	fitted, d, err := recipe.Fit(ctx, r.spec.Recipe, r.cat.Steps, in)
	if err != nil {
		return err
	}
	r.recipe, r.prepared = fitted, d
	r.dropped = len(in.Rows) - len(d.Kept)
	if d.X.Cols == 0 {
		return problem.Field("features", "No column is left to learn from.").
			WithHint("Add at least one column besides the target.")
	}
	if err := r.checkWeighed(); err != nil {
		return err
	}
	if d.Weights != nil && !l.Weighs {
		return problem.Field("steps", "%s cannot let rows count more or less, which a step of the recipe asks for.", l.Title).
			WithHint("Balance the classes by repeating or leaving out rows instead, or choose another algorithm.")
	}
	return r.checkTrainingRows()
}

// training returns the training rows for the recipe.
func (r *run) training() recipe.Training {
	in := recipe.Training{Frame: r.frame, Features: r.spec.Features, Rows: r.rows(r.train), Y: make([]float64, len(r.train)),
		Classes: r.target.Labels.Len(), Seed: r.spec.Seed, Workers: r.spec.Workers}
	for i, at := range r.train {
		in.Y[i] = r.target.Y[at]
		if r.weights != nil {
			in.Weights = append(in.Weights, r.weights[at])
		}
	}
	for k := range in.Classes {
		in.ClassNames = append(in.ClassNames, r.target.Labels.Text(k))
	}
	return in
}

// checkTrainingRows refuses what the recipe left too little of, and numbers
// that no learner can use.
func (r *run) checkTrainingRows() error {
	y := r.prepared.Y
	if len(y) < 2 {
		return problem.New(problem.Invalid, "Only %d training rows are left after the recipe left out rows.", len(y)).
			WithHint("Take the steps that leave out rows out of the recipe; fill missing values instead.")
	}
	if r.spec.Task == learn.Classification {
		seen := make([]bool, r.target.Labels.Len())
		for _, c := range y {
			seen[int(c)] = true
		}
		for k, ok := range seen {
			if !ok {
				return problem.Field("target_column", "No training row of class %s is left after the recipe left out rows.", r.target.Labels.Text(k)).
					WithHint("Take the steps that leave out rows out of the recipe; fill missing values instead.")
			}
		}
	}
	names := r.recipe.Names()
	for j, col := range r.prepared.X.Blocks {
		for _, v := range col.Dense {
			if math.IsInf(v, 0) || v != v && !r.recipe.Native() {
				name := names[r.blockStart(j)]
				return problem.Column(name, "The prepared column %s holds numbers too large to compute with.", name).
					WithHint("Leave the column out, or rescale it in your file.")
			}
		}
	}
	return nil
}

// blockStart returns the first column of block j.
func (r *run) blockStart(j int) int {
	n := 0
	for _, b := range r.prepared.X.Blocks[:j] {
		n += b.Width
	}
	return n
}

func (r *run) data() learn.Data {
	return learn.Data{
		X: r.prepared.X, Y: r.prepared.Y, Weights: r.prepared.Weights, Names: r.recipe.Names(),
		Classes: r.target.Labels.Len(), Seed: r.spec.Seed, Workers: max(r.spec.Workers, 1),
		Memory: r.spec.Memory,
	}
}

// evaluate scores the pipeline and the dummy on the test rows.
func (r *run) evaluate(ctx context.Context, p *Pipeline) (*Result, error) {
	rows := r.rows(r.test)
	pred, err := p.Predict(r.frame, rows)
	if err != nil {
		return nil, fmt.Errorf("predict the test rows: %w", err)
	}
	res := &Result{
		Task: p.Task.String(), Target: p.Target, Learner: p.Learner, Labels: p.Labels,
		Rows:     Rows{Train: len(r.prepared.Kept), Test: len(rows), Dropped: r.dropped, NoTarget: r.frame.Rows - len(r.target.Rows)},
		Features: r.spec.Features, Prepared: r.recipe.Names(), Steps: r.recipe.Describe(r.spec.Recipe),
		Groups:     r.groups,
		Importance: importance(p, r.prepared.X),
		Doubts:     r.doubts(),
		Warnings:   r.warnings(p, pred),
	}
	for _, v := range p.Params {
		res.Params = append(res.Params, Setting{v.Name, param.Text(v.Value)})
	}
	return res, r.score(ctx, res, pred)
}

// warnings collects what a person should know before trusting the model.
func (r *run) warnings(p *Pipeline, pred *Prediction) []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if n := r.frame.Rows - len(r.target.Rows); n > 0 {
		add("%s without %s %s left out.", count(n, "row"), p.Target, wasWere(n))
	}
	if r.dropped > 0 {
		add("%s %s left out by the recipe; test rows never are.", count(r.dropped, "training row"), wasWere(r.dropped))
	}
	out = append(out, r.rareClasses()...)
	out = append(out, r.units()...)
	if x := r.prepared.X; x.Cols > x.Rows {
		add("There are more prepared columns (%d) than training rows (%d): scores are unreliable.", x.Cols, x.Rows)
	}
	if len(r.test) < 100 {
		add("Only %s: the scores are rough.", count(len(r.test), "test row"))
	}
	if g := r.groups; g != nil && g.Few() {
		add("%s.", g.Warning())
	}
	for _, s := range pred.Seen {
		if s.Unseen > 0 {
			add("In %d of %s %s has a value that no training row has.", s.Unseen, count(len(r.test), "test row"), s.Column)
		}
	}
	if w, ok := p.Model.(learn.Warner); ok {
		out = append(out, w.Warnings()...)
	}
	return out
}
