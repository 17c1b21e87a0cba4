package train_test

import (
	"slices"
	"testing"

	"clicktrain/internal/train"
)

// Warnings count the test rows that they are about, in words that suit one row
// as well.
func TestUnseenValuesAreToldOfTestRows(t *testing.T) {
	f := table(400)
	town := f.Column("town")
	target, err := train.CheckTarget(f, "class", 0)
	if err != nil {
		t.Fatal(err)
	}
	s := specOf(f, "logistic_regression", "class")
	_, test, _, err := s.Split(f, target)
	if err != nil {
		t.Fatal(err)
	}
	town.Levels = append(town.Levels, "Worms")
	town.Codes[target.Rows[test[0]]] = 3
	_, res := mustRun(t, f, specOf(f, "logistic_regression", "class"))
	if want := "In 1 of 100 test rows town has a value that no training row has."; !slices.Contains(res.Warnings, want) {
		t.Errorf("warnings %q, want %q", res.Warnings, want)
	}
}

// What was left out, and how many rows are few, is told of the run at hand.
func TestRunTellsWhatItLeftOut(t *testing.T) {
	says := func(res *train.Result, want string, yes bool) {
		t.Helper()
		if slices.Contains(res.Warnings, want) != yes {
			t.Errorf("warnings %q; %q is told: %t, want %t", res.Warnings, want, !yes, yes)
		}
	}
	f := table(400)
	_, whole := mustRun(t, f, specOf(f, "decision_tree", "class"))
	says(whole, "1 row without class was left out.", false)
	says(whole, "Only 99 test rows: the scores are rough.", false)
	f.Column("class").Codes[7] = -1
	f.Column("class").Codes[9] = -1
	s := specOf(f, "decision_tree", "class")
	s.TestSize = 0.2
	_, part := mustRun(t, f, s)
	says(part, "2 rows without class were left out.", true)
	says(part, "Only 80 test rows: the scores are rough.", true)
}
