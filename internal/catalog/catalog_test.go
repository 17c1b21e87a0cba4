package catalog

import (
	"os"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/recipe"
)

// folders returns the package folders under a directory.
func folders(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() && e.Name() != "testdata" {
			out = append(out, e.Name())
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s has no packages", dir)
	}
	return out
}

// TestEveryLearnerIsListed checks that each folder of learners has an entry, so
// that none is written and then forgotten.
func TestEveryLearnerIsListed(t *testing.T) {
	parts := []string{"learntest", "tree", "scaled"} // what learners are made of, tested with or wrapped in
	all := All()
	listed := []string{folderOf(all.Dummy)}
	for _, l := range all.Learners {
		listed = append(listed, folderOf(l))
	}
	for _, name := range folders(t, "../learn") {
		if !slices.Contains(parts, name) && !slices.Contains(listed, name) {
			t.Errorf("internal/learn/%s is not in the catalog", name)
		}
	}
}

// folderOf is the folder of a learner's package.
func folderOf(l learn.Learner) string { return folder(l.New(l.Tasks[0])) }

func folder(v any) string {
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return path.Base(t.PkgPath())
}

// TestEveryStepIsListed checks the same of the recipe's steps.
func TestEveryStepIsListed(t *testing.T) {
	listed := map[string]bool{}
	for _, d := range All().Steps {
		listed[folder(d.New())] = true
	}
	for _, name := range folders(t, "../recipe") {
		if !listed[name] {
			t.Errorf("internal/recipe/%s is not in the catalog", name)
		}
	}
}

// TestEntriesAreWhole checks what front ends and documentation take from an
// entry.
func TestEntriesAreWhole(t *testing.T) {
	all := All()
	names := map[string]bool{}
	tasks := map[learn.Task]int{}
	for _, l := range append(slices.Clone(all.Learners), all.Dummy) {
		check(t, names, l.Name, l.Title, l.Summary)
		if l.Family == "" && l.Name != all.Dummy.Name {
			t.Errorf("%s is of no family", l.Name)
		}
		if len(l.Tasks) == 0 || len(l.Exports) == 0 {
			t.Errorf("%s has %d tasks and %d exports", l.Name, len(l.Tasks), len(l.Exports))
		}
		for _, task := range l.Tasks {
			tasks[task]++
			var set param.Set
			l.New(task).Params(&set)
			checkFields(t, l.Name, set.Fields())
		}
	}
	for _, task := range []learn.Task{learn.Classification, learn.Regression} {
		if tasks[task] < 3 { // the dummy and two to choose from
			t.Errorf("%d learners can do %s", tasks[task], task)
		}
		if got := all.Names(task); len(got) != tasks[task]-1 {
			t.Errorf("Names(%s) = %v", task, got)
		}
	}
	for _, d := range all.Steps {
		check(t, names, d.Name, d.Title, d.Summary)
		if len(d.Kinds) == 0 && d.Phase != recipe.OnBalance {
			t.Errorf("%s is for no kind of column", d.Name)
		}
		var set param.Set
		d.New().Params(&set)
		checkFields(t, d.Name, set.Fields())
	}
}

var plain = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func check(t *testing.T, names map[string]bool, name, title, summary string) {
	t.Helper()
	if !plain.MatchString(name) || names[name] {
		t.Errorf("the name %q is odd or taken", name)
	}
	names[name] = true
	if title == "" || !strings.HasSuffix(summary, ".") {
		t.Errorf("%s has the title %q and the summary %q", name, title, summary)
	}
}

func checkFields(t *testing.T, of string, fields []param.Field) {
	t.Helper()
	seen := map[string]bool{}
	for _, f := range fields {
		if f.Name == "" || seen[f.Name] || f.Help == "" || f.Wants() == "" {
			t.Errorf("%s: the parameter %q lacks its help (%q), what it wants (%q), or is there twice", of, f.Name, f.Help, f.Wants())
		}
		seen[f.Name] = true
	}
}

// TestOlderFormFits checks that the three choices of the older API stand for
// steps that are in the catalog.
func TestOlderFormFits(t *testing.T) {
	listed := map[string]bool{}
	for _, d := range All().Steps {
		listed[d.Name] = true
	}
	for _, missing := range []string{"mean", "median", "mode", "drop"} {
		r, err := recipe.FromLegacy(missing, "label", true)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range r.Steps {
			if !listed[s.Name] {
				t.Errorf("missing_strategy %s stands for the step %q, which is not listed", missing, s.Name)
			}
		}
	}
}
