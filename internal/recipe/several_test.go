package recipe_test

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/recipe"

	"github.com/google/go-cmp/cmp"
)

const severalSteps = `{"step":"flag_outliers","columns":["=1+1"]},{"step":"scale","columns":["b"]},
	{"step":"impute","columns":["=1+1","b","c\n\"'"],"strategy":"knn","n_neighbors":2,"weights":"distance","add_indicator":true},
	{"step":"impute","columns":["word"],"strategy":"most_frequent","add_indicator":true},
	{"step":"date_parts","parts":["year","quarter","month","day","weekday","hour","elapsed"],"columns":["born"]},
	{"step":"date_parts","parts":["month","weekday","hour"],"cyclic":true},
	{"step":"impute","columns":["born","seen"]},
	{"step":"encode","columns":["word"],"method":"frequency"},{"step":"tfidf","ngram_range":"1-2"}`

// severalTable has columns that steps turn into several, or fill together. The
// last three of its rows are not learned from.
func severalTable(t testing.TB) *frame.Frame {
	return frame.New(
		column(t, "=1+1", frame.Numeric, 1.0, nil, 3.0, 4.0, 6.0, 1e3, nil, -1e300, 3.5),
		column(t, "b", frame.Numeric, 2.0, 1.0, nil, 7.0, 3.0, 8.0, nil, nil, 9.0),
		column(t, "c\n\"'", frame.Numeric, 9.0, 8.0, 7.0, nil, 5.0, 4.0, nil, 1.0, 2.0),
		column(t, "word", frame.Category, "a", "b", nil, "a", "\x00", "a", "new", nil, "b"),
		moments(t, "born", "2020-01-31 10:00:00", "", "1999-12-31 00:00:00", "2020-02-29 00:00:00", "2020-01-01 00:00:00", "9999-01-01 00:00:00", "", "1900-01-01 00:00:00", "2030-06-01 07:30:00"),
		moments(t, "seen", "", "2020-01-31 10:00:00", "1999-12-31 00:00:00", "2020-02-29 00:00:00", "2020-01-01 00:00:00", "", "1000-01-01 00:00:00", "1900-01-01 00:00:00", ""),
		column(t, "text", frame.Text, "red blue", "blue\n<b> red", nil, "ΟΔΟΣ red", "red red", "İt's", nil, "unheard of", "red \x00 blue"),
	)
}

func several(t testing.TB) (*recipe.Fitted, *frame.Frame) {
	f := severalTable(t)
	fitted, _, _ := fit(t, severalSteps, f, f.Names(), 0, 1, 2, 3, 4, 5)
	return fitted, f
}

func TestSeveralAreStored(t *testing.T) {
	fitted, f := several(t)
	b := stored(t, fitted)
	again := new(recipe.Fitted)
	if err := again.UnmarshalBinary(b); err != nil {
		t.Fatal(err)
	}
	want, wantSeen := transform(t, fitted, f, nil)
	got, gotSeen := transform(t, again, f, nil)
	for _, d := range []string{
		cmp.Diff(want.Columns(), got.Columns()), cmp.Diff(wantSeen, gotSeen), cmp.Diff(fitted.Names(), again.Names()), cmp.Diff(fitted.Origin(), again.Origin()),
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

// TestSeveralSeeTrainingRowsOnly changes all rows that are not learned from.
func TestSeveralSeeTrainingRowsOnly(t *testing.T) {
	fitted, f := several(t)
	other := f.Take([]int{0, 1, 2, 3, 4, 5, 0, 1, 2})
	again, _, _ := fit(t, severalSteps, other, other.Names(), 0, 1, 2, 3, 4, 5)
	if !bytes.Equal(stored(t, fitted), stored(t, again)) {
		t.Error("rows that are not learned from make a difference")
	}
}

// TestSeveralRowsAreAlone transforms rows one by one, and in another order.
func TestSeveralRowsAreAlone(t *testing.T) {
	fitted, f := several(t)
	all, _ := transform(t, fitted, f, nil)
	order := []int{8, 3, 3, 0, 7, 6}
	some, _ := transform(t, fitted, f, order)
	for j, c := range some.Columns() {
		for i, row := range order {
			one, _ := transform(t, fitted, f.Take([]int{row}), nil)
			if want := all.Columns()[j][row]; c[i] != want || one.Columns()[j][0] != want || math.IsNaN(want) {
				t.Errorf("%s of row %d = %v, alone %v, among all %v", fitted.Names()[j], row, c[i], one.Columns()[j][0], want)
			}
		}
	}
}

// TestSeveralByAnyWorkers fits with one worker and with eight.
func TestSeveralByAnyWorkers(t *testing.T) {
	f := severalTable(t)
	r, err := parse(t, `{"steps":[`+severalSteps+`]}`).Resolve(f, steps)
	if err != nil {
		t.Fatal(err)
	}
	var want []byte
	for _, workers := range []int{1, 8} {
		fitted, d, err := recipe.Fit(t.Context(), r, steps, recipe.Training{Frame: f, Features: f.Names(), Rows: []int{0, 1, 2, 3, 4, 5}, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = stored(t, fitted)
		}
		if !bytes.Equal(want, stored(t, fitted)) {
			t.Errorf("%d workers make a difference", workers)
		}
		x, _ := transform(t, fitted, f, []int{0, 1, 2, 3, 4, 5})
		if !slices.EqualFunc(x.Columns(), d.X.Columns(), slices.Equal[[]float64]) {
			t.Error("training rows are prepared otherwise at prediction")
		}
	}
}

// FuzzUnmarshalSeveral checks that whatever can be read can also be used.
func FuzzUnmarshalSeveral(f *testing.F) {
	fitted, table := several(f)
	f.Add(stored(f, fitted))
	f.Fuzz(func(t *testing.T, b []byte) {
		got := new(recipe.Fitted)
		if got.UnmarshalBinary(b) != nil {
			return
		}
		got.Describe(recipe.Recipe{})
		x, _, err := got.Transform(table, nil)
		if err != nil {
			return
		}
		if x.Cols != len(got.Names()) {
			t.Fatalf("%d names for %d columns", len(got.Names()), x.Cols)
		}
		for _, block := range x.Blocks {
			if !got.Native() && slices.ContainsFunc(block.Dense, func(v float64) bool { return v-v != 0 }) {
				t.Fatalf("a block holds %v", block.Dense)
			}
		}
		pickled(t, got)
	})
}

// FuzzTerms takes any texts apart.
func FuzzTerms(f *testing.F) {
	f.Add("red blue", "Blue\x00 ΣΟΦΟΣ", "İ \xff")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if a == b || strings.TrimSpace(a+b) == "" {
			return
		}
		table := frame.New(column(t, "x", frame.Text, a, b, "some words", nil, c))
		r, err := parse(t, `{"steps":[{"step":"tfidf","max_features":5,"ngram_range":"1-3"}]}`).Resolve(table, steps)
		if err != nil {
			return
		}
		fitted, _, _, err := fitRows(t.Context(), r, steps, table, []string{"x"}, []int{0, 1, 2, 3})
		if err != nil {
			return
		}
		x, _ := transform(t, fitted, table, nil)
		for i := range x.Rows {
			row, squares := make([]float64, x.Cols), 0.0
			x.Row(row, i)
			for _, v := range row {
				squares += v * v
			}
			if !(squares == 0 || math.Abs(squares-1) < 1e-12) {
				t.Fatalf("row %d of %q has the length %v", i, []string{a, b, c}, squares)
			}
		}
		if err := new(recipe.Fitted).UnmarshalBinary(stored(t, fitted)); err != nil {
			t.Fatal(err)
		}
		pickled(t, fitted)
	})
}
