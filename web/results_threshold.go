package web

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	"clicktrain/internal/chart"
	"clicktrain/internal/metric"
	"clicktrain/views"
)

// thresholdPart shows what comes of saying the class of interest at other
// probabilities than one half.
func (s *Server) thresholdPart(m metric.ClassReport, labels []string) views.ResultPart {
	second, first := ofInterest(m, labels)
	part := views.ResultPart{Title: "Where to draw the line between " + first + " and " + second,
		Text: "A row counts as " + second + " from a threshold on. A lower one finds more of them and raises more false alarms."}
	if len(m.Calibration) == 0 && len(m.Thresholds) > 0 {
		part.Text += " This model tells no probabilities: thresholds are its decision values, and 0 is where it draws the line."
	}
	if len(m.PrecisionRecall) > 1 {
		part.Charts = append(part.Charts, s.precisionRecall(m, second))
	}
	if len(m.Calibration) > 1 {
		part.Charts = append(part.Charts, s.calibration(m, second), s.probabilitySpread(m, labels))
	}
	if len(m.Best) > 0 {
		part.Tables = append(part.Tables, bestTable(m.Best))
	}
	if len(m.Thresholds) > 0 {
		part.Tables = append(part.Tables, cutTable(m.Thresholds))
	}
	return part
}

// precisionRecall draws how often alarms are right against how much is found.
func (s *Server) precisionRecall(m metric.ClassReport, second string) views.Chart {
	curve := chart.Curve{Name: "this model"}
	table := &views.Table{Caption: "Precision and recall by threshold", Heads: []views.Head{{Name: "Found"}, {Name: "Alarms that are right", Number: true}, {Name: "Threshold", Number: true}}}
	for i, p := range m.PrecisionRecall {
		curve.X, curve.Y = append(curve.X, p.Recall), append(curve.Y, p.Precision)
		if i%max(1, len(m.PrecisionRecall)/20) == 0 || i == len(m.PrecisionRecall)-1 {
			table.Rows = append(table.Rows, views.Texts(views.Percent(p.Recall), views.Percent(p.Precision), shownNumber(p.Threshold)))
		}
	}
	caption := recallFinding(m.PrecisionRecall, second)
	plot := chart.Plot{Curves: []chart.Curve{curve}, XLabel: "Found: rows of the class (recall)", YLabel: "Alarms that are right (precision)", Unit: true}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Lines(w, plot, chart.Text{Title: "Precision-recall curve", Desc: caption}, size)
	}, 400)
	return views.Chart{Name: "precision-recall", SVG: wide, Narrow: narrow, Caption: caption, Table: table,
		Explain: "The precision-recall curve: each point is a threshold. Where the class is rare, it tells more than the ROC curve. The area under it is the average precision."}
}

// recallFinding tells of the point of a curve with the most right alarms among
// those that find 80 of 100 rows or more.
func recallFinding(curve []metric.PRPoint, second string) string {
	var best metric.PRPoint
	for _, p := range curve {
		if p.Recall >= 0.8 && p.Precision > best.Precision {
			best = p
		}
	}
	if best.Recall == 0 {
		return fmt.Sprintf("No threshold finds 80 of 100 rows that are %s.", second)
	}
	return fmt.Sprintf("At the threshold that finds %s of 100 rows that are %s, %s of 100 alarms are right.", of100(best.Recall), second, of100(best.Precision))
}

// calibration draws what came true against what was said.
func (s *Server) calibration(m metric.ClassReport, second string) views.Chart {
	curve := chart.Curve{Name: "this model"}
	table := &views.Table{Caption: "What was said and what came true", Heads: []views.Head{{Name: "Probability from"}, {Name: "To", Number: true}, {Name: "Said, on average", Number: true}, {Name: "Came true", Number: true}, {Name: "Rows", Number: true}}}
	gap, rows := 0.0, 0
	for _, b := range m.Calibration {
		curve.X, curve.Y = append(curve.X, b.Predicted), append(curve.Y, b.Actual)
		table.Rows = append(table.Rows, views.Texts(views.Fixed(b.Low, 1), views.Fixed(b.High, 1), views.Percent(b.Predicted), views.Percent(b.Actual), views.Count(b.Rows)))
		gap += float64(b.Rows) * math.Abs(b.Predicted-b.Actual)
		rows += b.Rows
	}
	off := views.Fixed(100*gap/float64(rows), 1)
	if gap > 0 && off == "0.0" {
		off = "less than 0.1"
	}
	caption := fmt.Sprintf("Over groups of like probability, what it tells of %s and what came true are %s points of 100 apart on average.", second, off)
	plot := chart.Plot{Curves: []chart.Curve{curve}, XLabel: "Probability that the model tells", YLabel: "Share that came true", Unit: true, Diagonal: true, DiagonalName: "exact", Marks: true}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Lines(w, plot, chart.Text{Title: "Calibration", Desc: caption}, size)
	}, 400)
	return views.Chart{Name: "calibration", SVG: wide, Narrow: narrow, Caption: caption, Table: table,
		Explain: "Calibration: of the rows that are given a probability of 70 %, 70 of 100 should be of the class. Below the line the class came true less often than the model told, above it more often."}
}

// probabilitySpread draws which probabilities the rows of each class are given.
func (s *Server) probabilitySpread(m metric.ClassReport, labels []string) views.Chart {
	second, first := ofInterest(m, labels)
	curves := []chart.Curve{{Name: first}, {Name: second}}
	table := &views.Table{Caption: "Rows of each class by the probability of " + second, Heads: []views.Head{
		{Name: "Probability from"}, {Name: "To", Number: true}, {Name: first, Number: true}, {Name: second, Number: true}}}
	above := 0.0
	for _, b := range m.Calibration {
		middle, yes := (b.Low+b.High)/2, math.Round(b.Actual*float64(b.Rows))
		no := float64(b.Rows) - yes
		for i, n := range []float64{no, yes} {
			curves[i].X, curves[i].Y = append(curves[i].X, middle), append(curves[i].Y, n)
		}
		if b.Low >= 0.5-1e-9 {
			above += yes
		}
		table.Rows = append(table.Rows, views.Texts(views.Fixed(b.Low, 1), views.Fixed(b.High, 1), views.Count(int(no)), views.Count(int(yes))))
	}
	caption := fmt.Sprintf("%s of the rows that are %s are given a probability above one half.", share(int(above), m.Classes[m.Positive].Support), second)
	plot := chart.Plot{Curves: curves, XLabel: "Probability of " + second, YLabel: "Test rows", Marks: true}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Lines(w, plot, chart.Text{Title: "Probabilities by class", Desc: caption}, size)
	}, 320)
	return views.Chart{Name: "probabilities", SVG: wide, Narrow: narrow, Caption: caption, Table: table,
		Explain: "How the test rows of each class spread over the probabilities. The less the two overlap, the better the model tells them apart."}
}

// criterionWords say what a threshold is the best for.
var criterionWords = map[string]string{
	"f1": "F1: finds and right alarms alike", "f2": "F2: finds before right alarms", "f0point5": "F0.5: right alarms before finds",
	"accuracy": "Accuracy: most rows right", "precision": "Precision: right alarms only", "recall": "Recall: finds only", "specificity": "Specificity: no false alarms",
	"absolute_mcc": "Matthews correlation, whatever its sign", "min_per_class_accuracy": "The class that fares worse",
	"mean_per_class_accuracy": "Both classes alike (balanced accuracy)",
}

func bestTable(best []metric.Best) views.Table {
	t := views.Table{Caption: "The best threshold for each aim, found on the test rows", Heads: append([]views.Head{{Name: "Aim"}, {Name: "Score", Number: true}}, cutHeads()...)}
	for _, b := range best {
		t.Rows = append(t.Rows, append(views.Texts(criterionWords[b.Criterion], shownNumber(b.Score)), cutCells(b.Cut)...))
	}
	return t
}

// mostCuts is how many thresholds the page lists.
const mostCuts = 25

func cutTable(cuts []metric.Cut) views.Table {
	t := views.Table{Caption: "What comes of a threshold", Heads: cutHeads()}
	t.Heads[0].Number = false
	step := max(1, (len(cuts)+mostCuts-1)/mostCuts)
	for i, c := range cuts {
		if i%step == 0 || i == len(cuts)-1 {
			t.Rows = append(t.Rows, cutCells(c))
		}
	}
	return t
}

func cutHeads() []views.Head {
	var out []views.Head
	for _, name := range []string{"Threshold", "Found", "Missed", "False alarms", "Rightly left", "Precision", "Recall"} {
		out = append(out, views.Head{Name: name, Number: true})
	}
	return out
}

func cutCells(c metric.Cut) []views.Cell {
	return views.Texts(shownNumber(c.Threshold), views.Count(c.TP), views.Count(c.FN), views.Count(c.FP), views.Count(c.TN), share(c.TP, c.TP+c.FP), share(c.TP, c.TP+c.FN))
}

// gainsPart shows how much of the class of interest is among the likeliest rows.
func gainsPart(m metric.ClassReport, labels []string) views.ResultPart {
	second, _ := ofInterest(m, labels)
	part := views.ResultPart{Title: "If only some rows can be looked at", Text: fmt.Sprintf("Rows in order of how likely they are %s, the likeliest first.", second)}
	if len(m.Gains) == 0 {
		return part
	}
	t := views.Table{Caption: "Gains and lift", Heads: []views.Head{{Name: "Rows looked at"}, {Name: "Found so far", Number: true}, {Name: "Share of " + second + " in the group", Number: true},
		{Name: "Lift", Number: true}, {Name: "Lift so far", Number: true}, {Name: "Threshold", Number: true}}}
	for _, g := range m.Gains {
		t.Rows = append(t.Rows, views.Texts(views.Percent(g.Rows), views.Percent(g.FoundSoFar), views.Percent(g.Rate), views.Fixed(g.Lift, 2), views.Fixed(g.LiftSoFar, 2), shownNumber(g.Threshold)))
	}
	part.Tables = []views.Table{t}
	return part
}

// mostCurves is how many classes have a curve on one chart.
const mostCurves = 8

// manyClasses shows what three or more classes have of their own: how often the
// right one is among the likeliest, and a ROC curve of each against the rest.
func (s *Server) manyClasses(m metric.ClassReport, labels []string) *views.ResultPart {
	if len(labels) < 3 {
		return nil
	}
	part := &views.ResultPart{Title: "Second guesses, and each class against the rest"}
	if len(m.TopK) > 1 {
		t := views.Table{Caption: "How often the right class is among the likeliest", Heads: []views.Head{{Name: "Guesses"}, {Name: "Right class among them", Number: true}}}
		for k, x := range m.TopK {
			t.Rows = append(t.Rows, views.Texts(views.Count(k+1), views.Percent(x)))
		}
		part.Tables = append(part.Tables, t)
		part.Text = fmt.Sprintf("With two guesses it would be right for %s of 100 rows.", of100(m.TopK[1]))
	}
	if c := s.classCurves(m, labels); c != nil {
		part.Charts = append(part.Charts, *c)
	}
	return part
}

// classCurves draws the classes that are the hardest to tell from the rest.
func (s *Server) classCurves(m metric.ClassReport, labels []string) *views.Chart {
	var order []int
	for i, c := range m.Classes {
		if len(c.ROC) > 1 {
			order = append(order, i)
		}
	}
	if len(order) == 0 {
		return nil
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(m.Classes[i].AUC.Score, m.Classes[j].AUC.Score) })
	all := len(order)
	caption := hardestFinding(m, labels, order)
	order = order[:min(all, mostCurves)]
	if all > mostCurves {
		caption += fmt.Sprintf(" The %d hardest of %d classes are drawn.", mostCurves, all)
	}
	plot := chart.Plot{XLabel: "False alarms", YLabel: "Found", Unit: true, Diagonal: true, DiagonalName: "guessing"}
	table := &views.Table{Caption: "ROC AUC of each class against the rest", Heads: []views.Head{{Name: "Class"}, {Name: "ROC AUC", Number: true}}}
	for _, i := range order {
		curve := chart.Curve{Name: views.Clip(labels[i], 30)}
		for _, p := range m.Classes[i].ROC {
			curve.X, curve.Y = append(curve.X, p.FPR), append(curve.Y, p.TPR)
		}
		plot.Curves = append(plot.Curves, curve)
		table.Rows = append(table.Rows, []views.Cell{{Text: views.Clip(labels[i], 40), Code: true}, {Text: shownScore(m.Classes[i].AUC)}})
	}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Lines(w, plot, chart.Text{Title: "ROC curve of each class", Desc: caption}, size)
	}, 400)
	return &views.Chart{Name: "classes", SVG: wide, Narrow: narrow, Caption: caption, Table: table,
		Explain: "A ROC curve for each class, as if the question were this class or another."}
}

// hardestFinding names the classes with the lowest ROC AUC, by which order goes.
func hardestFinding(m metric.ClassReport, labels []string, order []int) string {
	shown := func(i int) string { return shownScore(m.Classes[i].AUC) }
	n := alikeFirst(order, shown)
	if n == len(order) && n > 1 {
		return fmt.Sprintf("Each class is as easy to tell from the rest as any other (ROC AUC %s).", shown(order[0]))
	}
	names := make([]string, n)
	for k, i := range order[:n] {
		names[k] = views.Clip(labels[i], 40)
	}
	return fmt.Sprintf("%s %s the hardest to tell from the rest (ROC AUC %s).", enumerate(names), verb(n, "is", "are"), shown(order[0]))
}
