package web

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"clicktrain/internal/metric"
	"clicktrain/internal/train"
	"clicktrain/views"
)

// scoreTiles puts the named scores beside the baseline's.
func scoreTiles(res *train.Result, names []string) []views.Score {
	model, baseline := res.Scores()
	weighted, _ := res.Weighted()
	var out []views.Score
	for _, name := range names {
		v, ok := model.Named(name)
		if !ok {
			continue
		}
		about, _ := metric.About(name)
		b := named(baseline, name)
		score := views.Score{Label: title(name, res), Value: shownScore(v), Baseline: shownScore(b), Rows: views.Plural(res.Rows.Test, "test row"),
			Folds: spreadText(foldsOf(res), name, res), Explain: about.Help, Worse: train.WorseThan(v, b)}
		if w, ok := weighted.Named(name); ok {
			score.Weighted = shownScore(w)
		}
		switch in, sure := res.Intervals()[name]; {
		case !v.Defined():
			score.Means = v.Reason
		case sure:
			score.Noise, score.Means = rangeText(in)
			if len(out) == 0 {
				score.Means = "95 times of 100, other test rows would score " + score.Means
			}
		}
		if v.Note != "" {
			score.Means = strings.TrimSpace(score.Means + " " + v.Note)
		}
		out = append(out, score)
	}
	return out
}

// foldsOf returns the scores over the folds; none where none were asked for.
func foldsOf(res *train.Result) []train.Spread {
	if res.CV == nil {
		return nil
	}
	return res.CV.Model()
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

// rangeText says how far a score may be from what more rows would show, and
// between what it lies; both are empty where the interval has no width.
func rangeText(in metric.Interval) (noise, between string) {
	low, high, half := views.Range(in.Low, in.High)
	if !(in.Low < in.High) {
		return "", ""
	}
	return "± " + half, "between " + low + " and " + high
}

// spreadText is a score over the folds, or empty where there is none: a score of
// the class of interest is not told where the folds had another.
func spreadText(folds []train.Spread, name string, res *train.Result) string {
	about, _ := metric.About(name)
	if c := res.Classes; c != nil && about.Of != metric.OfAll && (about.Of == metric.OfInterest || res.Labels.Len() > 2) && c.Model.Positive != c.Trained {
		return ""
	}
	for _, s := range folds {
		if s.Name == name && s.Reason == "" && s.SD == 0 {
			return shownNumber(s.Mean)
		} else if s.Name == name && s.Reason == "" {
			return shownNumber(s.Mean) + "\u00a0±\u00a0" + shownNumber(s.SD)
		}
	}
	return ""
}

// allScores lists every score, with what it says.
func allScores(res *train.Result) *views.Table {
	model, baseline := res.Scores()
	weighted, weightedBase := res.Weighted()
	t := &views.Table{Caption: "Every score on " + views.Plural(res.Rows.Test, "test row"), Heads: []views.Head{
		{Name: "Score"}, {Name: "This model", Number: true}, {Name: "Between (95%)", Number: true}, {Name: "Always guessing", Number: true},
	}}
	folds := foldsOf(res)
	if len(folds) > 0 {
		t.Heads = append(t.Heads, views.Head{Name: "Over the folds", Number: true})
	}
	if weighted != nil {
		t.Heads = append(t.Heads, views.Head{Name: "Rows by weight", Number: true}, views.Head{Name: "Guessing, by weight", Number: true})
	}
	t.Heads = append(t.Heads, views.Head{Name: "What it says"})
	for _, v := range model {
		about, _ := metric.About(v.Name)
		says, b := about.Help, named(baseline, v.Name)
		if train.WorseThan(v, b) {
			says = "Worse than always guessing. " + says
		}
		if !v.Defined() {
			says = v.Reason
		} else if v.Note != "" {
			says += " " + v.Note
		}
		between := ""
		if in, ok := res.Intervals()[v.Name]; ok {
			low, high, _ := views.Range(in.Low, in.High)
			between = low + " to " + high
		}
		row := []views.Cell{{Text: title(v.Name, res)}, {Text: shownScore(v)}, {Text: between}, {Text: shownScore(b)}}
		if len(folds) > 0 {
			row = append(row, views.Cell{Text: spreadText(folds, v.Name, res)})
		}
		if weighted != nil {
			row = append(row, views.Cell{Text: shownNamed(weighted, v.Name)}, views.Cell{Text: shownNamed(weightedBase, v.Name)})
		}
		t.Rows = append(t.Rows, append(row, views.Cell{Text: says, Long: true}))
	}
	return t
}

// shownNamed is the named score, or empty where there is no such.
func shownNamed(s metric.Scores, name string) string {
	if v, ok := s.Named(name); ok {
		return shownScore(v)
	}
	return ""
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
	for i, name := range checkScores(res) {
		of, base := spreadText(model, name, res), spreadText(cv.Baseline(), name, res)
		if of == "" {
			continue
		}
		if i == 0 || part.Text == "" {
			part.Text = fmt.Sprintf("%d folds of the training rows:", k)
		} else {
			part.Text = strings.TrimSuffix(part.Text, ".") + ";"
		}
		part.Text += fmt.Sprintf(" %s %s, always guessing %s.", title(name, res), of, base)
	}
	if text := worseFolds(cv, res); text != "" {
		part.Notes = append(part.Notes, views.Alert{Severity: views.Warn, Text: text})
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

// checkScores are told of the folds in the open: the one that suits the
// question, and the one that everyone knows.
func checkScores(res *train.Result) []string {
	if res.Classes == nil {
		return []string{res.Headline().Name, metric.R2}
	}
	return []string{res.Headline().Name, metric.Accuracy}
}

// worseFolds names the scores whose mean over the folds is worse than the
// baseline's; it is empty where there are none.
func worseFolds(cv *train.CrossValidation, res *train.Result) string {
	var list []string
	base := cv.Baseline()
	for i, s := range cv.Model() {
		about, _ := metric.About(s.Name)
		_, twin := alsoIn[s.Name]
		of := metric.Value{Name: s.Name, Score: s.Mean, Reason: s.Reason, Higher: about.Higher}
		if twin || !slices.Contains(res.Worse(), s.Name) && !slices.Contains(foldScores, s.Name) {
			continue
		}
		if b := (metric.Value{Score: base[i].Mean, Reason: base[i].Reason}); train.WorseThan(of, b) {
			list = append(list, fmt.Sprintf("%s %s (guessing %s)", title(s.Name, res), shownNumber(s.Mean), shownNumber(base[i].Mean)))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "Worse than always guessing over the folds: " + strings.Join(list, ", ") + "."
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
			t.Heads = append(t.Heads, views.Head{Name: title(v.Name, res), Number: true})
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
