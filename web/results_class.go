package web

import (
	"fmt"
	"io"
	"slices"

	"clicktrain/internal/chart"
	"clicktrain/internal/metric"
	"clicktrain/internal/train"
	"clicktrain/views"
)

func (s *Server) classResults(page *views.ResultsPage, res *train.Result) {
	m, base := res.Classes.Model, res.Classes.Baseline
	acc, baseAcc := m.Headline().Score, base.Headline().Score
	in, _ := m.Interval()
	page.Good = in.Low > baseAcc
	page.Verdict = fmt.Sprintf("Right for %s of 100 unseen rows; always guessing %s would be right for %s.",
		views.Fixed(100*acc, 0), views.Clip(res.Labels.Text(res.Classes.BaselineClass), 40), views.Fixed(100*baseAcc, 0))
	if !page.Good {
		page.Verdict += " That is no better than guessing, within the noise."
	}
	page.Scores = scoreTiles(res, []string{"accuracy", "balanced_accuracy", "precision", "recall", "f1_score", "roc_auc", "roc_auc_ovr", "log_loss", "mcc"}, &in)
	labels := res.Labels.AllTexts()
	if len(labels) <= 50 {
		page.Plots = append(page.Plots, s.confusion(m, labels))
	}
	if len(m.ROC) > 1 {
		page.Plots = append(page.Plots, s.roc(m, labels))
	}
	page.PerClass = perClassTable(m, labels)
	if len(labels) == 2 {
		page.More = append(page.More, s.thresholdPart(m, labels), gainsPart(m, labels))
	}
	if part := s.manyClasses(m, labels); part != nil {
		page.More = append(page.More, *part)
	}
	page.More = slices.DeleteFunc(page.More, func(p views.ResultPart) bool { return len(p.Charts)+len(p.Tables) == 0 })
}

// confusion draws what was predicted for the rows of each class.
func (s *Server) confusion(m metric.ClassReport, labels []string) views.Chart {
	g := chart.Grid{Rows: clipped(labels), Cols: clipped(labels), Format: chart.Count, RowLabel: "Actual", ColLabel: "Predicted"}
	table := &views.Table{Caption: "Actual classes down, predicted classes across", Heads: []views.Head{{Name: "Actual"}}}
	worst, worstAt := 0, [2]int{}
	for i, row := range m.Confusion {
		table.Heads = append(table.Heads, views.Head{Name: labels[i], Number: true, Code: true})
		values, cells := make([]float64, len(row)), []views.Cell{{Text: views.Clip(labels[i], 40), Code: true}}
		for j, n := range row {
			values[j] = float64(n)
			g.Max = max(g.Max, values[j])
			cells = append(cells, views.Cell{Text: views.Count(n)})
			if i != j && n > worst {
				worst, worstAt = n, [2]int{i, j}
			}
		}
		g.Values = append(g.Values, values)
		table.Rows = append(table.Rows, cells)
	}
	caption := "Every test row was predicted right."
	if worst > 0 {
		caption = fmt.Sprintf("The most frequent mistake: %s of %s taken for %s.", views.Plural(worst, "row"), views.Clip(labels[worstAt[0]], 40), views.Clip(labels[worstAt[1]], 40))
	}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Heatmap(w, g, chart.Text{Title: "Confusion matrix", Desc: caption}, size)
	}, 0)
	return views.Chart{
		Name: "confusion", SVG: wide, Narrow: narrow,
		Caption: caption, Table: table,
		Explain: "A confusion matrix: each row is what the test rows are, each column what the model said. The diagonal is right.",
	}
}

// roc draws how the finds of the second class grow with the false alarms.
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
	caption := fmt.Sprintf("In %s of 100 pairs, the row that is %s is given the higher probability.", views.Fixed(100*auc.Score, 0), views.Clip(labels[1], 40))
	plot := chart.Plot{Curves: []chart.Curve{curve}, XLabel: "False alarms: rows of the other class taken for it", YLabel: "Found: rows of the class", Unit: true, Diagonal: true, DiagonalName: "guessing"}
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
