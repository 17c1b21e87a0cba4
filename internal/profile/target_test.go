package profile_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/profile"
)

func codes(a []profile.Alert) []string {
	var out []string
	for _, x := range a {
		out = append(out, x.Code+" "+x.Column)
	}
	return out
}

func TestAlerts(t *testing.T) {
	id := texts("key", strings.Fields("a b c d e f g h i j"))
	id.Kind = frame.ID
	empty := math.NaN()
	f := frame.New(
		numbers("constant", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
		numbers("holes", 1, 2, 3, 4, 5, 6, 7, empty, empty, empty),
		numbers("nothing", empty, empty, empty, empty, empty, empty, empty, empty, empty, empty),
		numbers("number", 1, 0, 1, 0, 0, 1, 1, 0, 1, 0),
		texts("word", strings.Fields("yes no yes no no yes yes no yes no")),
		id,
	)
	want := []string{"constant constant", "missing holes", "empty nothing", "copy word", "id_like key"}
	if d := cmp.Diff(want, codes(describe(t, f).Alerts)); d != "" {
		t.Errorf("alerts (-want +got):\n%s", d)
	}
	for file, want := range map[string][]string{
		"iris.csv":     {"duplicates "},
		"penguins.csv": nil,
		"titanic.csv":  {"duplicates ", "missing deck", "copy class", "copy embark_town", "copy alive", "skew fare"},
	} {
		if d := cmp.Diff(want, codes(describe(t, load(t, file)).Alerts)); d != "" {
			t.Errorf("%s (-want +got):\n%s", file, d)
		}
	}
}

func TestSuggestTarget(t *testing.T) {
	for _, tt := range []struct {
		file, column string
		task         learn.Task
	}{
		{"iris.csv", "species", learn.Classification},
		{"penguins.csv", "species", learn.Classification},
		{"titanic.csv", "survived", learn.Classification},
		{"housing.csv", "median_house_value", learn.Regression},
	} {
		column, task, reason := profile.SuggestTarget(load(t, tt.file))
		if column != tt.column || task != tt.task || reason == "" {
			t.Errorf("SuggestTarget(%s) = %s, %v, %q, want %s, %v", tt.file, column, task, reason, tt.column, tt.task)
		}
	}
	id := texts("id", []string{"a", "b", "c"})
	id.Kind = frame.ID
	f := frame.New(numbers("first", 1, 2, 3), numbers("second", 1, 2, 4), numbers("same", 1, 1, 1), id)
	if column, _, _ := profile.SuggestTarget(f); column != "second" {
		t.Errorf("without a telling name the target is %s, want the last that varies: second", column)
	}
	if column, task, _ := profile.SuggestTarget(frame.New(id)); column != "id" || task != 0 {
		t.Errorf("with names of rows only: %s, %v, want id and no task", column, task)
	}
	if column, _, _ := profile.SuggestTarget(frame.New()); column != "" {
		t.Errorf("without columns: %q", column)
	}
}

func TestTaskFor(t *testing.T) {
	many := make([]float64, 60)
	for i := range many {
		many[i] = float64(i % 21)
	}
	few := make([]float64, 60)
	for i := range few {
		few[i] = float64(i % 20)
	}
	text, when, id := texts("t", []string{"a", "b"}), numbers("w", 1, 2), texts("i", []string{"a", "b"})
	text.Kind, when.Kind, id.Kind = frame.Text, frame.Time, frame.ID
	for _, tt := range []struct {
		name string
		c    *frame.Column
		want learn.Task
	}{
		{"two decimals", numbers("x", 0.5, 1.5, 0.5, math.NaN()), learn.Classification},
		{"20 whole numbers", numbers("x", few...), learn.Classification},
		{"21 whole numbers", numbers("x", many...), learn.Regression},
		{"few decimals", numbers("x", 0.5, 1.5, 2.5, 0.5, 1.5, 2.5), learn.Regression},
		{"all different", numbers("x", 1, 2, 3, 4), learn.Regression},
		{"text", text, learn.Classification},
		{"date", when, 0},
		{"id", id, 0},
	} {
		if got, reason := profile.TaskFor(tt.c); got != tt.want || reason == "" {
			t.Errorf("TaskFor(%s) = %v, %q, want %v", tt.name, got, reason, tt.want)
		}
	}
}
