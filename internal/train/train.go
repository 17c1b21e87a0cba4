// Package train runs one training: a Spec, which is a plain value, becomes a
// Pipeline (fitted recipe and model) and a Result (scores on rows that were
// set aside first, beside those of a dummy model).
//
// The order is the promise: rows are split before anything is learned, and
// the recipe and the model see the training rows alone.
package train

import (
	"fmt"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// GCPercent is the garbage collector's percentage that suits a process which
// trains: what it holds is few large slices without pointers, so that looking
// at it often costs little, and keeps its peak near what is in use.
const GCPercent = 25

// Catalog is what may be chosen from.
type Catalog struct {
	Learners []learn.Learner
	Dummy    learn.Learner // the baseline every score stands beside
	Steps    []recipe.Definition
}

// Learner returns the named learner.
func (c Catalog) Learner(name string) (learn.Learner, bool) {
	for _, l := range c.Learners {
		if l.Name == name {
			return l, true
		}
	}
	if c.Dummy.Name == name {
		return c.Dummy, true
	}
	return learn.Learner{}, false
}

// Names lists the learners that can do the task, or all where it is 0.
func (c Catalog) Names(t learn.Task) []string {
	var names []string
	for _, l := range c.Learners {
		if t == 0 || l.Can(t) {
			names = append(names, l.Name)
		}
	}
	return names
}

// Spec says everything about a run but its data: the same Spec on the same
// Frame gives the same model.
type Spec struct {
	Target   string         `json:"target"`
	Task     learn.Task     `json:"task"`
	Features []string       `json:"features"` // raw columns, in the Frame's order
	Recipe   recipe.Recipe  `json:"recipe"`   // as Recipe.Resolve and Complete left it
	Learner  string         `json:"learner"`
	Params   map[string]any `json:"params"`    // as param.Set.Decode reads them
	TestSize float64        `json:"test_size"` // share of the rows, above 0 and below 1
	Seed     uint64         `json:"seed"`
	Workers  int            `json:"workers"`
	Memory   int64          `json:"memory,omitempty"`  // bytes the run may take; 0 is not known
	Seconds  float64        `json:"seconds,omitempty"` // that the run may take; 0 is not known

	// Group is a column whose equal values are kept on one side of the split;
	// empty is none. It is no feature.
	Group string `json:"group,omitempty"`

	// Copies keeps rows that are equal in all features on one side of the
	// split. It is not for use with Group.
	Copies bool `json:"copies,omitempty"`

	// Weights is a column that says how much each row counts in fitting; empty
	// counts each once. It is no feature. Scores count each row once; those by
	// weights stand beside them.
	Weights string `json:"weights,omitempty"`

	// Positive is the class of interest, as its label's text: what curves,
	// thresholds and gains are of. Empty is what Target.Interest chooses.
	Positive string `json:"positive,omitempty"`

	// Concerns are what was found in the table that may make the scores too
	// good, for the run to measure.
	Concerns []Concern `json:"concerns,omitempty"`

	// Folds is how many folds the training rows are cross-validated in, 2 to
	// 10; 0 is none.
	Folds int `json:"folds,omitempty"`
}

// Limits on what can be trained.
const (
	MinRows    = 10   // with a target
	MaxClasses = 1000 // above it the target looks like an identifier
)

// CheckTarget returns the target's labels and the rows that have one, or says
// why the column cannot be predicted. It reads the column once.
func CheckTarget(f *frame.Frame, target string, task learn.Task) (Target, error) {
	c := f.Column(target)
	if c == nil {
		return Target{}, refuse(target, "There is no column %q to predict.", target).
			WithHint("The columns are %s.", someNames(f.Names()))
	}
	t := newTarget(c, task)
	n := len(t.Rows)
	switch {
	case n == 0:
		return t, refuse(target, "The target %s is empty: no row has a value.", target).
			WithHint("Choose another column to predict.")
	case n < MinRows:
		return t, refuse(target, "Only %d rows have a value in %s; at least %d rows are needed to train.", n, target, MinRows).
			WithHint("Upload more rows, or choose another column to predict.")
	case task == learn.Regression && !c.Numbers():
		return t, refuse(target, "%s holds text, so it cannot be predicted as a number.", target).
			WithHint("Choose classification, or a target that holds numbers.")
	case task == learn.Regression && t.constant():
		return t, refuse(target, "%s is always %s; there is nothing to predict.", target, t.first(c)).
			WithHint("Choose another column to predict.")
	case task == learn.Classification && t.Labels.Len() < 2:
		return t, refuse(target, "Every row has the same value (%s) in %s. A model needs at least 2 classes.", t.first(c), target).
			WithHint("Choose another column to predict.")
	case task == learn.Classification && c.Numbers() && t.Labels.Len() > 20 && (!t.Labels.whole() || t.Labels.Len() > 100):
		return t, refuse(target, "%s is a number with %d different values.", target, t.Labels.Len()).
			WithHint("Choose regression.")
	case task == learn.Classification && (t.Labels.Len() > MaxClasses || 2*t.Labels.Len() > n && t.Labels.Len() > 20):
		return t, refuse(target, "%s has %d different values in %d rows: it looks like an identifier, not like classes.", target, t.Labels.Len(), n).
			WithHint("Choose another column to predict.")
	}
	return t, nil
}

func refuse(column, format string, args ...any) *problem.Error {
	e := problem.Field("target_column", format, args...)
	e.Column = column
	return e
}

func someNames(names []string) string {
	const most = 12
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
