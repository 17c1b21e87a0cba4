package ingest

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestReadingAhead holds that what is read while the file arrives is what
// Parse reads, whatever comes late: another dialect, faulty bytes, a second
// table, quotes over the end of what is there.
func TestReadingAhead(t *testing.T) {
	const rowsOdd = "1,x,2024-01-01\n\n# note\n\"2\",\"a\nb\",2024-01-02\n3,y\n4,z,2024-01-03,5\n,,\n5,\"open,2024-01-04\n6,\"q\"r,bad\n7,inf,2024-01-05,\n"
	random, _ := randomCSV(rand.New(rand.NewPCG(8, 9)), 2000, 4)
	long := "a,b\n" + strings.Repeat("1.5,x\n22,\"y\"\n", 3000)
	for name, text := range map[string]string{
		"plain":          long,
		"odd rows":       "n,t,d\n" + strings.Repeat(rowsOdd, 300),
		"random":         random,
		"with a mark":    "\ufeff" + long,
		"late fault":     long + "3,\xff\n",
		"late zero":      long + "3,a\x00b\n",
		"padding":        long + strings.Repeat("\x00", 100),
		"late text":      long + strings.Repeat("oops,x\n", 1000),
		"second table":   long + "\nc,d,e\n1,2,3\n4,5,6\n",
		"late long cell": long + "1,\"" + strings.Repeat("w\n", 50) + "\"\n" + strings.Repeat("2,z\n", 500),
		"cell too long":  long + "1," + strings.Repeat("w", 300) + "\n" + strings.Repeat("2,z\n", 500),
		"CR":             strings.ReplaceAll(long, "\n", "\r"),
		"CRLF":           strings.ReplaceAll(long, "\n", "\r\n"),
		"no last end":    strings.TrimSuffix(long, "\n"),
		"open quote":     long + strings.Repeat("1,\"w\n", 900),
	} {
		opt := Options{Limits: Limits{Cell: 200}, Workers: 2}
		want, wantErr := parse(t.Context(), []byte(text), "x.csv", opt, 1<<20, nil)
		for _, piece := range []int{100, 3000} {
			opt.Size = int64(len(text)) + 7
			got, err := read(t.Context(), oneByOne{strings.NewReader(text)}, "x.csv", opt, piece)
			if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
				t.Errorf("%s, pieces of %d: %v, want %v", name, piece, err, wantErr)
				continue
			}
			if d := cmp.Diff(want, got, cmpopts.EquateNaNs()); d != "" {
				t.Errorf("%s, pieces of %d (-Parse +Read):\n%s", name, piece, d)
			}
		}
	}
}

// TestAheadIsUsed holds that rows are taken in before the file is complete.
func TestAheadIsUsed(t *testing.T) {
	text := []byte("a,b\n" + strings.Repeat("1.5,x\n22,\"y\"\n", 3000))
	a := &ahead{ctx: t.Context(), opt: Options{Limits: Limits{Cell: 200}, Size: int64(len(text))}, piece: 1000}
	a.more(text[:20_000:len(text)])
	a.more(text[:30_000:len(text)])
	if a.scan == nil || len(a.scan.chunks) < 10 {
		t.Fatalf("nothing was read ahead: %+v", a.scan)
	}
	r, err := parse(t.Context(), text, "x.csv", a.opt, a.piece, a.scan)
	if err != nil || r.Frame.Rows != 6000 {
		t.Fatalf("parse = %v", err)
	}
	if a.scan.r.early != nil || a.scan.next != len(text) {
		t.Error("what was read ahead was read again")
	}
}
