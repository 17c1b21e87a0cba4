package metric

import (
	"fmt"
	"math"
)

// ClassReport scores a classification.
type ClassReport struct {
	Rows      int          `json:"rows"`
	Scores    Scores       `json:"scores"`        // accuracy first
	Classes   []ClassScore `json:"classes"`       // by class index
	Confusion [][]int      `json:"confusion"`     // k×k: rows are the truth, columns the prediction
	ROC       []Point      `json:"roc,omitempty"` // of class 1, where there are 2 classes and probabilities
}

// ClassScore scores one class against the rest.
type ClassScore struct {
	Precision Value `json:"precision"` // undefined where the class was never predicted
	Recall    Value `json:"recall"`    // undefined where the class has no rows
	F1        Value `json:"f1_score"`  // undefined where both are so
	Support   int   `json:"support"`   // rows of the class
	Predicted int   `json:"predicted"` // rows predicted as the class
}

// Values returns the scores in order.
func (r ClassReport) Values() []Value { return r.Scores }

// Headline returns the accuracy.
func (r ClassReport) Headline() Value {
	v, _ := r.Scores.Named(Accuracy)
	return v
}

// Interval returns the 95 % interval of the accuracy (Wilson), which is false
// without rows.
func (r ClassReport) Interval() (Interval, bool) {
	right := 0
	for c := range r.Confusion {
		right += r.Confusion[c][c]
	}
	return Wilson(right, r.Rows), r.Rows > 0
}

// Classify scores n predicted class indices against the true ones. proba is
// n×classes by row, the probability of each class, or nil where the model has
// none. With 2 classes the probability scores are those of class 1.
//
// It reads its arguments only, and panics if their lengths differ or an index
// is not below classes. The cost is O(n log n) for each class if there are
// probabilities, else O(n + classes²).
func Classify(truth, predicted []int, proba []float64, classes int) ClassReport {
	n := len(truth)
	if len(predicted) != n || proba != nil && len(proba) != n*classes {
		panic(fmt.Sprintf("metric: %d true classes, %d predicted, %d probabilities of %d classes",
			n, len(predicted), len(proba), classes))
	}
	t := newTable(truth, predicted, classes)
	r := ClassReport{Rows: n, Confusion: t.cells, Classes: t.perClass()}
	r.Scores = append(t.scores(r.Classes), probaScores(truth, proba, classes)...)
	if classes == 2 && probaFault(proba, n) == "" {
		r.ROC = thin(newRanking(truth, proba, 1, 2).roc(), maxPoints)
	}
	return r
}

// table is a confusion matrix with its margins.
type table struct {
	cells     [][]int
	truth     []int // row sums: rows of each class
	predicted []int // column sums: rows predicted as each class
	right, n  int
}

func newTable(truth, predicted []int, classes int) *table {
	flat := make([]int, classes*classes)
	t := &table{
		cells: make([][]int, classes),
		truth: make([]int, classes), predicted: make([]int, classes),
		n: len(truth),
	}
	for c := range t.cells {
		t.cells[c] = flat[c*classes : (c+1)*classes : (c+1)*classes]
	}
	for i, c := range truth {
		p := predicted[i]
		t.cells[c][p]++
		t.truth[c]++
		t.predicted[p]++
		if c == p {
			t.right++
		}
	}
	return t
}

func (t *table) perClass() []ClassScore {
	out := make([]ClassScore, len(t.cells))
	for c := range out {
		hit, support, predicted := float64(t.cells[c][c]), t.truth[c], t.predicted[c]
		s := ClassScore{
			Precision: undefined("precision", "No row was predicted as this class."),
			Recall:    undefined("recall", "No row is of this class."),
			F1:        undefined("f1_score", "No row is of this class or was predicted as it."),
			Support:   support, Predicted: predicted,
		}
		if predicted > 0 {
			s.Precision = score("precision", hit/float64(predicted))
		}
		if support > 0 {
			s.Recall = score("recall", hit/float64(support))
		}
		if support+predicted > 0 {
			s.F1 = score("f1_score", 2*hit/float64(support+predicted))
		}
		out[c] = s
	}
	return out
}

// scores returns the scores that need no probabilities. As in scikit-learn,
// averages are over the classes that occur in the truth or the prediction,
// and an undefined precision or recall counts there as 0, which a note tells.
func (t *table) scores(classes []ClassScore) Scores {
	if t.n == 0 {
		var out Scores
		for _, m := range catalog[:10] {
			out = append(out, undefined(m.Name, noRows))
		}
		return out
	}
	var balanced, known, present float64
	var weighted, macro [3]float64 // precision, recall, F1
	unpredicted, unseen := 0, 0
	for _, c := range classes {
		if c.Support+c.Predicted == 0 {
			continue
		}
		present++
		if c.Support > 0 {
			known++
			balanced += c.Recall.Score
		} else {
			unseen++
		}
		if c.Predicted == 0 {
			unpredicted++
		}
		for i, x := range [...]float64{c.Precision.Score, c.Recall.Score, c.F1.Score} {
			weighted[i] += x * float64(c.Support)
			macro[i] += x
		}
	}
	n := float64(t.n)
	out := Scores{score(Accuracy, float64(t.right)/n), score("balanced_accuracy", balanced/known)}
	for i, name := range [...]string{"precision", "recall", "f1_score"} {
		out = append(out, score(name, weighted[i]/n))
	}
	for i, name := range [...]string{"precision_macro", "recall_macro", "f1_macro"} {
		out = append(out, score(name, macro[i]/present))
	}
	if unpredicted > 0 {
		note := zeroNote(unpredicted, "was never predicted", "were never predicted")
		out[2].Note, out[5].Note = note, note
	}
	if unseen > 0 {
		out[6].Note = zeroNote(unseen, "has no rows", "have no rows")
	}
	return append(out, t.mcc(), t.kappa())
}

const noRows = "There are no rows to score."

func zeroNote(n int, one, many string) string {
	if n == 1 {
		return "1 class " + one + " and counts as 0."
	}
	return fmt.Sprintf("%s %s and count as 0.", count(n, "class"), many)
}

// mcc is the correlation of truth and prediction for any number of classes
// (Gorodkin 2004, the R_K statistic).
func (t *table) mcc() Value {
	n := float64(t.n)
	dot, varTruth, varPredicted := 0.0, n*n, n*n
	for c := range t.cells {
		a, b := float64(t.truth[c]), float64(t.predicted[c])
		dot += a * b
		varTruth -= a * a
		varPredicted -= b * b
	}
	switch {
	case varTruth == 0:
		return undefined("mcc", "Every row is of one class.")
	case varPredicted == 0:
		return undefined("mcc", "Every row was predicted as one class.")
	}
	return score("mcc", (float64(t.right)*n-dot)/(math.Sqrt(varTruth)*math.Sqrt(varPredicted)))
}

// kappa is (observed − expected) / (1 − expected) agreement (Cohen 1960).
func (t *table) kappa() Value {
	n := float64(t.n)
	expected := 0.0
	for c := range t.cells {
		expected += float64(t.truth[c]) * float64(t.predicted[c])
	}
	if expected == n*n {
		return undefined("cohen_kappa", "Every row is of one class and was predicted as it.")
	}
	return score("cohen_kappa", (float64(t.right)*n-expected)/(n*n-expected))
}
