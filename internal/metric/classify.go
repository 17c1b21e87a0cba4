package metric

import "fmt"

// ClassReport scores a classification.
type ClassReport struct {
	Rows      int          `json:"rows"`
	Scores    Scores       `json:"scores"`               // accuracy first
	Classes   []ClassScore `json:"classes"`              // by class index
	Confusion [][]int      `json:"confusion"`            // k×k: rows are the truth, columns the prediction
	TopK      []float64    `json:"hit_ratios,omitempty"` // share of rows whose class is among the 1, 2 … 10 most probable; nil without probabilities

	// Positive is the class of interest, as an index; below 0 there is none.
	Positive int `json:"positive"`

	// Intervals are 95 % intervals of scores, by name; nil where they were not
	// asked for.
	Intervals Intervals `json:"intervals,omitempty"`

	// Of the class of interest against the rest, where there is something to
	// rank rows by; nil otherwise, and where either side has no rows.
	ROC             []Point   `json:"roc,omitempty"`
	PrecisionRecall []PRPoint `json:"precision_recall,omitempty"`
	Thresholds      []Cut     `json:"thresholds,omitempty"` // what comes of up to 100 thresholds, from the highest
	Best            []Best    `json:"best_thresholds,omitempty"`
	Gains           []Gain    `json:"gains,omitempty"`
	Calibration     []Bin     `json:"calibration,omitempty"` // nil without probabilities
}

// ClassScore scores one class against the rest.
type ClassScore struct {
	Precision Value `json:"precision"`           // undefined where the class was never predicted
	Recall    Value `json:"recall"`              // undefined where the class has no rows
	F1        Value `json:"f1_score"`            // undefined where both are so
	FPR       Value `json:"false_positive_rate"` // share of the other rows taken for it; undefined where there are none
	MCC       Value `json:"mcc"`                 // undefined where truth or prediction knows one side only
	AUC       Value `json:"roc_auc"`             // undefined without something to rank by
	AP        Value `json:"average_precision"`
	Support   int   `json:"support"`   // rows of the class
	Predicted int   `json:"predicted"` // rows predicted as the class

	// ROC and Calibration are of the class against the rest, where there are
	// 3 to 20 classes.
	ROC         []Point `json:"roc,omitempty"`
	Calibration []Bin   `json:"calibration,omitempty"`
}

// Values returns the scores in order.
func (r ClassReport) Values() []Value { return r.Scores }

// Headline returns the accuracy.
func (r ClassReport) Headline() Value {
	v, _ := r.Scores.Named(Accuracy)
	return v
}

// Answers are what a model said of n rows, and what they are.
type Answers struct {
	Truth, Predicted []int     // class indices
	Proba            []float64 // n×Classes by row, the probability of each class; nil where the model tells none
	Decision         []float64 // n×Classes by row, the higher the likelier, of a model that tells no probabilities; nil otherwise
	Classes          int
	Positive         int // the class of interest: what curves, thresholds and gains are of; below 0 there is none
}

// ranks returns what rows can be ranked by, or nil.
func (a Answers) ranks() []float64 {
	if a.Proba != nil {
		return a.Proba
	}
	return a.Decision
}

// Classify scores n predicted class indices against the true ones. proba is
// n×classes by row, the probability of each class, or nil where the model has
// none. Of 2 classes class 1 is the class of interest, of more there is none.
// See Answers.Report for the rest.
func Classify(truth, predicted []int, proba []float64, classes int) ClassReport {
	return Answers{Truth: truth, Predicted: predicted, Proba: proba, Classes: classes, Positive: secondOf(classes)}.Report()
}

// ClassifyRanked is Classify for a model that ranks rows without telling
// probabilities: decision is n×classes by row, the higher the likelier. What
// needs probabilities is undefined.
func ClassifyRanked(truth, predicted []int, decision []float64, classes int) ClassReport {
	return Answers{Truth: truth, Predicted: predicted, Decision: decision, Classes: classes, Positive: secondOf(classes)}.Report()
}

func secondOf(classes int) int {
	if classes == 2 {
		return 1
	}
	return -1
}

// Report returns every score of the answers. It reads them only, and panics if
// their lengths differ or an index is not below Classes. The cost is O(n log n)
// for each class if there is something to rank by, else O(n + Classes²).
func (a Answers) Report() ClassReport {
	a.check()
	n := len(a.Truth)
	t := newTable(a.Truth, a.Predicted, nil, a.Classes)
	r := ClassReport{Rows: n, Confusion: t.counts(), Classes: t.perClass(), Positive: max(a.Positive, -1)}
	r.Scores = t.scores(r.Classes)
	if a.Positive >= 0 {
		r.Scores = append(r.Scores, t.ofInterest(a.Positive)...)
	}
	r.Scores = append(r.Scores, r.rank(a, rankFault(a.ranks(), a.Proba != nil, n))...)
	r.Scores = append(r.Scores, r.probabilities(a, probaFault(a.Proba, n))...)
	return r
}

// check panics where the parts do not fit.
func (a Answers) check() {
	n := len(a.Truth)
	for _, x := range [][]float64{a.Proba, a.Decision} {
		if len(a.Predicted) != n || x != nil && len(x) != n*a.Classes {
			panic(fmt.Sprintf("metric: %d true classes, %d predicted, %d numbers for %d classes", n, len(a.Predicted), len(x), a.Classes))
		}
	}
	if a.Positive >= a.Classes && a.Classes > 0 {
		panic(fmt.Sprintf("metric: class %d of %d", a.Positive, a.Classes))
	}
}
