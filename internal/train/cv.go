package train

import (
	"context"
	"fmt"
	"math"

	"clicktrain/internal/metric"
	"clicktrain/internal/problem"
)

// The fewest and the most folds of a cross-validation.
const (
	MinFolds = 2
	MaxFolds = 10
)

// CrossValidation is how a kind of model does on rows that it did not learn
// from, told several times over: the training rows are cut into folds, and each
// fold is scored by a recipe and a model fitted on the others. The test rows
// take no part in it.
type CrossValidation struct {
	Asked   int       // folds that were asked for
	Fewer   string    // why there are fewer, as a clause; empty where there are not
	Problem string    // why it could not be done, in whole sentences; Folds are then empty
	Grouped bool      // rows of a group are in one fold
	Folds   []FoldRun // in order
}

// FoldRun is one fold: how many rows were learned from and scored, and the
// scores of the model and of the dummy.
type FoldRun struct {
	Train, Test     int
	Model, Baseline metric.Scores
}

// Spread is a score over the folds.
type Spread struct {
	Name   string
	Mean   float64
	SD     float64 // the standard deviation over the folds, of n − 1
	Each   []metric.Value
	Reason string // why Mean and SD are undefined, as a sentence
}

// Model returns the spreads of the model's scores, in the order of a report.
func (c *CrossValidation) Model() []Spread {
	return c.spreads(func(f FoldRun) metric.Scores { return f.Model })
}

// Baseline returns the spreads of the dummy's scores.
func (c *CrossValidation) Baseline() []Spread {
	return c.spreads(func(f FoldRun) metric.Scores { return f.Baseline })
}

func (c *CrossValidation) spreads(of func(FoldRun) metric.Scores) []Spread {
	if len(c.Folds) == 0 {
		return nil
	}
	var out []Spread
	for _, v := range of(c.Folds[0]) {
		s := Spread{Name: v.Name}
		for _, f := range c.Folds {
			x, _ := of(f).Named(v.Name)
			s.Each = append(s.Each, x)
		}
		s.sum()
		out = append(out, s)
	}
	return out
}

// sum sets the mean and its companions from the folds' scores. A score that
// is undefined in a fold has no mean.
func (s *Spread) sum() {
	n, without := float64(len(s.Each)), 0
	for _, v := range s.Each {
		if !v.Defined() {
			s.Reason = v.Reason
			without++
		}
		s.Mean += v.Score / n
	}
	if without > 0 {
		s.Mean = 0
		s.Reason = fmt.Sprintf("It is undefined in %d of %d folds. %s", without, len(s.Each), s.Reason)
		return
	}
	for _, v := range s.Each {
		s.SD += (v.Score - s.Mean) * (v.Score - s.Mean) / (n - 1)
	}
	s.SD = math.Sqrt(s.SD)
}

// crossValidate cross-validates the run's training rows in the given number of
// folds; see Folds for when there are fewer. In each fold the recipe and the
// learner are fitted on the other folds' rows alone. report is told the share
// done. It returns ctx's error soon after ctx ends, and a *problem.Error where
// a fold cannot be learned from. The cost is that of folds runs.
func (r *run) crossValidate(ctx context.Context, folds int, report Report) (*CrossValidation, error) {
	y := make([]float64, len(r.train))
	for i, at := range r.train {
		y[i] = r.target.Y[at]
	}
	groups, err := r.groupsOf(r.train)
	if err != nil {
		return nil, err
	}
	fold, k, fewer, err := Folds(y, groups, r.spec.Task, r.target.Labels, folds, r.spec.Seed)
	if err != nil {
		return nil, err
	}
	out := &CrossValidation{Asked: folds, Fewer: fewer, Grouped: groups != nil}
	for n := range k {
		said := fmt.Sprintf("Checking fold %d of %d", n+1, k)
		at := func(share float64) { report((float64(n)+share)/float64(k), said) }
		at(0)
		inner := run{cat: r.cat, spec: r.spec, target: r.target, frame: r.frame, weights: r.weights, positive: r.positive}
		for i, f := range fold {
			if f == n {
				inner.test = append(inner.test, r.train[i])
			} else {
				inner.train = append(inner.train, r.train[i])
			}
		}
		one, err := inner.fold(ctx, at)
		if err != nil {
			return nil, inFold(err, n+1, k)
		}
		out.Folds = append(out.Folds, *one)
	}
	return out, nil
}

// inFold says in which fold a problem was met.
func inFold(err error, n, k int) error {
	p, told := problem.As(err)
	if !told {
		return fmt.Errorf("fold %d of %d: %w", n, k, err)
	}
	e := *p
	e.Message = fmt.Sprintf("In fold %d of %d: %s", n, k, p.Message)
	return &e
}

// groupsOf returns the groups of the target's rows at the given positions, or
// nil where no rows are kept together.
func (r *run) groupsOf(positions []int) ([]int, error) {
	g, err := r.spec.groups(r.frame, r.target)
	if err != nil || g == nil {
		return nil, err
	}
	out := make([]int, len(positions))
	for i, at := range positions {
		out[i] = g.Of[at]
	}
	return out, nil
}

// fold fits and scores one fold.
func (r *run) fold(ctx context.Context, progress func(share float64)) (*FoldRun, error) {
	_, est, _, err := r.cat.estimator(r.spec)
	if err != nil {
		return nil, err
	}
	if err := r.prepare(ctx); err != nil {
		return nil, err
	}
	d := r.data()
	d.Progress = progress
	model, err := est.Fit(ctx, d)
	if err != nil {
		return nil, err
	}
	x, _, err := r.recipe.Transform(r.frame, r.rows(r.test))
	if err != nil {
		return nil, err
	}
	base, err := r.baseline(ctx, nil)
	if err != nil {
		return nil, err
	}
	k := r.target.Labels.Len()
	out := &FoldRun{Train: len(r.prepared.Kept), Test: len(r.test)}
	out.Model = r.scores(predictMatrix(model, x, k), x.Cols)
	out.Baseline = r.scores(base.repeated(len(r.test)), 0)
	return out, ctx.Err()
}

// scores are the scores of predictions of the test rows.
func (r *run) scores(p *Prediction, columns int) metric.Scores {
	truth := r.truth()
	if k := r.target.Labels.Len(); k > 0 {
		return p.answers(truth, k, r.positive).Report().Scores
	}
	return metric.Regress(truth, p.Values, columns).Scores
}

// truth is the target of the test rows.
func (r *run) truth() []float64 {
	out := make([]float64, len(r.test))
	for i, pos := range r.test {
		out[i] = r.target.Y[pos]
	}
	return out
}
