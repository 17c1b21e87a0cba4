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

// Each alert of a column is told of what has been planted, in these words, and
// not of what comes close to it.
func TestAlertsTellWhatIsPlanted(t *testing.T) {
	day := func(at func(i int) float64) *frame.Column {
		c := fill("x", func(i int) float64 { return at(i) * 86400 })
		c.Kind = frame.Time
		return c
	}
	whole := func(c *frame.Column) *frame.Column { c.Whole = true; return c }
	for code, tt := range map[string]struct {
		is, near *frame.Column
		want     string
	}{
		"empty":            {fill("x", func(int) float64 { return math.NaN() }), fill("x", func(i int) float64 { return []float64{math.NaN(), 1}[i%199/198] }), "x has no values."},
		"constant":         {fill("x", func(int) float64 { return 3 }), fill("x", func(i int) float64 { return []float64{3, math.NaN()}[i%200/199] }), "x has the same value in every row."},
		"id_like":          {whole(fill("x", func(i int) float64 { return float64(i) })), whole(fill("x", func(i int) float64 { return float64(i + i/199) })), "x names the rows."},
		"high_cardinality": {fillTexts("x", func(i int) string { return fmt.Sprint("k", i%51) }), fillTexts("x", func(i int) string { return fmt.Sprint("k", i%50) }), "x has 51 different values."},
		"missing":          {fill("x", func(i int) float64 { return []float64{math.NaN(), bell(i, 1), bell(i, 1), bell(i, 1)}[i%4] }), fill("x", func(i int) float64 { return []float64{math.NaN(), bell(i, 1), bell(i, 1), bell(i, 1), bell(i, 1)}[i%5] }), "25.0% of x is missing (50 of 200 rows)."},
		"time_order":       {day(func(i int) float64 { return float64(i / 2) }), day(func(i int) float64 { return float64((i + 1) % 200) }), "The rows are in order of time by x."},
		"label_variants":   {fillTexts("x", func(i int) string { return instead(i, 9, "bonn ", instead(i, 2, "Bonn", "Kiel")) }), fillTexts("x", func(i int) string { return instead(i, 9, "Bonner", instead(i, 2, "Bonn", "Kiel")) }), `x writes one value in several ways, such as "Bonn" and "bonn ".`},
		"skew":             {fill("x", func(i int) float64 { return math.Exp(2 * bell(i, 1)) }), fill("x", func(i int) float64 { return math.Exp(bell(i, 1) / 4) }), "x has a long tail: a few values far from the others."},
		"repeated_id":      {fillTexts("patient_id", func(i int) string { return fmt.Sprint("p", i/5) }), fillTexts("town", func(i int) string { return fmt.Sprint("p", i/5) }), "patient_id names 40 things that have 5.0 rows each on average."},
	} {
		t.Run(code, func(t *testing.T) {
			message(t, describe(t, frame.New(tt.is)).Alerts, code, tt.want)
			if found := told(describe(t, frame.New(tt.near)).Alerts, code); len(found) > 0 {
				t.Errorf("what only comes close is told of: %+v", found)
			}
		})
	}
}

// What is told of a target counts the rows that have one.
func TestTargetAlertsCountTheirRows(t *testing.T) {
	of := func(y func(i int) string) []profile.Alert {
		f := frame.New(fill("x", func(i int) float64 { return bell(i, 3) }), fillTexts("y", y))
		r, err := profile.Against(t.Context(), f, "y", learn.Classification)
		if err != nil {
			t.Fatal(err)
		}
		return r.Alerts
	}
	rare := message(t, of(func(i int) string { return instead(i, 2, "", instead(i, 25, "b", "a")) }), "imbalance", `Of y, "b" is rare: 4 rows, against 96 of "a".`)
	if !strings.HasPrefix(rare.Hint, `Always answering "a" is right for 96.0% of the rows`) {
		t.Errorf("of the rows with a target: %q", rare.Hint)
	}
	message(t, of(func(i int) string { return instead(i, 2, "", instead(i, 25, "b", "a")) }), "missing_target", "50.0% of the rows have no y (100 of 200).")
	message(t, of(func(i int) string { return instead(i+1, 200, "c", instead(i, 3, "b", "a")) }), "single_row_class", `y has 1 class with one row only, such as "c".`)
	message(t, of(func(i int) string { return instead(i, 2, "", "a") }), "constant_target", "y does not vary, so there is nothing to predict.")
}
