package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/catalog"
	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/learn"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
	"clicktrain/internal/workflow"
)

// TestReadArguments checks what pandas.read_csv is told about files that it
// would read in another way by itself.
func TestReadArguments(t *testing.T) {
	tests := []struct {
		name, csv, want string
		opt             ingest.Options
	}{
		{"units and a total left out", "Report\na,b\nkg,m\n1,2\n3,4\n5,6\nTotal,12\n", `, skiprows=[*range(1), 2], skipfooter=1, engine="python"`,
			ingest.Options{SkipUnits: true, SkipLast: 1}},
		{name: "plain", csv: "a,b\n1,x\n2,y\n"},
		{"semicolon and decimal comma", "a;b\n1,5;x\n2,5;y\n3,5;x\n", `, sep=";", decimal=",", thousands="."`, ingest.Options{}},
		{"question marks among numbers", "a,b\n1,x\n?,y\n3,?\n" + strings.Repeat("4,x\n", 200), `, na_values={"a": ["?"]}`, ingest.Options{}},
		{"marked as missing", "age,b\n21,x\n-999,y\n30,unknown\n", `, na_values={"age": ["-999"], "b": ["unknown", "\"y\""]}`,
			ingest.Options{Missing: map[string][]string{"age": {"-999"}, "b": {"unknown", `"y"`}}}},
		{"marked, beside question marks", "a,b\n1,x\n?,y\n-9,x\n" + strings.Repeat("4,x\n", 200), `, na_values={"a": ["?", "-9"]}`,
			ingest.Options{Missing: map[string][]string{"a": {"-9"}}}},
		{"marked, with marks between thousands", "a;b\n1,500;x\n99,999;y\n2,500;z\n", `, sep=";", thousands=",", na_values={"a": ["99999", "99,999"]}`,
			ingest.Options{Decimal: '.', Missing: map[string][]string{"a": {"99999"}}}},
		{"codes with leading zeros", "a,b\n007,1\n008,2\n007,3\n", `, dtype={"a": "str"}`, ingest.Options{}},
		{"preamble after a separator line", "sep=;\nReport\n\na;b\n1;x\n2;y\n3;x\n4;y\n", `, sep=";", skiprows=3`, ingest.Options{}},
		{"single quotes", "a,b\n'1,5','x'\n'2,5','y'\n'3,5','x'\n", `, quotechar="'"`, ingest.Options{}},
		{"currency and percent", "a,b,c\n$1,x,5%\n-$2.50,y,7 %\n$3,x,(8%)\n", `, converters={"a": number, "c": number}`, ingest.Options{}},
		{"percent with a decimal comma", "a;b\n\"1,5 %\";x\n\"2,5 %\";y\n\"3,5 %\";x\n", `, sep=";", converters={"a": lambda text: number(text, ",")}`, ingest.Options{}},
		{"amounts with dots between thousands", "a;b\n1.100,50 €;x\n2.200,50 €;y\n3.300,50 €;x\n", `, sep=";", converters={"a": lambda text: number(text, ",")}`, ingest.Options{}},
		{"no header", "1,2\n3,4\n5,6\n", `, header=None, names=["column_1", "column_2"]`, ingest.Options{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res, err := ingest.Read(t.Context(), strings.NewReader(tt.csv), "f.csv", tt.opt)
			if err != nil {
				t.Fatal(err)
			}
			inputs := inputsOf(res.Frame)
			if got := readArguments(inputs, &workflow.Data{Name: "f.csv", Table: res, Chosen: tt.opt}); got != tt.want {
				t.Errorf("readArguments = %s, want %s", got, tt.want)
			}
		})
	}
}

// inputsOf returns what a recipe that uses every column would read.
func inputsOf(f *frame.Frame) []recipe.Input {
	var out []recipe.Input
	for _, c := range f.Columns {
		in := recipe.Input{Name: c.Name, Kind: c.Kind}
		if c.Kind != frame.Numeric && strings.HasPrefix(c.Levels[0], "0") {
			in.DType = "str"
		}
		out = append(out, in)
	}
	return out
}

// TestPythonTextHoldsAnything checks that no value of a file can end the
// literal it stands in.
func TestPythonTextHoldsAnything(t *testing.T) {
	for in, want := range map[string]string{
		`a"b`:              `"a\"b"`,
		`\`:                `"\\"`,
		"x\ny\r\x00":       `"x\ny\x0d\x00"`,
		"\u202eevil":       `"\u202eevil"`,
		"é 🚀":              `"é \U0001f680"`,
		"bad \xff\xfe end": `"bad ` + "\uFFFD" + ` end"`,
	} {
		if got := pythonText(in); got != want {
			t.Errorf("pythonText(%q) = %s, want %s", in, got, want)
		}
	}
}

// TestSnippetSaysWhatCounts checks that the snippet asks for probabilities
// where there are any in Python, and for exact numbers where they count.
func TestSnippetSaysWhatCounts(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("a,b,y\n")
	for i := range 80 {
		fmt.Fprintf(&csv, "%g,%d,%s\n", float64(i*7%31)/8, i%9, []string{"no", "yes"}[i*i%7%2])
	}
	res, err := ingest.Read(t.Context(), strings.NewReader(csv.String()), "f.csv", ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	quantiles := recipe.Recipe{Steps: []recipe.Step{
		{Name: "impute", Columns: []string{"a", "b"}},
		{Name: "transform", Columns: []string{"a", "b"}, Params: map[string]any{"method": "quantile"}},
	}}
	plain := recipe.Recipe{Steps: quantiles.Steps[:1]}
	for _, tt := range []struct {
		name, learner string
		r             recipe.Recipe
		params        map[string]any
		exact, proba  bool
	}{
		{"plain", "gaussian_naive_bayes", plain, nil, false, true},
		{"quantiles", "gaussian_naive_bayes", quantiles, nil, true, true},
		{"scores", "linear_svm", plain, nil, false, false},
		{"soft votes", "voting", plain, map[string]any{"estimators": []any{"decision_tree"}}, false, true},
		{"hard votes", "voting", plain, map[string]any{"estimators": []any{"decision_tree"}, "voting": "hard"}, false, false},
	} {
		spec := train.Spec{Target: "y", Task: learn.Classification, Features: []string{"a", "b"}, Recipe: tt.r,
			Learner: tt.learner, Params: tt.params, TestSize: 0.25, Seed: 1, Workers: 1}
		p, _, err := train.Run(t.Context(), res.Frame, spec, catalog.All(), time.Now, func(float64, string) {})
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		got := snippet(&workflow.Trained{Pipeline: p}, &workflow.Data{Name: "f.csv", Table: res}, "trained_model_run_3.pkl")
		if strings.Contains(got, "float_precision") != tt.exact || strings.Contains(got, "predict_proba") != tt.proba || !strings.Contains(got, `open("trained_model_run_3.pkl", "rb")`) {
			t.Errorf("%s: the snippet is\n%s", tt.name, got)
		}
	}
}
