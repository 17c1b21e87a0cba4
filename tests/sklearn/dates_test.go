package sklearn

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/recipe"
)

// calendar is a table with dates in every way of writing that is read here,
// each column in its own, from four centuries and with missing ones.
func calendar() string {
	styles := []func(t time.Time, i int) string{
		func(t time.Time, _ int) string { return t.Format("2006-01-02") },
		func(t time.Time, _ int) string { return t.Format("2006/1/2") },
		func(t time.Time, _ int) string { return t.Format("2006-01-02T15:04:05.000Z") },
		func(t time.Time, i int) string {
			return t.In(time.FixedZone("", (i%5-2)*5400)).Format("2006-01-02 15:04:05-07:00")
		},
		func(t time.Time, i int) string {
			return t.Format([]string{"2006-01-02", "2006-01-02 15:04", "2006-01-02T15:04:05.25"}[i%3])
		},
		func(t time.Time, i int) string { return t.Format([]string{"2006-01-02", "2006-01-02t15:04"}[i%2]) },
		func(t time.Time, _ int) string { return t.Format("2/1/2006") },
		func(t time.Time, _ int) string { return t.Format("01-02-2006") },
		func(t time.Time, i int) string { return t.Format([]string{"02.01.2006", "02.01.2006 15:04"}[i%2]) },
		func(t time.Time, i int) string { return t.Format([]string{"1/2/2006 3:04", "1/2/2006"}[i%2]) },
		func(t time.Time, _ int) string { return t.Format("2 Jan 2006") },
		func(t time.Time, _ int) string { return t.Format("2-Jan-2006 15:04") },
		func(t time.Time, i int) string {
			return `"` + t.Format([]string{"January 2, 2006", "Jan 2 2006"}[i%2]) + `"`
		},
		func(_ time.Time, i int) string { // of two digits, read as 1969 to 2068
			return fmt.Sprintf("%d/%d/%02d", i%28+1, i%12+1, i*7%100)
		},
		func(t time.Time, i int) string { // with years that old versions of pandas cannot hold
			if i%9 == 4 {
				return []string{"9999-12-31", "1000-01-01", "2262-04-11", "1677-09-21"}[i/9%4]
			}
			return t.Format("2006-01-02")
		},
		func(t time.Time, i int) string { // some of which are none
			if i%40 == 7 {
				return []string{"31/02/2001", "02/31/2001", "soon"}[i/40%3]
			}
			return t.Format("02/01/2006")
		},
	}
	rng := rand.New(rand.NewPCG(8, 9))
	var b strings.Builder
	for j := range styles {
		fmt.Fprintf(&b, "d%d,", j)
	}
	b.WriteString("x,y\n")
	for i := range 300 {
		for _, style := range styles {
			from, to := time.Date(1680, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(2260, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
			if i%2 == 0 {
				from, to = 0, 2e9
			}
			at := time.Unix(from+rng.Int64N(to-from), 0).UTC()
			if i%7 == 3 { // the ends of months and years
				at = time.Date(1685+i, time.Month(i%12+1), 1, 0, 0, -(i / 7 % 2), 0, time.UTC)
			}
			if rng.IntN(12) > 0 || i < 3 {
				b.WriteString(style(at, i))
			}
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%d,%g\n", i%10, float64(i%10)+rng.NormFloat64())
	}
	return b.String()
}

// TestDatesEqualScikitLearn does what TestExportsEqualScikitLearn does, for the
// parts of dates.
func TestDatesEqualScikitLearn(t *testing.T) {
	parts := func(columns []string, cyclic bool, names ...any) recipe.Step {
		return recipe.Step{Name: "date_parts", Columns: columns, Params: map[string]any{"parts": names, "cyclic": cyclic}}
	}
	// Some columns only, as scikit-learn takes long to print what has many steps.
	every := parts([]string{"d14"}, false, "year", "quarter", "month", "day", "weekday", "hour", "elapsed")
	round := parts([]string{"d3"}, true, "month", "weekday", "hour")
	tab := table{name: "calendar", csv: calendar(), target: "y", after: strings.Repeat(",", 17) + "\n"}
	c := newChecker(t)
	tab.try(c, []choice{
		of("years", parts(nil, false, "year")),
		of("usual parts", step("date_parts", []string{"d5", "d8"})),
		of("every part", every, step("impute", nil, "strategy", "mean"), step("scale", nil)),
		of("places on circles", round, step("impute", nil, "strategy", "most_frequent")),
		of("missing parts are 0", parts([]string{"d0"}, false, "day", "elapsed"), step("impute", nil, "strategy", "constant")),
	})
	c.finish()
}
