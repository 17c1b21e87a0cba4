package internal

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "clicktrain/"

// leaves need nothing of ours but other leaves.
var leaves = []string{"internal/problem", "internal/param", "internal/frame", "internal/numeric", "internal/codec", "internal/export/pickle"}

// mayImport lists which packages a package may import. A pattern's last
// element may be *, any one folder.
// Imports point down only: from the web to the workflow, to what trains and
// exports, to the subject matter, to the leaves.
var mayImport = []struct {
	pattern string
	allowed []string
}{
	{"cmd/clicktrain", []string{"web", "internal/config", "internal/catalog", "internal/workflow", "internal/job", "internal/ingest"}}, // which it builds and joins
	{"web", []string{"views", "static", "internal/workflow", "internal/session", "internal/job", "internal/chart", "internal/sample",
		"internal/ingest", "internal/profile", "internal/recipe", "internal/learn", "internal/metric", "internal/train", "internal/export",
		"internal/problem", "internal/param", "internal/frame"}},
	{"views", []string{"static", "internal/param", "internal/problem"}},
	{"static", nil},
	{"bench", []string{"internal/catalog", "internal/ingest", "internal/profile", "internal/recipe", "internal/learn", "internal/train", "internal/export", "internal/metric", "internal/frame", "internal/param"}},
	{"bench/*", []string{"bench/measure", "internal/catalog", "internal/ingest", "internal/profile", "internal/recipe", "internal/learn", "internal/train", "internal/export", "internal/metric", "internal/frame", "internal/param"}},

	{"internal/workflow", []string{"internal/job", "internal/ingest", "internal/profile", "internal/recipe", "internal/learn", "internal/metric",
		"internal/train", "internal/export", "internal/problem", "internal/param", "internal/frame", "internal/numeric"}},
	{"internal/catalog", []string{"internal/train", "internal/learn", "internal/learn/*", "internal/recipe", "internal/recipe/*", "internal/metric"}},

	{"internal/export", []string{"internal/train", "internal/recipe", "internal/learn", "internal/export/pickle", "internal/problem", "internal/param", "internal/frame"}},
	{"internal/train", []string{"internal/recipe", "internal/learn", "internal/metric", "internal/problem", "internal/param", "internal/frame", "internal/numeric", "internal/export/pickle"}},
	{"internal/metric", []string{"internal/learn", "internal/problem", "internal/numeric"}},

	{"internal/ingest", []string{"internal/frame", "internal/problem", "internal/numeric"}},
	{"internal/profile", []string{"internal/frame", "internal/numeric", "internal/problem", "internal/learn"}},
	{"internal/recipe", []string{"internal/frame", "internal/param", "internal/problem", "internal/numeric", "internal/export/pickle"}},
	{"internal/recipe/*", []string{"internal/recipe", "internal/frame", "internal/param", "internal/problem", "internal/numeric", "internal/export/pickle"}},
	{"internal/learn", []string{"internal/param", "internal/problem", "internal/frame"}},
	{"internal/learn/*", []string{"internal/learn", "internal/codec", "internal/param", "internal/problem", "internal/frame", "internal/numeric", "internal/export/pickle"}},

	{"internal/chart", []string{"internal/numeric"}},
	{"internal/sample", nil},
	{"internal/session", []string{"internal/problem"}},
	{"internal/job", []string{"internal/problem"}},
	{"internal/config", nil},

	{"internal/problem", nil},
	{"internal/param", []string{"internal/problem"}},
	{"internal/frame", []string{"internal/problem"}},
	{"internal/numeric", nil},
	{"internal/codec", nil},
	{"internal/export/pickle", nil},
}

// exceptions are imports between siblings: a forest is made of trees.
var exceptions = map[string][]string{
	"internal/learn/forest": {"internal/learn/tree"},
}

// testOnly are packages that only tests may import.
var testOnly = []string{"internal/learn/learntest", "internal/ingest/ingesttest", "internal/waittest"}

// suites is the folder of the suites that drive the whole program: they stand
// above everything, and nothing imports them.
const suites = "tests/"

// pkg is what go list says of a package.
type pkg struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

// packages lists the module's packages.
func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

// rule returns what a package may import.
func rule(name string) (allowed []string, listed bool) {
	for _, r := range mayImport {
		if matches(r.pattern, name) {
			return slices.Concat(r.allowed, exceptions[name]), true
		}
	}
	return nil, false
}

func matches(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return err == nil && ok
}

// ours returns the imports that are packages of this module, without its name.
func ours(imports []string) []string {
	var out []string
	for _, i := range imports {
		if name, ok := strings.CutPrefix(i, module); ok {
			out = append(out, name)
		}
	}
	return out
}

// TestImportsPointDown fails where a package imports what stands above or
// beside it.
func TestImportsPointDown(t *testing.T) {
	list := packages(t)
	if len(list) < 10 {
		t.Fatalf("go list named %d packages", len(list))
	}
	for _, p := range list {
		name := strings.TrimPrefix(p.ImportPath, module)
		if name == "internal" || slices.Contains(testOnly, name) || strings.HasPrefix(name, suites) {
			continue
		}
		allowed, listed := rule(name)
		if !listed {
			t.Errorf("%s has no place in the layers: add it to mayImport", name)
			continue
		}
		for _, imported := range ours(p.Imports) {
			if !slices.ContainsFunc(allowed, func(a string) bool { return matches(a, imported) }) || slices.Contains(testOnly, imported) {
				t.Errorf("%s imports %s, which stands above it, beside it or out of its reach", name, imported)
			}
		}
	}
}

// TestLayersHaveNoCycle checks the list itself: what may be imported never
// leads back, so that the list cannot grow into a knot.
func TestLayersHaveNoCycle(t *testing.T) {
	var names []string
	for _, p := range packages(t) {
		names = append(names, strings.TrimPrefix(p.ImportPath, module))
	}
	reach := map[string][]string{}
	for _, n := range names {
		allowed, _ := rule(n)
		for _, m := range names {
			if m != n && slices.ContainsFunc(allowed, func(a string) bool { return matches(a, m) }) {
				reach[n] = append(reach[n], m)
			}
		}
	}
	const entered, left = 1, 2
	state := map[string]int{}
	var visit func(n string, trail []string)
	visit = func(n string, trail []string) {
		switch state[n] {
		case left:
			return
		case entered:
			t.Errorf("the layers lead back: %s", strings.Join(append(trail, n), " → "))
			return
		}
		state[n] = entered
		for _, m := range reach[n] {
			visit(m, append(trail, n))
		}
		state[n] = left
	}
	for _, n := range names {
		visit(n, nil)
	}
}

// TestLeavesImportLeaves checks that a leaf needs nothing but leaves.
func TestLeavesImportLeaves(t *testing.T) {
	for _, leaf := range leaves {
		allowed, listed := rule(leaf)
		if !listed {
			t.Errorf("%s is not listed", leaf)
		}
		for _, a := range allowed {
			if !slices.Contains(leaves, a) {
				t.Errorf("%s may import %s, which is no leaf", leaf, a)
			}
		}
	}
}
