package web

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

// requests are the schemas of bodies that are sent.
var requests = []string{"TrainRequest", "PrepareRequest", "PredictRequest", "ReadingRequest"}

// bound describes what requests may hold more closely than their types do. The
// handlers check the same, in words of their own.
func (s *Server) bound(schemas map[string]any) {
	train := properties(schemas, "TrainRequest")
	set := func(name, key string, value any) { train[name].(map[string]any)[key] = value }
	set("target_column", "minLength", 1)
	set("task", "enum", []any{"", learn.Classification.String(), learn.Regression.String()})
	set("test_size", "minimum", 0.05)
	set("test_size", "maximum", 0.9)
	set("cv", "enum", []any{0, 2, 3, 4, 5, 6, 7, 8, 9, 10})
	rows := property(schemas, "PredictRequest", "rows")
	rows["minItems"] = 1
	rows["items"] = map[string]any{"type": "object", "minProperties": 1, "description": "A member for each of the model's columns."}
	prepare := schemas["PrepareRequest"].(map[string]any)
	null := map[string]any{"type": "null"}
	older := map[string]any{
		"missing_strategy": map[string]any{"enum": []string{"mean", "median", "mode", "drop"}},
		"encoding":         map[string]any{"enum": []any{"label", "", nil}},
		"steps":            null,
	}
	prepare["oneOf"] = []any{
		map[string]any{"title": "recipe", "required": []string{"steps"}, "properties": map[string]any{
			"steps": map[string]any{"type": "array"}, "missing_strategy": null, "encoding": null, "scaling": null,
		}},
		map[string]any{"title": "older form", "required": []string{"missing_strategy"}, "properties": older},
	}
}

// nullable says where null may stand: in a request for what is left out, and
// in an answer where a type is a pointer to an object.
func (s *Server) nullable(schemas map[string]any) {
	for _, name := range requests {
		schema := schemas[name].(map[string]any)
		required := map[any]bool{}
		if list, ok := schema["required"].([]any); ok {
			for _, r := range list {
				required[r] = true
			}
		}
		for member, of := range schema["properties"].(map[string]any) {
			if !required[member] {
				schema["properties"].(map[string]any)[member] = orNull(of.(map[string]any))
			}
		}
	}
	registry := s.api.OpenAPI().Components.Schemas
	for name := range registry.Map() {
		t := registry.TypeFromRef("#/components/schemas/" + name)
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for i := range t.NumField() {
			f := t.Field(i)
			as, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			if f.Type.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Struct && as != "" && as != "-" && options == "" {
				of := properties(schemas, name)
				of[as] = orNull(of[as].(map[string]any))
			}
		}
	}
}

// orNull is a schema that takes null as well.
func orNull(schema map[string]any) map[string]any {
	if list, ok := schema["anyOf"].([]any); ok {
		schema["anyOf"] = append(list, map[string]any{"type": "null"})
		return schema
	}
	if list, ok := schema["enum"].([]any); ok {
		schema["enum"] = append(list, nil)
	}
	if one, ok := schema["type"].(string); ok {
		schema["type"] = []any{one, "null"}
		return schema
	}
	if ref, ok := schema["$ref"]; ok {
		out := map[string]any{"anyOf": []any{map[string]any{"$ref": ref}, map[string]any{"type": "null"}}}
		if text, has := schema["description"]; has {
			out["description"] = text
		}
		return out
	}
	return schema
}

// checkQuery refuses parameters of an address that its description does not
// allow: one that is there twice, or has another value than those listed.
func checkQuery(params []*huma.Param, next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		given := c.QueryParams()
		for _, p := range params {
			values := given[p.Name]
			if p.In != "query" || len(values) == 0 {
				continue
			}
			if len(values) > 1 {
				return problem.Field(p.Name, "%s is there %d times.", p.Name, len(values)).WithHint("Send it once.")
			}
			if !allowed(p.Schema, values[0]) {
				return problem.Field(p.Name, "There is no %s %q.", p.Name, short(values[0])).WithHint("Leave it out, or send one of: %s.", enumerated(p.Schema))
			}
		}
		return next(c)
	}
}

func allowed(s *huma.Schema, value string) bool {
	for _, e := range s.Enum {
		if e == value {
			return true
		}
	}
	return len(s.Enum) == 0
}

// enumerated names the values of a parameter.
func enumerated(s *huma.Schema) string {
	var out []string
	for _, e := range s.Enum {
		out = append(out, e.(string))
	}
	return strings.Join(out, ", ")
}
