// Package recipe turns raw columns into the numbers a learner is fed. A Recipe
// is a list of unfitted steps, a value that can be edited, stored and sent;
// Fit learns what the steps need from training rows alone and returns a
// Fitted, which transforms any rows and can be written for scikit-learn.
//
// In order of use: Features picks columns, Recipe.Resolve checks the steps
// against a table and writes out what they leave open, Recipe.Complete adds
// what every column needs to become a number, Fit learns, Fitted.Transform
// applies. The steps people choose from stand in subpackages, each a
// Definition; what they are made of, filling, encoding and scaling, stands
// here.
package recipe

// Step is one entry of a recipe: what is done, to which columns, and how. As
// JSON its parameters stand beside step and columns.
type Step struct {
	Name    string         // the step's name in the catalogue: impute, encode, scale, drop_missing
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
