package recipe_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"

	"github.com/google/go-cmp/cmp"
)

// TestTermsByHand checks numbers that a person can follow.
func TestTermsByHand(t *testing.T) {
	f := frame.New(column(t, "text", frame.Text, "Red, red; blue!", "blue", nil, "a b? c", "green RED", nil, "red"))
	got, fitted, seen := prepareAll(t, f, 4, `{"step":"tfidf"}`)
	// Of four rows, two have blue and one has red: log(5/3)+1 and log(5/2)+1.
	red, blue := 2*(math.Log(2.5)+1), math.Log(5./3)+1
	length := math.Hypot(red, blue)
	want := map[string][]float64{
		"text_red":  {red / length, 0, 0, 0, 1, 0, 1},
		"text_blue": {blue / length, 1, 0, 0, 0, 0, 0},
	}
	if len(got) != 2 {
		t.Errorf("columns %v", fitted.Names())
	}
	for name, w := range want {
		if !slices.EqualFunc(w, got[name], near(1e-15)) {
			t.Errorf("%s = %v, want %v", name, got[name], w)
		}
	}
	if want := []recipe.Seen{{Column: "text", Missing: 2, Filled: true}}; !cmp.Equal(want, seen) {
		t.Errorf("seen %+v, want %+v", seen, want)
	}
	if d := fitted.Describe(recipe.Recipe{}); len(d) != 1 || d[0].Step != "tfidf" || d[0].Values[0] != "blue, red" {
		t.Errorf("described as %+v", d)
	}
	if got := fitted.Origin(); !cmp.Equal(got, [][]int{{0}, {0}}) {
		t.Errorf("origin %v", got)
	}
}

// TestTermsAreChosen checks the limits on terms, and that of equally frequent
// ones the first are kept.
func TestTermsAreChosen(t *testing.T) {
	f := frame.New(column(t, "x", frame.Text, "dd cc bb aa", "cc dd ee ee ee", "dd cc bb", "dd ff"))
	for params, want := range map[string]string{
		`"max_features":1`:                     "x_dd",
		`"max_features":3`:                     "x_cc x_dd x_ee",
		`"max_features":4`:                     "x_bb x_cc x_dd x_ee",
		`"min_df":2`:                           "x_bb x_cc x_dd",
		`"min_df":0.75`:                        "x_cc x_dd",
		`"max_df":2`:                           "x_aa x_bb x_ee x_ff",
		`"min_df":2,"max_df":0.5`:              "x_bb",
		`"ngram_range":"2-2","min_df":2`:       "x_cc bb x_dd cc",
		`"ngram_range":"1-3","min_df":0.5`:     "x_bb x_cc x_cc bb x_dd x_dd cc x_dd cc bb",
		`"lowercase":false,"max_features":1`:   "x_dd",
		`"sublinear_tf":true,"max_features":2`: "x_cc x_dd",
	} {
		_, fitted, _ := prepareAll(t, f, 4, `{"step":"tfidf",`+params+`}`)
		if got := strings.Join(fitted.Names(), " "); got != want {
			t.Errorf("%s makes %s, want %s", params, got, want)
		}
	}
}

func TestTermsRefuse(t *testing.T) {
	n := 300_000
	long := &frame.Column{Name: "long", Kind: frame.Text, Codes: make([]int32, n)}
	var words []string
	for i := range 501 {
		words = append(words, "w"+strings.Repeat("x", i))
	}
	long.Levels = []string{strings.Join(words, " ")}
	f := frame.New(long, column(t, "short", frame.Text, slices.Repeat([]any{"a", "b, c", "?"}, n/3)...),
		column(t, "flags", frame.Text, slices.Repeat([]any{"true", "false", "true"}, n/3)...), column(t, "n", frame.Numeric, slices.Repeat([]any{1.0}, n)...),
		&frame.Column{Name: "id", Kind: frame.ID, Codes: make([]int32, n), Levels: []string{"one two"}})
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	for _, tt := range []struct{ steps, column, message string }{
		{`{"step":"tfidf","columns":["long"],"max_features":500}`, "long", "columns of 300000 rows that take 1144 MB in all"},
		{`{"step":"tfidf","columns":["short"]}`, "short", "No term is left"},
		{`{"step":"tfidf","columns":["long"],"min_df":2,"max_df":1}`, "long", "No term is left"},
		{`{"step":"tfidf","columns":["flags"]}`, "flags", "yes and no"},
		{`{"step":"tfidf","columns":["n"]}`, "n", "no texts"},
		{`{"step":"tfidf","columns":["id"]}`, "id", "names the rows"},
		{`{"step":"encode","columns":["long"]},{"step":"tfidf","columns":["long"]}`, "long", "both settle"},
		{`{"step":"tfidf","columns":["long"]},{"step":"impute","columns":["long"],"strategy":"most_frequent"}`, "long", "encoded before"},
		{`{"step":"tfidf","columns":["long"]},{"step":"transform","columns":["long"]}`, "long", "encoded"},
		{`{"step":"tfidf","columns":["long"]},{"step":"scale","columns":["long"]}`, "long", "terms"},
	} {
		r, err := parse(t, `{"steps":[`+tt.steps+`]}`).Resolve(f, steps)
		if err == nil {
			_, _, _, err = fitRows(t.Context(), r, steps, f, []string{tt.column}, rows)
		}
		if p, ok := problem.As(err); !ok || p.Column != tt.column || !strings.Contains(p.Message, tt.message) || p.Hint == "" {
			t.Errorf("%s: %v, want a problem with %q", tt.steps, err, tt.message)
		}
	}
}

// TestTextsAreOpened checks that texts are features only where a step makes
// something of them.
func TestTextsAreOpened(t *testing.T) {
	f := frame.New(column(t, "text", frame.Text, "red", "blue", "red green"), column(t, "y", frame.Numeric, 1.0, 2.0, 3.0))
	for list, want := range map[string][]string{``: nil, `{"step":"tfidf"}`: {"text"}} {
		r, err := parse(t, `{"steps":[`+list+`]}`).Resolve(f, steps)
		if err != nil {
			t.Fatal(err)
		}
		use, _ := r.Features(f, "y", steps)
		if !slices.Equal(use, want) {
			t.Errorf("%q uses %q, want %q", list, use, want)
		}
		for _, native := range []bool{false, true} {
			full, notes := r.Complete(f, use, steps, recipe.Want{Scale: true, Native: native})
			if len(full.Steps) != len(r.Steps) || len(notes) > 0 {
				t.Errorf("%q is completed to %s", list, text(t, full))
			}
		}
	}
}
