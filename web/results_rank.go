package web

import (
	"fmt"
	"io"
	"math"
	"slices"

	"clicktrain/internal/chart"
	"clicktrain/internal/metric"
	"clicktrain/internal/train"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// ranking is the session's models beside the one that is looked at.
type ranking struct {
	current *workflow.Trained
	same    []*workflow.Trained // those that compare with it, itself included, the best first
	others  []*workflow.Trained // for other questions, on other test rows, of another class of interest
	name    string              // the score that ranks
	folds   bool                // by its mean over the folds of each cross-validation
	tied    int                 // how many of same the noise does not tell from the first, itself included
}

func newRanking(current *workflow.Trained, all []*workflow.Trained) ranking {
	r := ranking{current: current}
	for _, t := range all {
		if current.Result.Comparable(t.Result) && positiveOf(t) == positiveOf(current) {
			r.same = append(r.same, t)
		} else {
			r.others = append(r.others, t)
		}
	}
	for _, name := range current.Result.Suits() {
		if r.name == "" && !slices.ContainsFunc(r.same, func(t *workflow.Trained) bool { return !modelScore(t, name).Defined() }) {
			r.name = name
		}
	}
	if r.name == "" {
		r.name = current.Result.Headline().Name
	}
	r.folds = !slices.ContainsFunc(r.same, func(t *workflow.Trained) bool {
		_, ok := r.mean(t)
		return !ok || len(t.Result.CV.Folds) != len(current.Result.CV.Folds)
	})
	slices.SortStableFunc(r.same, func(a, b *workflow.Trained) int {
		if about, _ := metric.About(r.name); about.Higher {
			a, b = b, a
		}
		return compare(r.score(a), r.score(b))
	})
	for _, t := range r.same {
		if t == r.same[0] || r.ties(t) {
			r.tied++
		}
	}
	return r
}

func positiveOf(t *workflow.Trained) int {
	if c := t.Result.Classes; c != nil {
		return c.Model.Positive
	}
	return -1
}

func modelScore(t *workflow.Trained, name string) metric.Value {
	model, _ := t.Result.Scores()
	v, ok := model.Named(name)
	if !ok {
		v.Reason = "It has no such score."
	}
	return v
}

// mean is the score over the folds, of the class that is looked at.
func (r ranking) mean(t *workflow.Trained) (float64, bool) {
	if t.Result.CV == nil || spreadText(t.Result.CV.Model(), r.name, t.Result) == "" {
		return 0, false
	}
	for _, s := range t.Result.CV.Model() {
		if s.Name == r.name {
			return s.Mean, true
		}
	}
	return 0, false
}

func (r ranking) score(t *workflow.Trained) float64 {
	if r.folds {
		mean, _ := r.mean(t)
		return mean
	}
	return modelScore(t, r.name).Score
}

// ties reports whether the noise does not tell a run from the first.
func (r ranking) ties(t *workflow.Trained) bool {
	first := r.same[0].Result
	if r.folds {
		return first.TiedOverFolds(t.Result, r.name)
	}
	return first.Tied(t.Result, r.name, r.current.Plan.Spec.Seed)
}

// says tells by what the runs are ranked, and which the noise does not tell
// apart.
func (r ranking) says() string {
	by := title(r.name, r.current.Result)
	text := fmt.Sprintf("Ranked by %s on the same %s.", by, views.Plural(r.current.Result.Rows.Test, "test row"))
	if r.folds {
		text = fmt.Sprintf("Ranked by %s, the mean over the same %d folds of the training rows.", by, len(r.current.Result.CV.Folds))
	}
	switch {
	case len(r.same) < 2:
		text = "No other run answers the same question on the same test rows."
	case r.tied == len(r.same):
		text += " The noise does not tell them apart: none is the best."
	case r.tied > 1:
		text += fmt.Sprintf(" The noise does not tell the first %s apart: none of them is the best.", views.Count(r.tied))
	default:
		text += fmt.Sprintf(" Run %s is ahead of the others by more than the noise.", number(r.same[0].Run))
	}
	if len(r.same) > 1 && !r.folds {
		text += " The more runs are compared by the test rows, the more luck is in the first one's score."
	}
	if len(r.others) > 0 && len(r.same) > 1 {
		text += " Below stand runs for other questions, on other test rows or of another class of interest: they do not compare."
	}
	return text
}

// runRows lists the session's models: those that compare with the one looked
// at, in order, with the baseline among them, and then the others.
func (s *Server) runRows(r ranking) []views.RunRow {
	if len(r.same)+len(r.others) < 2 {
		return nil
	}
	_, base := r.current.Result.Scores()
	b := named(base, r.name)
	from, to := r.scale(b)
	var out []views.RunRow
	for _, t := range r.same {
		row := r.row(t, r.name)
		if t != r.same[0] && r.ties(t) || t == r.same[0] && r.tied > 1 {
			row.Tie = "tied"
		}
		in, ok := t.Result.Intervals()[r.name]
		at := modelScore(t, r.name).Score
		if !ok {
			in = metric.Interval{Low: at, High: at}
		}
		w := chart.Whisker{Low: in.Low, High: in.High, Value: at, Base: math.NaN(), From: from, To: to}
		if b.Defined() {
			w.Base = b.Score
		}
		desc := fmt.Sprintf("%s %s %s", title(r.name, t.Result), shownNumber(at), row.Noise)
		row.Bar = s.drawn(func(out io.Writer) error {
			return chart.SparkWhisker(out, w, chart.Text{Title: "Run " + number(t.Run), Desc: desc}, chart.Size{W: 160, H: 24})
		})
		out = append(out, row)
	}
	if b.Defined() {
		out = slices.Insert(out, r.baseAt(b), views.RunRow{Baseline: true, Title: "Always guessing", Target: views.Clip(r.current.Result.Target, 40),
			Score: title(r.name, r.current.Result) + " " + shownScore(b)})
	}
	for _, t := range r.others {
		row := r.row(t, t.Result.Headline().Name)
		row.Tie = "not compared"
		out = append(out, row)
	}
	return out
}

// row is a run with the named score.
func (r ranking) row(t *workflow.Trained, name string) views.RunRow {
	noise, _ := "", ""
	if in, ok := t.Result.Intervals()[name]; ok {
		noise, _ = rangeText(in)
	}
	return views.RunRow{
		Number: number(t.Run), Name: t.Name(), DeleteURL: deleteURL(t.Run, number(r.current.Run)),
		Title: t.Plan.Learner.Title, URL: views.RunURL("/results", number(t.Run)), Target: views.Clip(t.Result.Target, 40),
		Score: title(name, t.Result) + " " + shownScore(modelScore(t, name)), Noise: noise, Folds: spreadText(foldsOf(t.Result), name, t.Result),
		Time: views.Duration(seconds(t.Result.Timings.Fit)), Current: t.Number == r.current.Number,
	}
}

// baseAt is the place of the baseline's row: before the first run that is worse.
func (r ranking) baseAt(b metric.Value) int {
	for i, t := range r.same {
		if train.WorseThan(modelScore(t, r.name), b) {
			return i
		}
	}
	return len(r.same)
}

// scale spans the intervals of all runs that compare, and the baseline.
func (r ranking) scale(b metric.Value) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	reach := func(x float64) { from, to = min(from, x), max(to, x) }
	if b.Defined() {
		reach(b.Score)
	}
	for _, t := range r.same {
		reach(modelScore(t, r.name).Score)
		if in, ok := t.Result.Intervals()[r.name]; ok {
			reach(in.Low)
			reach(in.High)
		}
	}
	if from == to {
		from, to = from-0.5, to+0.5
	}
	return from, to
}
