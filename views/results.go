package views

// ResultsPage is GET /results.
type ResultsPage struct {
	Problem  *Problem // why a name was refused; nil otherwise
	Run      RunHead
	Verdict  string    // "Right for 82 of 100 unseen passengers; always guessing no would be right for 62."
	Detail   string    // one sentence: which model, on how many test rows
	Good     bool      // the model beats the dummy by more than the noise
	Interest *Interest // nil where there is no choice
	Scores   []Score
	Warnings []Alert
	Plots    []Chart // confusion matrix, or predicted against actual and what errors look like
	Matrix   *Table  // the confusion matrix as a shaded table; may be nil
	PerClass *Table  // may be nil
	Weights  []Chart // importance or coefficients by the columns of the file
	Mistakes *Table  // test rows that were predicted worst; may be nil
	More     []ResultPart
	All      *Table // every score beside the dummy's
	Check    *ResultCheck

	Recipe  []RecipeStep // what was done, as fitted; Index is not used
	From    string       // "Learned from 712 training rows; 179 test rows set aside."
	Setup   []Fact       // learner, parameters, seed
	Timings []Fact
	TryURL  string   // where a row can be predicted
	SaveURL string   // where the model can be downloaded
	MoreURL string   // the form of a training, as it was for this run
	Runs    []RunRow // every finished run of the session: those that compare in order, then the others
	Ranking string   // by what they are ranked, and which are tied

	Others    []OtherRun // the runs that have no model, the newest first
	Naming    Field      // the name that the person gives the run
	DeleteURL string     // asks whether to delete the run
}

// ResultPart is a part of the results that is shown on demand.
type ResultPart struct {
	Title  string
	Text   string // one sentence: what it is for; may be empty
	Charts []Chart
	Tables []Table
}

// ResultCheck tells of a cross-validation.
type ResultCheck struct {
	Text  string // "5 folds of the training rows: accuracy 0.81 ± 0.02."
	Notes []Alert
	Table *Table // score by fold; may be nil
}

// Interest is the choice of the class of interest.
type Interest struct {
	URL     string // where the choice is posted, as class
	Options []Option
	Note    string // why it is this one
}

// Score is a metric beside the dummy's.
type Score struct {
	Label    string // Accuracy
	Value    string // "0.82"
	Noise    string // "± 0.03": how far it would move with other test rows
	Baseline string // "0.62": the dummy's
	Worse    bool   // it is worse than the dummy's
	Weighted string // "0.81": where rows count by their weights; may be empty
	Folds    string // "0.81 ± 0.02": over the folds of the training rows; may be empty
	Rows     string // "179 test rows"
	Means    string // in plain words: "82 of 100 right"
	Explain  string // the term, on demand
}

// RunRow is a run among others, or what the baseline would score.
type RunRow struct {
	Baseline bool   // only Title, Target and Score are set
	Tie      string // "tied": the noise does not tell it from the first; may be empty
	Folds    string // "0.81 ± 0.02": over the folds of the training rows; may be empty
	Title    string // Random forest
	URL      string // its results
	Score    string // "0.82"
	Noise    string // "± 0.03"
	Bar      string // SVG of the score on a scale shared by all rows; may be empty
	Time     string
	Target   string
	Current  bool // the run being shown

	Number    string
	Name      string // what the person calls it; may be empty
	DeleteURL string // asks whether to delete it
}

// NoRunPage is a page of one run where that run has nothing to show.
type NoRunPage struct {
	Title string // Results or Download, or which run there is not
	Text  string // why there is nothing
	Hint  string // what to do; may be empty
	Runs  []Link // to the same page of the runs that have a model, and to those that go on
	Next  Link   // the way on
}
