package web

import (
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/recipe"
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
			res, err := ingest.Parse(t.Context(), []byte(tt.csv), "f.csv", tt.opt)
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
