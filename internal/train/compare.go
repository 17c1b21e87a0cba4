package train

import "clicktrain/internal/metric"

// Comparable reports whether two results answer the same question on the same
// test rows.
func (r *Result) Comparable(o *Result) bool {
	return r.Target == o.Target && r.Task == o.Task && r.Tested.Rows == o.Tested.Rows
}

// Tied reports whether r is no better than o in the named score by more than
// the noise, or by more than matters: 0.005 of a score between 0 and 1, a
// hundredth of the baseline's error. Both are to be Comparable and to have the
// score, of the same class. Answers are compared row by row where the score has
// a form for that and the rows were kept; otherwise scores whose intervals meet
// are tied.
func (r *Result) Tied(o *Result, name string, seed uint64) bool {
	model, base := r.Scores()
	other, _ := o.Scores()
	a, _ := model.Named(name)
	b, _ := other.Named(name)
	gap, matters := a.Score-b.Score, 0.005
	if !a.Higher {
		gap = -gap
		if v, _ := base.Named(name); v.Defined() {
			matters = v.Score / 100
		}
	}
	if gap < matters {
		return true
	}
	if in, ok := r.difference(o, name, seed); ok {
		return in.Has(0)
	}
	x, one := r.Intervals()[name]
	y, two := o.Intervals()[name]
	return one && two && x.Low <= y.High && y.Low <= x.High
}

// difference is the paired interval of a score, where there is one.
func (r *Result) difference(o *Result, name string, seed uint64) (metric.Interval, bool) {
	if !r.Tested.Kept() || !o.Tested.Kept() {
		return metric.Interval{}, false
	}
	if r.Classes == nil {
		if name != "rmse" {
			return metric.Interval{}, false
		}
		return metric.MSEDifference(r.Tested.Truth, r.Tested.Predicted, o.Tested.Predicted, seed)
	}
	k, at := r.Labels.Len(), r.Classes.Model.Positive
	a, b := r.Tested.Answers(k, at), o.Tested.Answers(k, at)
	switch name {
	case "roc_auc":
		return metric.AUCDifference(a, b)
	case "log_loss":
		return metric.LossDifference(a, b, seed)
	}
	return metric.Interval{}, false
}

// TiedOverFolds does what Tied does by the folds of the cross-validations, which
// are to be the same ones.
func (r *Result) TiedOverFolds(o *Result, name string) bool {
	var differences []float64
	trained, tested := 0, 0
	for i, f := range r.CV.Folds {
		a, _ := f.Model.Named(name)
		b, _ := o.CV.Folds[i].Model.Named(name)
		differences = append(differences, a.Score-b.Score)
		trained, tested = trained+f.Train, tested+f.Test
	}
	in, ok := metric.FoldDifference(differences, float64(tested)/float64(max(trained, 1)))
	return !ok || in.Has(0)
}
