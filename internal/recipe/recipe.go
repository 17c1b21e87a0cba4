// Package recipe turns raw columns into the numbers a learner is fed. A Recipe
// is a list of unfitted steps, a value that can be edited, stored and sent;
// Fit learns what the steps need from training rows alone and returns a
// Fitted, which transforms any rows and can be written for scikit-learn.
//
// In order of use: Recipe.Features picks columns, Recipe.Resolve checks the
// steps against a table and writes out what they leave open, Recipe.Complete
// adds what the learner needs, Fit learns, Fitted.Transform applies. The steps
// people choose from stand in subpackages, each a Definition; what they are made
// of stands here.
//
// Steps happen in five phases, see Phase. On its way to numbers a column goes
// through operations (op), of which each is one scikit-learn class: most take
// and leave one column of numbers (numberOp), others change what it holds
// (shaper), make several columns of it (Several), let it go a second way beside
// the first (side), or work on several columns together (jointOp). Operations
// on prepared columns are matrixOps.
package recipe

// Step is one entry of a recipe: what is done, to which columns, and how. As
// JSON its parameters stand beside step and columns.
type Step struct {
	Name    string         // the step's name in the catalog: impute
	Columns []string       // none: every column the step applies to that no earlier step settled
	Params  map[string]any // by parameter name
}

// Recipe is a list of steps, applied in order.
type Recipe struct{ Steps []Step }

// Note says what Complete added, in a whole sentence.
type Note struct {
	Columns []string `json:"columns"`
	Message string   `json:"message"`
}

// Left is a column that is not used, and why: a clause without a full stop.
type Left struct {
	Column string `json:"column"`
	Reason string `json:"reason"`
}
