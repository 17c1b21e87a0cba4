// Package recipe turns raw columns into the numbers a learner is fed. A Recipe
// is a list of unfitted steps, a value that can be edited, stored and sent;
// Fit learns what the steps need from training rows alone and returns a
// Fitted, which transforms any rows and can be written for scikit-learn.
package recipe

// Step is one entry of a recipe: what is done, to which columns, and how.
type Step struct {
	Name    string         // the step's name in the catalogue: impute, encode, scale, drop_missing
	Columns []string       // none: every column the step applies to
	Params  map[string]any // by parameter name
}

// Recipe is a list of steps, applied in order.
type Recipe struct{ Steps []Step }
