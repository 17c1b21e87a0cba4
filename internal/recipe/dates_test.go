package recipe_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"

	"github.com/google/go-cmp/cmp"
)

// moments is a column of dates; an empty text is missing.
func moments(t testing.TB, name string, texts ...string) *frame.Column {
	t.Helper()
	c := &frame.Column{Name: name, Kind: frame.Time, Dates: frame.DateStyle{Format: "ISO8601"}}
	for _, s := range texts {
		x := math.NaN()
		if s != "" {
			at, err := time.Parse("2006-01-02 15:04:05.999", s)
			if err != nil {
				t.Fatal(err)
			}
			x = float64(at.Unix()) + float64(at.Nanosecond())/1e9
		}
		c.Num = append(c.Num, x)
	}
	return c
}

const everyPart = `{"step":"date_parts","parts":["hour","elapsed","year","quarter","month","day","weekday"]},{"step":"impute","strategy":"constant","fill_value":-9}`

func TestDatePartsByHand(t *testing.T) {
	f := frame.New(moments(t, "d", "2024-02-29 23:59:59.75", "2023-12-31 00:00:00", "", "2024-03-01 12:00:00",
		"1969-12-31 23:59:59.5", "1900-03-01 00:00:00", "9999-12-31 00:00:00", "1677-09-21 23:59:59", "1677-09-22 00:00:00", "2262-04-10 23:59:59", "2262-04-11 00:00:00"))
	got, fitted, seen := prepareAll(t, f, 4, everyPart)
	day := func(seconds float64) float64 { return seconds / 86400 }
	want := map[string][]float64{
		"d_year":    {2024, 2023, -9, 2024, 1969, 1900, -9, -9, 1677, 2262, -9},
		"d_quarter": {1, 4, -9, 1, 4, 1, -9, -9, 3, 2, -9},
		"d_month":   {2, 12, -9, 3, 12, 3, -9, -9, 9, 4, -9},
		"d_day":     {29, 31, -9, 1, 31, 1, -9, -9, 22, 10, -9},
		"d_weekday": {3, 6, -9, 4, 2, 3, -9, -9, 2, 3, -9},
		"d_hour":    {23, 0, -9, 12, 23, 0, -9, -9, 0, 23, -9},
		"d_elapsed": {61 - day(1), 0, -9, 61.5, -19722 - day(1), -45230, -9, -9, -126473, 87029 - day(1), -9},
	}
	for name, w := range want {
		if !slices.EqualFunc(w, got[name], near(1e-15)) {
			t.Errorf("%s = %v, want %v", name, got[name], w)
		}
	}
	if names := []string{"d_year", "d_quarter", "d_month", "d_day", "d_weekday", "d_hour", "d_elapsed"}; !slices.Equal(fitted.Names(), names) {
		t.Errorf("columns %q, want %q", fitted.Names(), names)
	}
	if want := []recipe.Seen{{Column: "d", Missing: 4, Filled: true}}; !cmp.Equal(want, seen) {
		t.Errorf("seen %+v, want %+v", seen, want)
	}
	if d := fitted.Describe(recipe.Recipe{}); d[0].Step != "date_parts" || !strings.HasSuffix(d[0].Values[0], "elapsed in days since 2023-12-31") {
		t.Errorf("described as %+v", d)
	}
}

// TestDatesGoRound checks that places on a circle are as far apart as they are.
func TestDatesGoRound(t *testing.T) {
	f := frame.New(moments(t, "d", "2024-01-01 00:00:00", "2024-04-03 06:00:00", "2024-12-29 23:00:00"))
	got, fitted, _ := prepareAll(t, f, 3, `{"step":"date_parts","parts":["month","weekday","hour","year"],"cyclic":true},{"step":"impute"}`)
	if want := "d_year d_month_sin d_month_cos d_weekday_sin d_weekday_cos d_hour_sin d_hour_cos"; strings.Join(fitted.Names(), " ") != want {
		t.Errorf("columns %q, want %s", fitted.Names(), want)
	}
	turn := func(k, of float64) (sin, cos float64) { return math.Sincos(2 * math.Pi * k / of) }
	for name, k := range map[string][4]float64{"d_month": {0, 3, 11, 12}, "d_weekday": {0, 2, 6, 7}, "d_hour": {0, 6, 23, 24}} {
		for i := range 3 {
			sin, cos := turn(k[i], k[3])
			if !near(1e-15)(got[name+"_sin"][i], sin) || !near(1e-15)(got[name+"_cos"][i], cos) {
				t.Errorf("%s of row %d = %v, %v, want %v, %v", name, i, got[name+"_sin"][i], got[name+"_cos"][i], sin, cos)
			}
		}
	}
}

// TestMissingPartsAreFilled checks what Complete adds, and that scaling goes on
// from there.
func TestMissingPartsAreFilled(t *testing.T) {
	f := frame.New(moments(t, "d", "2020-01-01 00:00:00", "2021-03-01 00:00:00", "2022-08-01 00:00:00", ""), moments(t, "unused", "2020-01-01 00:00:00", "2021-03-01 00:00:00", "", ""))
	r, err := parse(t, `{"steps":[{"step":"date_parts","columns":["d"],"parts":["year","month"]}]}`).Resolve(f, steps)
	if err != nil {
		t.Fatal(err)
	}
	use, left := r.Features(f, "", steps)
	if !slices.Equal(use, []string{"d"}) || len(left) != 1 {
		t.Errorf("features %q, left %+v", use, left)
	}
	full, notes := r.Complete(f, use, steps, recipe.Want{Scale: true})
	if got, want := text(t, full), `{"steps":[{"step":"date_parts","columns":["d"],"parts":["year","month"]},{"step":"impute","columns":["d"],"strategy":"median"}]}`; got != want || len(notes) != 1 {
		t.Errorf("completed to %s with %+v, want %s", got, notes, want)
	}
	fitted, _, _, err := fitRows(t.Context(), full, steps, f, use, []int{0, 1, 2})
	if err != nil {
		t.Fatal(err)
	}
	x, _ := transform(t, fitted, f, nil)
	if diff := cmp.Diff([][]float64{{2020, 2021, 2022, 2021}, {1, 3, 8, 3}}, x.Columns()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	native, _ := r.Complete(f, use, steps, recipe.Want{Native: true})
	_, d, err := recipe.Fit(t.Context(), native, steps, recipe.Training{Frame: f, Features: use, Rows: []int{0, 1, 2, 3}, Native: true})
	if err != nil || len(native.Steps) != 1 || !math.IsNaN(d.X.Columns()[1][3]) {
		t.Errorf("for a learner that takes missing numbers: %+v, %v", native, err)
	}
	scaled, _, _ := prepareAll(t, f.Select([]string{"d"}), 3, `{"step":"date_parts","parts":["year","month"]},{"step":"impute"},{"step":"scale","method":"min_max"}`)
	if diff := cmp.Diff([]float64{0, .5, 1, .5}, scaled["d_year"]); diff != "" {
		t.Errorf("scaled years (-want +got):\n%s", diff)
	}
}

func TestDatesRefuse(t *testing.T) {
	odd := moments(t, "odd", "2020-01-01 00:00:00", "2021-01-01 00:00:00")
	odd.Dates = frame.DateStyle{}
	f := frame.New(moments(t, "d", "2020-01-01 00:00:00", "2021-01-01 00:00:00"), odd, moments(t, "far", "9999-12-31 00:00:00", "9999-12-30 00:00:00"),
		column(t, "n", frame.Numeric, 1.0, 2.0))
	for _, tt := range []struct{ steps, column, field, message string }{
		{`{"step":"date_parts","parts":[]}`, "", "steps[0].parts", "No part"},
		{`{"step":"date_parts","columns":["n"]}`, "n", "steps[0].columns", "no dates"},
		{`{"step":"date_parts","columns":["odd"]}`, "odd", "steps[0].columns", "several ways"},
		{`{"step":"date_parts","columns":["d"],"parts":[]}`, "d", "steps[0].parts", "No part"},
		{`{"step":"date_parts","columns":["far"]},{"step":"impute","columns":["far"]}`, "far", "", "between 1678 and 2262"},
		{`{"step":"impute","columns":["d"]}`, "d", "steps[0].columns", "dates"},
		{`{"step":"date_parts","columns":["d"]},{"step":"date_parts","columns":["d"]}`, "d", "steps[1].columns", "both settle"},
		{`{"step":"date_parts","columns":["d"]},{"step":"encode","columns":["d"]}`, "d", "steps[1].columns", "several columns"},
		{`{"step":"date_parts","columns":["d"]},{"step":"bin","columns":["d"]}`, "d", "steps[1].columns", "several columns"},
		{`{"step":"date_parts","columns":["d"]},{"step":"impute","columns":["d"],"strategy":"knn"}`, "d", "steps[1].strategy", "several columns"},
		{`{"step":"date_parts","columns":["d"]},{"step":"impute","columns":["d"],"add_indicator":true}`, "d", "steps[1].strategy", "several columns"},
	} {
		r, err := parse(t, `{"steps":[`+tt.steps+`]}`).Resolve(f, steps)
		if err == nil {
			_, _, _, err = fitRows(t.Context(), r, steps, f, []string{tt.column}, []int{0, 1})
		}
		if p, ok := problem.As(err); !ok || p.Column != tt.column || tt.field != "" && p.Field != tt.field || !strings.Contains(p.Message, tt.message) || p.Hint == "" {
			t.Errorf("%s: %#v, want a problem of %s with %q", tt.steps, err, tt.field, tt.message)
		}
	}
	fitted, _, _ := fit(t, `{"step":"date_parts"},{"step":"impute"}`, f, []string{"d"}, 0, 1)
	for want, c := range map[string]*frame.Column{"numbers, not dates": column(t, "d", frame.Numeric, 5.0), `"01/02/2024"`: column(t, "d", frame.Category, "01/02/2024")} {
		_, _, err := fitted.Transform(frame.New(c), nil)
		if p, ok := problem.As(err); !ok || p.Column != "d" || !strings.Contains(p.Message, want) || p.Hint == "" {
			t.Errorf("%s for dates: %v", c.Kind, err)
		}
	}
	x, seen := transform(t, fitted, frame.New(column(t, "d", frame.Numeric, nil)), nil)
	if got := x.Columns()[0][0]; got != 2020.5 || len(seen) != 1 || seen[0].Missing != 1 {
		t.Errorf("an empty column of dates becomes %v, seen %+v", got, seen)
	}
}
