package recipe_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"

	"github.com/google/go-cmp/cmp"
)

// everyMethod is a fitted recipe with each method of the steps on columns, and
// each of its columns is named for what is done to it.
func everyMethod(t testing.TB) (*recipe.Fitted, *frame.Frame) {
	names := []string{"min_max", "robust", "max_abs", "yeo_johnson", "plain_yeo", "box_cox", "log", "quantile", "normal", "iqr", "z_score", "constant", "bins", "binned", "clustered"}
	var columns []*frame.Column
	for i, name := range names {
		columns = append(columns, column(t, name, frame.Numeric, 1.0, 5.0, 2.0, float64(i+3), 1000.0, nil))
	}
	for _, name := range []string{"rare", "first"} {
		columns = append(columns, column(t, name, frame.Category, "a", "b", "a", "c", "d", nil))
	}
	columns = append(columns, column(t, "text", frame.Category, "x", "y", nil, "x", nil, "z"), column(t, "flag", frame.Bool, true, false, nil, true, true, nil))
	f := frame.New(columns...)
	list := []string{
		`{"step":"cap_outliers","columns":["iqr"]}`,
		`{"step":"cap_outliers","columns":["z_score"],"method":"z_score","factor":1}`,
		`{"step":"transform","columns":["yeo_johnson"]}`,
		`{"step":"transform","columns":["plain_yeo"],"standardize":false}`,
		`{"step":"transform","columns":["box_cox"],"method":"box_cox"}`,
		`{"step":"transform","columns":["log"],"method":"log"}`,
		`{"step":"transform","columns":["quantile"],"method":"quantile"}`,
		`{"step":"transform","columns":["normal"],"method":"quantile","n_quantiles":3,"output_distribution":"normal"}`,
		`{"step":"impute","columns":["constant"],"strategy":"constant","fill_value":-1}`,
		`{"step":"impute","columns":["text"],"strategy":"constant","fill_value":"?"}`,
		`{"step":"impute","columns":["flag"],"strategy":"constant","fill_value":"False"}`,
		`{"step":"impute","columns":["` + strings.Join(slices.DeleteFunc(names, func(n string) bool { return n == "constant" }), `","`) + `"]}`,
		`{"step":"bin","columns":["bins"],"n_bins":3}`,
		`{"step":"bin","columns":["binned"],"n_bins":4,"strategy":"uniform","encode":"ordinal"}`,
		`{"step":"bin","columns":["clustered"],"n_bins":2,"strategy":"kmeans"}`,
		`{"step":"encode","columns":["rare"],"min_frequency":2}`,
		`{"step":"encode","columns":["first"],"drop":"first"}`,
		`{"step":"encode","columns":["text","flag"],"method":"ordinal"}`,
		`{"step":"scale","columns":["min_max"],"method":"min_max"}`,
		`{"step":"scale","columns":["robust"],"method":"robust"}`,
		`{"step":"scale","columns":["max_abs"],"method":"max_abs"}`,
	}
	fitted, _, _ := fit(t, strings.Join(list, ","), f, f.Names(), 0, 1, 2, 3, 4)
	return fitted, f
}

// TestMethodsAreStored checks that what is read back does and says the same.
func TestMethodsAreStored(t *testing.T) {
	fitted, f := everyMethod(t)
	b := stored(t, fitted)
	again := new(recipe.Fitted)
	if err := again.UnmarshalBinary(b); err != nil {
		t.Fatal(err)
	}
	want, wantSeen := transform(t, fitted, f, nil)
	got, gotSeen := transform(t, again, f, nil)
	for _, d := range []string{
		cmp.Diff(want.Columns(), got.Columns()), cmp.Diff(wantSeen, gotSeen), cmp.Diff(fitted.Names(), again.Names()),
		cmp.Diff(fitted.Describe(recipe.Recipe{}), again.Describe(recipe.Recipe{})), cmp.Diff(inputs(fitted), inputs(again)), cmp.Diff(pickled(t, fitted), pickled(t, again)),
	} {
		if d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	}
	if !bytes.Equal(stored(t, again), b) {
		t.Error("stored again, the bytes differ")
	}
	for n := range b {
		if err := new(recipe.Fitted).UnmarshalBinary(b[:n]); err == nil {
			t.Fatalf("%d of %d bytes were read without an error", n, len(b))
		}
	}
}

// TestMethodsByHand checks numbers that a person can follow.
func TestMethodsByHand(t *testing.T) {
	x := []any{0.0, 1.0, 2.0, 3.0, 4.0, 14.0, nil, -10.0, 30.0}
	for _, tt := range []struct {
		steps string
		names []string
		want  [][]float64 // of all rows; the first six are learned from
	}{
		{`{"step":"impute","strategy":"constant","fill_value":7}`, []string{"x"}, [][]float64{{0, 1, 2, 3, 4, 14, 7, -10, 30}}},
		{`{"step":"impute"},{"step":"scale","method":"min_max"}`, []string{"x"},
			[][]float64{{0, 1. / 14, 1. / 7, 3. / 14, 2. / 7, 1, 2.5 / 14, -10. / 14, 30. / 14}}},
		{`{"step":"impute"},{"step":"scale","method":"max_abs"}`, []string{"x"},
			[][]float64{{0, 1. / 14, 1. / 7, 3. / 14, 2. / 7, 1, 2.5 / 14, -10. / 14, 30. / 14}}},
		// The median is 2.5, the quartiles are 1.25 and 3.75.
		{`{"step":"impute"},{"step":"scale","method":"robust"}`, []string{"x"}, [][]float64{{-1, -.6, -.2, .2, .6, 4.6, 0, -5, 11}}},
		{`{"step":"impute"},{"step":"cap_outliers"}`, []string{"x"}, [][]float64{{0, 1, 2, 3, 4, 7.5, 2.5, -2.5, 7.5}}},
		// The mean is 4; the least and the greatest allowed are 4 ± 0.5·√(130/6).
		{`{"step":"impute"},{"step":"cap_outliers","method":"z_score","factor":0.5}`, []string{"x"},
			[][]float64{{1.67262666, 1.67262666, 2, 3, 4, 6.32737334, 2.5, 1.67262666, 6.32737334}}},
		{`{"step":"impute"},{"step":"bin","n_bins":2}`, []string{"x_below 2.5", "x_2.5 and above"},
			[][]float64{{1, 1, 1, 0, 0, 0, 0, 1, 0}, {0, 0, 0, 1, 1, 1, 1, 0, 1}}},
		{`{"step":"impute"},{"step":"bin","n_bins":7,"strategy":"uniform","encode":"ordinal"}`, []string{"x"},
			[][]float64{{0, 0, 1, 1, 2, 6, 1, 0, 6}}},
		{`{"step":"impute"},{"step":"transform","method":"quantile","n_quantiles":6}`, []string{"x"},
			[][]float64{{0, .2, .4, .6, .8, 1, .5, 0, 1}}},
	} {
		f := frame.New(column(t, "x", frame.Numeric, x...))
		r, err := parse(t, `{"steps":[`+tt.steps+`]}`).Resolve(f, steps)
		if err != nil {
			t.Errorf("%s: %v", tt.steps, err)
			continue
		}
		fitted, _, _, err := fitRows(t.Context(), r, steps, f, f.Names(), []int{0, 1, 2, 3, 4, 5})
		if err != nil {
			t.Errorf("%s: %v", tt.steps, err)
			continue
		}
		got, _ := transform(t, fitted, f, nil)
		if diff := cmp.Diff(tt.names, fitted.Names()); diff != "" {
			t.Errorf("%s: names (-want +got):\n%s", tt.steps, diff)
		}
		if !slices.EqualFunc(tt.want, got.Columns(), func(a, b []float64) bool { return slices.EqualFunc(a, b, near(1e-8)) }) {
			t.Errorf("%s = %v, want %v", tt.steps, got.Columns(), tt.want)
		}
	}
}

// TestMethodsRefuse checks that each refusal names the column, and often the
// parameter, at fault.
func TestMethodsRefuse(t *testing.T) {
	f := frame.New(
		column(t, "negative", frame.Numeric, -2.0, 1.0, 3.0),
		column(t, "word", frame.Category, "a", "b", nil),
		column(t, "flag", frame.Bool, true, false, nil),
		column(t, "huge", frame.Numeric, -1.5e308, 1.0, 1.5e308),
	)
	for _, tt := range []struct{ steps, column, field string }{
		{`{"step":"transform","columns":["negative"],"method":"box_cox"}`, "negative", "steps[0].method"},
		{`{"step":"transform","columns":["negative"],"method":"log"}`, "negative", "steps[0].method"},
		{`{"step":"transform","columns":["word"]}`, "word", "steps[0].columns"},
		{`{"step":"bin","columns":["word"]}`, "word", "steps[0].columns"},
		{`{"step":"cap_outliers","columns":["word"]}`, "word", "steps[0].columns"},
		{`{"step":"scale","columns":["negative"]},{"step":"transform","columns":["negative"]}`, "negative", "steps[1].columns"},
		{`{"step":"bin","columns":["negative"]},{"step":"encode","columns":["negative"]}`, "negative", "steps[1].columns"},
		{`{"step":"transform","columns":["negative"]},{"step":"encode","columns":["negative"]}`, "negative", "steps[1].columns"},
		{`{"step":"encode","columns":["negative"],"method":"ordinal"},{"step":"bin","columns":["negative"]}`, "negative", "steps[1].columns"},
		{`{"step":"bin","columns":["negative"]},{"step":"impute","columns":["negative"]}`, "negative", "steps[1].columns"},
		{`{"step":"impute","columns":["negative"],"strategy":"constant","fill_value":"none"}`, "negative", "steps[0].fill_value"},
		{`{"step":"impute","columns":["flag"],"strategy":"constant","fill_value":"maybe"}`, "flag", "steps[0].fill_value"},
		{`{"step":"impute","columns":["huge"]},{"step":"scale","columns":["huge"],"method":"min_max"}`, "huge", ""},
		{`{"step":"impute","columns":["huge"]},{"step":"bin","columns":["huge"]}`, "huge", ""},
		{`{"step":"impute","columns":["huge"]},{"step":"cap_outliers","columns":["huge"]}`, "huge", ""},
		{`{"step":"impute","columns":["huge"]},{"step":"transform","columns":["huge"]}`, "huge", ""},
		{`{"step":"impute","columns":["huge"]},{"step":"transform","columns":["huge"],"method":"quantile"}`, "huge", ""},
	} {
		r, err := parse(t, `{"steps":[`+tt.steps+`]}`).Resolve(f, steps)
		if err == nil {
			_, _, _, err = fitRows(t.Context(), r, steps, f, []string{tt.column}, []int{0, 1, 2})
		}
		p, ok := problem.As(err)
		if !ok {
			t.Errorf("%s: %v, want a problem", tt.steps, err)
			continue
		}
		if p.Column != tt.column || tt.field != "" && p.Field != tt.field || p.Hint == "" {
			t.Errorf("%s: column %q, field %q, hint %q; want column %q, field %q and a hint", tt.steps, p.Column, p.Field, p.Hint, tt.column, tt.field)
		}
	}
}

// TestRowsToComeBeyondALogarithm checks that a row that the method cannot take
// is named, not turned into something that is no number.
func TestRowsToComeBeyondALogarithm(t *testing.T) {
	f := frame.New(column(t, "x", frame.Numeric, 1.0, 2.0, 4.0, 3.0))
	late := frame.New(column(t, "x", frame.Numeric, -3.0))
	for _, method := range []string{"log", "box_cox"} {
		fitted, _, _ := fit(t, `{"step":"impute"},{"step":"transform","method":"`+method+`"}`, f, f.Names(), 0, 1, 2, 3)
		_, _, err := fitted.Transform(late, nil)
		if p, ok := problem.As(err); !ok || p.Column != "x" || !strings.Contains(p.Message, "-3") {
			t.Errorf("%s of -3: %v, want a problem that names the value", method, err)
		}
	}
}

// TestRareCategoriesBoundOneHot checks that the limit on columns counts those
// that there can be.
func TestRareCategoriesBoundOneHot(t *testing.T) {
	c := &frame.Column{Name: "many", Kind: frame.Category}
	for i := range 3000 {
		c.Levels = append(c.Levels, strings.Repeat("x", i/100+1)+string(rune('A'+i%100)))
		c.Codes = append(c.Codes, int32(i))
	}
	slices.Sort(c.Levels)
	f := frame.New(c)
	for params, allowed := range map[string]bool{
		`"max_categories":1000`: true, `"max_categories":1001`: false, `"min_frequency":2`: false, `"min_frequency":4`: true,
		`"min_frequency":0.01`: true, `"drop":"first"`: false,
	} {
		_, err := parse(t, `{"steps":[{"step":"encode","columns":["many"],`+params+`}]}`).Resolve(f, steps)
		if (err == nil) != allowed {
			t.Errorf("%s: %v, want allowed: %v", params, err, allowed)
		}
	}
}
