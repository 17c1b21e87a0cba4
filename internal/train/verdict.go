package train

import "clicktrain/internal/metric"

// Verdict says whether a model does better than the baseline.
type Verdict struct {
	By            string // the score that it goes by
	Sure          bool   // the score has an interval: without one neither of the others is set
	Better, Worse bool   // by more than the noise
}

// rareShare is below which share of the rows a class is so rare that ROC AUC
// flatters.
const rareShare = 0.05

// Suits returns the scores that suit the question, the best suited first: the
// first of them that all models have compares these.
func (r *Result) Suits() []string {
	switch {
	case r.Classes == nil:
		return []string{"rmse", "mae"}
	case r.Classes.Model.Positive < 0:
		return []string{"log_loss", "roc_auc_ovr", "balanced_accuracy", metric.Accuracy}
	case r.Classes.rare():
		return []string{"average_precision", "roc_auc", metric.F1OfInterest, "balanced_accuracy", metric.Accuracy}
	}
	return []string{"roc_auc", "average_precision", "balanced_accuracy", metric.Accuracy}
}

// rare reports whether the class of interest, or the rest, is rare.
func (c *ClassScores) rare() bool {
	all := 0
	for _, n := range c.Rows {
		all += n
	}
	share := float64(c.Rows[c.Model.Positive]) / float64(all)
	return min(share, 1-share) < rareShare
}

// Headline returns the score that suits the question best and is defined.
func (r *Result) Headline() metric.Value {
	model, _ := r.Scores()
	for _, name := range r.Suits() {
		if v, ok := model.Named(name); ok && v.Defined() {
			return v
		}
	}
	return model[0]
}

// Verdict compares the model with the baseline: numbers by the squared errors,
// row by row; classes by how well rows are ranked, which is 0.5 without skill;
// by log loss, balanced accuracy or accuracy where rows cannot be ranked.
func (r *Result) Verdict() Verdict {
	if r.Classes == nil {
		if more := r.Numbers.More; more != nil {
			return Verdict{By: "rmse", Sure: true, Better: more.High < 0, Worse: more.Low > 0}
		}
		return Verdict{By: "rmse"}
	}
	model, base := r.Scores()
	names := []string{"roc_auc", "roc_auc_ovr", "log_loss", "balanced_accuracy", metric.Accuracy}
	out := Verdict{By: names[len(names)-1]}
	for _, name := range names {
		v, ok := model.Named(name)
		in, sure := r.Intervals()[name]
		if !ok || !v.Defined() || !sure {
			continue
		}
		level := 0.5
		if name != "roc_auc" && name != "roc_auc_ovr" {
			b, _ := base.Named(name)
			if !b.Defined() {
				continue
			}
			level = b.Score
		}
		out = Verdict{By: name, Sure: true, Better: in.Low > level, Worse: in.High < level}
		if !v.Higher {
			out.Better, out.Worse = in.High < level, in.Low > level
		}
		break
	}
	return out
}

// Worse returns the names of the scores in which the model does worse than the
// baseline, by whatever little. A score of one side alone, which saying always
// the other makes perfect, is not among them.
func (r *Result) Worse() []string {
	out := []string{}
	model, base := r.Scores()
	for _, v := range model {
		b, ok := base.Named(v.Name)
		if !ok || v.Name == "specificity" || v.Name == metric.RecallOfInterest {
			continue
		}
		if WorseThan(v, b) {
			out = append(out, v.Name)
		}
	}
	return out
}

// WorseThan reports whether a score is defined and worse than another.
func WorseThan(v, other metric.Value) bool {
	if !v.Defined() || !other.Defined() {
		return false
	}
	less := other.Score - v.Score
	if !v.Higher {
		less = -less
	}
	return less > 1e-9*max(1, other.Score, -other.Score)
}
