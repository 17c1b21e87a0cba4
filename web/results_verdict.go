package web

import (
	"fmt"
	"strings"

	"clicktrain/internal/metric"
	"clicktrain/internal/train"
	"clicktrain/views"
)

// classVerdict says in a few sentences how good a classification is: what is
// found and which alarms are right where there is a class of interest, how many
// rows are right in all, and whether that is better than guessing.
func classVerdict(res *train.Result) string {
	m, base := res.Classes.Model, res.Classes.Baseline
	var said []string
	if m.Positive >= 0 {
		said = append(said, findsText(m, views.Clip(res.Labels.Text(m.Positive), 40)))
	}
	right := fmt.Sprintf("Right for %s of 100 unseen rows", of100(m.Headline().Score))
	if m.Positive >= 0 {
		right += " in all"
	}
	said = append(said, fmt.Sprintf("%s; always guessing %s would be right for %s.", right,
		views.Clip(res.Labels.Text(res.Classes.BaselineClass), 40), of100(base.Headline().Score)))
	if m.Positive < 0 {
		if text := leastFound(res); text != "" {
			said = append(said, text)
		}
	}
	return strings.Join(append(said, noiseVerdict(res)), " ")
}

// findsText says what comes of the rows of the class of interest.
func findsText(m metric.ClassReport, class string) string {
	c := m.Classes[m.Positive]
	hits := m.Confusion[m.Positive][m.Positive]
	if c.Support == 0 {
		return fmt.Sprintf("No test row is %s.", class)
	}
	finds := fmt.Sprintf("Finds %s of %s that %s %s", none(hits), views.Plural(c.Support, "row"), verb(c.Support, "is", "are"), class)
	if c.Predicted == 0 {
		return finds + ": it never says so."
	}
	return fmt.Sprintf("%s; %s of %s %s right.", finds, none(hits), views.Plural(c.Predicted, "alarm"), verb(hits, "is", "are"))
}

func none(n int) string {
	if n == 0 {
		return "none"
	}
	return views.Count(n)
}

// leastFound names the class of which the least is found, where another fares
// clearly better.
func leastFound(res *train.Result) string {
	worst, best := -1, 0.0
	for i, c := range res.Classes.Model.Classes {
		if c.Support == 0 {
			continue
		}
		if worst < 0 || c.Recall.Score < res.Classes.Model.Classes[worst].Recall.Score {
			worst = i
		}
		best = max(best, c.Recall.Score)
	}
	if worst < 0 || best-res.Classes.Model.Classes[worst].Recall.Score < 0.1 {
		return ""
	}
	hits, rows := res.Classes.Model.Confusion[worst][worst], res.Classes.Model.Classes[worst].Support
	return fmt.Sprintf("It finds least of %s: %s of %s.", views.Clip(res.Labels.Text(worst), 40), none(hits), views.Plural(rows, "row"))
}

// noiseVerdict says in what the model is better than guessing, or not, and by
// which score that is told: it can be so although no more rows are right.
func noiseVerdict(res *train.Result) string {
	v := res.Verdict()
	model, base := res.Scores()
	by := fmt.Sprintf("%s %s", title(v.By, res), shownScore(named(model, v.By)))
	switch v.By {
	case "roc_auc", "roc_auc_ovr":
		by += "; guessing 0.5"
	default:
		by += "; guessing " + shownScore(named(base, v.By))
	}
	does := "Its errors are %s those of guessing (%s)."
	better, same, worse := "smaller than", "no smaller, within the noise, than", "larger than"
	if res.Classes != nil {
		better, same, worse = "better than", "no better, within the noise, than", "worse than"
		switch {
		case v.By == "log_loss":
			does = "How likely it calls each class is %s guessing (%s)."
		case v.By != "roc_auc" && v.By != "roc_auc_ovr":
			does = "By this score it is %s guessing (%s)."
		case res.Labels.Len() == 2:
			does = "It tells the two classes apart %s guessing does (%s)."
		case v.By == "roc_auc":
			does = "It tells that class from the rest %s guessing does (%s)."
		default:
			does = "It tells the classes apart %s guessing does (%s)."
		}
	}
	switch {
	case !v.Sure:
		return "The test rows are too few to tell whether it is better than guessing."
	case v.Worse:
		return fmt.Sprintf(does, worse, by)
	case !v.Better:
		return fmt.Sprintf(does, same, by)
	}
	return fmt.Sprintf(does, better, by)
}

// title names a score so that it is clear of which classes it is.
func title(name string, res *train.Result) string {
	about, _ := metric.About(name)
	class := ""
	if c := res.Classes; c != nil && c.Model.Positive >= 0 {
		class = views.Clip(res.Labels.Text(c.Model.Positive), 30)
	}
	return about.For(class, res.Labels.Len())
}

// alsoIn are scores that say the same as another, so that one sentence need not
// hold both.
var alsoIn = map[string]string{
	"recall": metric.Accuracy, "recall_macro": "balanced_accuracy", "mean_per_class_error": "balanced_accuracy", "gini": "roc_auc", "mse": "rmse",
}

// worseText names the scores in which the model does worse than the baseline;
// it is empty where there are none.
func worseText(res *train.Result) string {
	model, base := res.Scores()
	var list []string
	for _, name := range res.Worse() {
		if _, twin := alsoIn[name]; !twin {
			list = append(list, fmt.Sprintf("%s %s (guessing %s)", title(name, res), shownScore(named(model, name)), shownScore(named(base, name))))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "Worse than always guessing: " + strings.Join(list, ", ") + "."
}

// worseHint explains the score that is most often worse, where it is.
func worseHint(res *train.Result) string {
	model, base := res.Scores()
	if train.WorseThan(named(model, "log_loss"), named(base, "log_loss")) {
		return "Its probabilities are too sure of what is wrong: go by its order of the rows or its answers, not by how likely it says they are."
	}
	return ""
}
