package web

import (
	"fmt"
	"math"
	"slices"

	"clicktrain/internal/metric"
	"clicktrain/internal/train"
	"clicktrain/views"
)

// scoreTiles puts the named scores beside the baseline's.
func scoreTiles(res *train.Result, names []string, in *metric.Interval) []views.Score {
	model, baseline := res.Scores()
	var folds []train.Spread
	if res.CV != nil {
		folds = res.CV.Model()
	}
	var out []views.Score
	for _, name := range names {
		v, ok := model.Named(name)
		if !ok {
			continue
		}
		about, _ := metric.About(name)
		score := views.Score{Label: about.Title, Value: shownScore(v), Rows: views.Plural(res.Rows.Test, "test row"), Explain: about.Help}
		if b, ok := baseline.Named(name); ok {
			score.Baseline = shownScore(b)
		}
		score.Folds = spreadText(folds, name)
		if !v.Defined() {
			score.Means = v.Reason
		} else if v.Note != "" {
			score.Means = v.Note
		}
		if len(out) == 0 && in != nil {
			score.Noise, score.Means = noiseText(*in), rangeText(*in)
		}
		out = append(out, score)
	}
	return out
}

func shownScore(v metric.Value) string {
	if !v.Defined() {
		return "n/a"
	}
	return shownNumber(v.Score)
}

func shownNumber(x float64) string {
	if math.Abs(x) < 10 {
		return views.Fixed(x, 3)
	}
	return views.Num(x)
}

// noiseText says how far a score may be from what more rows would show.
func noiseText(in metric.Interval) string { return "± " + views.Fixed((in.High-in.Low)/2, 2) }

// rangeText says the same in words.
func rangeText(in metric.Interval) string {
	return "95 times of 100, other test rows would score between " + views.Fixed(in.Low, 2) + " and " + views.Fixed(in.High, 2)
}

// spreadText is a score over the folds, or empty where there is none.
func spreadText(folds []train.Spread, name string) string {
	for _, s := range folds {
		if s.Name == name && s.Reason == "" {
			return shownNumber(s.Mean) + "\u00a0±\u00a0" + shownNumber(s.SD)
		}
	}
	return ""
}

// allScores lists every score, with what it says.
func allScores(res *train.Result) *views.Table {
	model, baseline := res.Scores()
	t := &views.Table{Caption: "Every score on " + views.Plural(res.Rows.Test, "test row"), Heads: []views.Head{
		{Name: "Score"}, {Name: "This model", Number: true}, {Name: "Always guessing", Number: true},
	}}
	var folds []train.Spread
	if res.CV != nil && len(res.CV.Folds) > 0 {
		folds = res.CV.Model()
		t.Heads = append(t.Heads, views.Head{Name: "Over the folds", Number: true})
	}
	t.Heads = append(t.Heads, views.Head{Name: "What it says"})
	for _, v := range model {
		about, _ := metric.About(v.Name)
		says := about.Help
		if !v.Defined() {
			says = v.Reason
		} else if v.Note != "" {
			says += " " + v.Note
		}
		row := []views.Cell{{Text: about.Title}, {Text: shownScore(v)}, {Text: shownScore(named(baseline, v.Name))}}
		if folds != nil {
			row = append(row, views.Cell{Text: spreadText(folds, v.Name)})
		}
		t.Rows = append(t.Rows, append(row, views.Cell{Text: says, Long: true}))
	}
	return t
}

// checkPart tells of the cross-validation; nil where none was asked for.
func checkPart(res *train.Result) *views.ResultCheck {
	cv := res.CV
	if cv == nil {
		return nil
	}
	part := &views.ResultCheck{}
	if cv.Problem != "" {
		part.Notes = append(part.Notes, views.Alert{Severity: views.Warn, Text: "The training rows could not be cross-validated. " + cv.Problem})
		return part
	}
	k, model := len(cv.Folds), cv.Model()
	if head := model[0]; head.Reason == "" {
		about, _ := metric.About(head.Name)
		part.Text = fmt.Sprintf("%d folds of the training rows: %s %s; always guessing %s.", k, about.Title, spreadText(model, head.Name), spreadText(cv.Baseline(), head.Name))
	}
	if cv.Grouped {
		part.Text += " Rows that are kept together are in one fold."
	}
	if cv.Fewer != "" {
		part.Notes = append(part.Notes, views.Alert{Severity: views.Note, Text: fmt.Sprintf("%d folds instead of %d: %s.", k, cv.Asked, cv.Fewer)})
	}
	if note := gapNote(res, model); note != "" {
		part.Notes = append(part.Notes, views.Alert{Severity: views.Warn, Text: note})
	}
	part.Table = foldTable(cv, res)
	return part
}

// gapNote says that the test rows tell another story than the folds, where the
// scores are further apart than chance explains.
func gapNote(res *train.Result, folds []train.Spread) string {
	model, _ := res.Scores()
	head, test := folds[0], model[0]
	if head.Reason != "" || !test.Defined() {
		return ""
	}
	far := max(3*head.SD, 0.05)
	if d := test.Score - head.Mean; d > far {
		return fmt.Sprintf("The test rows were kinder to it (%s) than the folds: expect less on new rows.", shownScore(test))
	} else if d < -far {
		return fmt.Sprintf("It does worse on the test rows (%s) than in the folds: they may differ from the training rows.", shownScore(test))
	}
	return ""
}

// foldScores are shown for each fold.
var foldScores = []string{"accuracy", "balanced_accuracy", "f1_score", "roc_auc", "roc_auc_ovr", "log_loss", "r2_score", "mae", "rmse"}

func foldTable(cv *train.CrossValidation, res *train.Result) *views.Table {
	t := &views.Table{Caption: "Scores of each fold", Heads: []views.Head{{Name: "Fold"}, {Name: "Learned from", Number: true}, {Name: "Rows", Number: true}}}
	var names []string
	for _, v := range cv.Folds[0].Model {
		if slices.Contains(foldScores, v.Name) {
			names = append(names, v.Name)
			about, _ := metric.About(v.Name)
			t.Heads = append(t.Heads, views.Head{Name: about.Title, Number: true})
		}
	}
	row := func(name string, rows []string, scores metric.Scores) {
		cells := views.Texts(append([]string{name}, rows...)...)
		for _, n := range names {
			cells = append(cells, views.Cell{Text: shownScore(named(scores, n))})
		}
		t.Rows = append(t.Rows, cells)
	}
	for i, f := range cv.Folds {
		row(fmt.Sprint(i+1), []string{views.Count(f.Train), views.Count(f.Test)}, f.Model)
	}
	model, _ := res.Scores()
	row("Test rows", []string{views.Count(res.Rows.Train), views.Count(res.Rows.Test)}, model)
	return t
}
