package param

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

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
	case MaybeFloat:
		return f.Range.String() + ", or none"
	case Free:
		return "text"
	case List:
		if len(f.Choices) > 0 {
			return "some of " + strings.Join(f.Choices, ", ")
		}
		return "a list of texts"
	case Signs:
		return "columns, each with 1 or -1, such as age:1"
	case Ints:
		return "whole numbers " + f.Range.String() + ", with commas between them"
	case Floats:
		return "numbers " + f.Range.String() + ", with commas between them"
	case Mixed:
		choices := strings.Join(f.Choices, ", ")
		if choices != "" {
			choices += ", "
		}
		return choices + "a whole number at least " + number(max(1, f.Range.Min)) + ", or a share such as 0.5"
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
	case []string:
		return joined(v)
	case []int:
		return numbersText(v)
	case []float64:
		return numbersText(v)
	case map[string]int:
		return signsText(v)
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
	switch f.Type {
	case Bool:
		m["type"] = "boolean"
	case Choice:
		m["type"], m["enum"] = "string", f.Choices
	case Int:
		m["type"] = "integer"
		f.Range.schema(m)
	case MaybeInt:
		m["type"] = []string{"integer", "null"}
		f.Range.schema(m)
	case Float:
		m["type"] = "number"
		f.Range.schema(m)
	case MaybeFloat:
		m["type"] = []string{"number", "null"}
		f.Range.schema(m)
	case Free: // a number is taken as its text
		m["type"] = []string{"string", "number"}
	case List:
		items := map[string]any{"type": "string"}
		if len(f.Choices) > 0 {
			items["enum"] = f.Choices
		}
		m["type"], m["items"], m["uniqueItems"] = "array", items, true
		if list, _ := f.Default.([]string); list == nil {
			m["default"] = []string{}
		}
	case Signs:
		m["type"], m["additionalProperties"] = "object", map[string]any{"type": "integer", "enum": []int{-1, 1}}
		delete(m, "default")
	case Ints, Floats:
		items := map[string]any{"type": "integer"}
		if f.Type == Floats {
			items["type"] = "number"
		} else {
			m["minItems"] = 1
		}
		f.Range.schema(items)
		m["type"], m["items"] = "array", items
	case Mixed:
		if len(f.Choices) == 0 {
			m["type"], m["exclusiveMinimum"] = "number", 0
			break
		}
		m["oneOf"] = []any{
			map[string]any{"type": "string", "enum": f.Choices},
			map[string]any{"type": "number", "exclusiveMinimum": 0},
		}
	}
	return m
}

// schema adds the interval to the schema of a number.
func (r Range) schema(m map[string]any) {
	if !math.IsInf(r.Min, -1) {
		key := "minimum"
		if r.Open {
			key = "exclusiveMinimum"
		}
		m[key] = r.Min
	}
	if !math.IsInf(r.Max, 1) {
		m["maximum"] = r.Max
	}
}
