package web

import (
	"encoding/json"
	"fmt"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/recipe"
)

// choices adds to an encoded description what only the catalog knows: the
// parameters of each algorithm, and the steps of a recipe with theirs. They
// are there to be read: requests are checked by the same declarations, whose
// refusals say more than a schema's.
func (s *Server) choices(encoded []byte) ([]byte, error) {
	var doc map[string]any
	if err := json.Unmarshal(encoded, &doc); err != nil {
		return nil, fmt.Errorf("decode API description: %w", err)
	}
	schemas := doc["components"].(map[string]any)["schemas"].(map[string]any)
	var params, steps, algorithms []any
	kinds := map[string]any{}
	for _, l := range s.opts.Workflow.Catalog.Learners {
		algorithms = append(algorithms, l.Name)
		for _, t := range l.Tasks {
			name := "params_" + l.Name + "_" + t.String()
			schemas[name] = paramsSchema(l, t)
			params = append(params, reference(name))
		}
	}
	for _, d := range s.opts.Workflow.Catalog.Steps {
		name := "step_" + d.Name
		schemas[name] = stepSchema(d)
		steps, kinds[d.Name] = append(steps, reference(name)), reference(name)["$ref"]
	}
	property(schemas, "TrainRequest", "params")["anyOf"] = params
	property(schemas, "TrainRequest", "algorithm")["enum"] = algorithms
	schemas["Step"] = map[string]any{
		"description":   "A step of a recipe: its name, the columns that it works on, and its parameters.",
		"oneOf":         steps,
		"discriminator": map[string]any{"propertyName": "step", "mapping": kinds},
	}
	property(schemas, "PrepareRequest", "steps")["items"] = reference("Step")
	s.bound(schemas)
	s.nullable(schemas)
	return json.Marshal(doc)
}

// property is one of a schema's members.
func property(schemas map[string]any, schema, name string) map[string]any {
	return properties(schemas, schema)[name].(map[string]any)
}

func properties(schemas map[string]any, schema string) map[string]any {
	return schemas[schema].(map[string]any)["properties"].(map[string]any)
}

func reference(schema string) map[string]any {
	return map[string]any{"$ref": "#/components/schemas/" + schema}
}

// paramsSchema describes the parameters of a learner. Those of an ensemble's
// parts are told by their pattern: there are hundreds.
func paramsSchema(l learn.Learner, t learn.Task) map[string]any {
	var set param.Set
	l.New(t).Params(&set)
	schema := set.JSONSchema()
	schema["title"], schema["description"] = l.Name+", "+t.String(), l.Summary
	members, parts := schema["properties"].(map[string]any), map[string]any{}
	for _, f := range set.Fields() {
		if f.Group != "" {
			delete(members, f.Name)
			parts["^"+f.Group+"__"] = map[string]any{"description": "A parameter of " + f.Group + "."}
		}
	}
	if len(parts) > 0 {
		schema["patternProperties"] = parts
	}
	return schema
}

// stepSchema describes a step: an object of its name, its columns unless it
// works on rows, and its parameters.
func stepSchema(d recipe.Definition) map[string]any {
	var set param.Set
	d.New().Params(&set)
	schema := set.JSONSchema()
	schema["title"], schema["description"] = d.Name, d.Title
	members := schema["properties"].(map[string]any)
	members["step"] = map[string]any{"const": d.Name}
	required := []string{"step"}
	if d.Phase != recipe.OnBalance {
		columns := map[string]any{"type": []any{"array", "null"}, "items": map[string]any{"type": "string"}, "uniqueItems": true,
			"description": "The columns to work on; where none are named, all that the step can."}
		members["columns"] = columns
		if d.Named {
			columns["type"], columns["minItems"], columns["description"] = "array", 1, "The columns to work on."
			required = append(required, "columns")
		}
	}
	schema["required"] = required
	return schema
}
