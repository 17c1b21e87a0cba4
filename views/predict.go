package views

// PredictPage is /predict: one row to predict, and what the model says of it.
type PredictPage struct {
	Problem *Problem
	Run     RunHead
	URL     string // where the form is sent
	Fields  []Field
	TooMany string // why the row cannot be typed; empty when it can
	Answer  *PredictAnswer
	BackURL string // to the results
}

// PredictAnswer is what a model says of a row.
type PredictAnswer struct {
	Says     string  // "survived: yes"
	Likely   *Table  // the probability of each class; may be nil
	Unlikely string  // why there are no probabilities; may be empty
	Warnings []Alert // how the row is unlike the training rows
}
