// Package learn is the contract between a learner and those who use it. A
// Learner is a catalog entry, an Estimator holds parameters and fits, and a
// Model predicts; nothing is both fitted and not.
//
// Fit may rely on what package train checks before it: X has at least one row
// and one column, Y has X's rows, and unless the learner is Native, X holds
// finite numbers and one-hot groups only.
package learn

import (
	"context"
	"encoding"

	"clicktrain/internal/frame"
	"clicktrain/internal/param"
)

// Task is what is predicted.
type Task uint8

// The tasks.
const (
	Classification Task = iota + 1 // one of k classes
	Regression                     // a number
)

// String returns the task's name in the JSON API.
func (t Task) String() string {
	switch t {
	case Classification:
		return "classification"
	case Regression:
		return "regression"
	}
	return ""
}

// ParseTask returns the named task, or 0.
func ParseTask(name string) Task {
	for _, t := range []Task{Classification, Regression} {
		if t.String() == name {
			return t
		}
	}
	return 0
}

// Format is a kind of file that a model can leave as.
type Format string

// The formats.
const Sklearn Format = "pkl"

// Family is a kind of learners, as a heading over them.
type Family string

// Learner is a catalog entry.
type Learner struct {
	Name    string // as in the API: random_forest
	Title   string
	Family  Family // which others it is like; the catalog says
	Summary string // one line: when to use it
	Cost    string // one line: what it costs, and what it cannot do
	Tasks   []Task
	Exports []Format
	Scale   bool // wants columns of one scale, and one-hot rather than ordinal codes
	// AnyScale says of a learner with Scale that it predicts the same whatever
	// the scale of a column.
	AnyScale bool
	Native   bool // takes missing numbers and categories as they are: NaN, and blocks with Levels
	Weighs   bool // heeds Data.Weights

	// New returns an estimator for one of Tasks, with default parameters.
	New func(Task) Estimator
	// Model returns an empty model for decoding into: UnmarshalBinary reads
	// what MarshalBinary of a model fitted for that task wrote.
	Model func(Task) Model
}

// Can reports whether the learner handles the task.
func (l Learner) Can(t Task) bool {
	for _, x := range l.Tasks {
		if x == t {
			return true
		}
	}
	return false
}

// Estimator holds a learner's parameters.
type Estimator interface {
	// Params declares the parameters and binds them to the estimator.
	Params(*param.Set)
	// Fit learns from d, of which it changes and keeps no part. It returns
	// ctx's error within 100 ms of its end, a *problem.Error where the data
	// cannot be learned from, and the same model for the same d and seed,
	// whatever d.Workers is.
	Fit(ctx context.Context, d Data) (Model, error)
}

// Data is what a learner learns from.
type Data struct {
	X       *frame.Matrix // n×p
	Y       []float64     // n targets, or class indices 0 … Classes-1
	Classes int           // k, at least 2; 0 for regression. Every class occurs in Y.
	Seed    uint64
	Workers int // goroutines to use, at least 1

	// Memory is how many bytes the fit and its model may take; 0 is not known.
	// A learner that can tell early that it needs more says so then.
	Memory int64

	// Weights says how much each row counts: n numbers, none below 0 and one
	// above it at least. nil counts every row once. A row of weight 2 is as
	// two rows, and one of weight 0 as none, where the learner's help says
	// nothing else.
	Weights []float64

	// Names are the names of the p columns, for parameters that name columns;
	// nil where there are none.
	Names []string

	// Progress, if not nil, is told the share of work done, 0 to 1. Calls come
	// from one goroutine at a time and never fall.
	Progress func(share float64)

	// Clock says when the fit must end; nil is never. A learner that can stop
	// early keeps what it has by then, at least one tree or round, and tells the
	// clock. It is the one thing that may make two fits differ.
	Clock *Clock
}

// Even is an Estimator whose Progress on some data may grow as time goes by, up
// to 1 at the end: a fit that goes on until it is good enough cannot tell.
type Even interface {
	// Even reports whether it does on so many rows.
	Even(rows int) bool
}

// Model predicts. It is safe for use by many goroutines at once.
type Model interface {
	// Predict writes the predicted number, or the index of the predicted
	// class, of each row of X into dst, of length X.Rows. X has the p columns
	// of the fit.
	Predict(X *frame.Matrix, dst []float64)

	encoding.BinaryMarshaler
	encoding.BinaryUnmarshaler
}

// Proba is a Model of classes that tells how likely each is.
type Proba interface {
	// Proba writes the probability of class j for row i into dst[i*k+j].
	Proba(X *frame.Matrix, dst []float64)
}

// Scores is a Model of classes that says which of two rows is likelier to be of
// a class, but not how likely.
type Scores interface {
	// Scores writes the decision value of class j for row i into dst[i*k+j]:
	// the higher, the likelier. Of two classes, the first one's is the second
	// one's negated.
	Scores(X *frame.Matrix, dst []float64)
}

// Float32 is a Model that may read its columns as float32, as scikit-learn's
// trees do. Numbers beyond that range are brought to its ends before they are
// predicted from, here and in what is exported.
type Float32 interface {
	// Float32 reports whether the model, or one that it is made of, does.
	Float32() bool
}

// Importances is a Model that ranks its columns.
type Importances interface {
	// Importances returns one share for each of the p columns; they sum to 1,
	// or are all 0 where the model uses none.
	Importances() []float64
}

// Linear is a Model that weighs its columns.
type Linear interface {
	// Coefficients returns one row for each predicted number: a regression and
	// a choice between two classes have one, k classes have k. Each row has p
	// weights and the intercept.
	Coefficients() (weights [][]float64, intercepts []float64)
}

// Sized is a Model that takes much more memory than its bytes when written.
type Sized interface {
	// Bytes returns about how much memory the model takes.
	Bytes() int64
}

// Warner is a Model with something to say about its fit, in whole sentences.
type Warner interface{ Warnings() []string }
