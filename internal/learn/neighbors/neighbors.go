// Package neighbors owns k nearest neighbors: a row is predicted from the rows
// of the fit that are nearest to it. Which these are is exact, and of rows at
// the same distance the first is nearer. Its models are scikit-learn's
// KNeighborsClassifier and KNeighborsRegressor with algorithm="brute".
//
// A table holds the rows of the fit. Three searches give the same answer: scan
// reads every row, for a few predictions; a tree skips boxes of rows, where
// columns are few; and blocks compare many rows with many at once by part of
// their columns, where columns are many.
package neighbors

import (
	"context"
	"math"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// Learner is the catalog entry for k nearest neighbors.
var Learner = learn.Learner{
	Name:    "k_nearest_neighbors",
	Title:   "K nearest neighbors",
	Summary: "Predicts from the rows most like the one at hand; follows any shape, where columns are few and tell much.",
	Cost:    "Learns nothing ahead: the model is all training rows, and each prediction searches them. Columns of no use mislead it as much as others guide it. Takes no row weights.",
	Tasks:   []learn.Task{learn.Classification, learn.Regression},
	Exports: []learn.Format{learn.Sklearn},
	Scale:   true,
	New:     func(t learn.Task) learn.Estimator { return &neighbors{task: t} },
	Model: func(t learn.Task) learn.Model {
		if t == learn.Classification {
			return new(Classifier)
		}
		return new(Regressor)
	},
}

type neighbors struct {
	task learn.Task
	settings
}

// settings are the parameters, which a model keeps.
type settings struct {
	k       int
	weights string
	power   int // 1 or 2
}

// The choices of weights.
const (
	uniform  = "uniform"
	distance = "distance"
)

// Params declares n_neighbors, weights and p.
func (n *neighbors) Params(s *param.Set) {
	s.Int(&n.k, "n_neighbors", 5, param.Between(1, 10_000),
		"How many of the nearest rows to ask. More are steadier and see less detail.")
	s.Choice(&n.weights, "weights", uniform, []string{uniform, distance},
		"uniform gives each neighbor one vote; distance lets nearer ones count more, by 1 over their distance.")
	s.Int(&n.power, "p", 2, param.Between(1, 2),
		"How to measure: 2 is the straight line (Euclidean), 1 the sum of the columns' differences (Manhattan).")
}

// largest bounds numbers so that the squares of their differences are finite.
const largest = 1e150

// Fit copies the rows. It refuses fewer rows than n_neighbors, and numbers
// above 1e150.
func (n *neighbors) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if d.X.Rows < n.k {
		return nil, problem.Field("n_neighbors", "n_neighbors is %d, but there are only %d rows to learn from.", n.k, d.X.Rows).
			WithHint("Choose at most %d.", d.X.Rows)
	}
	for _, b := range d.X.Blocks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, x := range b.Dense {
			if math.Abs(x) > largest {
				return nil, problem.New(problem.Invalid, "The numbers are too large to measure distances between them.").WithHint("Scale the columns.")
			}
		}
	}
	t, err := newTable(ctx, d.X)
	if err != nil {
		return nil, err
	}
	m := model{settings: n.settings, table: t, y: append([]float64(nil), d.Y...)}
	if n.task == learn.Classification {
		return &Classifier{m, d.Classes}, nil
	}
	return &Regressor{m}, nil
}

// model is what models of both tasks are.
type model struct {
	settings
	*table
	y []float64 // targets, or class indices, of the rows
}

// layout is how a table's columns lie in a Matrix.
type layout []int // by block: 0 for a number column, else a one-hot block's width

func layoutOf(X *frame.Matrix) layout {
	l := make(layout, len(X.Blocks))
	for i, b := range X.Blocks {
		if b.Dense == nil {
			l[i] = b.Width
		}
	}
	return l
}
