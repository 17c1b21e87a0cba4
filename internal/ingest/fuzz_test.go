package ingest

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"a,b\n1,x\n2,y\n", "a;b\n1,5;2\n", "\"a\n\",b\r\n\"\"\"\",2\r", "sep=|\na|b\n1|2", "#c\na\n1\n\n", "a,b\n\"x,1\n\"y\"z,2\n",
		"\xff\xfea\x00\n\x001\x00", "x,when\n1,01/02/2024\n2,31.12.99\n", "T\n\na,b,\n1,2,\n3,4,5\n", "1,$2.50,(3),12%\n1,€2,3,4%\n", "a,a,,\n1\n,,,,\n",
		"\"x\",\"y\"\n1,2,3\n2,3,4\n", "a b\n1 2\n", "caf\xe9,\x80\n1,2\n", "'a','b'\n'x','y'\n", "a,b\n\"x\\\"y\",1\n", "id\n1\n2\n3\n", "a\n2024-01-01T10:00:00+01:00\n",
	} {
		f.Add([]byte(s), byte(0), 5)
	}
	f.Fuzz(func(t *testing.T, raw []byte, delimiter byte, piece int) {
		opt := Options{Delimiter: delimiter, Limits: Limits{Cell: 1000, Record: 5000, Header: 500, Columns: 200}, Workers: 2}
		ctx := t.Context()
		want, err := parse(ctx, raw, nil, "x.csv", opt, 1<<20)
		if err != nil {
			if p, ok := problem.As(err); !ok || p.Kind == problem.Internal || p.Message == "" {
				t.Fatalf("an error that is not for a person: %v", err)
			}
			return
		}
		q := want.Reading
		if q.Records != q.Loaded+q.SetAside+q.Blank+q.Comment+q.Skipped || q.Loaded != want.Frame.Rows || want.Frame.Rows == 0 {
			t.Fatalf("the accounts do not balance: %+v", q)
		}
		names := map[string]bool{}
		for _, c := range want.Frame.Columns {
			if names[c.Name] || c.Name == "" || c.Reason == "" || c.Len() != want.Frame.Rows {
				t.Fatalf("column %+v", c)
			}
			names[c.Name] = true
			holds(t, c)
		}
		got, err := parse(ctx, raw, nil, "x.csv", opt, 1+max(piece, 0)%64)
		if err != nil {
			t.Fatalf("in pieces: %v", err)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateNaNs(), cmp.Comparer(sameFile)); d != "" {
			t.Fatalf("whole and in pieces differ (-whole +pieces):\n%s", d)
		}
	})
}

// holds checks what package frame promises of a column.
func holds(t *testing.T, c *frame.Column) {
	for _, x := range c.Num {
		if math.IsInf(x, 0) {
			t.Fatalf("%s holds an infinity", c.Name)
		}
	}
	used := make([]bool, len(c.Levels))
	for _, k := range c.Codes {
		if k >= 0 {
			used[k] = true
		}
	}
	for k := range used {
		if !used[k] || k > 0 && c.Levels[k] <= c.Levels[k-1] {
			t.Fatalf("%s: level %d of %q is unused or out of order", c.Name, k, c.Levels)
		}
	}
}

// BenchmarkParse reads 100,000 rows of 16 numbers and 4 categories, or the
// file that CLICKTRAIN_BENCH_CSV names.
func BenchmarkParse(b *testing.B) {
	raw, err := os.ReadFile(os.Getenv("CLICKTRAIN_BENCH_CSV"))
	if err != nil {
		raw = mixedCSV(100_000)
	}
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := Read(b.Context(), bytes.NewReader(raw), "bench.csv", Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func mixedCSV(rows int) []byte {
	rng := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	for j := range 20 {
		fmt.Fprintf(&b, "x%d,", j)
	}
	b.WriteString("y\n")
	for range rows {
		for j := range 16 {
			if rng.IntN(50) > 0 {
				fmt.Fprintf(&b, "%.6g", rng.NormFloat64()*float64(j+1))
			}
			b.WriteByte(',')
		}
		for j := range 4 {
			fmt.Fprintf(&b, "k%02d,", rng.IntN(5+10*j))
		}
		fmt.Fprintf(&b, "c%d\n", rng.IntN(2))
	}
	return b.Bytes()
}
