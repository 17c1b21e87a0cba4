package metric

import (
	"fmt"
	"math"
)

// ClassReport scores a classification.
type ClassReport struct {
	Rows      int          `json:"rows"`
	Scores    Scores       `json:"scores"`               // accuracy first
	Classes   []ClassScore `json:"classes"`              // by class index
	Confusion [][]int      `json:"confusion"`            // k×k: rows are the truth, columns the prediction
	TopK      []float64    `json:"hit_ratios,omitempty"` // share of rows whose class is among the 1, 2 … 10 most probable; nil without probabilities

	// Of class 1, where there are 2 classes and something to rank rows by; nil
	// otherwise, and where either class has no rows.
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
	return classify(truth, predicted, proba, proba, classes)
}

// ClassifyRanked is Classify for a model that ranks rows without telling
// probabilities: decision is n×classes by row, the higher the likelier, and
// with 2 classes only that of class 1 counts. What needs probabilities is
// undefined.
func ClassifyRanked(truth, predicted []int, decision []float64, classes int) ClassReport {
	return classify(truth, predicted, nil, decision, classes)
}

func classify(truth, predicted []int, proba, ranks []float64, classes int) ClassReport {
	n := len(truth)
	for _, x := range [][]float64{proba, ranks} {
		if len(predicted) != n || x != nil && len(x) != n*classes {
			panic(fmt.Sprintf("metric: %d true classes, %d predicted, %d numbers for %d classes",
				n, len(predicted), len(x), classes))
		}
	}
	t := newTable(truth, predicted, classes)
	r := ClassReport{Rows: n, Confusion: t.cells, Classes: t.perClass()}
	r.Scores = t.scores(r.Classes)
	if classes == 2 {
		r.Scores = append(r.Scores, t.ofClass1()...)
	}
	r.Scores = append(r.Scores, r.rank(truth, ranks, rankFault(ranks, proba != nil, n))...)
	r.Scores = append(r.Scores, r.probabilities(truth, proba, probaFault(proba, n))...)
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
			FPR:       undefined("false_positive_rate", "Every row is of this class."),
			MCC:       twoClassMCC(t.against(c)),
			Support:   support, Predicted: predicted,
		}
		if support < t.n {
			s.FPR = score("false_positive_rate", float64(predicted-t.cells[c][c])/float64(t.n-support))
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
		for _, name := range classNames {
			out = append(out, undefined(name, noRows))
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
	return append(out, t.mcc(), t.kappa(), score("mean_per_class_error", 1-balanced/known))
}

// classNames are the scores that scores returns, in order.
var classNames = [...]string{Accuracy, "balanced_accuracy", "precision", "recall", "f1_score", "precision_macro", "recall_macro", "f1_macro",
	"mcc", "cohen_kappa", "mean_per_class_error"}

// ofClass1 returns the scores that only a choice between two classes has.
func (t *table) ofClass1() Scores {
	if t.n == 0 {
		return faulty(noRows, "specificity", "f05_score", "f2_score")
	}
	c := t.against(1)
	specificity := undefined("specificity", "No row is of the first class.")
	if c.TN+c.FP > 0 {
		specificity = score("specificity", ratio(c.TN, c.TN+c.FP))
	}
	out := Scores{specificity}
	for _, f := range []struct {
		name string
		beta float64
	}{{"f05_score", 0.5}, {"f2_score", 2}} {
		if c.TP+c.FP+c.FN == 0 {
			out = append(out, undefined(f.name, "No row is of the second class or was predicted as it."))
			continue
		}
		out = append(out, score(f.name, fBeta(c, f.beta)))
	}
	return out
}

// against counts class c against the rest.
func (t *table) against(c int) Cut {
	tp := t.cells[c][c]
	return Cut{TP: tp, FP: t.predicted[c] - tp, FN: t.truth[c] - tp, TN: t.n - t.truth[c] - t.predicted[c] + tp}
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

// twoClassMCC is mcc for one class against the rest.
func twoClassMCC(c Cut) Value {
	switch {
	case c.TP+c.FN == 0 || c.TN+c.FP == 0:
		return undefined("mcc", "All or none of the rows are of this class.")
	case c.TP+c.FP == 0 || c.TN+c.FN == 0:
		return undefined("mcc", "All or none of the rows were predicted as this class.")
	}
	tp, fp, fn, tn := float64(c.TP), float64(c.FP), float64(c.FN), float64(c.TN)
	return score("mcc", (tp*tn-fp*fn)/(math.Sqrt(tp+fp)*math.Sqrt(tp+fn)*math.Sqrt(tn+fp)*math.Sqrt(tn+fn)))
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
