package ingest

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/waittest"
)

// randomCSV writes records of all kinds of cells, with quotes, delimiters and
// line ends inside some, and returns the text and the cells.
func randomCSV(rng *rand.Rand, rows, cols int) (string, [][]string) {
	words := []string{"", "x", "1", "-2.5", "1e-3", "a b", `say "hi"`, "x,y", "two\nlines", "é", "NA", "007", "9007199254740993", "\"", ",", "#no", "3.25", "12"}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	var all [][]string
	for i := range rows + 1 {
		record := make([]string, cols)
		for j := range record {
			record[j] = words[rng.IntN(len(words))]
			if i == 0 {
				record[j] = fmt.Sprintf("col%d", j)
			}
		}
		if i > 0 {
			record[0] = fmt.Sprintf("r%d", i)
			all = append(all, record)
		}
		if err := w.Write(record); err != nil {
			panic(err)
		}
	}
	w.Flush()
	return b.String(), all
}

// TestEqualsEncodingCSV holds that well-formed text is cut into the cells that
// encoding/csv cuts it into, wherever the seams of the pieces fall.
func TestEqualsEncodingCSV(t *testing.T) {
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 1))
		cols := 2 + rng.IntN(5)
		text, want := randomCSV(rng, 1+rng.IntN(80), cols)
		kinds := map[string]frame.Kind{}
		for j := range cols {
			kinds[fmt.Sprintf("col%d", j)] = frame.Category
		}
		for _, piece := range []int{1, 7, 64, 500, 1 << 20} {
			r, err := parse(t.Context(), []byte(text), nil, "x.csv", Options{Kinds: kinds, Delimiter: ',', Header: HeaderYes, Workers: 3}, piece)
			if err != nil {
				t.Fatalf("seed %d, pieces of %d: %v\n%s", seed, piece, err, text)
			}
			if r.Frame.Rows != len(want) {
				t.Fatalf("seed %d, pieces of %d: %d rows, want %d", seed, piece, r.Frame.Rows, len(want))
			}
			for j, c := range r.Frame.Columns {
				for i := range want {
					got, w := "", want[i][j]
					if !c.Missing(i) {
						got = c.Levels[c.Codes[i]]
					}
					if w == "NA" {
						w = ""
					}
					if got != w {
						t.Fatalf("seed %d, pieces of %d: cell %d, %d = %q, want %q", seed, piece, i, j, got, w)
					}
				}
			}
		}
	}
}

// TestPiecesDoNotMatter holds that the result, notices and accounts included,
// is the same for any pieces and workers.
func TestPiecesDoNotMatter(t *testing.T) {
	const rowsOdd = "1,x,2024-01-01\n\n# note\n\"2\",\"a\nb\",2024-01-02\n3,y\n4,z,2024-01-03,5\n,,\n5,\"open,2024-01-04\n6,\"q\"r,bad\n7,inf,2024-01-05,\n"
	text := "n,t,d\n" + strings.Repeat(rowsOdd, 40)
	want, err := parse(t.Context(), []byte(text), nil, "x.csv", Options{Workers: 1}, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if want.Reading.SetAside != 40 || want.Reading.Comment != 40 || want.Reading.Blank != 40 {
		t.Errorf("reading = %+v, want 40 set aside, 40 comments and 40 blank", want.Reading)
	}
	for _, piece := range []int{1, 10, 100, 333, 1000} {
		for _, workers := range []int{1, 4} {
			got, err := parse(t.Context(), []byte(text), nil, "x.csv", Options{Workers: workers}, piece)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got, cmpopts.EquateNaNs(), cmp.Comparer(sameFile)); d != "" {
				t.Fatalf("pieces of %d, %d workers (-whole +pieces):\n%s", piece, workers, d)
			}
		}
	}
}

// TestLinesAreThoseOfTheFile holds that notices and rows set aside name lines
// as an editor counts them, behind all that shifts lines.
func TestLinesAreThoseOfTheFile(t *testing.T) {
	lines := []string{
		"Report", "", // preamble
		"a,b,c", "1,2,x", "\"3", "\",4,x", "", "# note", // a record of two lines, a blank, a comment
		"5,6,x,7", // line 9: set aside
		"8,9",     // line 10: padded
	}
	for i := range 30 {
		lines = append(lines, fmt.Sprintf("%d,%d,x", i, i)) // lines 11 to 40
	}
	lines = append(lines, "1,oops,y") // line 41
	for _, end := range []string{"\n", "\r\n", "\r"} {
		for _, piece := range []int{5, 1 << 20} {
			r, err := parse(t.Context(), []byte(strings.Join(lines, end)+end), nil, "x.csv", Options{}, piece)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]int{}
			for _, n := range r.Notices {
				got[n.Code] = n.Line
			}
			want := map[string]int{"preamble": 1, "line_breaks": 5, "comments": 8, "set_aside": 9, "padded_rows": 10, "unreadable": 41}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%q: lines (-want +got):\n%s", end, d)
			}
			if d := cmp.Diff([]SetAsideRow{{9, "4 cells, but 3 columns"}}, r.Reading.SetAsideRows); d != "" {
				t.Errorf("%q: set aside: %s", end, d)
			}
			if want := (Reading{Records: 39, Loaded: 34, SetAside: 1, Blank: 1, Comment: 1, Skipped: 2, SetAsideRows: r.Reading.SetAsideRows}); !reflect.DeepEqual(r.Reading, want) {
				t.Errorf("%q: reading = %+v, want %+v", end, r.Reading, want)
			}
		}
	}
}

// TestSetAsideLeavesNoTrace holds that a record set aside does not count for
// the kinds: neither its decimals nor its texts nor its notices.
func TestSetAsideLeavesNoTrace(t *testing.T) {
	r, err := Read(t.Context(), strings.NewReader("a,b,c\n1,2,x\n0.5,oops,never,4\n3,4,y\n"), "x.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := r.Frame
	if !f.Columns[0].Whole || !f.Columns[1].Whole || f.Columns[1].Kind != frame.Numeric {
		t.Errorf("columns = %+v, %+v, want whole numbers", f.Columns[0], f.Columns[1])
	}
	if d := cmp.Diff([]string{"x", "y"}, f.Columns[2].Levels); d != "" {
		t.Errorf("levels: %s", d)
	}
	for _, n := range r.Notices {
		if n.Code == "unreadable" {
			t.Errorf("a notice on a record that was set aside: %+v", n)
		}
	}
}

// TestManyOpenQuotes bounds the work on quotes that are never closed: each is
// looked for to the next quote only.
func TestManyOpenQuotes(t *testing.T) {
	for name, text := range map[string]func(n int) string{
		"one in the middle": func(n int) string {
			return "a,b\n" + strings.Repeat("1,x\n", n) + "1,\"x\n" + strings.Repeat("1,x\n", n)
		},
		"one in each row":    func(n int) string { return "a,b\n" + strings.Repeat("1,\"x\n", n) },
		"doubled after open": func(n int) string { return "a,b\n1,\"x\n" + strings.Repeat("\"\"y,2\n", n) },
		"quotes and commas":  func(n int) string { return "a,b\n" + strings.Repeat("\"\"\",1\n", n) },
	} {
		t.Run(name, func(t *testing.T) {
			waittest.Linear(t, 6_000, func(n int) {
				r, err := Read(t.Context(), strings.NewReader(text(n)), "x.csv", Options{})
				if err != nil {
					t.Fatal(err)
				}
				if name == "one in the middle" && r.Frame.Rows != 2*n+1 {
					t.Errorf("%d rows, want %d", r.Frame.Rows, 2*n+1)
				}
			})
		})
	}
}

func TestChoices(t *testing.T) {
	const text = "id;v;when\n01;1,5;01/02/2024\n02;x;03/04/2024\n01;2,5;nonsense\n"
	read := func(opt Options) *frame.Frame {
		t.Helper()
		r, err := Read(t.Context(), strings.NewReader(text), "x.csv", opt)
		if err != nil {
			t.Fatal(err)
		}
		return r.Frame
	}
	f := read(Options{Kinds: map[string]frame.Kind{"id": frame.Numeric, "v": frame.Numeric, "when": frame.Time}, Decimal: ','})
	if d := cmp.Diff([]float64{1, 2, 1}, f.Columns[0].Num); d != "" {
		t.Errorf("id as numbers: %s", d)
	}
	if d := cmp.Diff([]float64{1.5, math.NaN(), 2.5}, f.Columns[1].Num, cmpopts.EquateNaNs(), cmp.Comparer(sameFile)); d != "" {
		t.Errorf("v as numbers: %s", d)
	}
	january := float64(time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC).Unix())
	if got := f.Columns[2].Num; got[0] != january || got[2] == got[2] {
		t.Errorf("when as dates = %v, want 2 January first and the last missing", got)
	}
	february := float64(time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC).Unix())
	if got := read(Options{Kinds: map[string]frame.Kind{"when": frame.Time}, DateOrder: DayFirst}).Columns[2].Num; got[0] != february {
		t.Errorf("day first: %v, want 1 February", got[0])
	}
	if f := read(Options{Delimiter: '|'}); len(f.Columns) != 1 || f.Columns[0].Name != "id;v;when" {
		t.Errorf("by pipes: %d columns, want 1", len(f.Columns))
	}
	if f := read(Options{Header: HeaderNo}); f.Rows != 4 || f.Columns[0].Name != "column_1" {
		t.Errorf("without header: %d rows, first column %s", f.Rows, f.Columns[0].Name)
	}
	r, err := Read(t.Context(), strings.NewReader("1,2\n3,4\n"), "x.csv", Options{Header: HeaderYes})
	if err != nil || r.Frame.Rows != 1 || r.Frame.Columns[1].Name != "2" || len(r.Notices) != 0 {
		t.Errorf("with header: %+v, %v", r, err)
	}
	r, err = Read(t.Context(), strings.NewReader("a,b\n\x83\x65,2\n"), "x.csv", Options{Encoding: "shift_jis"})
	if err != nil || r.Frame.Columns[0].Levels[0] != "テ" || r.Dialect.Encoding != "shift_jis" {
		t.Errorf("Shift JIS: %+v, %v", r, err)
	}
	for field, opt := range map[string]Options{"delimiter": {Delimiter: '\n'}, "quote": {Quote: 'q'}, "decimal": {Decimal: ';'}} {
		_, err := Read(t.Context(), strings.NewReader("a,b\n1,2\n"), "x.csv", opt)
		if p, ok := problem.As(err); !ok || p.Field != field || p.Hint == "" {
			t.Errorf("%+v: %v, want the field %s refused", opt, err, field)
		}
	}
	_, err = Read(t.Context(), strings.NewReader("a,b\n1,2\n"), "x.csv", Options{Encoding: "klingon"})
	if p, ok := problem.As(err); !ok || p.Field != "encoding" {
		t.Errorf("an unknown encoding: %v", err)
	}
}

func TestDialectIsTold(t *testing.T) {
	r, err := Read(t.Context(), strings.NewReader("Title\n\na; b\n1,5; 'x;y'\n2,5; 'z'\n"), "x.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := Dialect{Delimiter: ';', Quote: '\'', Escape: '\'', Encoding: "utf-8", Decimal: ',', Header: true, Trim: false, Skipped: 2, Line: 3}
	if r.Dialect != want {
		t.Errorf("dialect = %+v, want %+v", r.Dialect, want)
	}
	if r.Name != "x.csv" || r.Bytes != r.Raw.Size() || string(r.Raw.Bytes()) != "Title\n\na; b\n1,5; 'x;y'\n2,5; 'z'\n" {
		t.Errorf("name %q, %d bytes, %d raw", r.Name, r.Bytes, r.Raw.Size())
	}
}

// TestReadInSmallReads holds that what is read byte by byte is the same, and that the
// raw bytes can be parsed again.
func TestReadInSmallReads(t *testing.T) {
	text := "a,b\n" + strings.Repeat("1.5,x\n22,\"y\"\n", 9000) + "3,z"
	want, err := Read(t.Context(), strings.NewReader(text), "x.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int64{0, 10, int64(len(text)), 1 << 21} {
		got, err := Read(t.Context(), oneByOne{strings.NewReader(text)}, "x.csv", Options{Size: size})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Raw.Bytes(), []byte(text)) {
			t.Fatalf("size %d: the raw bytes differ", size)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateNaNs(), cmpopts.IgnoreFields(Result{}, "Raw")); d != "" {
			t.Fatalf("size %d (-at once +byte by byte):\n%s", size, d)
		}
		again, err := Reread(t.Context(), got.Raw, "x.csv", Options{Header: HeaderNo})
		if err != nil || again.Frame.Rows != got.Frame.Rows+1 {
			t.Errorf("parsed again: %v, %d rows", err, again.Frame.Rows)
		}
	}
}

// oneByOne reads in uneven little pieces.
type oneByOne struct{ r *strings.Reader }

func (o oneByOne) Read(b []byte) (int, error) { return o.r.Read(b[:min(len(b), 1+o.r.Len()%4099)]) }

// TestNumbersAreTheNearest compares the fast paths with fmt's, which reads as
// strconv does.
func TestNumbersAreTheNearest(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	var want []float64
	b.WriteString("x,y\n")
	for i := range 20000 {
		v := rng.NormFloat64() * math.Pow(10, float64(rng.IntN(40)-20))
		digits := 1 + rng.IntN(17)
		text := fmt.Sprintf("%.*e", digits, v)
		if i%2 == 0 {
			text = fmt.Sprintf("%.*f", digits, v)
		}
		var f float64
		if _, err := fmt.Sscan(text, &f); err != nil {
			t.Fatal(err)
		}
		want = append(want, f)
		b.WriteString(text + ",1\n")
	}
	r, err := Read(t.Context(), strings.NewReader(b.String()), "x.csv", Options{Kinds: map[string]frame.Kind{"x": frame.Numeric}})
	if err != nil {
		t.Fatal(err)
	}
	for i, got := range r.Frame.Columns[0].Num {
		if got != want[i] {
			t.Fatalf("row %d = %v, want %v", i, got, want[i])
		}
	}
}
