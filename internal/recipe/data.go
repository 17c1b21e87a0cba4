package recipe

import "clicktrain/internal/frame"

// Training is what a recipe is fitted on.
type Training struct {
	Frame    *frame.Frame
	Features []string // raw columns to use; what the recipe says of others is ignored
	Rows     []int    // the training rows, as indices into the table

	// Y is the target of each of Rows: a class 0 … Classes-1, or a number
	// where Classes is 0. It is nil where nothing is predicted; steps that learn
	// from the target then refuse.
	Y          []float64
	Classes    int
	ClassNames []string  // texts of the classes, for column names; may be nil
	Weights    []float64 // how much each of Rows counts; nil counts each once

	Native  bool // the learner takes missing numbers and categories as they are
	Seed    uint64
	Workers int // goroutines to use; below 1 is 1
}

// Data is what a learner learns from: the prepared training rows.
type Data struct {
	X       *frame.Matrix
	Y       []float64 // the target of each row of X; nil where Training has none
	Weights []float64 // how much each row of X counts; nil counts each once

	// Kept are the table's rows that no step leaves out, in order. X holds
	// them, unless a step that balances classes has repeated or made rows, or
	// left more out: then Balanced says so, and X stands for none in particular.
	Kept     []int
	Balanced bool
}
