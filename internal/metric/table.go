package metric

import (
	"fmt"
	"math"
)

// table is a confusion matrix with its margins.
// Rows count once each, or by their weights: whole numbers stay exact.
type table struct {
	cells     [][]float64
	truth     []float64 // row sums: rows of each class
	predicted []float64 // column sums: rows predicted as each class
	right, n  float64
}

// newTable counts the rows, each once where weights is nil.
func newTable(truth, predicted []int, weights []float64, classes int) *table {
	flat := make([]float64, classes*classes)
	t := &table{cells: make([][]float64, classes), truth: make([]float64, classes), predicted: make([]float64, classes)}
	for c := range t.cells {
		t.cells[c] = flat[c*classes : (c+1)*classes : (c+1)*classes]
	}
	for i, c := range truth {
		p, w := predicted[i], 1.0
		if weights != nil {
			w = weights[i]
		}
		t.cells[c][p] += w
		t.truth[c] += w
		t.predicted[p] += w
		t.n += w
		if c == p {
			t.right += w
		}
	}
	return t
}

// counts returns the cells of a table of rows that count once each.
func (t *table) counts() [][]int {
	k := len(t.cells)
	flat, out := make([]int, k*k), make([][]int, k)
	for c, row := range t.cells {
		out[c] = flat[c*k : (c+1)*k : (c+1)*k]
		for p, n := range row {
			out[c][p] = int(n)
		}
	}
	return out
}

func (t *table) perClass() []ClassScore {
	out := make([]ClassScore, len(t.cells))
	for c := range out {
		hit, support, predicted := t.cells[c][c], t.truth[c], t.predicted[c]
		s := ClassScore{
			Precision: undefined("precision", "No row was predicted as this class."),
			Recall:    undefined("recall", "No row is of this class."),
			F1:        undefined("f1_score", "No row is of this class or was predicted as it."),
			FPR:       undefined("false_positive_rate", "Every row is of this class."),
			MCC:       twoClassMCC(t.against(c)),
			Support:   int(support), Predicted: int(predicted),
		}
		if support < t.n {
			s.FPR = score("false_positive_rate", (predicted-hit)/(t.n-support))
		}
		if predicted > 0 {
			s.Precision = score("precision", hit/predicted)
		}
		if support > 0 {
			s.Recall = score("recall", hit/support)
		}
		if support+predicted > 0 {
			s.F1 = score("f1_score", 2*hit/(support+predicted))
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
	for i, c := range classes {
		support, predicted := t.truth[i], t.predicted[i]
		if support+predicted == 0 {
			continue
		}
		present++
		if support > 0 {
			known++
			balanced += c.Recall.Score
		} else {
			unseen++
		}
		if predicted == 0 {
			unpredicted++
		}
		for j, x := range [...]float64{c.Precision.Score, c.Recall.Score, c.F1.Score} {
			weighted[j] += x * support
			macro[j] += x
		}
	}
	n := t.n
	out := Scores{score(Accuracy, t.right/n), score("balanced_accuracy", balanced/known)}
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

// against counts class c against the rest.
func (t *table) against(c int) sides {
	tp := t.cells[c][c]
	s := sides{tp: tp, fp: t.predicted[c] - tp, fn: t.truth[c] - tp}
	for other, n := range t.truth {
		if other != c {
			s.tn += n - t.cells[other][c]
		}
	}
	return s
}

// sides are the rows of one class against the rest.
type sides struct{ tp, fp, fn, tn float64 }

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
	n := t.n
	dot, varTruth, varPredicted := 0.0, n*n, n*n
	for c := range t.cells {
		a, b := t.truth[c], t.predicted[c]
		dot += a * b
		varTruth -= a * a
		varPredicted -= b * b
	}
	switch {
	case used(t.truth) < 2:
		return undefined("mcc", "Every row is of one class.")
	case used(t.predicted) < 2:
		return undefined("mcc", "Every row was predicted as one class.")
	}
	return score("mcc", (t.right*n-dot)/(math.Sqrt(varTruth)*math.Sqrt(varPredicted)))
}

// used counts the classes that have rows.
func used(rows []float64) (n int) {
	for _, x := range rows {
		if x > 0 {
			n++
		}
	}
	return n
}

// twoClassMCC is mcc for one class against the rest.
func twoClassMCC(s sides) Value {
	switch {
	case s.tp+s.fn == 0 || s.tn+s.fp == 0:
		return undefined("mcc", "All or none of the rows are of this class.")
	case s.tp+s.fp == 0 || s.tn+s.fn == 0:
		return undefined("mcc", "All or none of the rows were predicted as this class.")
	}
	return score("mcc", (s.tp*s.tn-s.fp*s.fn)/(math.Sqrt(s.tp+s.fp)*math.Sqrt(s.tp+s.fn)*math.Sqrt(s.tn+s.fp)*math.Sqrt(s.tn+s.fn)))
}

// kappa is (observed − expected) / (1 − expected) agreement (Cohen 1960).
func (t *table) kappa() Value {
	expected := 0.0
	for c := range t.cells {
		expected += t.truth[c] * t.predicted[c]
	}
	if used(t.truth) < 2 && used(t.predicted) < 2 && t.right > 0 {
		return undefined("cohen_kappa", "Every row is of one class and was predicted as it.")
	}
	return score("cohen_kappa", (t.right*t.n-expected)/(t.n*t.n-expected))
}
