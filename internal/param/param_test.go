package param

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/problem"
)

// model has a parameter of each type.
type model struct {
	alpha    float64
	trees    int
	depth    int
	boot     bool
	method   string
	features Value
}

func declare(m *model) *Set {
	var s Set
	s.Float(&m.alpha, "alpha", 1, AtLeast(0), "Penalty.")
	s.Int(&m.trees, "n_estimators", 100, Between(1, 5000), "Trees.")
	s.MaybeInt(&m.depth, "max_depth", AtLeast(1), "Depth.")
	s.Bool(&m.boot, "bootstrap", true, "Resample.")
	s.Choice(&m.method, "method", "a", []string{"a", "b"}, "Way.")
	s.Mixed(&m.features, "max_features", "sqrt", []string{"sqrt", "log2"}, "Columns.")
	return &s
}

func TestDecodeBindsTypedFields(t *testing.T) {
	defaults := model{1, 100, 0, true, "a", "sqrt"}
	change := func(f func(*model)) model { m := defaults; f(&m); return m }
	tests := []struct {
		name string
		json string
		want model
	}{
		{"nothing", `{}`, defaults},
		{"each type", `{"alpha": 0.5, "n_estimators": 7, "max_depth": 3, "bootstrap": false, "method": "b", "max_features": "log2"}`,
			model{0.5, 7, 3, false, "b", "log2"}},
		{"texts, as forms send them", `{"alpha": " 2 ", "n_estimators": "7", "max_depth": "none", "bootstrap": "off", "max_features": "0.5"}`,
			model{2, 7, 0, false, "a", 0.5}},
		{"an empty text is the default", `{"alpha": "", "max_depth": ""}`, defaults},
		{"null is none", `{"max_depth": null}`, defaults},
		{"1 is a count", `{"max_features": 1}`, change(func(m *model) { m.features = 1 })},
		{"1.0 is a share", `{"max_features": 1.0}`, change(func(m *model) { m.features = 1.0 })},
		{"a whole number written with a point", `{"n_estimators": 8.0}`, change(func(m *model) { m.trees = 8 })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := model{alpha: -1, trees: -1, depth: -1}
			if err := declare(&got).Decode("thing", object(t, tt.json)); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, got, cmp.AllowUnexported(model{})); d != "" {
				t.Error(d)
			}
		})
	}
}

func object(t *testing.T, text string) map[string]any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var m map[string]any
	if err := d.Decode(&m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestDecodeRefusesAndChangesNothing(t *testing.T) {
	tests := []struct{ json, field, says string }{
		{`{"alpha": -1}`, "alpha", "alpha must be at least 0, got -1."},
		{`{"alpha": "NaN"}`, "alpha", `got "NaN"`},
		{`{"alpha": "1e999"}`, "alpha", "at least 0"},
		{`{"alpha": "0x10"}`, "alpha", `got "0x10"`},
		{`{"alpha": true}`, "alpha", "got true"},
		{`{"alpha": [1]}`, "alpha", "got [1]"},
		{`{"n_estimators": 0}`, "n_estimators", "a whole number between 1 and 5000"},
		{`{"n_estimators": 1.5}`, "n_estimators", "got 1.5"},
		{`{"n_estimators": null}`, "n_estimators", "got null"},
		{`{"max_depth": 0}`, "max_depth", "or none"},
		{`{"bootstrap": 1}`, "bootstrap", "true or false"},
		{`{"method": "c"}`, "method", "one of a, b"},
		{`{"max_features": 1.5}`, "max_features", "sqrt, log2"},
		{`{"max_features": 0}`, "max_features", "got 0"},
		{`{"alhpa": 1}`, "alhpa", `thing has no parameter "alhpa"`},
	}
	for _, tt := range tests {
		t.Run(tt.json, func(t *testing.T) {
			var m model
			s := declare(&m)
			before := m
			err := s.Decode("thing", object(t, tt.json))
			p, ok := problem.As(err)
			if !ok || p.Field != tt.field || !strings.Contains(p.Error(), tt.says) || p.Kind != problem.Invalid {
				t.Fatalf("Decode = %+v, want it to blame %s and to say %q", err, tt.field, tt.says)
			}
			if d := cmp.Diff(before, m, cmp.AllowUnexported(model{})); d != "" {
				t.Errorf("a refused decode changed fields: %s", d)
			}
		})
	}
}

func TestRefusalOfADecimalComma(t *testing.T) {
	var m model
	for _, name := range []string{"alpha", "max_features"} {
		p, ok := problem.As(declare(&m).Decode("thing", map[string]any{name: " 0,5 "}))
		if !ok || p.Hint != "Write the decimals after a point: 0.5." {
			t.Errorf("%s: %+v does not say how to write the decimals", name, p)
		}
	}
	if p, _ := problem.As(declare(&m).Decode("thing", map[string]any{"n_estimators": "0,5"})); p.Hint != "" {
		t.Errorf("a whole number is to be written with decimals: %q", p.Hint)
	}
}

func TestRangesReadAsPeopleWriteThem(t *testing.T) {
	for want, r := range map[string]Range{
		"at least 0 and less than 1":          Between(0, 1-0x1p-53),
		"greater than 0 and less than 1":      {Min: 0, Max: 1 - 0x1p-53, Open: true},
		"greater than 0 and at most 1":        {Min: 0, Max: 1, Open: true},
		"between 1 and 1000000":               Between(1, 1e6),
		"between 0.05 and 0.9":                Between(0.05, 0.9),
		"between 1e-09 and 1000000000":        Between(1e-9, 1e9),
		"at least 1e+300":                     AtLeast(1e300),
		"between 0 and 4.503599627370497e+15": Between(0, 1<<52+1),
		"less than 1":                         {Min: math.Inf(-1), Max: 1 - 0x1p-53},
		"a number":                            {Min: math.Inf(-1), Max: math.Inf(1)},
	} {
		if got := r.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestOpenRangeExcludesItsMinimum(t *testing.T) {
	r := Above(0)
	for x, want := range map[float64]bool{0: false, 1e-300: true, -1: false, math.Inf(1): true} {
		if got := r.has(x); got != want {
			t.Errorf("%v has %g = %t, want %t", r, x, got, want)
		}
	}
	if r.has(math.NaN()) || AtLeast(0).has(math.NaN()) {
		t.Error("a range has NaN")
	}
}

func TestValuesSurviveJSON(t *testing.T) {
	var m, back model
	s := declare(&m)
	if err := s.Decode("thing", object(t, `{"max_features": 1.0, "alpha": 3, "max_depth": 4}`)); err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	for _, v := range s.Values() {
		out[v.Name] = JSON(v.Value)
	}
	b, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	if err := declare(&back).Decode("thing", object(t, string(b))); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(m, back, cmp.AllowUnexported(model{})); d != "" {
		t.Errorf("%s came back changed: %s", b, d)
	}
}

func TestJSONSchemaTellsRangesAndDefaults(t *testing.T) {
	b, err := json.Marshal(declare(new(model)).JSONSchema())
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Properties map[string]struct {
			Type             any
			Default          any
			Minimum, Maximum *float64
			Enum             []string
		}
		AdditionalProperties bool
	}
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	trees := got.Properties["n_estimators"]
	if trees.Type != "integer" || trees.Default != 100.0 || *trees.Minimum != 1 || *trees.Maximum != 5000 {
		t.Errorf("n_estimators = %+v", trees)
	}
	if d := cmp.Diff([]string{"a", "b"}, got.Properties["method"].Enum); d != "" || got.AdditionalProperties || len(got.Properties) != 6 {
		t.Errorf("schema = %s", b)
	}
}

// TestTextsMayBeNumbers checks that what stands for a text is described as it
// is taken.
func TestTextsMayBeNumbers(t *testing.T) {
	var s Set
	var fill string
	s.Text(&fill, "fill_value", "", "What to fill with.")
	b, err := json.Marshal(s.JSONSchema()["properties"].(map[string]any)["fill_value"].(map[string]any)["type"])
	if err != nil || string(b) != `["string","number"]` {
		t.Errorf("type = %s, %v", b, err)
	}
	if err := s.Decode("a step", map[string]any{"fill_value": -1.5}); err != nil || fill != "-1.5" {
		t.Errorf("-1.5 is read as %q, %v", fill, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("alpha", "1")
	f.Add("max_features", "1.0")
	f.Add("max_depth", "none")
	f.Fuzz(func(t *testing.T, name, value string) {
		var m model
		s := declare(&m)
		if err := s.Decode("thing", map[string]any{name: value}); err != nil {
			if _, ok := problem.As(err); !ok {
				t.Errorf("Decode(%q, %q) = %v, want a problem", name, value, err)
			}
			return
		}
		if !(m.alpha >= 0) || math.IsInf(m.alpha, 0) || m.trees < 1 || m.depth < 0 {
			t.Errorf("Decode(%q, %q) let %+v through", name, value, m)
		}
	})
}
