package web

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"clicktrain/internal/metric"
	"clicktrain/internal/train"
)

// rowsIn adds up the numbers of a column of a chart's table.
func rowsIn(t *testing.T, table [][]string, column int) int {
	t.Helper()
	all := 0
	for _, row := range table {
		n, err := strconv.Atoi(strings.ReplaceAll(row[column], " ", ""))
		if err != nil {
			t.Fatalf("%q counts no rows", row)
		}
		all += n
	}
	return all
}

// Of more than 20,000 test rows not all are drawn one by one, yet each share,
// each line of a table and each square counts them all.
func TestErrorsAreToldOfAllTestRows(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, planted("x,z,y", 105_000, func(i int) string {
		y := float64(i % 1000)
		if i*7919%97 < 30 { // far off whatever the model says
			y = -y
		}
		return fmt.Sprintf("%d,%d,%.2f", i%1000, i%4, y)
	}))
	page := s.trainOn(t, client, 2, "decision_tree", "decision_tree.max_depth=12").html(t)
	caption, desc, table := figureOf(t, page, "actual")
	if !strings.HasSuffix(caption, "of the predictions lie within a tenth of the true value.") || !strings.Contains(desc, "The 21 000 points are counted in squares") {
		t.Errorf("%q; the drawing says %q", caption, desc)
	}
	if n := rowsIn(t, table, 2); n != 21_000 {
		t.Errorf("the table counts %d test rows, want 21,000", n)
	}
	if _, desc, table := figureOf(t, page, "residuals"); rowsIn(t, table, 2) != 21_000 || !strings.Contains(desc, "21 000 points") {
		t.Errorf("the errors by prediction count %d; the drawing says %q", rowsIn(t, table, 2), desc)
	}
	if _, _, table := figureOf(t, page, "errors"); rowsIn(t, table, 2) != 21_000 {
		t.Errorf("the histogram counts %d", rowsIn(t, table, 2))
	}
}

// What is said of errors is taken from their summary, not from the points.
func TestErrorSentencesAreOfTheSummary(t *testing.T) {
	s := &Server{}
	n := &train.NumberScores{Errors: train.Errors{Rows: 30_000, Near: 29_999, Mean: 3, Size: 4, Half: 2, Most: 9,
		Edges: []float64{0, 10}, Counts: []int{30_000}}, Predictions: train.Cloud{X: []float64{1}, Y: []float64{9}, Counts: []int{30_000}}}
	if got := s.predictedActual(n).Caption; got != ">99.9% of the predictions lie within a tenth of the true value." {
		t.Errorf("one row of many that is not near: %q", got)
	}
	if got := s.residualSpread(n).Caption; got != "Half of the errors are no larger than 2, and 90 of 100 no larger than 9." {
		t.Errorf("sizes: %q", got)
	}
	for want, e := range map[string]train.Errors{
		"Predictions run high by 3 on average.": n.Errors, "Predictions run low by 3 on average.": {Mean: -3, Size: 4},
		"Errors lean to neither side.": {Mean: 0.1, Size: 4}, "Every prediction is exact.": {},
	} {
		if got := lean(e); got != want {
			t.Errorf("%+v: %q, want %q", e, got, want)
		}
	}
}

// Mistakes that are as frequent are told of alike.
func TestMistakesThatTie(t *testing.T) {
	labels := []string{"a", "b", "c"}
	for _, tt := range []struct {
		confusion [][]int
		want      string
	}{
		{[][]int{{5, 0, 0}, {0, 5, 0}, {0, 0, 5}}, "Every test row was predicted right."},
		{[][]int{{5, 1, 0}, {0, 5, 0}, {0, 0, 5}}, "The most frequent mistake: 1 row of a taken for b."},
		{[][]int{{5, 2, 0}, {2, 5, 0}, {0, 1, 5}}, "The most frequent mistakes, 2 rows each: a taken for b, and b taken for a."},
		{[][]int{{5, 1, 1}, {1, 5, 0}, {0, 0, 5}}, "3 mistakes are the most frequent, 1 row each, a taken for b among them."},
	} {
		if got := mistakeFinding(tt.confusion, labels); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.confusion, got, tt.want)
		}
	}
}

// A matrix whose last cells would not be drawn is not drawn.
func TestConfusionIsDrawnWhole(t *testing.T) {
	labels := make([]string, mostConfused)
	m := metric.ClassReport{Confusion: make([][]int, mostConfused)}
	for i := range labels {
		labels[i], m.Confusion[i] = strconv.Itoa(i), make([]int, mostConfused)
	}
	m.Confusion[mostConfused-1][0] = 9
	s := newStepSite(t)
	c := s.confusion(m, labels)
	if !strings.Contains(c.Caption, "9 rows of 43 taken for 0") || strings.Count(c.SVG, "<rect") < mostConfused*mostConfused || strings.Contains(c.SVG, "Only the first") {
		t.Errorf("%q is not of what is drawn, %d cells", c.Caption, strings.Count(c.SVG, "<rect"))
	}
}

// A model that gives every row the same probability ranks no row above another.
func TestRankedPairsCountTies(t *testing.T) {
	truth := []int{0, 1, 0, 1, 0, 1}
	proba := make([]float64, 12)
	for i := range proba {
		proba[i] = 0.5
	}
	m := metric.Classify(truth, []int{0, 0, 0, 0, 0, 0}, proba, 2)
	s := newStepSite(t)
	if got := s.roc(m, []string{"no", "yes"}).Caption; got != "In 50 of 100 pairs of a row that is yes and one that is not, the first is given the higher probability; ties count half." {
		t.Errorf("equal probabilities: %q", got)
	}
	ranks := []float64{1, -1, -2, 2, 3, -3, 0.5, -0.5, -1, 1, 2, -2}
	m = metric.ClassifyRanked(truth, []int{0, 1, 0, 0, 1, 0}, ranks, 2)
	if got := s.roc(m, []string{"no", "yes"}).Caption; !strings.Contains(got, "the higher decision value") {
		t.Errorf("a model without probabilities: %q", got)
	}
}

// The point that is told of is one of the curve: of the rows that it finds, not
// of 80, and of those that find 80 the one with the most right alarms.
func TestRecallTellsOfAPointOfTheCurve(t *testing.T) {
	for want, curve := range map[string][]metric.PRPoint{
		"At the threshold that finds 100 of 100 rows that are yes, 40 of 100 alarms are right.":          {{Precision: 1, Recall: 0.5}, {Precision: 0.4, Recall: 1}},
		"At the threshold that finds 90 of 100 rows that are yes, 70 of 100 alarms are right.":           {{Precision: 1, Recall: 0.5}, {Precision: 0.6, Recall: 0.8}, {Precision: 0.7, Recall: 0.9}, {Precision: 0.2, Recall: 1}},
		"At the threshold that finds over 99 of 100 rows that are yes, over 99 of 100 alarms are right.": {{Precision: 0.999, Recall: 0.999}},
		"No threshold finds 80 of 100 rows that are yes.":                                                {{Precision: 1, Recall: 0.5}},
	} {
		if got := recallFinding(curve, "yes"); got != want {
			t.Errorf("%v: %q, want %q", curve, got, want)
		}
	}
}

// A gap that rounds to nothing is not nothing.
func TestCalibrationGapThatIsSmall(t *testing.T) {
	s := newStepSite(t)
	for want, bins := range map[string][]metric.Bin{
		"are 0.0 points of 100 apart":           {{Predicted: 0.5, Actual: 0.5, Rows: 4}, {Predicted: 1, Actual: 1, Rows: 4}},
		"are less than 0.1 points of 100 apart": {{Predicted: 0.5, Actual: 0.5001, Rows: 4}, {Predicted: 1, Actual: 1, Rows: 4}},
		"are 7.5 points of 100 apart":           {{Predicted: 0.5, Actual: 0.6, Rows: 30}, {Predicted: 1, Actual: 1, Rows: 10}},
	} {
		if got := s.calibration(metric.ClassReport{Calibration: bins}, "yes").Caption; !strings.Contains(got, want) {
			t.Errorf("%+v: %q, want %q in it", bins, got, want)
		}
	}
}

// Exactly one half is not above it.
func TestProbabilitiesOfOneHalf(t *testing.T) {
	truth := []int{1, 1, 1, 0}
	m := metric.Classify(truth, []int{0, 0, 1, 0}, []float64{0.5, 0.5, 0.5, 0.5, 0.4, 0.6, 0.9, 0.1}, 2)
	c := newStepSite(t).probabilitySpread(m, []string{"no", "yes"})
	if c.Caption != "33% of the rows that are yes are given a probability above one half." {
		t.Errorf("%q over %v", c.Caption, c.Table.Rows)
	}
}

// The hardest class is the hardest of all, also of more than are drawn.
func TestHardestClassOfMany(t *testing.T) {
	curve := []metric.Point{{}, {FPR: 1, TPR: 1}}
	var m metric.ClassReport
	var labels []string
	for i := range 12 {
		m.Classes = append(m.Classes, metric.ClassScore{AUC: metric.Value{Score: 0.99 - 0.01*float64(i)}, ROC: curve})
		labels = append(labels, fmt.Sprintf("c%02d", i))
	}
	s := newStepSite(t)
	c := s.classCurves(m, labels)
	if c.Caption != "c11 is the hardest to tell from the rest (ROC AUC 0.880). The 8 hardest of 12 classes are drawn." || len(c.Table.Rows) != mostCurves || c.Table.Rows[0][0].Text != "c11" {
		t.Errorf("%q over %v", c.Caption, c.Table.Rows)
	}
	m.Classes[10].AUC.Score = 0.8801
	if c := s.classCurves(m, labels); !strings.HasPrefix(c.Caption, "c11 and c10 are the hardest") {
		t.Errorf("a tie: %q", c.Caption)
	}
	for i := range m.Classes {
		m.Classes[i].AUC.Score = 1
	}
	if c := s.classCurves(m, labels); !strings.HasPrefix(c.Caption, "Each class is as easy to tell from the rest as any other (ROC AUC 1.000).") {
		t.Errorf("all alike: %q", c.Caption)
	}
	m.TopK = []float64{0.9, 0.9999}
	if part := s.manyClasses(m, labels); part.Text != "With two guesses it would be right for over 99 of 100 rows." {
		t.Errorf("one row of many: %q", part.Text)
	}
}

// Columns of equal weight are named together, and a model that uses none says
// so.
func TestImportanceTellsTies(t *testing.T) {
	for want, columns := range map[string][]train.ColumnShare{
		"a matters most to this model: 70% of what it uses.":                      {{Column: "a", Share: 0.7}, {Column: "b", Share: 0.3}},
		"a and b matter most to this model: 40% each of what it uses.":            {{Column: "a", Share: 0.401}, {Column: "b", Share: 0.399}, {Column: "c", Share: 0.2}},
		"a is the only column that this model uses.":                              {{Column: "a", Share: 1}},
		"This model uses no column: it gives the same answer whatever they hold.": {{Column: "a"}, {Column: "b"}},
	} {
		if got := importanceFinding(columns); got != want {
			t.Errorf("%v: %q, want %q", columns, got, want)
		}
	}
	s := newStepSite(t)
	client := s.load(t, planted("x,y", 200, func(i int) string { return fmt.Sprintf("%d,%d.5", i%2, i*7%40) }))
	page := s.trainOn(t, client, 1, "lasso", "lasso.alpha=1000").html(t)
	says(t, page, "importance", "This model uses no column: it gives the same answer whatever they hold.")
}
