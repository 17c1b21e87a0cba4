// Package boost owns histogram gradient boosting: many small trees, each fitted
// to what the ones before it get wrong (Friedman 2001), grown leaf by leaf on
// columns cut into at most 255 bins (Ke and others 2017, LightGBM). Binning,
// growth and leaf values follow scikit-learn's HistGradientBoosting estimators,
// whose trees it repeats node for node on data without ties.
//
// A fit goes through these files: table.go cuts the columns, loss.go gives each
// row's gradient, grow.go grows a tree from histograms (histogram.go), the best
// split of each (split.go, category.go) and the rows parted by it
// (partition.go), and model.go predicts with the trees of tree.go.
package boost

import (
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
)

// Learner is the catalog entry for histogram gradient boosting.
var Learner = learn.Learner{
	Name:    "hist_gradient_boosting",
	Title:   "Histogram gradient boosting",
	Summary: "Adds up many small trees, each correcting the ones before; usually the most accurate on tables, fast on large ones.",
	Cost:    "Time grows with rows, columns, classes and rounds; it cannot predict beyond the numbers it has seen, and small data overfits.",
	Tasks:   []learn.Task{learn.Classification, learn.Regression},
	Exports: []learn.Format{learn.Sklearn},
	Native:  true,
	Weighs:  true,
	New:     func(t learn.Task) learn.Estimator { return &booster{task: t} },
	Model: func(t learn.Task) learn.Model {
		if t == learn.Classification {
			return new(Classifier)
		}
		return new(Regressor)
	},
}

// booster holds the parameters, which have scikit-learn's names, defaults and
// meanings.
type booster struct {
	task learn.Task
	settings
}

// settings are the parameters that a model keeps.
type settings struct {
	loss        string
	quantile    float64
	rate        float64
	rounds      int
	maxLeaves   int // 0 is none
	maxDepth    int // 0 is none
	minLeaf     int
	l2          float64
	features    float64 // share of columns that each split looks at
	bins        int
	signs       map[string]int
	stop        string
	fraction    float64
	patience    int
	tol         float64
	classWeight learn.ClassWeight
}

// The losses, by scikit-learn's names.
const (
	squaredError  = "squared_error"
	absoluteError = "absolute_error"
	gammaLoss     = "gamma"
	poissonLoss   = "poisson"
	quantileLoss  = "quantile"
	logLoss       = "log_loss"
)

// The choices of early_stopping.
const (
	stopAuto = "auto"
	stopYes  = "yes"
	stopNo   = "no"
)

// autoRows is the number of rows above which early_stopping auto means yes.
const autoRows = 10_000

// maxRounds bounds the time that a fit, and the memory that a model, can take.
const maxRounds = 10_000

// Params declares the parameters.
func (b *booster) Params(s *param.Set) {
	if b.task == learn.Regression {
		s.Choice(&b.loss, "loss", squaredError, []string{squaredError, absoluteError, gammaLoss, poissonLoss, quantileLoss},
			"What counts as wrong: squared_error predicts means, absolute_error medians that outliers do not move, poisson counts and gamma amounts above 0, quantile a chosen quantile.")
		s.Float(&b.quantile, "quantile", 0.5, param.Between(0, 1),
			"The quantile that loss quantile predicts: 0.9 is a number that 90 % of the targets stay below.")
	} else {
		s.Choice(&b.loss, "loss", logLoss, []string{logLoss},
			"log_loss asks for probabilities that match how often classes occur.")
	}
	s.Float(&b.rate, "learning_rate", 0.1, param.Above(0),
		"How much of each tree's correction is taken. Smaller ones need more rounds and often predict better.")
	s.Int(&b.rounds, "max_iter", 100, param.Between(1, maxRounds),
		"Rounds at most. Each adds one tree, or one for each of three classes or more.")
	s.IntOrNone(&b.maxLeaves, "max_leaf_nodes", 31, param.AtLeast(2),
		"Leaves of a tree at most; none leaves that to min_samples_leaf and max_depth.")
	s.MaybeInt(&b.maxDepth, "max_depth", param.AtLeast(1),
		"Most questions asked in a row.")
	s.Int(&b.minLeaf, "min_samples_leaf", 20, param.AtLeast(1),
		"Rows that each leaf must hold, whatever they weigh. Less than 20 suits small data.")
	s.Float(&b.l2, "l2_regularization", 0, param.AtLeast(0),
		"Shrinks the values of leaves that hold few rows.")
	s.Float(&b.features, "max_features", 1, param.Range{Min: 0, Max: 1, Open: true},
		"Share of the columns, drawn at random, that each split looks at.")
	s.Int(&b.bins, "max_bins", mostBins, param.Between(2, mostBins),
		"Bins that the numbers of a column are put in, and the most categories that a column may have.")
	s.Signs(&b.signs, "monotonic_cst",
		"Columns along which the prediction must only rise (1) or only fall (-1). Not for three classes or more.")
	s.Choice(&b.stop, "early_stopping", stopAuto, []string{stopAuto, stopYes, stopNo},
		"Hold back part of the rows and stop once rounds no longer help them; auto does so above 10,000 rows.")
	s.Float(&b.fraction, "validation_fraction", 0.1, param.Between(0.001, 0.999),
		"Share of the rows that early stopping holds back.")
	s.Int(&b.patience, "n_iter_no_change", 10, param.Between(1, maxRounds),
		"Rounds without improvement after which early stopping stops.")
	s.Float(&b.tol, "tol", 1e-7, param.AtLeast(0),
		"Improvement of the loss that counts as one.")
	if b.task == learn.Classification {
		b.classWeight.Param(s)
	}
}

// Even reports whether all rounds are done, whatever the rows held back say.
func (b *booster) Even(rows int) bool { return !b.early(rows) }

// early reports whether a fit on n rows stops early.
func (s *settings) early(n int) bool {
	return s.stop == stopYes || s.stop == stopAuto && n > autoRows
}
