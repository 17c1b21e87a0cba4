package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// tolerance is how far a prediction of ours may be from scikit-learn's,
// relative to its size: both compute in float64, in another order.
const tolerance = 1e-9

// comparePython has scikit-learn open the model and predict the same rows of
// the file.
func comparePython(t *testing.T, file, model []byte, rows []int, said predictAnswer) {
	t.Helper()
	exe, dir := python(t), t.TempDir()
	write(t, dir, "trained_model.pkl", model)
	write(t, dir, "data.csv", file)
	script, err := filepath.Abs("testdata/predict.py")
	if err != nil {
		t.Fatal(err)
	}
	at, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	out := runPython(t, dir, exe, script, "trained_model.pkl", "data.csv", string(at))
	var theirs struct {
		Predictions   []any
		Classes       []any
		Probabilities [][]float64
	}
	if err := json.Unmarshal([]byte(out), &theirs); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if len(theirs.Predictions) != len(said.Predictions) || len(theirs.Probabilities) != len(said.Probabilities) {
		t.Fatalf("scikit-learn has %d predictions and %d probabilities, ours are %d and %d",
			len(theirs.Predictions), len(theirs.Probabilities), len(said.Predictions), len(said.Probabilities))
	}
	for i, ours := range said.Predictions {
		if !alike(ours, theirs.Predictions[i]) {
			t.Errorf("row %d: ours is %v, scikit-learn's %v", rows[i], ours, theirs.Predictions[i])
		}
	}
	for i, line := range theirs.Probabilities {
		for k, class := range theirs.Classes {
			if ours := said.Probabilities[i][fmt.Sprint(class)]; !alike(ours, line[k]) {
				t.Errorf("row %d, class %v: ours is %v, scikit-learn's %g", rows[i], class, ours, line[k])
			}
		}
	}
}

// alike compares a value of ours with one of Python's.
func alike(ours, theirs any) bool {
	if n, isNumber := ours.(json.Number); isNumber {
		x, err := n.Float64()
		y, also := theirs.(float64)
		return err == nil && also && math.Abs(x-y) <= tolerance*max(1, math.Abs(y))
	}
	return ours == theirs
}

func write(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// runPython returns what a script writes; anything on stderr fails the test.
func runPython(t *testing.T, dir, exe string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), exe, args...)
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return string(out)
}

// runSnippet runs the snippet of the download page beside the model and the
// file, as its reader would, with the oldest and the newest scikit-learn, and
// checks that its first line is the answer that the snippet's comment promises.
func runSnippet(t *testing.T, snippet, name string, file, model []byte) {
	t.Helper()
	dir := t.TempDir()
	opened := regexp.MustCompile(`open\("(\w+\.pkl)", "rb"\)`).FindStringSubmatch(snippet)
	if opened == nil {
		t.Fatalf("the snippet opens no model:\n%s", snippet)
	}
	write(t, dir, opened[1], model)
	write(t, dir, name, file)
	write(t, dir, "use.py", []byte(snippet))
	for _, exe := range []string{python(t), oldPython(t)} {
		first, _, _ := strings.Cut(runPython(t, dir, exe, "use.py"), "\n")
		checkAnswer(t, snippet, first)
	}
}

// checkAnswer compares the answer with the one that the snippet promises.
func checkAnswer(t *testing.T, snippet, first string) {
	t.Helper()
	_, promised, found := strings.Cut(snippet, "print(model.predict(row)[0])  # ")
	promised, _, _ = strings.Cut(promised, "\n")
	if !found || promised == "" {
		t.Fatalf("the snippet promises no answer:\n%s", snippet)
	}
	x, errX := strconv.ParseFloat(promised, 64)
	y, errY := strconv.ParseFloat(first, 64)
	if same := errX == nil && errY == nil && math.Abs(x-y) <= 1e-9*max(1, math.Abs(x)); !same && first != promised {
		t.Errorf("the snippet writes %q and promises %q", first, promised)
	}
}
