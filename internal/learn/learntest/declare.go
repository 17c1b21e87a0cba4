package learntest

import (
	"math"
	"reflect"
	"testing"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// checkEntry checks what the catalog shows.
func checkEntry(t *testing.T, l learn.Learner) {
	for name, text := range map[string]string{"Name": l.Name, "Title": l.Title, "Summary": l.Summary, "Cost": l.Cost} {
		if text == "" {
			t.Errorf("%s is empty", name)
		}
	}
	if len(l.Tasks) == 0 {
		t.Error("Tasks is empty")
	}
	for _, task := range l.Tasks {
		if task.String() == "" {
			t.Errorf("Tasks has %d, which is none", task)
		}
		if l.New(task) == nil || l.Model(task) == nil {
			t.Errorf("New or Model returns nil for %v", task)
		}
	}
}

// params checks that declared defaults are valid and everything else is
// refused by name.
func (s *suite) params(t *testing.T) {
	name := s.learner.Name
	fields := func() *param.Set {
		var set param.Set
		s.learner.New(s.task).Params(&set)
		return &set
	}
	set := fields()
	if err := set.Decode(name, nil); err != nil {
		t.Errorf("the defaults are refused: %v", err)
	}
	for i, f := range set.Fields() {
		if f.Help == "" {
			t.Errorf("%s has no help", f.Name)
		}
		if err := set.Decode(name, map[string]any{f.Name: param.JSON(f.Default)}); err != nil {
			t.Errorf("%s: the default %v is refused: %v", f.Name, f.Default, err)
		} else if got := set.Values()[i].Value; !reflect.DeepEqual(got, f.Default) {
			t.Errorf("%s: the default %v is read as %v", f.Name, f.Default, got)
		}
		for _, bad := range refused(f) {
			wantRefusal(t, fields().Decode(name, map[string]any{f.Name: bad}), f.Name, bad)
		}
	}
	wantRefusal(t, fields().Decode(name, map[string]any{"no_such_parameter": 1}), "no_such_parameter", 1)
}

// refused returns values that the field must not take.
func refused(f param.Field) []any {
	bad := []any{[]any{[]any{}}, "\x00"}
	switch f.Type {
	case param.Free:
		return bad[:1]
	case param.List:
		if len(f.Choices) == 0 {
			return bad[:1]
		}
		return bad
	case param.Bool, param.Choice, param.Mixed, param.Signs:
		return append(bad, []any{})
	case param.Floats:
	default:
		bad = append(bad, []any{})
	}
	bad = append(bad, math.NaN(), math.Inf(1))
	if !math.IsInf(f.Range.Min, -1) {
		bad = append(bad, f.Range.Min-1)
	}
	if f.Range.Open {
		bad = append(bad, f.Range.Min)
	}
	if !math.IsInf(f.Range.Max, 1) {
		bad = append(bad, f.Range.Max+1)
	}
	return bad
}

func wantRefusal(t *testing.T, err error, field string, value any) {
	t.Helper()
	if p, ok := problem.As(err); !ok || p.Field != field || p.Kind != problem.Invalid {
		t.Errorf("%s = %v gives %v, want a refusal of the field", field, value, err)
	}
}
