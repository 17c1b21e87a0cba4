// Package forest owns the random forest: decision trees grown on bootstrap
// samples, each split of which looks at a random few of the columns (Breiman
// 2001), and whose predictions are averaged. The trees are package tree's.
package forest

import (
	"context"
	"math"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
)

// Learner is the catalogue entry for random forests.
var Learner = learn.Learner{
	Name:    "random_forest",
	Title:   "Random forest",
	Summary: "Averages many decision trees; a strong first choice for tables, with nothing to tune.",
	Cost:    "Time and file size grow with the number of trees; it cannot predict beyond the numbers it has seen.",
	Tasks:   []learn.Task{learn.Classification, learn.Regression},
	Exports: []learn.Format{learn.Sklearn},
	New:     func(t learn.Task) learn.Estimator { return &forest{task: t} },
	Model: func(t learn.Task) learn.Model {
		if t == learn.Classification {
			return new(Classifier)
		}
		return new(Regressor)
	},
}

// forest holds the parameters, which have scikit-learn's names, defaults and
// meanings.
type forest struct {
	task learn.Task
	settings
}

// settings are the parameters that a model keeps.
type settings struct {
	trees       int
	maxDepth    int // 0 is none
	minSplit    int
	minLeaf     int
	maxFeatures param.Value // "sqrt", "log2", a count (int) or a share (float64)
	bootstrap   bool
}

// maxTrees bounds the time that a fit, and the memory that a model, can take.
const maxTrees = 10_000

// Params declares the parameters.
func (f *forest) Params(s *param.Set) {
	var features param.Value = 1.0
	if f.task == learn.Classification {
		features = "sqrt"
	}
	s.Int(&f.trees, "n_estimators", 100, param.Between(1, maxTrees),
		"Number of trees. More are steadier and take longer.")
	s.MaybeInt(&f.maxDepth, "max_depth", param.AtLeast(1),
		"Most questions asked in a row; none lets trees grow until their leaves are pure.")
	s.Int(&f.minSplit, "min_samples_split", 2, param.AtLeast(2),
		"Rows that a node needs before it is split.")
	s.Int(&f.minLeaf, "min_samples_leaf", 1, param.AtLeast(1),
		"Rows that each leaf must hold. More give smoother predictions.")
	s.Mixed(&f.maxFeatures, "max_features", features, []string{"sqrt", "log2"},
		"Columns looked at for each split: a count, a share, or the square root or logarithm of their number.")
	s.Bool(&f.bootstrap, "bootstrap", true,
		"Draw rows with replacement for each tree; otherwise each tree sees all rows.")
}

// features returns how many of p columns each split looks at.
func (s *settings) features(p int) int {
	m := p
	switch v := s.maxFeatures.(type) {
	case string:
		m = int(math.Sqrt(float64(p)))
		if v == "log2" {
			m = int(math.Log2(float64(p)))
		}
	case int:
		m = v
	case float64:
		m = int(v * float64(p))
	}
	return min(max(m, 1), p)
}

// Fit grows the trees on columns of at most maxBins bins. Tree t draws from
// random stream t, so the model does not depend on the number of workers.
// Numbers that float32 cannot hold are refused.
func (f *forest) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	e := ensemble{settings: f.settings, columns: d.X.Cols, rows: d.X.Rows, seed: d.Seed}
	if err := e.grow(ctx, d); err != nil {
		return nil, err
	}
	if f.task == learn.Classification {
		return &Classifier{e, d.Classes}, nil
	}
	return &Regressor{e}, nil
}
