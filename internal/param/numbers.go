package param

import (
	"encoding/json"
	"math"
	"strings"
)

// Ints declares a list of one or more whole numbers, each in r. A form sends
// them with commas between them.
func (s *Set) Ints(p *[]int, name string, def []int, r Range, help string) {
	s.add(Field{Name: name, Type: Ints, Default: def, Range: r, Help: help,
		set: func(v Value) { *p = v.([]int) }, get: func() Value { return *p }})
}

// Floats declares a list of numbers, each in r, which may be empty. A form
// sends them with commas between them.
func (s *Set) Floats(p *[]float64, name string, def []float64, r Range, help string) {
	s.add(Field{Name: name, Type: Floats, Default: def, Range: r, Help: help,
		set: func(v Value) { *p = v.([]float64) }, get: func() Value { return *p }})
}

// Nest declares the parameters of a part under names that start with the
// part's and two underscores, as scikit-learn does. They are of the part's
// group, so that a form can fold them away.
func (s *Set) Nest(part string, declare func(*Set)) {
	var inner Set
	declare(&inner)
	for _, f := range inner.fields {
		f.Name, f.Group = part+"__"+f.Name, part
		s.add(f)
	}
}

// numbers reads a list of numbers in the field's range, or one.
func (f Field) numbers(raw any) ([]float64, bool) {
	var items []any
	switch v := raw.(type) {
	case []any:
		items = v
	case []int:
		for _, x := range v {
			items = append(items, x)
		}
	case []float64:
		for _, x := range v {
			items = append(items, x)
		}
	case string:
		for _, e := range entries(strings.Trim(strings.TrimSpace(v), "()[]")) {
			items = append(items, e)
		}
	case json.Number, float64, int:
		items = []any{v}
	case nil:
	default:
		return nil, false
	}
	out := make([]float64, 0, len(items))
	for _, item := range items {
		_, x, ok := literal(item)
		if !ok || !f.Range.has(x) {
			return nil, false
		}
		out = append(out, x)
	}
	return out, true
}

// wholes reports whether all numbers are whole and small enough to count with.
func wholes(list []float64) bool {
	for _, x := range list {
		if x != math.Trunc(x) || math.Abs(x) >= 1<<31 {
			return false
		}
	}
	return true
}

// numbersText is the text that numbers reads.
func numbersText[T int | float64](list []T) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = number(float64(x))
	}
	return strings.Join(parts, ", ")
}
