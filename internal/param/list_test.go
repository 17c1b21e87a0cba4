package param

import (
	"encoding/json"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/waittest"
)

// listed declares one parameter of each kind that holds several values.
type listed struct {
	members []string
	signs   map[string]int
	share   float64
}

func (l *listed) set() *Set {
	s := new(Set)
	s.List(&l.members, "estimators", []string{"a"}, []string{"a", "b", "c"}, "")
	s.Signs(&l.signs, "monotonic_cst", "")
	s.MaybeFloat(&l.share, "quantile", Between(0, 1), "")
	return s
}

func TestDecodeSeveral(t *testing.T) {
	for name, tc := range map[string]struct {
		in   map[string]any
		want map[string]any // by name; nil where refused
	}{
		"defaults":      {map[string]any{}, map[string]any{"estimators": []string{"a"}, "monotonic_cst": map[string]int(nil), "quantile": nil}},
		"json":          {map[string]any{"estimators": []any{"c", "a"}, "monotonic_cst": map[string]any{"x:y": json.Number("-1")}, "quantile": json.Number("0.5")}, map[string]any{"estimators": []string{"c", "a"}, "monotonic_cst": map[string]int{"x:y": -1}, "quantile": 0.5}},
		"form":          {map[string]any{"estimators": " c ,a", "monotonic_cst": "x:y:1\n a, b : -1 ", "quantile": "none"}, map[string]any{"estimators": []string{"c", "a"}, "monotonic_cst": map[string]int{"x:y": 1, "a, b": -1}, "quantile": nil}},
		"twice":         {map[string]any{"estimators": "a,a"}, nil},
		"no choice":     {map[string]any{"estimators": "d"}, nil},
		"no list":       {map[string]any{"estimators": 3}, nil},
		"list of lists": {map[string]any{"estimators": []any{[]any{}}}, nil},
		"sign of 2":     {map[string]any{"monotonic_cst": "x:2"}, nil},
		"no sign":       {map[string]any{"monotonic_cst": "x"}, nil},
		"sign twice":    {map[string]any{"monotonic_cst": "x:1,x:-1"}, nil},
		"out of range":  {map[string]any{"quantile": 1.5}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var l listed
			s := l.set()
			err := s.Decode("voting", tc.in)
			if tc.want == nil {
				if err == nil {
					t.Fatalf("Decode(%v) is not refused: %v", tc.in, s.Values())
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]any{}
			text := map[string]any{}
			for _, v := range s.Values() {
				got[v.Name], text[v.Name] = v.Value, Text(v.Value)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("Decode(%v): %s", tc.in, diff)
			}
			if err := s.Decode("voting", text); err != nil {
				t.Fatalf("a form refuses its own texts %v: %v", text, err)
			}
			for _, v := range s.Values() {
				if Text(v.Value) != text[v.Name] {
					t.Errorf("%s: %v becomes %v through a form", v.Name, text[v.Name], v.Value)
				}
			}
		})
	}
}

// TestLongListIsReadInTime keeps a list as long as a request can hold from
// taking the square of its length, which is minutes.
func TestLongListIsReadInTime(t *testing.T) {
	waittest.Linear(t, 10_000, func(n int) {
		long := make([]any, n)
		for i := range long {
			long[i] = strconv.Itoa(i)
		}
		var members []string
		var s Set
		s.List(&members, "values", nil, nil, "")
		if err := s.Decode("step", map[string]any{"values": long}); err != nil || len(members) != len(long) {
			t.Fatalf("%d of %d are read: %v", len(members), len(long), err)
		}
		long[len(long)-1] = "0"
		if s.Decode("step", map[string]any{"values": long}) == nil {
			t.Error("a text that is there twice is taken")
		}
	})
}

// TestSchemaOfAnEmptyList has a default of the schema's own type: null is none.
func TestSchemaOfAnEmptyList(t *testing.T) {
	var members []string
	var s Set
	s.List(&members, "values", nil, nil, "")
	b, err := json.Marshal(s.JSONSchema()["properties"].(map[string]any)["values"].(map[string]any)["default"])
	if err != nil || string(b) != "[]" {
		t.Errorf("the default is %s, %v", b, err)
	}
}
