package ingest_test

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"clicktrain/internal/ingest"
	"clicktrain/internal/problem"
)

// TestRefusedFiles holds that what cannot be used is refused by kind, with
// what it is and where.
func TestRefusedFiles(t *testing.T) {
	random := make([]byte, 5000)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(rng.Uint32())
	}
	for _, tt := range []struct {
		name, text string
		kind       problem.Kind
		says       string
		line       int
	}{
		{"zero bytes", "", problem.Invalid, "The selected file is empty.", 0},
		{"line ends only", "\n\n\r\n", problem.Invalid, "The selected file is empty.", 0},
		{"blanks only", "   \n  ", problem.Invalid, "The selected file is empty.", 0},
		{"mark only", "\ufeff", problem.Invalid, "The selected file is empty.", 0},
		{"header only", "a,b,c\n", problem.Invalid, "The file has 3 columns but no rows of data.", 0},
		{"header only, no line end", "a,b,c", problem.Invalid, "The file has 3 columns but no rows of data.", 0},
		{"quotes only", strings.Repeat(`"`, 100001), problem.Invalid, "No columns could be read.", 0},
		{"cell of 2 MB", "a,b\n" + strings.Repeat("x", 2<<20) + ",1\n", problem.Invalid, "column a: a cell of 2.0 MB is over the limit of 1.0 MB", 2},
		{"quoted cell of 2 MB", "a,b\n1,2\n3,\"" + strings.Repeat("x", 2<<20) + "\"\n", problem.Invalid, "Line 3, column b", 3},
		{"too many columns", strings.Repeat(",", 50000) + "\n", problem.Invalid, "The file has 50,001 columns; the limit is 10,000.", 0},
		{"long name", strings.Repeat("n", 65<<10) + ",b\n1,2\n", problem.Invalid, "a column name of 65.0 KB", 1},
		{"gzip", "\x1f\x8b\x08\x00" + "xxxx", problem.Unsupported, "gzip", 0},
		{"xlsx", "PK\x03\x04" + "xxxx", problem.Unsupported, "Excel workbook", 0},
		{"PNG", "\x89PNG\r\n\x1a\n", problem.Unsupported, "PNG image", 0},
		{"PDF", "%PDF-1.7\n", problem.Unsupported, "PDF", 0},
		{"random bytes", string(random), problem.Unsupported, "binary", 0},
		{"HTML", "<!DOCTYPE html><html><body>503</body></html>", problem.Unsupported, "web page", 0},
		{"JSON array", `[{"a": 1}, {"a": 2}]`, problem.Unsupported, "JSON", 0},
		{"JSON object", "{\n \"a\": 1}", problem.Unsupported, "JSON", 0},
		{"Parquet", "PAR1\x15\x04", problem.Unsupported, "Parquet", 0},
		{"ELF", "\x7fELF\x02\x01\x01" + strings.Repeat("\x00", 100), problem.Unsupported, "program", 0},
		{"zeros", "a,b\n" + strings.Repeat("1\x00,2\x00\n", 20), problem.Unsupported, "binary", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for how, read := range map[string]func() (*ingest.Result, error){
				"Parse": func() (*ingest.Result, error) {
					return ingest.Read(t.Context(), strings.NewReader(tt.text), "x.csv", ingest.Options{})
				},
				"Read": func() (*ingest.Result, error) {
					return ingest.Read(t.Context(), strings.NewReader(tt.text), "x.csv", ingest.Options{})
				},
			} {
				_, err := read()
				p, ok := problem.As(err)
				if !ok || p.Kind != tt.kind || !strings.Contains(p.Message, tt.says) || p.Line != tt.line || p.Hint == "" {
					t.Errorf("%s = %+v, want kind %d, line %d, %q and a hint", how, err, tt.kind, tt.line, tt.says)
				}
			}
		})
	}
}

// TestBracketsAreNotJSON holds that a CSV may start with a brace or bracket.
func TestBracketsAreNotJSON(t *testing.T) {
	for _, text := range []string{"[a],[b]\n1,2\n", "{a},b\n1,2\n"} {
		if f := parse(t, text, ingest.Options{}).Frame; len(f.Columns) != 2 {
			t.Errorf("%q has %d columns, want 2", text, len(f.Columns))
		}
	}
}

// endless yields the same bytes for ever and counts them.
type endless struct {
	chunk string
	at    int
	n     int64
}

func (e *endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = e.chunk[e.at%len(e.chunk)]
		e.at++
	}
	e.n += int64(len(b))
	return len(b), nil
}

// TestReadStopsEarly holds that the limits act while the bytes still come.
func TestReadStopsEarly(t *testing.T) {
	for _, tt := range []struct {
		name, chunk string
		limits      ingest.Limits
		kind        problem.Kind
		most        int64
	}{
		{"too many bytes", "a,b\n", ingest.Limits{Bytes: 3 << 20}, problem.TooLarge, 5 << 20},
		{"one endless line", "a,b,", ingest.Limits{}, problem.Invalid, 18 << 20},
		{"not a CSV", "\x1f\x8b\x08\x00", ingest.Limits{}, problem.Unsupported, 1 << 20},
	} {
		src := &endless{chunk: tt.chunk}
		_, err := ingest.Read(t.Context(), src, "x.csv", ingest.Options{Limits: tt.limits})
		if p, ok := problem.As(err); !ok || p.Kind != tt.kind || src.n > tt.most {
			t.Errorf("%s: %v after %d bytes, want kind %d within %d", tt.name, err, src.n, tt.kind, tt.most)
		}
	}
	_, err := ingest.Read(t.Context(), strings.NewReader("a\n1\n"), "x.csv", ingest.Options{Size: 300 << 20})
	if p, ok := problem.As(err); !ok || p.Kind != problem.TooLarge {
		t.Errorf("an announced size over the limit: %v, want TooLarge", err)
	}
}

func TestCellsAreLimited(t *testing.T) {
	text := "a,b\n" + strings.Repeat("1,2\n", 3000)
	_, err := ingest.Read(t.Context(), strings.NewReader(text), "x.csv", ingest.Options{Limits: ingest.Limits{Cells: 5000}})
	if p, ok := problem.As(err); !ok || p.Kind != problem.Invalid || !strings.Contains(p.Message, "5,000 cells") {
		t.Errorf("Read = %v, want the limit of 5,000 cells told", err)
	}
	if _, err := ingest.Read(t.Context(), strings.NewReader(text), "x.csv", ingest.Options{Limits: ingest.Limits{Cells: 6000}}); err != nil {
		t.Errorf("6,000 cells under a limit of 6,000: %v", err)
	}
}

func TestRecordIsLimited(t *testing.T) {
	text := "a,b\n1,2\n3,4" + strings.Repeat(",x", 5000) + "\n"
	_, err := ingest.Read(t.Context(), strings.NewReader(text), "x.csv", ingest.Options{Limits: ingest.Limits{Record: 4096}})
	if p, ok := problem.As(err); !ok || p.Line != 3 || !strings.Contains(p.Message, "record") {
		t.Errorf("Read = %v, want the record of line 3 told", err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestReadPassesErrorsOn(t *testing.T) {
	_, err := ingest.Read(t.Context(), io.MultiReader(strings.NewReader("a,b\n1"), broken{}), "x.csv", ingest.Options{})
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("Read = %v, want the reader's error inside", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ingest.Read(ctx, strings.NewReader("a,b\n1,2\n"), "x.csv", ingest.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Read = %v, want context.Canceled", err)
	}
}
