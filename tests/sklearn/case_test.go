package sklearn

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/catalog"
	"clicktrain/internal/export"
	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/learn"
	"clicktrain/internal/profile"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// bench is a table as it was read, ready for training on it.
type bench struct {
	table
	*checker
	cat          train.Catalog
	file         string
	known, whole *ingest.Result // without and with the lines that come after
	task         learn.Task
	goal         train.Target
}

// open reads the table and writes it where scikit-learn finds it.
func (tab table) open(c *checker) *bench {
	t := c.t
	t.Helper()
	if tab.rows > 0 {
		tab.csv = strings.Join(strings.SplitAfter(tab.csv, "\n")[:tab.rows+1], "")
	}
	tab.after += remixed(t, tab.csv)
	b := &bench{table: tab, checker: c, cat: catalog.All(), known: read(t, tab.csv), whole: read(t, tab.csv+tab.after), file: tab.name + ".csv"}
	if err := os.WriteFile(filepath.Join(c.folder, b.file), []byte(tab.csv+tab.after), 0o600); err != nil {
		t.Fatal(err)
	}
	b.task, _ = profile.TaskFor(b.known.Frame.Column(tab.target))
	var err error
	if b.goal, err = train.CheckTarget(b.known.Frame, tab.target, b.task); err != nil {
		t.Fatal(err)
	}
	return b
}

// learners returns the names of those that can do the table's task.
func (b *bench) learners() []string { return b.cat.Names(b.task) }

// setting is how a learner is trained.
type setting struct {
	learner string
	about   string // names it among others of the learner
	params  map[string]any
	weights string // the column of row weights
}

// quick are parameters that keep a learner's fits, here and in scikit-learn,
// short.
func quick(learner string) map[string]any {
	switch learner {
	case "random_forest", "extra_trees":
		return map[string]any{"n_estimators": 12}
	case "hist_gradient_boosting":
		return map[string]any{"max_iter": 12, "min_samples_leaf": 8}
	case "multi_layer_perceptron":
		return map[string]any{"hidden_layer_sizes": []any{8}, "max_iter": 30}
	case "voting":
		return map[string]any{"random_forest__n_estimators": 5, "hist_gradient_boosting__max_iter": 5}
	case "stacking":
		return map[string]any{"random_forest__n_estimators": 5, "hist_gradient_boosting__max_iter": 5, "cv": 3}
	}
	return nil
}

// try trains a learner after a recipe, writes the model, and has scikit-learn
// look at it, in a test of its own: -run …/ridge picks those of one learner,
// and -run …/pca those after a step.
func (b *bench) try(choice choice, s setting) {
	name := b.name + " " + s.learner + " " + choice.name
	if s.about != "" {
		name += " " + s.about
	}
	l := b.learner(s.learner)
	b.t.Run(name, func(t *testing.T) {
		features := b.features(choice, s)
		resolved, err := choice.r.Resolve(b.known.Frame.Select(features), b.cat.Steps)
		if err != nil {
			t.Fatal(err)
		}
		full, _ := resolved.Complete(b.known.Frame, features, b.cat.Steps, recipe.Want{Scale: l.Scale, Native: l.Native})
		spec := train.Spec{Target: b.target, Task: b.task, Features: features, Recipe: full, Learner: l.Name, Weights: s.weights,
			Params: quick(l.Name), TestSize: 0.25, Seed: 1, Workers: 2}
		for k, v := range s.params {
			if spec.Params == nil {
				spec.Params = map[string]any{}
			}
			spec.Params[k] = v
		}
		p, _, err := train.Run(t.Context(), b.known.Frame, spec, b.cat, time.Now, func(float64, string) {})
		if err != nil {
			t.Fatal(err)
		}
		e := expected{Name: name, CSV: b.file, Target: b.target, ReadCSV: map[string]any{"dtype": dtypes(p)}, Exact: p.Recipe.Exact(), Sparse: choice.sparse, Since: choice.since}
		e.Pickle = fmt.Sprintf("%d.pkl", b.cases)
		for _, in := range p.Recipe.Inputs() {
			if in.Kind == frame.Numeric && in.Levels != nil {
				e.Codes = append(e.Codes, in.Name)
			}
		}
		b.rows(&e, choice, spec)
		e.Tolerance, e.Again = s.agreement(choice)
		e.predict(t, p, b.whole)
		write(t, filepath.Join(b.folder, e.Pickle), p)
		b.add(t, e)
	})
}

// features returns the columns to learn from: those that are so by themselves,
// those that the recipe's steps ask for, and not the one of weights.
func (b *bench) features(choice choice, s setting) []string {
	usual, _ := recipe.Features(b.known.Frame, b.target)
	features := slices.DeleteFunc(slices.Clone(usual), func(f string) bool { return f == s.weights })
	opened, _ := choice.r.Features(b.known.Frame, b.target, b.cat.Steps)
	for _, name := range opened {
		if !slices.Contains(features, name) && name != s.weights {
			features = append(features, name)
		}
	}
	return features
}

func (b *bench) learner(name string) learn.Learner {
	b.t.Helper()
	l, ok := b.cat.Learner(name)
	if !ok || !l.Can(b.task) {
		b.t.Fatalf("there is no %s for %s", name, b.task)
	}
	return l
}

// remixed returns lines whose every cell is one of the table's, each column's
// from another line: new rows of known values.
func remixed(t *testing.T, csvText string) string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(csvText))
	r.LazyQuotes = true // of a hostile name
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	for i := range remixedRows {
		line := make([]string, len(lines[0]))
		for j := range line {
			line[j] = lines[1+(i*(2*j+3)+7*j)%(len(lines)-1)][j]
		}
		if err := w.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return b.String()
}

// How many rows are predicted that have been learned from, or are made of
// their values.
const learnedRows, remixedRows = 150, 60

// rows says which rows are learned from and predicted: those set aside, those
// that come after, and of known values some learned from and the remixed ones.
func (b *bench) rows(e *expected, choice choice, spec train.Spec) {
	rows, test := train.Split(b.goal.Y, b.task, spec.TestSize, spec.Seed)
	for _, at := range rows {
		e.Train = append(e.Train, b.goal.Rows[at])
	}
	if choice.loose {
		e.Train = nil
	} else if choice.name == "drop-label" {
		e.Train = complete(b.known, spec.Features, e.Train)
	}
	for _, at := range test {
		e.Rows = append(e.Rows, b.goal.Rows[at])
	}
	end := b.whole.Frame.Rows - remixedRows
	for r := b.known.Frame.Rows; r < end; r++ {
		e.Rows = append(e.Rows, r)
	}
	if choice.tied {
		return
	}
	e.Known = min(learnedRows, len(rows))
	for i := range e.Known {
		e.Rows = append(e.Rows, b.goal.Rows[rows[i*len(rows)/e.Known]])
	}
	for r := end; r < b.whole.Frame.Rows; r++ {
		e.Rows = append(e.Rows, r)
		e.Known++
	}
}

// agreement says how far scikit-learn may be from what is predicted here, and
// from it after a new fit on columns that are good to learn from, where both
// have the same answer; else again is 0. Trees do the same arithmetic in the
// same order.
func (s setting) agreement(c choice) (tolerance, again float64) {
	switch s.learner {
	case "decision_tree", "random_forest", "extra_trees":
		return 0, 0
	case "linear_regression", "ridge", "gaussian_naive_bayes", "k_nearest_neighbors":
		again = 1e-6
	case "logistic_regression", "linear_svm", "lasso", "elastic_net":
		again = 0.1 // both stop near the least loss
	}
	if c.name != "none" || s.weights != "" {
		again = 0
	}
	if s.learner == "k_nearest_neighbors" && s.params["weights"] == "distance" {
		return 1e-5, again // scikit-learn finds equal rows some 1e-8 apart
	}
	return 1e-9, again
}

func read(t *testing.T, csv string) *ingest.Result {
	t.Helper()
	res, err := ingest.Read(t.Context(), strings.NewReader(csv), "table.csv", ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// dtypes is what pandas.read_csv must be told, as the download page says.
func dtypes(p *train.Pipeline) map[string]string {
	out := map[string]string{}
	for _, in := range p.Recipe.Inputs() {
		if in.DType != "" {
			out[in.Name] = in.DType
		}
	}
	return out
}

// complete keeps the rows in which no feature is missing.
func complete(res *ingest.Result, features []string, rows []int) []int {
	return slices.DeleteFunc(rows, func(r int) bool {
		return slices.ContainsFunc(features, func(name string) bool { return res.Frame.Column(name).Missing(r) })
	})
}

func (e *expected) predict(t *testing.T, p *train.Pipeline, res *ingest.Result) {
	got, err := p.Predict(res.Frame, e.Rows)
	if err != nil {
		t.Fatalf("%s: %v", e.Name, err)
	}
	k := p.Labels.Len()
	if k == 0 {
		for _, v := range got.Values {
			e.Predictions = append(e.Predictions, v)
		}
		return
	}
	e.Classes = p.Labels.Values()
	for _, v := range got.Values {
		e.Predictions = append(e.Predictions, p.Labels.Value(int(v)))
	}
	lines := func(x []float64) (out [][]float64) {
		for line := range slices.Chunk(x, k) {
			out = append(out, line)
		}
		return out
	}
	e.Probabilities, e.Scores = lines(got.Proba), lines(got.Ranks)
}

func write(t *testing.T, path string, p *train.Pipeline) {
	t.Helper()
	format, err := export.Find("")
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := format.Write(f, p); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
