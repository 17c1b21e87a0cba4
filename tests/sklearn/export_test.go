// Package sklearn proves that exported models are what they are said to be: it
// trains every learner on real data after every kind of recipe, writes the
// pickles, and has real scikit-learn, the oldest and the newest promised,
// compare its predictions with ours.
//
// Not every pair is tried. A learner sees prepared columns alone, so each is
// tried on every table after a few recipes, each recipe with one or two
// learners, and each parameter that changes what is written on one table.
package sklearn

import (
	"slices"
	"testing"

	"clicktrain/internal/catalog"
	"clicktrain/internal/learn"
)

// perColumn are the columns that some recipes treat on their own.
var perColumn = map[string][2]string{
	"titanic": {"pclass", "deck"}, "penguins": {"", "sex"}, "housing": {"", "ocean_proximity"},
}

// TestExportsEqualScikitLearn tries learners and recipes.
func TestExportsEqualScikitLearn(t *testing.T) {
	c := newChecker(t)
	for _, tab := range tables(t) {
		tab.try(c, recipes(t, perColumn[tab.name][0], perColumn[tab.name][1]))
	}
	c.finish()
}

// try tries recipes on the table.
func (tab table) try(c *checker, choices []choice) {
	b := tab.open(c)
	for _, choice := range choices {
		for _, l := range b.tried(choice) {
			b.try(choice, setting{learner: l})
		}
	}
}

// tried returns the learners to try after a recipe: all, one that wants columns
// of one scale and one that does not, the former alone, or none.
func (b *bench) tried(c choice) []string {
	names := b.learners()
	switch {
	case b.few && !c.all:
		return nil
	case c.all:
		return names
	case c.preparation:
		return names[:1]
	}
	return []string{names[0], "decision_tree"}
}

// TestSettingsEqualScikitLearn tries what parameters change in a file.
func TestSettingsEqualScikitLearn(t *testing.T) {
	c := newChecker(t)
	all := settings()
	for _, tab := range tables(t) {
		b := tab.open(c)
		for _, s := range all[tab.name] {
			b.try(choice{name: "none"}, s)
		}
		if weights := weighed[tab.name]; weights != "" {
			for _, name := range b.learners() {
				if b.learner(name).Weighs {
					b.try(choice{name: "none"}, setting{learner: name, about: "weighed", weights: weights})
				}
			}
		}
	}
	c.finish()
}

// weighed are columns of row weights.
var weighed = map[string]string{"titanic": "fare", "iris": "sepal_length", "housing": "households"}

// TestEveryLearnerIsTried checks that each learner that can leave as a pickle
// has a table for each of its tasks.
func TestEveryLearnerIsTried(t *testing.T) {
	c := &checker{t: t, folder: t.TempDir()}
	tried := map[string]bool{}
	for _, tab := range tables(t) {
		b := tab.open(c)
		for _, name := range b.learners() {
			tried[name+" "+b.task.String()] = true
		}
	}
	for _, l := range catalog.All().Learners {
		for _, task := range l.Tasks {
			if slices.Contains(l.Exports, learn.Sklearn) && !tried[l.Name+" "+task.String()] {
				t.Errorf("%s for %s is not tried", l.Name, task)
			}
		}
	}
}
