package ingest

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadingByParts holds that what is read part by part is what parse reads as a whole,
// whatever comes late: another dialect, faulty bytes, a second table, quotes
// over the end of a part.
func TestReadingByParts(t *testing.T) {
	const rowsOdd = "1,x,2024-01-01\n# note\n\"2\",\"a\nb\",2024-01-02\n3,y\n4,z,2024-01-03,5\n,,\n6,\"q\"r,bad\n7,inf,2024-01-05,\n"
	random, _ := randomCSV(rand.New(rand.NewPCG(8, 9)), 60_000, 4)
	long := "a,b\n" + strings.Repeat("1.5,x\n22,\"y\"\n", 65_000)
	for name, tt := range map[string]struct {
		text    string
		byParts bool
	}{
		"plain":           {long, true},
		"odd rows":        {"n,t,d\n" + strings.Repeat(rowsOdd, 10_000), false},
		"quotes":          {"a,b\n" + strings.Repeat("1.5,\"x\ny\"\n22,\"y\"\"\"\n", 45_000), true},
		"random":          {random, false},
		"with a mark":     {"\ufeff" + long, true},
		"total":           {long + "Total,5\n", true},
		"blank end":       {long + "\n\n", true},
		"letters":         {strings.ReplaceAll(long, "x", "é"), true},
		"row numbers":     {"id,v\n" + numbered(90_000), true},
		"late code":       {long + "007,x\n", true},
		"late text":       {long + strings.Repeat("oops,x\n", 9000), true},
		"CRLF":            {strings.ReplaceAll(long, "\n", "\r\n"), true},
		"no last end":     {strings.TrimSuffix(long, "\n"), true},
		"lone CR":         {long + "1,x\r2,y\r\n" + long[4:], true},
		"cell too long":   {long + "1," + strings.Repeat("w", 300) + "\n" + strings.Repeat("2,z\n", 500), true},
		"late fault":      {long + "3,\xff\n", false},
		"late zero":       {long + "3,a\x00b\n", false},
		"padding":         {long + strings.Repeat("\x00", 100), false},
		"end of file":     {long + "\x1a", false},
		"second table":    {long + "\nc,d,e\n1,2,3\n4,5,6\n", false},
		"blank within":    {long + "\n" + long[4:], false},
		"late long cell":  {long + "1,\"" + strings.Repeat("w\n", 50) + "\"\n" + strings.Repeat("2,z\n", 500), false},
		"CR":              {strings.ReplaceAll(long, "\n", "\r"), false},
		"open quote":      {long + strings.Repeat("1,\"w\n", 900), false},
		"Windows-1252":    {strings.ReplaceAll(long, "x", "\xe9"), false},
		"late record":     {long + strings.Repeat("1", 5000), false},
		"one long record": {"a,b\n1," + strings.Repeat("1", 2000) + "\n" + long, false},
	} {
		opt := Options{Limits: Limits{Cell: 200, Record: 4000}, Workers: 2}
		want, wantErr := parse(t.Context(), []byte(tt.text), nil, "x.csv", opt, 1<<20)
		if name == "late record" {
			_, wantErr = read(t.Context(), strings.NewReader(tt.text), "x.csv", opt, 1<<20)
		}
		for _, piece := range []int{1500, 20_000} {
			opt.Size = int64(len(tt.text))
			src := oneByOne{strings.NewReader(tt.text)}
			got, err := read(t.Context(), src, "x.csv", opt, piece)
			if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
				t.Errorf("%s, pieces of %d: %v, want %v", name, piece, err, wantErr)
				continue
			}
			if d := cmp.Diff(want, got, cmp.Comparer(sameNumbers), cmp.Comparer(slices.Equal[[]int32]), cmp.Comparer(sameFile)); d != "" {
				t.Errorf("%s, pieces of %d (-whole +parts):\n%s", name, piece, d)
			}
			if err != nil || piece != 1500 {
				continue
			}
			s := newStream(&source{ctx: t.Context(), src: strings.NewReader(tt.text), limits: opt.Limits.withDefaults()}, opt, piece)
			if _, err := s.read("x.csv"); tt.byParts && err != nil {
				t.Errorf("%s: not read by parts: %v", name, err)
			}
		}
	}
}

func numbered(rows int) string {
	var b strings.Builder
	for i := range rows {
		fmt.Fprintf(&b, "%d,%d.5\n", i+1, i%7)
	}
	return b.String()
}

func sameNumbers(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || x != x && y != y })
}

func sameFile(a, b *Raw) bool { return bytes.Equal(a.Bytes(), b.Bytes()) }

// TestRaw holds that a packed file is the file, by each way to have it, and
// that it takes less memory.
func TestRaw(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	noise := make([]byte, 3<<20)
	for i := range noise {
		noise[i] = byte(rng.Uint32())
	}
	numbers := "a,b\n" + numbered(200_000)
	for name, tt := range map[string]struct {
		text string
		most float64 // held, of the size
	}{
		"empty":   {"", 1},
		"tiny":    {"a\n1\n2", 100},
		"numbers": {numbers, 0.51},
		"labels":  {strings.ReplaceAll(numbers, ".5", ",c5"), 0.7},
		"texts":   {strings.Repeat("some words, and others that come again\n", 90_000), 0.2},
		"noise":   {string(noise), 1.02},
		"no line": {strings.Repeat("5", 3<<20), 0.51},
	} {
		raw := newRaw([]byte(tt.text))
		if got := string(raw.Bytes()); got != tt.text {
			t.Errorf("%s: Bytes differ at %d of %d", name, commonStart(got, tt.text), len(tt.text))
		}
		got, err := io.ReadAll(raw.Reader())
		if err != nil || string(got) != tt.text {
			t.Errorf("%s: Reader gives %d bytes, %v", name, len(got), err)
		}
		if raw.Size() != int64(len(tt.text)) || float64(raw.Held()) > tt.most*float64(len(tt.text)) {
			t.Errorf("%s: %d bytes held of %d, want %g of them", name, raw.Held(), len(tt.text), tt.most)
		}
	}
}

func commonStart(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// FuzzPack holds that any bytes come back as they were.
func FuzzPack(f *testing.F) {
	f.Add([]byte("1.5,-2\n33,x\n"), 3)
	f.Add([]byte("\x00\xff,+/:9"), 40)
	f.Fuzz(func(t *testing.T, b []byte, times int) {
		text := bytes.Repeat(b, min(max(times, 0), 50))
		var p packer
		block, plain := p.pack(text)
		if got := block.unpack(nil); !bytes.Equal(got, text) {
			t.Errorf("%q came back as %q", text, got)
		}
		if plain && (!isASCII(text) || bytes.IndexByte(text, 0) >= 0) {
			t.Errorf("%q is told to be plain", text)
		}
	})
}
