// Package sklearn proves that exported models are what they are said to be:
// it trains every learner after every kind of recipe on real data, writes the
// pickles, and has real scikit-learn, the oldest and the newest promised,
// compare its predictions with ours.
package sklearn

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/catalog"
	"clicktrain/internal/export"
	"clicktrain/internal/ingest"
	"clicktrain/internal/learn"
	"clicktrain/internal/profile"
	"clicktrain/internal/recipe"
	"clicktrain/internal/sample"
	"clicktrain/internal/train"
)

// environments are the Python virtual environments that `make tools` builds.
var environments = []string{".venv-sklearn-oldest", ".venv-sklearn-newest"}

// expected is a case as check_export.py reads it.
type expected struct {
	Name          string         `json:"name"`
	Pickle        string         `json:"pickle"`
	CSV           string         `json:"csv"`
	ReadCSV       map[string]any `json:"read_csv"`
	Target        string         `json:"target"`
	Rows          []int          `json:"rows"`
	Predictions   []any          `json:"predictions"`
	Probabilities [][]float64    `json:"probabilities"`
	Classes       []any          `json:"classes"`
	Train         []int          `json:"train,omitempty"`
	Exact         bool           `json:"exact"`
	Sparse        bool           `json:"sparse,omitempty"`
}

// A table to train on. after are lines that are not trained on but predicted:
// they hold what training rows did not.
type table struct {
	name, csv, target string
	after             string
	rows              int // of them, to keep the test short; 0 is all
}

func tables(t *testing.T) []table {
	text := func(name string) string {
		b, err := sample.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	return []table{
		{name: "titanic", csv: text("titanic"), target: "survived",
			after: ",,,,,,,,,,,,,,\n1,7,other,,99,,1e9,X,Fourth,nobody,,Z,Atlantis,,\n"},
		{name: "titanic-bool", csv: text("titanic"), target: "adult_male", rows: 400,
			after: "1,,,,,,,,,,True,,,,\n"},
		{name: "penguins", csv: text("penguins"), target: "species",
			after: "Adelie,,,,,,\nGentoo,Atlantis,1,1,1,1,ROBOT\n"},
		{name: "iris", csv: text("iris"), target: "species", after: ",,,,setosa\n"},
		{name: "housing", csv: text("housing"), target: "median_house_value", rows: 2000,
			after: "-120,35,,,,,,,1,ATLANTIS\n"},
		{name: "hostile", csv: hostile(), target: "y\n\"'", after: "00999,,,true\n,\"\x1b[31m\",1,false\n"},
	}
}

// hostile is a table with names and values that would break out of anything
// that does not treat them as text, codes with leading zeros, and words for
// booleans that pandas reads as texts.
func hostile() string {
	var b strings.Builder
	b.WriteString("zip,\"<script>alert(1)</script>\ncposix\nsystem\n(S'id'\ntR.\",π 🚀 = \"\"\",\"y\n\"\"'\"\n")
	words := []string{"=1+1", "\"a,\"\"b\"\"\"", "é", "'); drop table", "{}"}
	for i := range 200 {
		word := words[i*7%len(words)]
		if i%13 == 0 {
			word = ""
		}
		fmt.Fprintf(&b, "%05d,%s,%g,%t\n", 501+i%9, word, float64(i%17)/3, (i*7%len(words)+i%3)%2 == 0)
	}
	return b.String()
}

type choice struct {
	name        string
	r           recipe.Recipe
	preparation bool // what matters is the preparation: one learner is enough
	loose       bool // a new fit in scikit-learn need not prepare the same columns
}

func step(name string, columns []string, pairs ...string) recipe.Step {
	s := recipe.Step{Name: name, Columns: columns, Params: map[string]any{}}
	for i := 0; i < len(pairs); i += 2 {
		s.Params[pairs[i]] = pairs[i+1]
	}
	return s
}

// recipes are the kinds of preparation: every step with each of its settings,
// alone and together, for all columns and for one.
func recipes(t *testing.T, numeric, category string) []choice {
	legacy := func(missing, encoding string, scaling bool) recipe.Recipe {
		r, err := recipe.FromLegacy(missing, encoding, scaling)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	list := []choice{
		{name: "none", r: recipe.Recipe{}},
		{name: "mean-label-scaled", r: legacy("mean", "label", true)},
		{name: "drop-label", r: legacy("drop", "label", false)},
		{name: "mode", r: legacy("mode", "", true)},
		{name: "median-onehot-scaled", r: recipe.Recipe{Steps: []recipe.Step{
			step("impute", nil, "strategy", "median"), step("impute", nil, "strategy", "most_frequent"),
			step("encode", nil, "method", "one_hot"), step("scale", nil)}}},
		{name: "onehot-unfilled", r: recipe.Recipe{Steps: []recipe.Step{step("encode", nil, "method", "one_hot")}}},
		{name: "ordinal-unfilled", r: recipe.Recipe{Steps: []recipe.Step{step("encode", nil, "method", "ordinal")}}},
		{name: "scaled-only", r: recipe.Recipe{Steps: []recipe.Step{step("scale", nil)}}},
	}
	if numeric != "" {
		list = append(list,
			choice{name: "one number as categories", r: recipe.Recipe{Steps: []recipe.Step{step("encode", []string{numeric}, "method", "one_hot")}}},
			choice{name: "one number as codes", r: recipe.Recipe{Steps: []recipe.Step{
				step("impute", []string{numeric}, "strategy", "most_frequent"), step("encode", []string{numeric}, "method", "ordinal"), step("scale", []string{numeric})}}})
	}
	if category != "" {
		list = append(list, choice{name: "one category", r: recipe.Recipe{Steps: []recipe.Step{
			step("impute", []string{category}, "strategy", "most_frequent"), step("encode", []string{category}, "method", "ordinal"), step("scale", []string{category})}}})
	}
	return append(list, methods()...)
}

// methods are the methods of the steps on columns that the other recipes do
// not use. A power is found by a search, and scikit-learn before 1.7 had other
// quantiles for bins, so after these a new fit is not compared.
func methods() []choice {
	fill := []recipe.Step{step("impute", nil, "strategy", "median"), step("impute", nil, "strategy", "most_frequent")}
	ordinal, rare := step("encode", nil, "method", "ordinal"), step("encode", nil, "min_frequency", "0.05", "max_categories", "6")
	of := func(steps ...recipe.Step) recipe.Recipe { return recipe.Recipe{Steps: slices.Concat(fill, steps)} }
	return []choice{
		{name: "constants", preparation: true, r: recipe.Recipe{Steps: []recipe.Step{
			step("impute", nil, "strategy", "constant", "fill_value", "-1"), step("impute", nil, "strategy", "constant"),
			step("impute", nil, "strategy", "most_frequent"), ordinal, step("scale", nil, "method", "min_max")}}},
		{name: "capped-robust-rare", preparation: true, r: of(step("cap_outliers", nil), rare, step("scale", nil, "method", "robust"))},
		{name: "capped-first", preparation: true, r: recipe.Recipe{Steps: append([]recipe.Step{step("cap_outliers", nil, "method", "z_score"), step("scale", nil, "method", "max_abs")}, fill...)}},
		{name: "dropped", preparation: true, r: of(step("encode", nil, "drop", "if_binary"))},
		{name: "uniform-bins", preparation: true, r: of(step("bin", nil, "strategy", "uniform", "encode", "ordinal"), ordinal)},
		{name: "quantile-bins", preparation: true, loose: true, r: of(step("bin", nil), ordinal)},
		{name: "power", preparation: true, loose: true, r: recipe.Recipe{Steps: append([]recipe.Step{step("transform", nil)}, append(fill, ordinal)...)}},
		{name: "log", preparation: true, r: recipe.Recipe{Steps: append([]recipe.Step{step("transform", nil, "method", "log")}, append(fill, ordinal)...)}},
		{name: "quantiles", preparation: true, r: of(step("transform", nil, "method", "quantile", "output_distribution", "normal"), ordinal)},
	}
}

// perColumn are the columns that some recipes treat on their own.
var perColumn = map[string][2]string{
	"titanic": {"pclass", "deck"}, "penguins": {"", "sex"}, "housing": {"", "ocean_proximity"},
}

func TestExportsEqualScikitLearn(t *testing.T) {
	folder := t.TempDir()
	var cases []expected
	for _, tab := range tables(t) {
		cases = append(cases, tab.cases(t, folder, recipes(t, perColumn[tab.name][0], perColumn[tab.name][1]))...)
	}
	compare(t, folder, cases)
}

// compare has scikit-learn look at the cases.
func compare(t *testing.T, folder string, cases []expected) {
	t.Helper()
	compareIn(t, environments, folder, cases)
}

// compareIn is compare for some of the environments.
func compareIn(t *testing.T, environments []string, folder string, cases []expected) {
	t.Helper()
	b, err := json.Marshal(map[string]any{"cases": cases})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "expected.json")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, env := range environments {
		t.Run(env, func(t *testing.T) {
			t.Parallel()
			python, err := filepath.Abs(filepath.Join("..", "..", env, "bin", "python"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(python); err != nil {
				if os.Getenv("CLICKTRAIN_TEST_TOOLS") == "required" || os.Getenv("CI") != "" {
					t.Fatalf("%s is not there: run make tools", env)
				}
				t.Skipf("%s is not there: run make tools", env)
			}
			out, err := exec.CommandContext(t.Context(), python, "check_export.py", path).CombinedOutput()
			want := fmt.Sprintf("%d passed, 0 failed", len(cases))
			if err != nil || !strings.Contains(string(out), want) {
				t.Fatalf("%v; want %q, got:\n%s", err, want, out)
			}
			t.Logf("%s", out)
		})
	}
}

// cases trains every learner after every recipe and writes the models.
func (tab table) cases(t *testing.T, folder string, choices []choice) []expected {
	lines := strings.SplitAfter(tab.csv, "\n")
	if tab.rows > 0 {
		tab.csv = strings.Join(lines[:tab.rows+1], "")
	}
	known := read(t, tab.csv)
	whole := read(t, tab.csv+tab.after)
	csv := tab.name + ".csv"
	if err := os.WriteFile(filepath.Join(folder, csv), []byte(tab.csv+tab.after), 0o600); err != nil {
		t.Fatal(err)
	}
	task, _ := profile.TaskFor(known.Frame.Column(tab.target))
	goal, err := train.CheckTarget(known.Frame, tab.target, task)
	if err != nil {
		t.Fatal(err)
	}
	cat := catalog.All()
	usual, _ := recipe.Features(known.Frame, tab.target)
	var out []expected
	for _, choice := range choices {
		features := slices.Clone(usual)
		opened, _ := choice.r.Features(known.Frame, tab.target, cat.Steps)
		for _, name := range opened {
			if !slices.Contains(features, name) {
				features = append(features, name)
			}
		}
		for _, l := range cat.Learners {
			if !l.Can(task) {
				continue
			}
			name := tab.name + "/" + l.Name + "/" + choice.name
			resolved, err := choice.r.Resolve(known.Frame.Select(features), cat.Steps)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			full, _ := resolved.Complete(known.Frame, features, cat.Steps, recipe.Want{Scale: l.Scale, Native: l.Native})
			spec := train.Spec{Target: tab.target, Task: task, Features: features, Recipe: full, Learner: l.Name, TestSize: 0.25, Seed: 1, Workers: 2}
			if l.Name == "random_forest" {
				spec.Params = map[string]any{"n_estimators": 12}
			}
			p, _, err := train.Run(t.Context(), known.Frame, spec, cat, time.Now, func(float64, string) {})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			e := expected{
				Name: name, Pickle: fmt.Sprintf("%s-%d.pkl", tab.name, len(out)), CSV: csv, Target: tab.target,
				ReadCSV: map[string]any{"dtype": dtypes(p)},
			}
			rows, test := train.Split(goal.Y, task, spec.TestSize, spec.Seed)
			for _, at := range rows {
				e.Train = append(e.Train, goal.Rows[at])
			}
			e.Exact = choice.name == "quantiles"
			if choice.loose {
				e.Train = nil
			} else if choice.name == "drop-label" {
				e.Train = complete(known, features, e.Train)
			}
			for _, at := range test {
				e.Rows = append(e.Rows, goal.Rows[at])
			}
			for r := known.Frame.Rows; r < whole.Frame.Rows; r++ {
				e.Rows = append(e.Rows, r)
			}
			e.predict(t, p, whole)
			write(t, filepath.Join(folder, e.Pickle), p)
			out = append(out, e)
			if choice.preparation {
				break
			}
		}
	}
	return out
}

func read(t *testing.T, csv string) *ingest.Result {
	t.Helper()
	res, err := ingest.Parse(t.Context(), []byte(csv), "table.csv", ingest.Options{})
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
	if p.Task == learn.Classification {
		e.Classes = p.Labels.Values()
	}
	k := p.Labels.Len()
	for i, v := range got.Values {
		if k == 0 {
			e.Predictions = append(e.Predictions, v)
			continue
		}
		e.Predictions = append(e.Predictions, p.Labels.Value(int(v)))
		e.Probabilities = append(e.Probabilities, got.Proba[i*k:(i+1)*k])
	}
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
