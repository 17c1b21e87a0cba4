package sklearn

import (
	"fmt"
	"strings"
	"testing"

	"clicktrain/internal/sample"
)

// A table to train on. after are lines that are not trained on but predicted:
// they hold what training rows did not.
type table struct {
	name, csv, target string
	after             string
	rows              int  // of them, to keep the test short; 0 is all
	few               bool // its recipes are those that are tried with every learner
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
			after: ",,,,,,,,,,,,,,\n1,7,other,,99,,1e9,X,Fourth,nobody,,Z,Atlantis,,\n1,3,male,inf,1,0,-inf,S,Third,man,True,,Southampton,no,True\n"},
		{name: "titanic-bool", csv: text("titanic"), target: "adult_male", rows: 400, few: true,
			after: "1,,,,,,,,,,True,,,,\n"},
		{name: "titanic-class", csv: text("titanic"), target: "pclass", rows: 300, few: true,
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
