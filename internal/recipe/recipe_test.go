package recipe_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"

	"github.com/google/go-cmp/cmp"
)

// people is a small table with one column of each kind.
func people(t testing.TB) *frame.Frame {
	return frame.New(
		column(t, "age", frame.Numeric, 20.0, nil, 40.0, 60.0, 30.0, nil),
		column(t, "size", frame.Numeric, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0),
		column(t, "sex", frame.Category, "f", "m", nil, "m", "f", "m"),
		column(t, "member", frame.Bool, true, false, true, true, nil, false),
		column(t, "born", frame.Time, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0),
		column(t, "story", frame.Text, "a b", "c d", "e f", "g h", "i j", "k l"),
		column(t, "id", frame.ID, "u1", "u2", "u3", "u4", "u5", "u6"),
		column(t, "same", frame.Category, "x", "x", "x", "x", nil, "x"),
		column(t, "zero", frame.Numeric, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
		column(t, "empty", frame.Numeric, nil, nil, nil, nil, nil, nil),
	)
}

func parse(t testing.TB, s string) recipe.Recipe {
	t.Helper()
	var r recipe.Recipe
	if err := json.Unmarshal([]byte(s), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func text(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestResolve(t *testing.T) {
	for name, tt := range map[string]struct{ in, want string }{
		"nothing": {`{"steps":[]}`, `{"steps":[]}`},
		"mean goes to numbers, most frequent to the rest": {
			`{"steps":[{"step":"impute","strategy":"mean"},{"step":"impute","strategy":"mode"}]}`,
			`{"steps":[{"step":"impute","columns":["age","size","zero","empty"],"strategy":"mean"},` +
				`{"step":"impute","columns":["sex","member","same"],"strategy":"most_frequent"}]}`,
		},
		"defaults and aliases": {
			`{"steps":[{"step":"impute","columns":["age"]},{"step":"encode","method":"label"},{"step":"scale","columns":["sex"]}]}`,
			`{"steps":[{"step":"impute","columns":["age"],"strategy":"median"},` +
				`{"step":"encode","columns":["sex","member","same"],"method":"ordinal"},{"step":"scale","columns":["sex"],"method":"standard"}]}`,
		},
		"numbers are encoded only by name, and then not scaled": {
			`{"steps":[{"step":"encode","columns":["size"]},{"step":"scale"}]}`,
			`{"steps":[{"step":"encode","columns":["size"],"method":"one_hot"},{"step":"scale","columns":["age","zero","empty"],"method":"standard"}]}`,
		},
		"steps for nothing go": {
			`{"steps":[{"step":"drop_missing","columns":["age"]},{"step":"encode"},{"step":"encode","method":"ordinal"}]}`,
			`{"steps":[{"step":"drop_missing","columns":["age"]},{"step":"encode","columns":["sex","member","same"],"method":"one_hot"}]}`,
		},
		"free text by name": {
			`{"steps":[{"step":"impute","columns":["story"],"strategy":"most_frequent"},{"step":"encode","columns":["story"]}]}`,
			`{"steps":[{"step":"impute","columns":["story"],"strategy":"most_frequent"},{"step":"encode","columns":["story"],"method":"one_hot"}]}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := people(t)
			r, err := parse(t, tt.in).Resolve(f, steps)
			if err != nil {
				t.Fatal(err)
			}
			if got := text(t, r); got != tt.want {
				t.Errorf("resolved = %s\nwant       %s", got, tt.want)
			}
			again, err := r.Resolve(f, steps)
			if err != nil {
				t.Fatal(err)
			}
			if got := text(t, again); got != tt.want {
				t.Errorf("resolved again = %s\nwant             %s", got, tt.want)
			}
		})
	}
}

func TestResolveRefuses(t *testing.T) {
	for name, tt := range map[string]struct{ steps, field, column, message string }{
		"step":             {`{"step":"polish"}`, "steps[0].step", "", "no step"},
		"parameter":        {`{"step":"impute","k":3}`, "steps[0].k", "", "no parameter"},
		"value":            {`{"step":"encode"},{"step":"impute","strategy":"guess"}`, "steps[1].strategy", "", "must be one of"},
		"value type":       {`{"step":"impute","strategy":{"mode":1}}`, "steps[0].strategy", "", "must be one of"},
		"column":           {`{"step":"scale","columns":["age","nope"]}`, "steps[0].columns", "nope", "no column"},
		"column twice":     {`{"step":"scale","columns":["age","age"]}`, "steps[0].columns", "age", "twice"},
		"mean of text":     {`{"step":"impute","columns":["sex"],"strategy":"mean"}`, "steps[0].strategy", "sex", "has no mean"},
		"two encodings":    {`{"step":"encode","columns":["sex"]},{"step":"encode","columns":["sex"],"method":"ordinal"}`, "steps[1].columns", "sex", "both settle the encoding"},
		"two fills":        {`{"step":"drop_missing","columns":["age"]},{"step":"impute","columns":["age"]}`, "steps[1].columns", "age", "both settle the missing values"},
		"scaled text":      {`{"step":"scale","columns":["sex"]}`, "steps[0].columns", "sex", "holds text"},
		"scaled one-hot":   {`{"step":"encode"},{"step":"scale","columns":["sex"]}`, "steps[1].columns", "sex", "0 and 1 already"},
		"encoded, filled":  {`{"step":"encode"},{"step":"impute","columns":["sex"],"strategy":"mode"}`, "steps[1].columns", "sex", "encoded before"},
		"encoded, dropped": {`{"step":"encode"},{"step":"drop_missing","columns":["sex"]}`, "steps[1].step", "", "it comes before step 1 (Encode categories)"},
		"scaled, encoded":  {`{"step":"scale"},{"step":"encode","columns":["age"]}`, "steps[1].columns", "age", "scaled before"},
		"encoded dates":    {`{"step":"encode","columns":["born"]}`, "steps[0].columns", "born", "dates"},
		"filled dates":     {`{"step":"impute","columns":["born"]}`, "steps[0].columns", "born", "dates"},
		"scaled dates":     {`{"step":"scale","columns":["born"]}`, "steps[0].columns", "born", "dates"},
		"dropped dates":    {`{"step":"drop_missing","columns":["born"]}`, "steps[0].columns", "born", "dates"},
		"encoded names":    {`{"step":"encode","columns":["id"]}`, "steps[0].columns", "id", "6 different values in 6 rows"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parse(t, `{"steps":[`+tt.steps+`]}`).Resolve(people(t), steps)
			p, ok := problem.As(err)
			if !ok || p.Kind != problem.Invalid {
				t.Fatalf("Resolve = %v, want a problem", err)
			}
			if p.Field != tt.field || p.Column != tt.column || !strings.Contains(p.Message, tt.message) || p.Hint == "" && tt.message != "twice" && tt.message != "must be one of" {
				t.Errorf("problem = field %q, column %q, %q, hint %q; want %q, %q, %q, and a hint",
					p.Field, p.Column, p.Message, p.Hint, tt.field, tt.column, tt.message)
			}
		})
	}
}

func TestOneHotHasALimit(t *testing.T) {
	var texts, numbers []any
	for i := range 1001 {
		texts = append(texts, fmt.Sprint("v", i))
		numbers = append(numbers, float64(i)/2)
	}
	f := frame.New(column(t, "city", frame.Category, texts...), column(t, "x", frame.Numeric, numbers...))
	for _, name := range []string{"city", "x"} {
		_, err := parse(t, `{"steps":[{"step":"encode","columns":["`+name+`"]}]}`).Resolve(f, steps)
		p, ok := problem.As(err)
		if !ok || p.Column != name || p.Field != "steps[0].method" || !strings.Contains(p.Message, "100") || !strings.Contains(p.Hint, "ordinal") {
			t.Errorf("one-hot of 1001 values of %s = %+v, want a refusal with the number and another choice", name, p)
		}
	}
	r, err := parse(t, `{"steps":[{"step":"encode"}]}`).Resolve(f, steps)
	if err != nil || len(r.Steps) != 0 {
		t.Errorf("encoding every column it can = %v, %v, want none", r, err)
	}
	if _, err := parse(t, `{"steps":[{"step":"encode","method":"ordinal","columns":["city"]}]}`).Resolve(f, steps); err != nil {
		t.Errorf("ordinal codes of 1001 values: %v", err)
	}
}

func TestStepJSON(t *testing.T) {
	for _, s := range []string{
		`{"steps":[{"step":"impute","columns":["a \"b\""],"strategy":"median"}]}`,
		`{"steps":[{"step":"x","a":1.0,"b":null,"c":true,"d":[1,"2"]}]}`,
	} {
		if got := text(t, parse(t, s)); got != s {
			t.Errorf("round trip of %s = %s", s, got)
		}
	}
	for in, field := range map[string]string{
		`[]`:                    "steps",
		`{"steps":[],"more":1}`: "steps",
		`{"steps":{}}`:          "steps",
		`{"steps":[3]}`:         "steps[0]",
		`{"steps":[null]}`:      "steps[0]",
		`{"steps":[{"step":"a"},{"columns":[]}]}`:  "steps[1].step",
		`{"steps":[{"step":1}]}`:                   "steps[0].step",
		`{"steps":[{"step":"a","columns":"age"}]}`: "steps[0].columns",
	} {
		var r recipe.Recipe
		err := json.Unmarshal([]byte(in), &r)
		if p, ok := problem.As(err); !ok || p.Field != field {
			t.Errorf("Unmarshal(%s) = %v, want a problem with field %s", in, err, field)
		}
	}
}

func TestFromLegacy(t *testing.T) {
	for _, tt := range []struct {
		missing, encoding string
		scaling           bool
		want              string
	}{
		{"mean", "", false, `{"steps":[{"step":"impute","columns":["age","size"],"strategy":"mean"},{"step":"impute","columns":["sex"],"strategy":"most_frequent"}]}`},
		{"median", "label", true, `{"steps":[{"step":"impute","columns":["age","size"],"strategy":"median"},{"step":"impute","columns":["sex"],"strategy":"most_frequent"},{"step":"encode","columns":["sex"],"method":"ordinal"},{"step":"scale","columns":["age","size"],"method":"standard"}]}`},
		{"mode", "", false, `{"steps":[{"step":"impute","columns":["age","size","sex"],"strategy":"most_frequent"}]}`},
		{"drop", "", true, `{"steps":[{"step":"drop_missing","columns":["age","size","sex"]},{"step":"scale","columns":["age","size"],"method":"standard"}]}`},
	} {
		r, err := recipe.FromLegacy(tt.missing, tt.encoding, tt.scaling)
		if err != nil {
			t.Fatal(err)
		}
		f := people(t).Select([]string{"age", "size", "sex"})
		if r, err = r.Resolve(f, steps); err != nil {
			t.Fatal(err)
		}
		if got := text(t, r); got != tt.want {
			t.Errorf("FromLegacy(%q, %q, %v) = %s\nwant %s", tt.missing, tt.encoding, tt.scaling, got, tt.want)
		}
	}
	for _, in := range [][2]string{{"zero", ""}, {"", ""}, {"mean", "target"}} {
		_, err := recipe.FromLegacy(in[0], in[1], false)
		if p, ok := problem.As(err); !ok || p.Field == "" {
			t.Errorf("FromLegacy(%q, %q) = %v, want a problem with a field", in[0], in[1], err)
		}
	}
}

func TestFeatures(t *testing.T) {
	use, left := recipe.Features(people(t), "size")
	if want := []string{"age", "sex", "member"}; !slices.Equal(use, want) {
		t.Errorf("used %q, want %q", use, want)
	}
	want := []recipe.Left{
		{"born", "dates cannot be learned from as they are"},
		{"story", "it is free text, with 6 different values"},
		{"id", "it names the rows"},
		{"same", "every value it has is the same"},
		{"zero", "it is the same in every row"},
		{"empty", "it is empty"},
	}
	if diff := cmp.Diff(want, left); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
}

func TestComplete(t *testing.T) {
	features := []string{"age", "size", "sex", "member"}
	for name, tt := range map[string]struct {
		in    string
		scale bool
		want  string
		notes int
	}{
		"for trees": {`{"steps":[]}`, false,
			`{"steps":[{"step":"impute","columns":["age","size"],"strategy":"median"},{"step":"encode","columns":["sex","member"],"method":"ordinal"}]}`, 3},
		"for linear models": {`{"steps":[]}`, true,
			`{"steps":[{"step":"impute","columns":["age","size"],"strategy":"median"},{"step":"encode","columns":["sex","member"],"method":"one_hot"},{"step":"scale","columns":["age","size"],"method":"standard"}]}`, 4},
		"who sets steps decides about scaling": {`{"steps":[{"step":"impute","columns":["age"],"strategy":"mean"}]}`, true,
			`{"steps":[{"step":"impute","columns":["size"],"strategy":"median"},{"step":"impute","columns":["age"],"strategy":"mean"},{"step":"encode","columns":["sex","member"],"method":"one_hot"}]}`, 2},
		"nothing to add": {`{"steps":[{"step":"drop_missing","columns":["age","size"]},{"step":"encode","columns":["sex","member"],"method":"ordinal"}]}`, true,
			`{"steps":[{"step":"drop_missing","columns":["age","size"]},{"step":"encode","columns":["sex","member"],"method":"ordinal"}]}`, 0},
		"encoded numbers need no fill": {`{"steps":[{"step":"encode","columns":["age","sex","member"],"method":"ordinal"},{"step":"impute","columns":["size"],"strategy":"mean"}]}`, true,
			`{"steps":[{"step":"encode","columns":["age","sex","member"],"method":"ordinal"},{"step":"impute","columns":["size"],"strategy":"mean"}]}`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			f := people(t)
			r, notes := parse(t, tt.in).Complete(f, features, steps, recipe.Want{Scale: tt.scale})
			if got := text(t, r); got != tt.want {
				t.Errorf("completed = %s\nwant        %s", got, tt.want)
			}
			if len(notes) != tt.notes {
				t.Errorf("notes %+v, want %d", notes, tt.notes)
			}
			again, none := r.Complete(f, features, steps, recipe.Want{Scale: tt.scale})
			if diff := cmp.Diff(r, again); diff != "" || len(none) > 0 {
				t.Errorf("completed again: %v, %s", none, diff)
			}
			if _, _, _, err := fitRows(t.Context(), r, steps, f, features, []int{0, 1, 2, 3, 4, 5}); err != nil {
				t.Errorf("a complete recipe does not fit: %v", err)
			}
		})
	}
}

// TestCompleteLimits checks that columns with many categories become codes.
func TestCompleteLimits(t *testing.T) {
	var few, many []any
	for i := range 300 {
		few = append(few, fmt.Sprint("v", i%50))
		many = append(many, fmt.Sprint("v", i%51))
	}
	f := frame.New(column(t, "few", frame.Category, few...), column(t, "many", frame.Category, many...), column(t, "prose", frame.Text, many...))
	r, notes := recipe.Recipe{}.Complete(f, f.Names(), steps, recipe.Want{Scale: true})
	const want = `{"steps":[{"step":"encode","columns":["few"],"method":"one_hot"},{"step":"encode","columns":["many"],"method":"ordinal"}]}`
	if got := text(t, r); got != want {
		t.Errorf("completed = %s\nwant        %s", got, want)
	}
	if len(notes) != 2 || !strings.Contains(notes[1].Message, "too many categories") {
		t.Errorf("notes = %+v", notes)
	}
	_, _, _, err := fitRows(t.Context(), r, steps, f, f.Names(), []int{0, 1, 2})
	if p, ok := problem.As(err); !ok || p.Column != "prose" || !strings.Contains(p.Message, "51 different values") {
		t.Errorf("Fit with free text = %v, want a problem with its column", err)
	}
}
