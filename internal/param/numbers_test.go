package param

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/problem"
)

// network has lists of numbers, and a part with parameters of its own.
type network struct {
	sizes   []int
	weights []float64
	alpha   float64
}

func (n *network) set() *Set {
	var s Set
	s.Ints(&n.sizes, "hidden_layer_sizes", []int{100}, Between(1, 5000), "")
	s.Floats(&n.weights, "weights", []float64{}, AtLeast(0), "")
	s.Nest("ridge", func(s *Set) { s.Float(&n.alpha, "alpha", 1, AtLeast(0), "") })
	return &s
}

func TestDecodeNumbers(t *testing.T) {
	for name, tc := range map[string]struct {
		in   map[string]any
		want *network // nil where the first of in is refused
	}{
		"defaults":       {nil, &network{[]int{100}, []float64{}, 1}},
		"json":           {map[string]any{"hidden_layer_sizes": []any{json.Number("64"), json.Number("32")}, "weights": []any{json.Number("0.5"), json.Number("2")}}, &network{[]int{64, 32}, []float64{0.5, 2}, 1}},
		"form":           {map[string]any{"hidden_layer_sizes": " 64, 32", "weights": "0.5,2"}, &network{[]int{64, 32}, []float64{0.5, 2}, 1}},
		"as Python does": {map[string]any{"hidden_layer_sizes": "(64, 32,)", "weights": "[1]"}, &network{[]int{64, 32}, []float64{1}, 1}},
		"one number":     {map[string]any{"hidden_layer_sizes": json.Number("7")}, &network{[]int{7}, []float64{}, 1}},
		"none":           {map[string]any{"weights": nil}, &network{[]int{100}, []float64{}, 1}},
		"of a part":      {map[string]any{"ridge__alpha": json.Number("3")}, &network{[]int{100}, []float64{}, 3}},
		"no numbers":     {map[string]any{"hidden_layer_sizes": []any{}}, nil},
		"a share":        {map[string]any{"hidden_layer_sizes": "64, 0.5"}, nil},
		"out of range":   {map[string]any{"hidden_layer_sizes": "64, 0"}, nil},
		"too large":      {map[string]any{"hidden_layer_sizes": "1e12"}, nil},
		"below 0":        {map[string]any{"weights": "1, -1"}, nil},
		"text":           {map[string]any{"weights": "1; 2"}, nil},
		"no list":        {map[string]any{"weights": true}, nil},
		"nested":         {map[string]any{"weights": []any{[]any{}}}, nil},
		"a part's range": {map[string]any{"ridge__alpha": json.Number("-3")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got network
			s := got.set()
			err := s.Decode("network", tc.in)
			if tc.want == nil {
				p, ok := problem.As(err)
				if !ok {
					t.Fatalf("Decode(%v) gives %v, want a problem", tc.in, err)
				}
				if _, named := tc.in[p.Field]; !named {
					t.Errorf("Decode(%v) blames %q", tc.in, p.Field)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(*tc.want, got, cmp.AllowUnexported(network{})); diff != "" {
				t.Errorf("Decode(%v): %s", tc.in, diff)
			}
			text := map[string]any{}
			for _, v := range s.Values() {
				text[v.Name] = Text(v.Value)
			}
			var back network
			if err := back.set().Decode("network", text); err != nil {
				t.Fatalf("a form refuses its own texts %v: %v", text, err)
			}
			if diff := cmp.Diff(got, back, cmp.AllowUnexported(network{})); diff != "" {
				t.Errorf("through a form: %s", diff)
			}
		})
	}
}

func TestNestGroups(t *testing.T) {
	var n network
	want := map[string]string{"hidden_layer_sizes": "", "weights": "", "ridge__alpha": "ridge"}
	for _, f := range n.set().Fields() {
		if group, ok := want[f.Name]; !ok || f.Group != group {
			t.Errorf("%s is in the group %q, want %q", f.Name, f.Group, group)
		}
	}
}
