package workflow

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// telling is a table of y and what tells of it: alive is y under other names,
// and town says nothing.
func telling() string {
	r := rand.New(rand.NewPCG(1, 2))
	var csv strings.Builder
	csv.WriteString("age,town,alive,y\n")
	for range 200 {
		k := r.IntN(2)
		fmt.Fprintf(&csv, "%d,%s,%s,%d\n", r.IntN(60), []string{"Bonn", "Kiel", "Ulm"}[r.IntN(3)], []string{"no", "yes"}[k], k)
	}
	return csv.String()
}

// places tells where a column of the file is used: suggested, prepared, shown,
// written, trained on.
func places(t *testing.T, w *Workspace, column string) []string {
	t.Helper()
	var out []string
	full, lacks, err := w.Suggest(t.Context(), recipe.Want{Scale: true})
	if err != nil {
		t.Fatal(err)
	}
	names := func(s recipe.Step) bool { return slices.Contains(s.Columns, column) }
	if slices.ContainsFunc(full.Steps, names) || slices.ContainsFunc(lacks, func(l Suggestion) bool { return names(l.Step) }) {
		out = append(out, "suggested")
	}
	p, err := w.Preview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	from := func(name string) bool { return strings.HasPrefix(name, column) }
	if slices.ContainsFunc(p.Names, from) || slices.ContainsFunc(p.Steps, names) {
		out = append(out, "shown")
	}
	table, err := w.PreparedTable(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var csv strings.Builder
	if err := table.WriteCSV(&csv, false); err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(csv.String(), "\n")
	if slices.ContainsFunc(strings.Split(head, ","), from) {
		out = append(out, "written")
	}
	plan, err := w.Plan(TrainRequest{Algorithm: "logistic_regression"})
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(plan.Spec.Features, column) || slices.ContainsFunc(plan.Spec.Recipe.Steps, names) {
		out = append(out, "trained")
	}
	if slices.ContainsFunc(plan.Left, func(l recipe.Left) bool { return l.Column == column }) == slices.Contains(out, "trained") {
		t.Errorf("%s is told as left out and trained on, or neither", column)
	}
	m, err := w.Now()
	if err != nil {
		t.Fatal(err)
	}
	closed, err := m.Closed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !closed[column] {
		out = append(out, "offered")
	}
	return out
}

var everywhere = []string{"suggested", "shown", "written", "trained", "offered"}

// TestLeftOutEverywhere checks that what gives the target away, and what the
// person leaves out, is used nowhere, and once taken back everywhere.
func TestLeftOutEverywhere(t *testing.T) {
	w := newService(t).New()
	upload(t, w, telling())
	if _, err := w.Aim("y", 0); err != nil {
		t.Fatal(err)
	}
	want := func(about, column string, wants []string) {
		t.Helper()
		if got := places(t, w, column); !slices.Equal(got, wants) {
			t.Errorf("%s: %s is %q, want %q", about, column, got, wants)
		}
	}
	want("by itself", "alive", nil)
	want("by itself", "town", everywhere)
	if err := w.LeaveOut("town"); err != nil {
		t.Fatal(err)
	}
	if err := w.TakeBack("alive"); err != nil {
		t.Fatal(err)
	}
	want("taken back", "alive", everywhere)
	want("left out", "town", nil)
	if err := w.TakeBack("town"); err != nil {
		t.Fatal(err)
	}
	want("taken back after all", "town", everywhere)
	if err := w.LeaveOut("alive"); err != nil {
		t.Fatal(err)
	}
	want("left out by a person too", "alive", nil)
	if err := w.TakeBack("alive"); err != nil {
		t.Fatal(err)
	}
	want("taken back from both", "alive", everywhere)

	// What is known before one outcome need not be before another.
	if _, err := w.Aim("alive", 0); err != nil {
		t.Fatal(err)
	}
	want("for another target", "y", nil)
	if err := w.TakeBack("y", "nothing"); err == nil {
		t.Error("a column that is not there is taken back")
	} else if p, _ := problem.As(err); p.Column != "nothing" {
		t.Errorf("refused with %+v, want the column named", p)
	}
	want("as nothing is taken back where one is refused", "y", nil)
}

// TestStepsOnTheLeftOut checks that a step made on the pages does not bring in
// what is left out, and that one which a request names does.
func TestStepsOnTheLeftOut(t *testing.T) {
	w := newService(t).New()
	upload(t, w, telling())
	if _, err := w.Aim("y", 0); err != nil {
		t.Fatal(err)
	}
	r := recipe.Recipe{Steps: []recipe.Step{{Name: "encode", Columns: []string{"town", "alive"}}}}
	if _, err := w.Prepare(t.Context(), r, "a step"); err != nil {
		t.Fatal(err)
	}
	if got := places(t, w, "alive"); len(got) != 0 {
		t.Errorf("named by a step, alive is %q", got)
	}
	bad := recipe.Recipe{Steps: append(r.Steps, recipe.Step{Name: "nothing"})}
	if _, err := w.PrepareFor(t.Context(), "", bad, "refused"); err == nil {
		t.Fatal("a step that does not exist is taken")
	}
	if got := places(t, w, "alive"); len(got) != 0 {
		t.Errorf("named by a recipe that was refused, alive is %q", got)
	}
	if _, err := w.PrepareFor(t.Context(), "", r, "by a request"); err != nil {
		t.Fatal(err)
	}
	if got := places(t, w, "alive"); !slices.Contains(got, "trained") || !slices.Contains(got, "written") {
		t.Errorf("named by a request, alive is only %q", got)
	}
}
