package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"clicktrain/internal/catalog"
	"clicktrain/internal/workflow"
)

// asProgram is the name under which the test's own binary is the program, with
// its workers, to the last line.
const asProgram = "clicktrain"

// TestMain lets the test's own binary be the worker that the server starts, so
// that the tests drive every process of the program. A worker keeps its
// priority then: it would wait for everything else that the machine does.
func TestMain(m *testing.M) {
	if os.Args[0] == asProgram {
		main()
		os.Exit(0)
	}
	if len(os.Args) == 2 && os.Args[1] == "worker" {
		if err := workflow.Work(os.Stdin, os.Stdout, catalog.All()); err != nil {
			fmt.Fprintln(os.Stderr, "clicktrain:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// lacking ends a test whose tool is not on this machine: the test is skipped,
// or fails where the tools have to be there.
func lacking(t *testing.T, tool string) {
	t.Helper()
	if os.Getenv("CLICKTRAIN_TEST_TOOLS") == "required" || os.Getenv("CI") != "" {
		t.Fatalf("%s is missing; make tools installs it", tool)
	}
	t.Skipf("%s is missing; make tools installs it", tool)
}

// chromium returns the path of a Chromium.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	lacking(t, "Chromium")
	return ""
}

// python returns the path of a Python that has the newest scikit-learn.
func python(t *testing.T) string {
	t.Helper()
	return pythonIn(t, ".venv-sklearn-newest")
}

// oldPython returns the path of one that has the oldest.
func oldPython(t *testing.T) string {
	t.Helper()
	return pythonIn(t, ".venv-sklearn-oldest")
}

func pythonIn(t *testing.T, environment string) string {
	t.Helper()
	path, err := filepath.Abs("../../" + environment + "/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		lacking(t, "the Python environment with scikit-learn")
	}
	return path
}
