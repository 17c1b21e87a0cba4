package views

import "strings"

// TrainPage is /train.
type TrainPage struct {
	Problem    *Problem
	Question   string // "Predict survived, yes or no, from 12 columns."
	Choice     TargetChoice
	TargetName string   // the chosen target; empty when none is chosen
	Tasks      []Option // classification and regression
	TaskReason string   // why the task was chosen
	Features   []string // the names of the columns that are used
	LeftOut    []LeftOut
	MoreLeft   string  // how many more are left out than LeftOut names, and why; may be empty
	Checks     []Alert // what to know before training
	Recipe     string  // "2 preparation steps: fill missing values, one-hot codes."
	RecipeURL  string  // where to change it

	Families []LearnerFamily // those to start with first
	Split    []Field         // test_size, seed and the folds of a cross-validation
	Group    Field           // the column that rows are kept together by
	Positive Field           // the class of interest; without a name where there is no choice
	Weights  Field           // the column that says how much rows count
	Blocked  string          // why training is not possible yet; empty when it is
}

// mostChips is how many names of columns the page lists.
const mostChips = 200

// LeftOut is a column that is not used as a feature.
type LeftOut struct {
	Name   string
	Reason string
	Index  string // the column's index, sent as keep to use it anyway; empty when that is not possible
	Kept   bool   // it is used anyway
}

// LearnerFamily is a group of algorithms under a heading.
type LearnerFamily struct {
	Title    string
	First    bool // stands in the open; others are folded
	Open     bool // unfolded, as it holds the one that is chosen
	Learners []LearnerCard
}

// names lists the family's algorithms.
func (f LearnerFamily) names() string {
	var names []string
	for _, l := range f.Learners {
		names = append(names, l.Title)
	}
	return strings.Join(names, ", ")
}

// LearnerCard is an algorithm to choose.
type LearnerCard struct {
	Name    string // sent as learner
	Title   string
	Summary string // one line: when to use it
	Cost    string // one line: what it costs, and what it cannot do
	Advice  string // a badge, such as "Good start"; may be empty
	Checked bool
	Refused bool    // one of its parameters was refused: they are shown opened
	Fields  []Field // named learner.parameter

	// An ensemble has the settings of its parts, which are drawn when they are
	// asked for: there are many.
	Parts     []LearnerPart
	MoreParts bool // it has parts whose settings are not drawn
}

// LearnerPart is the settings of a part of an ensemble.
type LearnerPart struct {
	Title   string
	Refused bool // one of them was refused: they are shown opened
	Fields  []Field
}
