package param

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"clicktrain/internal/problem"
)

// Decode sets the named parameters from JSON values (json.Number, string,
// bool, nil, float64 or int, and lists and objects of them) or the texts of a
// form, in which an empty text means the default. All others get their defaults. owner names whose
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
		if t, ok := raw.(string); ok && f.wantsOne() && decimalComma.MatchString(strings.TrimSpace(t)) {
			e = e.WithHint("Write the decimals after a point: %s.", strings.Replace(strings.TrimSpace(t), ",", ".", 1))
		}
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
	case MaybeFloat:
		if raw == nil || strings.EqualFold(text, "none") {
			return nil, nil
		}
		fallthrough
	case Float:
		if isNumber && f.Range.has(number) {
			return number, nil
		}
	case Free:
		if t, ok := raw.(string); ok {
			return t, nil
		}
		if isNumber { // such as a JSON number, where the text may name one
			return text, nil
		}
	case List:
		if list, ok := f.list(raw); ok {
			return list, nil
		}
	case Signs:
		if signs, ok := signsOf(raw); ok {
			return signs, nil
		}
	case Ints:
		if list, ok := f.numbers(raw); ok && len(list) > 0 && wholes(list) {
			out := make([]int, len(list))
			for i, x := range list {
				out[i] = int(x)
			}
			return out, nil
		}
	case Floats:
		if list, ok := f.numbers(raw); ok {
			return list, nil
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
		if isNumber && !share && number >= max(1, f.Range.Min) && number < 1<<31 {
			return int(number), nil
		}
	}
	return nil, refuse()
}

// decimalComma is a number as much of the world writes it.
var decimalComma = regexp.MustCompile(`^[+-]?\d*,\d+$`)

// wantsOne reports whether the field takes one number that may have decimals.
func (f Field) wantsOne() bool {
	return f.Type == Float || f.Type == MaybeFloat || f.Type == Mixed
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
