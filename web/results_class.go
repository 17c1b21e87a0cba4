package web

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"clicktrain/internal/chart"
	"clicktrain/internal/metric"
	"clicktrain/internal/train"
	"clicktrain/views"
)

func (s *Server) classResults(page *views.ResultsPage, res *train.Result) {
	m := res.Classes.Model
	page.Good, page.Verdict = res.Verdict().Better, classVerdict(res)
	page.Scores = scoreTiles(res, classTiles(res))
	labels := res.Labels.AllTexts()
	if len(labels) <= mostConfused {
		page.Plots = append(page.Plots, s.confusion(m, labels))
	}
	if len(m.ROC) > 1 {
		page.Plots = append(page.Plots, s.roc(m, labels))
	}
	page.PerClass = perClassTable(m, labels)
	if m.Positive >= 0 {
		page.More = append(page.More, s.thresholdPart(m, labels), gainsPart(m, labels))
	}
	if part := s.manyClasses(m, labels); part != nil {
		page.More = append(page.More, *part)
	}
	page.More = slices.DeleteFunc(page.More, func(p views.ResultPart) bool { return len(p.Charts)+len(p.Tables) == 0 })
}

// mostConfused is how many classes a confusion matrix is drawn for: more cells
// would not all be drawn.
const mostConfused = 44

// classTiles names the scores in the open, the one that suits first.
func classTiles(res *train.Result) []string {
	if res.Classes.Model.Positive < 0 {
		return []string{metric.Accuracy, "balanced_accuracy", "f1_macro", "log_loss", "roc_auc_ovr"}
	}
	names := []string{"roc_auc", metric.RecallOfInterest, metric.PrecisionOfInterest, metric.Accuracy, "log_loss"}
	if first := res.Suits()[0]; first != names[0] { // of a rare class the accuracy says little
		names = []string{first, "roc_auc", metric.RecallOfInterest, metric.PrecisionOfInterest, "log_loss"}
	}
	return names
}

// ofInterest returns the class of interest as text, and what all others are
// called beside it.
func ofInterest(m metric.ClassReport, labels []string) (class, rest string) {
	if len(labels) == 2 {
		return views.Clip(labels[m.Positive], 40), views.Clip(labels[1-m.Positive], 40)
	}
	return views.Clip(labels[m.Positive], 40), "any other class"
}

// confusion draws what was predicted for the rows of each class.
func (s *Server) confusion(m metric.ClassReport, labels []string) views.Chart {
	g := chart.Grid{Rows: clipped(labels), Cols: clipped(labels), Format: chart.Count, RowLabel: "Actual", ColLabel: "Predicted"}
	table := &views.Table{Caption: "Actual classes down, predicted classes across", Heads: []views.Head{{Name: "Actual"}}}
	for i, row := range m.Confusion {
		table.Heads = append(table.Heads, views.Head{Name: labels[i], Number: true, Code: true})
		values, cells := make([]float64, len(row)), []views.Cell{{Text: views.Clip(labels[i], 40), Code: true}}
		for j, n := range row {
			values[j] = float64(n)
			g.Max = max(g.Max, values[j])
			cells = append(cells, views.Cell{Text: views.Count(n)})
		}
		g.Values = append(g.Values, values)
		table.Rows = append(table.Rows, cells)
	}
	caption := mistakeFinding(m.Confusion, labels)
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Heatmap(w, g, chart.Text{Title: "Confusion matrix", Desc: caption}, size)
	}, 0)
	return views.Chart{
		Name: "confusion", SVG: wide, Narrow: narrow,
		Caption: caption, Table: table,
		Explain: "A confusion matrix: each row is what the test rows are, each column what the model said. The diagonal is right.",
	}
}

// mistakeFinding names the most frequent mistakes of a confusion matrix.
func mistakeFinding(confusion [][]int, labels []string) string {
	type mistake struct{ is, said, rows int }
	var all []mistake
	for i, row := range confusion {
		for j, n := range row {
			if i != j && n > 0 {
				all = append(all, mistake{i, j, n})
			}
		}
	}
	if len(all) == 0 {
		return "Every test row was predicted right."
	}
	slices.SortStableFunc(all, func(a, b mistake) int { return b.rows - a.rows })
	n := alikeFirst(all, func(m mistake) string { return strconv.Itoa(m.rows) })
	taken := func(m mistake) string {
		return views.Clip(labels[m.is], 40) + " taken for " + views.Clip(labels[m.said], 40)
	}
	if n == 1 {
		return fmt.Sprintf("The most frequent mistake: %s of %s.", views.Plural(all[0].rows, "row"), taken(all[0]))
	}
	if n == 2 {
		return fmt.Sprintf("The most frequent mistakes, %s each: %s, and %s.", views.Plural(all[0].rows, "row"), taken(all[0]), taken(all[1]))
	}
	return fmt.Sprintf("%s mistakes are the most frequent, %s each, %s among them.", views.Count(n), views.Plural(all[0].rows, "row"), taken(all[0]))
}

// roc draws how the finds of the class of interest grow with the false alarms.
func (s *Server) roc(m metric.ClassReport, labels []string) views.Chart {
	curve := chart.Curve{Name: "this model"}
	table := &views.Table{Caption: "False alarms and finds by threshold", Heads: []views.Head{{Name: "False alarms"}, {Name: "Found", Number: true}}}
	for i, p := range m.ROC {
		curve.X, curve.Y = append(curve.X, p.FPR), append(curve.Y, p.TPR)
		if i%max(1, len(m.ROC)/20) == 0 || i == len(m.ROC)-1 {
			table.Rows = append(table.Rows, views.Texts(views.Percent(p.FPR), views.Percent(p.TPR)))
		}
	}
	auc, _ := m.Scores.Named("roc_auc")
	told := "probability"
	if len(m.Calibration) == 0 {
		told = "decision value"
	}
	class, _ := ofInterest(m, labels)
	caption := fmt.Sprintf("In %s of 100 pairs of a row that is %s and one that is not, the first is given the higher %s; ties count half.", of100(auc.Score), class, told)
	plot := chart.Plot{Curves: []chart.Curve{curve}, XLabel: "False alarms: other rows taken for " + class, YLabel: "Found: rows that are " + class, Unit: true, Diagonal: true, DiagonalName: "guessing"}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Lines(w, plot, chart.Text{Title: "ROC curve", Desc: caption}, size)
	}, 400)
	return views.Chart{
		Name: "roc", SVG: wide, Narrow: narrow,
		Caption: caption, Table: table,
		Explain: "The ROC curve: lowering the probability at which a row counts as the class finds more of them and raises more false alarms. The area under it is the ROC AUC.",
	}
}

// perClassTable scores each class against the rest.
func perClassTable(m metric.ClassReport, labels []string) *views.Table {
	t := &views.Table{Caption: "Scores of each class against the rest", Heads: []views.Head{{Name: "Class"}}}
	for _, name := range []string{"Precision", "Recall", "F1", "False alarms", "MCC", "ROC AUC", "Average precision", "Test rows", "Predicted"} {
		t.Heads = append(t.Heads, views.Head{Name: name, Number: true})
	}
	for i, c := range m.Classes[:min(len(m.Classes), pageList)] {
		row := []views.Cell{{Text: views.Clip(labels[i], 40), Code: true}}
		for _, v := range []metric.Value{c.Precision, c.Recall, c.F1, c.FPR, c.MCC, c.AUC, c.AP} {
			row = append(row, views.Cell{Text: shownScore(v)})
		}
		t.Rows = append(t.Rows, append(row, views.Texts(views.Count(c.Support), views.Count(c.Predicted))...))
	}
	return t
}
