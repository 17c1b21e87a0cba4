package profile_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/frame"
	"clicktrain/internal/profile"
)

const badRows = 200

// fill makes a column of numbers from a function of the row.
func fill(name string, at func(i int) float64) *frame.Column {
	v := make([]float64, badRows)
	for i := range v {
		v[i] = at(i)
	}
	return numbers(name, v...)
}

// fillTexts makes a column of texts from a function of the row.
func fillTexts(name string, at func(i int) string) *frame.Column {
	v := make([]string, badRows)
	for i := range v {
		v[i] = at(i)
	}
	return texts(name, v)
}

// bell returns numbers from −3 to 3, denser in the middle, in a mixed order.
func bell(i, seed int) float64 {
	u := (float64(i*(2*seed+37)%badRows) + 0.5) / badRows
	return math.Erfinv(2*u-1) * math.Sqrt2
}

func instead(i, every int, bad, good string) string {
	if i%every == 0 {
		return bad
	}
	return good
}

// TestAlertsOfBadColumns holds that each kind of trouble is told, with a way
// out of it, and nothing else.
func TestAlertsOfBadColumns(t *testing.T) {
	whole := func(c *frame.Column) *frame.Column { c.Whole = true; return c }
	when := fill("when", func(i int) float64 { return float64(i) * 86400 })
	when.Kind = frame.Time
	abc := func(i int) string { return "abc"[i*i%3 : i*i%3+1] }
	for _, x := range []struct {
		column   *frame.Column
		code     string
		severity profile.Severity
		fix      profile.Fix
	}{
		{fill("x", func(i int) float64 { return min(float64(i), 1) }), "near_constant", profile.Info, profile.Fix{Action: profile.DropColumn, Columns: []string{"x"}}},
		{fillTexts("x", func(i int) string { return instead(i, 150, "b", "a") }), "near_constant", profile.Info, profile.Fix{Action: profile.DropColumn, Columns: []string{"x"}}},
		{fill("x", func(i int) float64 { return float64(i + 1) }), "id_like", profile.Info, profile.Fix{Action: profile.DropColumn, Columns: []string{"x"}}},
		{whole(fill("patientId", func(i int) float64 { return float64(i * 7 % 50) })), "repeated_id", profile.Warning, profile.Fix{Action: profile.GroupBy, Columns: []string{"patientId"}}},
		{fillTexts("customer id", func(i int) string { return "c" + strconv.Itoa(i*7%60) }), "repeated_id", profile.Warning, profile.Fix{Action: profile.GroupBy, Columns: []string{"customer id"}}},
		{fillTexts("x", func(i int) string { return "c" + strconv.Itoa(i*7%60) }), "high_cardinality", profile.Warning, profile.Fix{}},
		{fill("x", func(i int) float64 { return math.Exp(2 * bell(i, 0)) }), "skew", profile.Info, profile.Fix{}},
		{fill("x", func(i int) float64 {
			if i%20 == 3 {
				return -999
			}
			return bell(i, 0)
		}), "disguised_missing", profile.Warning, profile.Fix{Action: profile.MarkMissing, Columns: []string{"x"}, Values: []string{"-999"}}},
		{fill("x", func(i int) float64 {
			if i%50 == 3 {
				return 9999
			}
			return float64(i * 7 % 80)
		}), "disguised_missing", profile.Warning, profile.Fix{Action: profile.MarkMissing, Columns: []string{"x"}, Values: []string{"9999"}}},
		{fill("x", func(i int) float64 {
			if i%10 == 3 {
				return -1
			}
			return float64(i * 7 % 80)
		}), "disguised_missing", profile.Warning, profile.Fix{Action: profile.MarkMissing, Columns: []string{"x"}, Values: []string{"-1"}}},
		{fill("x", func(i int) float64 {
			if i%10 == 3 {
				return 0
			}
			return 30 + 5*bell(i, 0)
		}), "disguised_missing", profile.Info, profile.Fix{Action: profile.MarkMissing, Columns: []string{"x"}, Values: []string{"0"}}},
		{fillTexts("x", func(i int) string { return instead(i, 9, "?", abc(i)) }), "disguised_missing", profile.Warning, profile.Fix{Action: profile.MarkMissing, Columns: []string{"x"}, Values: []string{"?"}}},
		{fillTexts("x", func(i int) string { return instead(i, 9, "Unknown", abc(i)) }), "disguised_missing", profile.Info, profile.Fix{Action: profile.MarkMissing, Columns: []string{"x"}, Values: []string{"Unknown"}}},
		{fillTexts("x", func(i int) string { return instead(i, 9, " New  york", instead(i, 2, "New York", "Rome")) }), "label_variants", profile.Warning, profile.Fix{}},
		{fillTexts("x", func(i int) string { return instead(i, 20, "many", strconv.Itoa(i*7%9)) }), "mixed_types", profile.Warning, profile.Fix{Action: profile.MarkMissing, Columns: []string{"x"}, Values: []string{"many"}}},
		{fillTexts("x", func(i int) string { return instead(i, 20, "t"+strconv.Itoa(i%3), strconv.Itoa(i*7%9)) }), "mixed_types", profile.Warning, profile.Fix{Action: profile.KeepAsText, Columns: []string{"x"}}},
		{fillTexts("x", func(i int) string { return instead(i, 20, "7", abc(i)) }), "mixed_types", profile.Info, profile.Fix{Action: profile.KeepAsText, Columns: []string{"x"}}},
		{when, "time_order", profile.Info, profile.Fix{}},
	} {
		t.Run(x.code, func(t *testing.T) {
			key := fillTexts("key", func(i int) string { return fmt.Sprintf("k%03d", i) }) // keeps rows apart
			key.Kind = frame.ID
			got := describe(t, frame.New(x.column, key)).Alerts
			got = slices.DeleteFunc(got, func(a profile.Alert) bool { return a.Column == "key" })
			if len(got) != 1 || got[0].Code != x.code || got[0].Severity != x.severity || got[0].Column != x.column.Name {
				t.Fatalf("alerts = %+v, want one, %s %s", got, x.code, x.severity)
			}
			if d := cmp.Diff(x.fix, got[0].Fix); d != "" {
				t.Errorf("fix (-want +got):\n%s", d)
			}
			if got[0].Message == "" || got[0].Hint == "" {
				t.Errorf("%+v does not say what it means or what to do", got[0])
			}
		})
	}
}

// TestAlertsOfGoodColumns holds that what only looks like trouble is not told.
func TestAlertsOfGoodColumns(t *testing.T) {
	for name, c := range map[string]*frame.Column{
		"a small code":        fill("x", func(i int) float64 { return float64(i%3) - 1 }),
		"years":               fill("x", func(i int) float64 { return float64(1950 + i*7%60) }),
		"ages up to 99":       fill("x", func(i int) float64 { return float64(i * 7 % 100) }),
		"money with zeros":    fill("x", func(i int) float64 { return max(0, bell(i, 0)) }),
		"below zero":          fill("x", func(i int) float64 { return bell(i, 0) }),
		"two texts":           fillTexts("x", func(i int) string { return instead(i, 3, "none", "some") }),
		"codes with a letter": fillTexts("x", func(i int) string { return instead(i, 2, "A", strconv.Itoa(i%5)) }),
		"words":               fillTexts("x", func(i int) string { return instead(i, 2, "new york", "new-york city") }),
	} {
		if got := describe(t, frame.New(c, fill("other", func(i int) float64 { return bell(i, 1) + float64(i) }))).Alerts; len(got) != 0 {
			t.Errorf("%s: alerts %+v, want none", name, got)
		}
	}
}

func TestCollinearGroups(t *testing.T) {
	f := frame.New(
		fill("a", func(i int) float64 { return bell(i, 0) }),
		fill("b", func(i int) float64 { return bell(i, 1) }),
		fill("c", func(i int) float64 { return 3 - 2*bell(i, 0) + 0.1*bell(i, 5) }),
		fill("d", func(i int) float64 { return bell(i, 0)*10 + 0.1*bell(i, 7) }),
		fill("e", func(i int) float64 { return bell(i, 3) }),
	)
	got := describe(t, f).Alerts
	if len(got) != 1 || got[0].Code != "collinear" || !cmp.Equal(got[0].Columns, []string{"a", "c", "d"}) || !cmp.Equal(got[0].Fix.Columns, []string{"c", "d"}) {
		t.Errorf("alerts = %+v, want one of a, c and d", got)
	}
}

func TestSevereAlertsComeFirst(t *testing.T) {
	nan := math.NaN()
	f := frame.New(
		fill("counts", func(i int) float64 { return float64(i) }),
		fill("same", func(int) float64 { return 1 }),
		fill("gone", func(i int) float64 {
			if i%10 == 0 {
				return bell(i, 2)
			}
			return nan
		}),
	)
	if got := codes(describe(t, f).Alerts); !cmp.Equal(got, []string{"missing gone", "constant same", "id_like counts"}) {
		t.Errorf("alerts = %v", got)
	}
}
