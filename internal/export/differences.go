package export

import (
	"fmt"
	"strings"

	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// difference is where a file can answer otherwise than ClickTrain does, or
// more loudly: what, as a sentence, and what of a pipeline it is about.
type difference struct {
	text     string
	learners []string               // of the algorithms, alone or in an ensemble; none is all
	of       func(recipe.Step) bool // of the steps; nil is any
}

// differences lists all, those of every file first.
var differences = []difference{
	{text: "Columns must be as the call of read_csv above reads them: codes that are texts here, such as 00501, are unseen where they were read as numbers."},
	{text: "Missing values must be NaN, as read_csv writes them: None in a column of texts that is filled is an unseen category, and pandas' own NA in a column of texts is an error."},
	{text: "A column that is absent is an error that names it. A category that no training row has is taken without a word, where ClickTrain warns."},
	{text: "pandas before 3 reads some numbers of 12 digits and more wrong in the last place, which shows after quantiles and bins and where such numbers are categories. With it, pass float_precision='round_trip' to read_csv."},
	{learners: []string{"k_nearest_neighbors", "gaussian_naive_bayes"},
		text: "The squares of numbers from about 1e154 on are infinite: neighbors are then all equally far, and naive Bayes has no probabilities."},
	{learners: []string{"k_nearest_neighbors"},
		text: "Of several rows at the same distance, which is the last neighbor can differ. With weights by distance, rows that are equal are found about 1e-8 apart, so numbers differ by up to 1e-5."},
	{of: isSet("impute", "strategy", "knn"),
		text: "Gaps filled from neighbors: of rows that are equally far, as all are from one that is far out, which are taken can differ."},
	{of: func(s recipe.Step) bool { return s.Params["drop"] != nil && fmt.Sprint(s.Params["drop"]) != "none" },
		text: "Columns of which one category is dropped: scikit-learn warns of categories that no training row has, and answers alike."},
	{of: isStep("tfidf"), text: "Words of texts: the file needs scikit-learn 1.5 or newer."},
}

func isStep(name string) func(recipe.Step) bool {
	return func(s recipe.Step) bool { return s.Name == name }
}

func isSet(name, param, value string) func(recipe.Step) bool {
	return func(s recipe.Step) bool { return s.Name == name && fmt.Sprint(s.Params[param]) == value }
}

// Differences returns those that concern a model of the learner, set so, after
// the steps.
func Differences(learner string, params []train.Setting, steps []recipe.Step) []string {
	var out []string
	for _, d := range differences {
		if d.learnedBy(learner, params) && d.follows(steps) {
			out = append(out, d.text)
		}
	}
	return out
}

func (d difference) learnedBy(learner string, params []train.Setting) bool {
	for _, name := range d.learners {
		if name == learner {
			return true
		}
		for _, p := range params {
			if strings.Contains(p.Value, name) { // a member of an ensemble
				return true
			}
		}
	}
	return len(d.learners) == 0
}

func (d difference) follows(steps []recipe.Step) bool {
	for _, s := range steps {
		if d.of != nil && d.of(s) {
			return true
		}
	}
	return d.of == nil
}
