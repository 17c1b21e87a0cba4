package profile_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/profile"
)

// told returns the alerts of a code.
func told(alerts []profile.Alert, code string) (out []profile.Alert) {
	for _, a := range alerts {
		if a.Code == code {
			out = append(out, a)
		}
	}
	return out
}

func message(t *testing.T, alerts []profile.Alert, code, want string) profile.Alert {
	t.Helper()
	found := told(alerts, code)
	if len(found) != 1 || found[0].Message != want {
		t.Fatalf("%s: %+v, want %q", code, found, want)
	}
	return found[0]
}

// A share that is not none and not all does not read so.
func TestAlertSharesAreNeitherNoneNorAll(t *testing.T) {
	const rows = 10_000
	x, y := make([]float64, rows), make([]string, rows)
	for i := range x {
		x[i], y[i] = float64(i), "yes"
	}
	x[1] = x[0] // one row of many repeats another
	y[9] = "no"
	r := describe(t, frame.New(numbers("x", x...), texts("y", y)))
	message(t, r.Alerts, "near_constant", "y has the same value in >99.9% of the rows that have one.")
	message(t, r.Alerts, "duplicates", "<0.1% of the rows repeat an earlier row (1 of 10000).")
	half := fillTexts("half", func(i int) string { return instead(i, 2, "", instead(i, 197, "b", "a")) })
	message(t, describe(t, frame.New(half)).Alerts, "near_constant", "half has the same value in 99.0% of the rows that have one.")
}

// What stands for missing is far from the others, or it is not said to be.
func TestValuesApartAreSaidToBeAsFarAsTheyAre(t *testing.T) {
	for _, tt := range []struct {
		name string
		bad  float64
		from float64
		want string
	}{
		{"next to the others", -1, 0, "x is -1 in 20 rows, its only value below 0."},
		{"within the others' range", -9, 0, "x is -9 in 20 rows, its only value below 0."},
		{"far off", -999, 0, "x is -999 in 20 rows, far from its other values."},
		{"far above", 9999, 0, "x is 9999 in 20 rows, far from its other values."},
		{"zero far below", 0, 500, "x is 0 in 20 rows, far from its other values."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := fill("x", func(i int) float64 {
				if i%10 == 0 {
					return tt.bad
				}
				return tt.from + float64(i%41)
			})
			c.Whole = true
			message(t, describe(t, frame.New(c)).Alerts, "disguised_missing", tt.want)
		})
	}
}

// Shares among the values of a column are not shares of its rows.
func TestMixedTypesAreCountedAmongValues(t *testing.T) {
	c := fillTexts("x", func(i int) string { return instead(i, 2, "", instead(i, 5, "ill", fmt.Sprint(i%40))) })
	message(t, describe(t, frame.New(c)).Alerts, "mixed_types", `x has numbers in 80.0% of the rows that have a value, and texts such as "ill" in the others.`)
	few := fillTexts("x", func(i int) string {
		return instead(i, 2, "", instead(i, 25, "7", []string{"mild", "ill", "well"}[i%3]))
	})
	message(t, describe(t, frame.New(few)).Alerts, "mixed_types", `x has texts, and numbers such as "7" in 4.0% of the rows that have a value.`)
}

// Columns that are linked in a chain do not all move with each other, and those
// that no other one says stay.
func TestChainsAreNotOneLine(t *testing.T) {
	a := fill("a", func(i int) float64 { return bell(i, 1) })
	b := fill("b", func(i int) float64 { return bell(i, 1) + 0.21*bell(i, 5) })
	c := fill("c", func(i int) float64 { return bell(i, 1) + 0.42*bell(i, 5) })
	got := message(t, describe(t, frame.New(a, b, c)).Alerts, "collinear", "Each of a, b and c moves almost in a straight line with another of them.")
	if len(got.Fix.Columns) != 1 || got.Fix.Columns[0] != "b" {
		t.Errorf("it would leave out %q, want b alone: only a says it", got.Fix.Columns)
	}
	d := fill("d", func(i int) float64 { return 2*bell(i, 1) + 0.01*bell(i, 9) })
	got = message(t, describe(t, frame.New(a, d)).Alerts, "collinear", "a and d move together almost in a straight line.")
	if len(got.Fix.Columns) != 1 || got.Fix.Columns[0] != "d" {
		t.Errorf("it would leave out %q, want d", got.Fix.Columns)
	}
}

// Rows that contradict each other are compared without their names, and one of
// many is not none.
func TestContradictionsTellTheirColumns(t *testing.T) {
	const rows = 3000
	id, x, y := make([]string, rows), make([]float64, rows), make([]string, rows)
	for i := range x {
		id[i], x[i], y[i] = fmt.Sprintf("k%d", i), float64(i%1500), "no"
		if i*377%1500 < 700 { // in no order that a column tells
			y[i] = "yes"
		}
	}
	y[2999] = "yes"
	names := texts("id", id)
	names.Kind = frame.ID
	f := frame.New(names, numbers("x", x...), texts("y", y))
	r, err := profile.Against(t.Context(), f, "y", learn.Classification)
	if err != nil {
		t.Fatal(err)
	}
	found := told(r.Alerts, "conflicting_labels")
	if r.Conflicts.Lost != 1 || math.Abs(float64(r.Conflicts.Ceiling)-2999.0/3000) > 1e-12 || len(found) != 1 {
		t.Fatalf("%+v, %+v", r.Conflicts, found)
	}
	if want := "2 rows equal another row in all columns that do not name the row or give y away, but have a different y."; found[0].Message != want {
		t.Errorf("%q, want %q", found[0].Message, want)
	}
	if !strings.HasPrefix(found[0].Hint, "By these columns at best >99.9% of the rows") {
		t.Errorf("the hint says %q", found[0].Hint)
	}
}
