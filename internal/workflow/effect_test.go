package workflow

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/recipe"
)

// yesOrNo alternates in most rows, so that other columns go with it without
// giving it away.
func yesOrNo(i int) string {
	if i%5 == 0 {
		i++
	}
	return []string{"yes", "no"}[i%2]
}

// TestEffect checks what single steps are said to do: values that they fill,
// columns that they make, rows that they leave out.
func TestEffect(t *testing.T) {
	w := newService(t).New()
	var csv strings.Builder
	csv.WriteString("a,color,y\n")
	for i := range 40 {
		csv.WriteString([]string{"1", "2", "", "4"}[i%4] + "," + []string{"red", "blue"}[i/2%2] + "," + yesOrNo(i) + "\n")
	}
	if _, err := w.Upload(t.Context(), strings.NewReader(csv.String()), "t.csv", 0); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Aim("y", 0); err != nil {
		t.Fatal(err)
	}
	fill := recipe.Step{Name: "impute", Columns: []string{"a"}, Params: map[string]any{"strategy": "mean"}}
	encode := recipe.Step{Name: "encode", Columns: []string{"color"}, Params: map[string]any{"method": "one_hot"}}
	e := effectOf(t, w, fill)
	if e.Changed != 10 || e.Columns != 1 || e.Added+e.Removed+e.Dropped != 0 || len(e.Was) != 1 || e.Was[0].Values[2] != "" || e.Is[0].Values[2] == "" {
		t.Errorf("filling 10 of 40 values: %+v", e)
	}
	e = effectOf(t, w, fill, encode)
	if e.Changed != 0 || e.Added != 2 || e.Removed != 1 || e.Was[0].Values[0] != "red" {
		t.Errorf("encoding two colors: %+v", e)
	}
	e = effectOf(t, w, recipe.Step{Name: "drop_missing", Columns: []string{"a"}})
	if e.Dropped == 0 || e.After != e.Before-e.Dropped || e.Changed != 0 {
		t.Errorf("leaving out rows: %+v", e)
	}
	if e = effectOf(t, w, recipe.Step{Name: "variance_threshold"}); e.Changed+e.Added+e.Removed != 0 || !e.Lasts {
		t.Errorf("keeping all columns, which have gaps and categories: %+v", e)
	}
	if e = effectOf(t, w, recipe.Step{Name: "select_best", Params: map[string]any{"k": 1}}); e.Changed+e.Added != 0 || e.Removed != 1 {
		t.Errorf("keeping one column of two: %+v", e)
	}
	e = effectOf(t, w, recipe.Step{Name: "drop_outliers", Columns: []string{"a"}}, recipe.Step{Name: "class_weight"})
	if e.Weighed != 0 || e.Dropped != 0 || e.Lasts {
		t.Errorf("weighing classes that are as frequent: %+v", e)
	}
	e = effectOf(t, w, recipe.Step{Name: "drop_missing", Columns: []string{"a"}}, recipe.Step{Name: "class_weight"}) // leaves out half of a class
	if e.Weighed != e.Before || e.Weighed == 0 || e.Dropped != 0 {
		t.Errorf("weighing classes: %+v", e)
	}
	if r, _, _ := w.Recipe(); len(r.Steps) != 0 {
		t.Errorf("telling an effect stores %v", r)
	}
}

// effectOf returns what the last of the steps does.
func effectOf(t *testing.T, w *Workspace, steps ...recipe.Step) *Effect {
	t.Helper()
	e, err := w.Effect(t.Context(), recipe.Recipe{Steps: steps}, len(steps)-1)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestPreparedTable checks that the prepared rows are each row of the file
// once, test rows marked, and that a row left out is not there.
func TestPreparedTable(t *testing.T) {
	w := newService(t).New()
	var csv strings.Builder
	csv.WriteString("part,y\n")
	for i := range 40 {
		csv.WriteString([]string{"1", "2", "3", ""}[i%4] + "," + yesOrNo(i) + "\n")
	}
	if _, err := w.Upload(t.Context(), strings.NewReader(csv.String()), "t.csv", 0); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Aim("y", 0); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Prepare(t.Context(), recipe.Recipe{Steps: []recipe.Step{{Name: "drop_missing"}}}, "rows"); err != nil {
		t.Fatal(err)
	}
	table, err := w.PreparedTable(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := table.WriteCSV(&out, true); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if lines[0] != "_part,part,y" {
		t.Errorf("the header is %q", lines[0])
	}
	test := 0
	for _, l := range lines[1:] {
		cells := strings.Split(l, ",")
		if cells[0] == "test" {
			test++
		}
		if cells[1] == "" || !slices.Contains([]string{"yes", "no"}, cells[2]) {
			t.Errorf("a prepared row is %q", l)
		}
	}
	if test != 8 || len(lines)-1-test >= 32 {
		t.Errorf("%d test rows of %d, want 8 and fewer than 32 training rows", test, len(lines)-1)
	}
}

// TestPreparedTableDoesNotLeak checks that training rows are encoded by the
// target of other rows than their own, as a learner gets them, test rows by all
// training rows, and that rows are each there once although classes are evened.
func TestPreparedTableDoesNotLeak(t *testing.T) {
	w := newService(t).New()
	var csv strings.Builder
	csv.WriteString("town,y\n")
	for i := range 300 {
		fmt.Fprintf(&csv, "town %d,%s\n", i%60, []string{"yes", "no", "no"}[i*7%11%3])
	}
	if _, err := w.Upload(t.Context(), strings.NewReader(csv.String()), "t.csv", 0); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Aim("y", 0); err != nil {
		t.Fatal(err)
	}
	steps := []recipe.Step{{Name: "encode", Columns: []string{"town"}, Params: map[string]any{"method": "target"}}, {Name: "random_over"}}
	if _, err := w.Prepare(t.Context(), recipe.Recipe{Steps: steps}, "encoded"); err != nil {
		t.Fatal(err)
	}
	table, err := w.PreparedTable(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := table.WriteCSV(&out, true); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")[1:]
	if len(lines) != 300 {
		t.Fatalf("%d rows, want the file's 300", len(lines))
	}
	values := map[string]map[string]bool{} // the codes of each part and town
	for i, l := range lines {
		cells := strings.Split(l, ",")
		key := fmt.Sprint(cells[0], i%60)
		if values[key] == nil {
			values[key] = map[string]bool{}
		}
		values[key][cells[1]] = true
	}
	several := 0
	for key, codes := range values {
		if len(codes) > 1 && strings.HasPrefix(key, "test") {
			t.Errorf("test rows of one town have %d codes", len(codes))
		}
		if len(codes) > 1 {
			several++
		}
	}
	if several < 30 {
		t.Errorf("training rows of %d of 60 towns have codes by fold, want most", several)
	}
}

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{"": "", "a": "a", "-5": "-5", "+1e3": "+1e3", "=1": "'=1", "@x": "'@x", "＝1": "'＝1", "\tx": "'\tx", "-a": "'-a"} {
		if got := harmless(in); got != want {
			t.Errorf("harmless(%q) = %q, want %q", in, got, want)
		}
	}
}
