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
