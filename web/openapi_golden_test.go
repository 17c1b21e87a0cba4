package web

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/openapi.json anew")

// TestOpenAPIGolden compares the whole description with testdata/openapi.json,
// so that a change of what clients rely on is seen in review. After a change
// that is meant, `make golden-api` writes the file anew.
func TestOpenAPIGolden(t *testing.T) {
	const file = "testdata/openapi.json"
	s := newStepSite(t)
	var got bytes.Buffer
	if err := json.Indent(&got, []byte(s.get(t, "/openapi.json").want(t, 200).body), "", " "); err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(got.Bytes(), want) {
		return
	}
	is, was := strings.Split(got.String(), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(is), len(was)) {
		if is[i] != was[i] {
			t.Fatalf("The API's description differs from %s from line %d on:\n is %s\nwas %s\nIf that is meant, write it anew: make golden-api", file, i+1, is[i], was[i])
		}
	}
	t.Fatalf("The API's description has %d lines and %s %d. If that is meant, write it anew: make golden-api", len(is), file, len(was))
}
