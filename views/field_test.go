package views_test

import (
	"testing"

	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/views"
)

func find(t *testing.T, fields []views.Field, name string) views.Field {
	t.Helper()
	for _, f := range fields {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("no field %s", name)
	return views.Field{}
}

func TestParamFields(t *testing.T) {
	refused := problem.Field("max_depth", "max_depth must be at least 1.")
	fields := views.ParamFields("rf", forestParams(), map[string]string{"rf.max_depth": "zero", "rf.criterion": "entropy", "rf.bootstrap": "false"}, refused)
	n := find(t, fields, "rf.n_estimators")
	if n.Label != "Number of estimators" || n.Value != "100" || n.Min != "1" || n.Max != "2000" || n.Inc != "1" || n.Refusal != "" {
		t.Errorf("n_estimators = %+v", n)
	}
	depth := find(t, fields, "rf.max_depth")
	if depth.Value != "zero" || depth.Placeholder != "none" || depth.Refusal != "max_depth must be at least 1." {
		t.Errorf("max_depth = %+v", depth)
	}
	for name, want := range map[string]string{"rf.criterion": "entropy", "rf.bootstrap": "false"} {
		for _, o := range find(t, fields, name).Options {
			if o.Selected != (o.Value == want) {
				t.Errorf("%s: %q selected = %v, want %q alone", name, o.Value, o.Selected, want)
			}
		}
	}
}

// TestOpenMinimum: an excluded minimum is no min attribute, because min would
// allow it.
func TestOpenMinimum(t *testing.T) {
	if c := find(t, views.ParamFields("", logisticParams(), nil, nil), "C"); c.Min != "" || c.Inc != "any" || c.Value != "1.0" {
		t.Errorf("C = %+v", c)
	}
}

// TestNumberOrNone: where none is not the default, an empty input is not none,
// so that none can be typed.
func TestNumberOrNone(t *testing.T) {
	var set param.Set
	var leaves, depth int
	set.IntOrNone(&leaves, "max_leaf_nodes", 31, param.AtLeast(2), "Leaves.")
	set.MaybeInt(&depth, "max_depth", param.AtLeast(1), "Depth.")
	fields := views.ParamFields("", set.Fields(), nil, nil)
	if f := find(t, fields, "max_leaf_nodes"); f.Type != "text" || f.Value != "31" || f.Default != "31" || f.Placeholder != "" || f.Wants != "a whole number at least 2, or none" {
		t.Errorf("max_leaf_nodes = %+v", f)
	}
	if f := find(t, fields, "max_depth"); f.Type != "number" || f.Value != "" || f.Default != "none" || f.Placeholder != "none" {
		t.Errorf("max_depth = %+v", f)
	}
}

func TestFieldID(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"a", "a.b", "a-b", "a b", "a\"b", "ü", "2e", ""} {
		id := views.FieldID(name)
		if other, ok := seen[id]; ok {
			t.Errorf("%q and %q share the id %s", name, other, id)
		}
		seen[id] = name
	}
}

// TestRefusedNumberIsShown: a number input hides what is not a number.
func TestRefusedNumberIsShown(t *testing.T) {
	p := trainPage(nil)
	p.Split[0].Value, p.Split[0].Refusal = "a fifth", "test_size must be a number."
	input := parse(t, views.Train(p)).Find(`[name="test_size"]`)
	if input.AttrOr("type", "") != "text" || input.AttrOr("value", "") != "a fifth" || input.AttrOr("aria-invalid", "") != "true" {
		t.Errorf("type %q, value %q, aria-invalid %q", input.AttrOr("type", ""), input.AttrOr("value", ""), input.AttrOr("aria-invalid", ""))
	}
}

func TestTableMarksMissingCells(t *testing.T) {
	doc := parse(t, views.Data(dataPage()))
	if got := doc.Find("td .missing").First().Text(); got != "missing" {
		t.Errorf("a missing cell reads %q", got)
	}
	if doc.Find(`.scroll[tabindex="0"][role="region"][aria-label]`).Length() < 2 {
		t.Error("tables cannot be scrolled by keyboard")
	}
	if doc.Find("th[scope=col]").Length() == 0 || doc.Find("th[scope=row]").Length() == 0 {
		t.Error("tables lack heads")
	}
}
