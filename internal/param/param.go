// Package param declares parameters once, the way package flag declares
// flags. A Set binds typed fields with their defaults, ranges and help; forms,
// validation, the API's schema and the docs are all derived from it.
package param

import "math"

// Type is a parameter's type.
type Type string

// The types.
const (
	Float    Type = "number"
	Int      Type = "integer"
	Bool     Type = "boolean"
	Choice   Type = "choice" // one of Choices
	MaybeInt Type = "maybe"  // a whole number, or none
	Mixed    Type = "mixed"  // one of Choices, a whole number, or a share

	MaybeFloat Type = "maybe number" // a number, or none
	Free       Type = "text"         // any text
	List       Type = "list"         // some of Choices, or where there are none any texts, in an order that counts
	Signs      Type = "signs"        // column names, each with 1 or -1
	Ints       Type = "integers"     // one or more whole numbers, in an order that counts
	Floats     Type = "numbers"      // any number of numbers, in an order that counts
)

// Field describes one parameter.
type Field struct {
	Name    string
	Group   string // what the parameter is for, where a set holds those of several; see Nest
	Type    Type
	Default Value
	Range   Range    // of a number, or of each of several
	Choices []string // of Choice and Mixed
	Help    string
	set     func(Value)
	get     func() Value
}

// Value is a parameter's value: bool, int, float64, string, []string, []int,
// []float64, map[string]int, or nil for none.
type Value any

// Named is a parameter's value with its name.
type Named struct {
	Name  string
	Value Value
}

// Set is an ordered list of declared parameters.
type Set struct{ fields []Field }

func (s *Set) add(f Field) {
	for _, g := range s.fields {
		if g.Name == f.Name {
			panic("param: " + f.Name + " is declared twice")
		}
	}
	f.set(f.Default)
	s.fields = append(s.fields, f)
}

// Float declares a number.
func (s *Set) Float(p *float64, name string, def float64, r Range, help string) {
	s.add(Field{Name: name, Type: Float, Default: def, Range: r, Help: help,
		set: func(v Value) { *p = v.(float64) }, get: func() Value { return *p }})
}

// Int declares a whole number.
func (s *Set) Int(p *int, name string, def int, r Range, help string) {
	s.add(Field{Name: name, Type: Int, Default: def, Range: r, Help: help,
		set: func(v Value) { *p = v.(int) }, get: func() Value { return *p }})
}

// MaybeInt declares a whole number that may be none, which is its default and
// is stored as 0: r must not allow 0.
func (s *Set) MaybeInt(p *int, name string, r Range, help string) {
	s.IntOrNone(p, name, 0, r, help)
}

// IntOrNone is MaybeInt with a number for its default; 0 is none.
func (s *Set) IntOrNone(p *int, name string, def int, r Range, help string) {
	f := Field{Name: name, Type: MaybeInt, Range: r, Help: help,
		set: func(v Value) { *p, _ = v.(int) },
		get: func() Value {
			if *p == 0 {
				return nil
			}
			return *p
		}}
	if def != 0 {
		f.Default = def
	}
	s.add(f)
}

// MaybeFloat declares a number that may be none, which is its default and is
// stored as NaN.
func (s *Set) MaybeFloat(p *float64, name string, r Range, help string) {
	s.add(Field{Name: name, Type: MaybeFloat, Range: r, Help: help,
		set: func(v Value) {
			*p = math.NaN()
			if x, ok := v.(float64); ok {
				*p = x
			}
		},
		get: func() Value {
			if math.IsNaN(*p) {
				return nil
			}
			return *p
		}})
}

// Text declares any text.
func (s *Set) Text(p *string, name, def, help string) {
	s.add(Field{Name: name, Type: Free, Default: def, Help: help,
		set: func(v Value) { *p = v.(string) }, get: func() Value { return *p }})
}

// List declares a list of distinct texts, each one of choices where there are
// any. A form sends them one a line, or with commas between them.
func (s *Set) List(p *[]string, name string, def, choices []string, help string) {
	s.add(Field{Name: name, Type: List, Default: def, Choices: choices, Help: help,
		set: func(v Value) { *p = v.([]string) }, get: func() Value { return *p }})
}

// Signs declares a choice of 1 or -1 for some columns, by name; others have
// none. A form sends name:1, one a line or with commas between them.
func (s *Set) Signs(p *map[string]int, name, help string) {
	s.add(Field{Name: name, Type: Signs, Default: map[string]int(nil), Help: help,
		set: func(v Value) { *p = v.(map[string]int) }, get: func() Value { return *p }})
}

// Bool declares a yes or no.
func (s *Set) Bool(p *bool, name string, def bool, help string) {
	s.add(Field{Name: name, Type: Bool, Default: def, Help: help,
		set: func(v Value) { *p = v.(bool) }, get: func() Value { return *p }})
}

// Choice declares one of the given texts.
func (s *Set) Choice(p *string, name, def string, choices []string, help string) {
	s.add(Field{Name: name, Type: Choice, Default: def, Choices: choices, Help: help,
		set: func(v Value) { *p = v.(string) }, get: func() Value { return *p }})
}

// Mixed declares a parameter like max_features: one of the given texts (kept
// as string), a count of 1 or more (int), or a share above 0 and at most 1
// (float64). 1 is a count and 1.0 a share.
func (s *Set) Mixed(p *Value, name string, def Value, choices []string, help string) {
	s.add(Field{Name: name, Type: Mixed, Default: def, Choices: choices, Help: help,
		set: func(v Value) { *p = v }, get: func() Value { return *p }})
}

// CountOrShare declares a count of least or more (int), or a share above 0 and
// at most 1 (float64). 1 is a count and 1.0 a share.
func (s *Set) CountOrShare(p *Value, name string, def Value, least int, help string) {
	s.add(Field{Name: name, Type: Mixed, Default: def, Range: AtLeast(float64(least)), Help: help,
		set: func(v Value) { *p = v }, get: func() Value { return *p }})
}

// Fields returns the declared parameters in order.
func (s *Set) Fields() []Field { return s.fields }

// Values returns the bound values in order.
func (s *Set) Values() []Named {
	out := make([]Named, len(s.fields))
	for i, f := range s.fields {
		out[i] = Named{f.Name, f.get()}
	}
	return out
}
