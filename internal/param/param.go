// Package param declares parameters once, the way package flag declares
// flags. A Set binds typed fields with their defaults, ranges and help; forms,
// validation, the API's schema and the docs are all derived from it.
package param

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"clicktrain/internal/problem"
)

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
)

// Range is an interval. Min and Max are allowed unless Open excludes Min.
type Range struct {
	Min, Max float64
	Open     bool // Min itself is refused
}

// AtLeast allows lo and above.
func AtLeast(lo float64) Range { return Range{Min: lo, Max: math.Inf(1)} }

// Above allows numbers greater than lo.
func Above(lo float64) Range { return Range{Min: lo, Max: math.Inf(1), Open: true} }

// Between allows lo to hi.
func Between(lo, hi float64) Range { return Range{Min: lo, Max: hi} }

// String reads after "must be".
func (r Range) String() string {
	min := "at least " + number(r.Min)
	if r.Open {
		min = "greater than " + number(r.Min)
	}
	switch {
	case math.IsInf(r.Max, 1) && math.IsInf(r.Min, -1):
		return "a number"
	case math.IsInf(r.Max, 1):
		return min
	case math.IsInf(r.Min, -1):
		return "at most " + number(r.Max)
	case r.Open:
		return min + " and at most " + number(r.Max)
	}
	return "between " + number(r.Min) + " and " + number(r.Max)
}

// has reports whether x is in the range; NaN is not.
func (r Range) has(x float64) bool { return x >= r.Min && x <= r.Max && !(r.Open && x == r.Min) }

// Field describes one parameter.
type Field struct {
	Name    string
	Type    Type
	Default Value
	Range   Range    // of a number
	Choices []string // of Choice and Mixed
	Help    string
	set     func(Value)
	get     func() Value
}

// Value is a parameter's value: bool, int, float64, string, or nil for none.
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
	s.add(Field{Name: name, Type: MaybeInt, Range: r, Help: help,
		set: func(v Value) { *p, _ = v.(int) },
		get: func() Value {
			if *p == 0 {
				return nil
			}
			return *p
		}})
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

// Decode sets the named parameters from JSON values (json.Number, string,
// bool, nil, float64 or int) or the texts of a form, in which an empty text
// means the default. All others get their defaults. owner names whose
// parameters they are. The first fault is returned as a *problem.Error whose
// Field is the parameter's name; the set is then left as it was.
func (s *Set) Decode(owner string, in map[string]any) error {
	values := make([]Value, len(s.fields))
	seen := 0
	for i, f := range s.fields {
		values[i] = f.Default
		raw, ok := in[f.Name]
		if !ok {
			continue
		}
		seen++
		if t, isText := raw.(string); isText && t == "" {
			continue
		}
		v, err := f.parse(raw)
		if err != nil {
			return err
		}
		values[i] = v
	}
	if seen < len(in) {
		for name := range in {
			if !s.has(name) {
				return problem.Field(name, "%s has no parameter %q.", owner, name).
					WithHint("Its parameters are %s.", s.names())
			}
		}
	}
	for i, f := range s.fields {
		f.set(values[i])
	}
	return nil
}

func (s *Set) has(name string) bool {
	for _, f := range s.fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

func (s *Set) names() string {
	if len(s.fields) == 0 {
		return "none"
	}
	names := make([]string, len(s.fields))
	for i, f := range s.fields {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}

// parse reads a raw value as the field's type and checks it.
func (f Field) parse(raw any) (Value, error) {
	refuse := func() error {
		e := problem.Field(f.Name, "%s must be %s, got %s.", f.Name, f.Wants(), shown(raw))
		e.Value = shown(raw)
		return e
	}
	text, number, isNumber := literal(raw)
	switch f.Type {
	case Bool:
		switch v := raw.(type) {
		case bool:
			return v, nil
		case string:
			if v == "true" || v == "on" {
				return true, nil
			}
			if v == "false" || v == "off" {
				return false, nil
			}
		}
	case Choice:
		for _, c := range f.Choices {
			if c == raw {
				return c, nil
			}
		}
	case MaybeInt:
		if raw == nil || strings.EqualFold(text, "none") {
			return nil, nil
		}
		fallthrough
	case Int:
		if isNumber && number == math.Trunc(number) && math.Abs(number) < 1<<31 && f.Range.has(number) {
			return int(number), nil
		}
	case Float:
		if isNumber && f.Range.has(number) {
			return number, nil
		}
	case Mixed:
		for _, c := range f.Choices {
			if c == text {
				return c, nil
			}
		}
		share := strings.ContainsAny(text, ".eE")
		if isNumber && share && number > 0 && number <= 1 {
			return number, nil
		}
		if isNumber && !share && number >= 1 && number < 1<<31 {
			return int(number), nil
		}
	}
	return nil, refuse()
}

// literal returns the text of a raw value and the number it spells, if any.
func literal(raw any) (text string, number float64, ok bool) {
	switch v := raw.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = strings.TrimSpace(v)
	case float64:
		text = strconv.FormatFloat(v, 'g', -1, 64)
		if v == math.Trunc(v) && !strings.ContainsAny(text, ".e") {
			text += ".0"
		}
	case int:
		text = strconv.Itoa(v)
	default:
		return "", 0, false
	}
	if strings.ContainsAny(text, "xX_pP") {
		return text, 0, false
	}
	number, err := strconv.ParseFloat(text, 64)
	return text, number, err == nil && !math.IsInf(number, 0) && !math.IsNaN(number)
}

// Wants says what values the field takes; it reads after "must be".
func (f Field) Wants() string {
	switch f.Type {
	case Bool:
		return "true or false"
	case Choice:
		return "one of " + strings.Join(f.Choices, ", ")
	case Int:
		return "a whole number " + f.Range.String()
	case MaybeInt:
		return "a whole number " + f.Range.String() + ", or none"
	case Mixed:
		return strings.Join(f.Choices, ", ") + ", a whole number at least 1, or a share such as 0.5"
	}
	if f.Range == (Range{Min: math.Inf(-1), Max: math.Inf(1)}) {
		return "a number"
	}
	return f.Range.String()
}

// Text returns a value as a form field shows it: none is empty.
func Text(v Value) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		t := number(v)
		if !strings.ContainsAny(t, ".e") {
			t += ".0"
		}
		return t
	}
	return fmt.Sprint(v)
}

// JSON returns a value in a form that encoding/json writes so that Decode reads
// back the same: a share of 1.0 stays 1.0.
func JSON(v Value) any {
	if x, ok := v.(float64); ok {
		return json.Number(Text(x))
	}
	return v
}

// JSONSchema returns the set as the schema of a JSON object.
func (s *Set) JSONSchema() map[string]any {
	props := map[string]any{}
	for _, f := range s.fields {
		props[f.Name] = f.schema()
	}
	return map[string]any{"type": "object", "properties": props, "additionalProperties": false}
}

func (f Field) schema() map[string]any {
	m := map[string]any{"description": f.Help, "default": JSON(f.Default)}
	bound := func() {
		if !math.IsInf(f.Range.Min, -1) {
			key := "minimum"
			if f.Range.Open {
				key = "exclusiveMinimum"
			}
			m[key] = f.Range.Min
		}
		if !math.IsInf(f.Range.Max, 1) {
			m["maximum"] = f.Range.Max
		}
	}
	switch f.Type {
	case Bool:
		m["type"] = "boolean"
	case Choice:
		m["type"], m["enum"] = "string", f.Choices
	case Int:
		m["type"] = "integer"
		bound()
	case MaybeInt:
		m["type"] = []string{"integer", "null"}
		bound()
	case Float:
		m["type"] = "number"
		bound()
	case Mixed:
		m["oneOf"] = []any{
			map[string]any{"type": "string", "enum": f.Choices},
			map[string]any{"type": "number", "exclusiveMinimum": 0},
		}
	}
	return m
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func shown(raw any) string {
	switch v := raw.(type) {
	case nil:
		return "null"
	case string:
		if len(v) > 60 {
			v = strings.ToValidUTF8(v[:60], "") + "…"
		}
		return strconv.Quote(v)
	case json.Number:
		return v.String()
	case float64:
		return number(v)
	}
	b, err := json.Marshal(raw)
	if err != nil || len(b) > 60 {
		return fmt.Sprintf("a %T", raw)
	}
	return string(b)
}
