package forest

import (
	"clicktrain/internal/param"
	"context"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/tree"
	"clicktrain/internal/problem"
)

// kind is one of the learners; it stands in encoded models.
type kind uint8

const (
	randomForest kind = iota + 1
	extraTrees
	decisionTree
)

// Learner is the catalogue entry for random forests.
var Learner = entry(randomForest, learn.Learner{
	Name:    "random_forest",
	Title:   "Random forest",
	Summary: "Averages many decision trees; a strong first choice for tables, with nothing to tune.",
	Cost:    "Time and file size grow with the number of trees; it cannot predict beyond the numbers it has seen.",
})

// ExtraTrees is the catalogue entry for extremely randomized trees.
var ExtraTrees = entry(extraTrees, learn.Learner{
	Name:    "extra_trees",
	Title:   "Extra trees",
	Summary: "Averages many trees that cut columns at random: smoother than a random forest and quicker to train.",
	Cost:    "Its trees are larger than a random forest's, and columns of noise hurt it more; it cannot predict beyond the numbers it has seen.",
})

// DecisionTree is the catalogue entry for single trees.
var DecisionTree = entry(decisionTree, learn.Learner{
	Name:    "decision_tree",
	Title:   "Decision tree",
	Summary: "One tree of yes-or-no questions: when a person is to follow how a prediction comes about.",
	Cost:    "Unlimited, it repeats its training rows and predicts others worse than a forest; a few changed rows can change all of it.",
})

// entry completes a catalogue entry.
func entry(k kind, l learn.Learner) learn.Learner {
	l.Tasks = []learn.Task{learn.Classification, learn.Regression}
	l.Exports = []learn.Format{learn.Sklearn}
	l.Weighs = true
	l.New = func(t learn.Task) learn.Estimator { return &forest{settings{kind: k, task: t}} }
	l.Model = func(t learn.Task) learn.Model {
		e := ensemble{settings: settings{kind: k, task: t}}
		if t == learn.Classification {
			return &Classifier{ensemble: e}
		}
		return &Regressor{e}
	}
	return l
}

// forest holds the parameters, which have scikit-learn's names, defaults and
// meanings.
type forest struct{ settings }

// Params declares the parameters.
func (f *forest) Params(s *param.Set) { f.declare(s) }

// Even reports whether there are trees to count.
func (f *forest) Even(int) bool { return f.trees > 1 }

// Fit grows the trees. Tree t draws from random stream t, so the model does
// not depend on the number of workers. Numbers that float32 cannot hold are
// refused.
//
// A decision tree searches all cuts and extra trees draw theirs from all
// numbers; a random forest searches the cuts between bins, of which there are
// as many as values in small data.
func (f *forest) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	if err := f.check(d.X.Rows); err != nil {
		return nil, err
	}
	e := ensemble{settings: f.settings, columns: d.X.Cols, rows: d.X.Rows, seed: d.Seed}
	if err := e.grow(ctx, d); err != nil {
		return nil, err
	}
	if f.task == learn.Classification {
		return &Classifier{e, d.Classes}, nil
	}
	return &Regressor{e}, nil
}

// prepare returns the columns of X as the kind of learner searches them.
func (s *settings) prepare(ctx context.Context, d *learn.Data, opt tree.Options, workers int) (*tree.Columns, error) {
	switch s.kind {
	case decisionTree:
		return tree.CutExact(ctx, d.X, workers)
	case extraTrees:
		return tree.Uncut(ctx, d.X, d.Classes, opt, workers)
	}
	return tree.Cut(ctx, d.X, bins(d.X.Rows), workers)
}

// bins returns how many bins to cut columns of n rows into. Small data is
// searched exactly; from there on 256 bins score as well as exact splits do,
// since thresholds lie midway between the values that a node holds.
func bins(n int) int {
	if n <= tree.MaxBins {
		return tree.MaxBins
	}
	return 256
}

// check refuses parameters that do not go together, or not with n rows.
func (s *settings) check(n int) error {
	if s.minLeaf == 1.0 {
		return problem.Field("min_samples_leaf", "min_samples_leaf must be a share below 1.0, or a count.")
	}
	if s.maxSamples == "none" || s.kind == decisionTree {
		return nil
	}
	if !s.bootstrap {
		return problem.Field("max_samples", "max_samples is for trees that draw rows: turn bootstrap on, or set it to none.")
	}
	if m, ok := s.maxSamples.(int); ok && m > n {
		return problem.Field("max_samples", "max_samples is %d, and there are %d rows to learn from.", m, n)
	}
	return nil
}
