package recipe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// MarshalJSON returns {"step": …, "columns": […], …parameters by name}.
func (s Step) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	write := func(name string, v any) error {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(name)
		if err != nil {
			return err
		}
		value, err := json.Marshal(param.JSON(v))
		if err != nil {
			return fmt.Errorf("encode %s of step %s: %w", name, s.Name, err)
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
		return nil
	}
	if err := write("step", s.Name); err != nil {
		return nil, err
	}
	if len(s.Columns) > 0 {
		if err := write("columns", s.Columns); err != nil {
			return nil, err
		}
	}
	names := make([]string, 0, len(s.Params))
	for name := range s.Params {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := write(name, s.Params[name]); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads what MarshalJSON writes. Numbers stay json.Number, and
// what is neither step nor columns is a parameter, which Resolve checks.
func (s *Step) UnmarshalJSON(b []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(b, &members); err != nil || members == nil {
		return problem.Field("steps", "A step must be an object such as {\"step\": \"impute\", \"strategy\": \"median\"}.")
	}
	*s = Step{}
	for name, raw := range members {
		switch name {
		case "step":
			if json.Unmarshal(raw, &s.Name) != nil {
				return problem.Field("step", "step must be the name of a step.")
			}
		case "columns":
			if json.Unmarshal(raw, &s.Columns) != nil {
				return problem.Field("columns", "columns must be a list of column names.")
			}
		default:
			if s.Params == nil {
				s.Params = map[string]any{}
			}
			d := json.NewDecoder(bytes.NewReader(raw))
			d.UseNumber()
			var v any
			if err := d.Decode(&v); err != nil {
				return fmt.Errorf("decode %s: %w", name, err)
			}
			s.Params[name] = v
		}
	}
	if s.Name == "" {
		return problem.Field("step", "A step needs the member step, which names it.")
	}
	return nil
}

type recipeJSON struct {
	Steps []json.RawMessage `json:"steps"`
}

// MarshalJSON returns {"steps": […]}.
func (r Recipe) MarshalJSON() ([]byte, error) {
	out := recipeJSON{Steps: []json.RawMessage{}}
	for _, s := range r.Steps {
		b, err := s.MarshalJSON()
		if err != nil {
			return nil, err
		}
		out.Steps = append(out.Steps, b)
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads {"steps": […]}. A *problem.Error names the step at fault
// in its Field, as in steps[0].columns.
func (r *Recipe) UnmarshalJSON(b []byte) error {
	var in recipeJSON
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		return problem.Field("steps", "A recipe must be an object with one member, steps, a list of steps.")
	}
	*r = Recipe{}
	for i, raw := range in.Steps {
		var s Step
		if err := s.UnmarshalJSON(raw); err != nil {
			return atStep(i, err)
		}
		r.Steps = append(r.Steps, s)
	}
	return nil
}

// atStep puts the step's place in front of the field that a problem blames.
func atStep(i int, err error) error {
	p, ok := problem.As(err)
	if !ok {
		return err
	}
	q := *p
	q.Field = fmt.Sprintf("steps[%d]", i)
	if p.Field != "" && p.Field != "steps" {
		q.Field += "." + p.Field
	}
	return &q
}
