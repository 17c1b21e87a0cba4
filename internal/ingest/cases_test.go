package ingest_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
)

// parse reads text with the default options and checks that the accounts
// balance.
func parse(t testing.TB, text string, opt ingest.Options) *ingest.Result {
	t.Helper()
	r, err := ingest.Read(t.Context(), strings.NewReader(text), "test.csv", opt)
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	balance(t, r)
	return r
}

func balance(t testing.TB, r *ingest.Result) {
	t.Helper()
	q := r.Reading
	if q.Records != q.Loaded+q.SetAside+q.Blank+q.Comment+q.Skipped || q.Loaded != r.Frame.Rows {
		t.Errorf("the accounts do not balance: %+v with %d rows", q, r.Frame.Rows)
	}
}

// dump writes each column as "name kind: cell|cell", with ~ for missing.
func dump(f *frame.Frame) []string {
	var out []string
	for _, c := range f.Columns {
		cells := make([]string, f.Rows)
		for i := range cells {
			cells[i] = cell(c, i)
		}
		out = append(out, fmt.Sprintf("%s %s: %s", c.Name, c.Kind, strings.Join(cells, "|")))
	}
	return out
}

func cell(c *frame.Column, i int) string {
	switch {
	case c.Missing(i):
		return "~"
	case c.Kind == frame.Time:
		return time.UnixMilli(int64(math.Round(c.Num[i] * 1e3))).UTC().Format("2006-01-02T15:04:05.999")
	case c.Numbers():
		return strconv.FormatFloat(c.Num[i], 'g', -1, 64)
	}
	return c.Levels[c.Codes[i]]
}

func notices(r *ingest.Result) []string {
	var out []string
	for _, n := range r.Notices {
		s := n.Code
		if n.Line > 0 {
			s += " " + strconv.Itoa(n.Line)
		}
		out = append(out, s)
	}
	return out
}

// has checks the notices' codes, each with its line if it has one.
func has(t *testing.T, r *ingest.Result, want ...string) {
	t.Helper()
	if d := cmp.Diff(want, notices(r)); d != "" {
		t.Errorf("notices (-want +got):\n%s%v", d, r.Notices)
	}
}

// TestAcceptedFiles reads one small file of every shape.
func TestAcceptedFiles(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string // the table
		notices    []string
	}{
		{"comma", "a,b\n1,x\n2,y\n", []string{"a numeric: 1|2", "b category: x|y"}, nil},
		{"semicolon and decimal comma", "a;b\n1,5;x\n-2,25;y\n", []string{"a numeric: 1.5|-2.25", "b category: x|y"}, []string{"decimal_comma"}},
		{"tab", "a\tb\n1\tx\n2\ty\n", []string{"a numeric: 1|2", "b category: x|y"}, nil},
		{"pipe", "a|b\n1|x\n2|y\n", []string{"a numeric: 1|2", "b category: x|y"}, nil},
		{"space", "a b c\n1 2 3\n4 5 6\n", []string{"a numeric: 1|4", "b numeric: 2|5", "c numeric: 3|6"}, nil},
		{"comma and space", "a, b, c\n1, 2, x\n3, 4, y\n", []string{"a numeric: 1|3", "b numeric: 2|4", "c category: x|y"}, nil},
		{"single quotes", "a,b\n'x, y',1\n'z, w',2\n", []string{"a category: x, y|z, w", "b numeric: 1|2"}, nil},
		{"backslash escapes", "a,b\n\"say \\\"hi\\\" 0\",1\n\"x\",2\n", []string{`a category: say "hi" 0|x`, "b numeric: 1|2"}, nil},
		{"Excel separator line", "sep=;\na;b\n1;2\n", []string{"a numeric: 1", "b numeric: 2"}, nil},
		{"unit separator", "a\x1fb\n1\x1fx\n2\x1fy\n", []string{"a numeric: 1|2", "b category: x|y"}, nil},
		{"caret", "a^b\n1^x\n2^y\n", []string{"a numeric: 1|2", "b category: x|y"}, nil},
		{"delimiter in a quoted header", "\"a,1\",b\n1,2\n3,4\n", []string{"a,1 numeric: 1|3", "b numeric: 2|4"}, nil},
		{"tab, and text with commas", "id\tnote\tn\n1\thello, you\t3\n2\tbye, you\t4\n", []string{"id numeric: 1|2", "note category: hello, you|bye, you", "n numeric: 3|4"}, nil},
		{"all quoted", "\"a\",\"b\"\n\"1\",\"x\"\n\"2\",\"y\"\n", []string{"a numeric: 1|2", "b category: x|y"}, nil},

		{"UTF-8 mark", "\ufeffa,b\n1,2\n", []string{"a numeric: 1", "b numeric: 2"}, nil},
		{"mark before a quoted header", "\ufeff\"a\",b\n1,2\n", []string{"a numeric: 1", "b numeric: 2"}, nil},
		{"two marks", "\ufeff\ufeffa,b\n1,2\n", []string{"a numeric: 1", "b numeric: 2"}, nil},
		{"UTF-16LE with mark", "\xff\xfe" + utf16("a,b\né,2\n", 0), []string{"a category: é", "b numeric: 2"}, []string{"encoding"}},
		{"UTF-16BE with mark", "\xfe\xff" + utf16("a,b\né,2\n", 1), []string{"a category: é", "b numeric: 2"}, []string{"encoding"}},
		{"UTF-16LE without mark", utf16("abc,def\nx,2\n", 0), []string{"abc category: x", "def numeric: 2"}, []string{"encoding"}},
		{"UTF-32LE", "\xff\xfe\x00\x00" + utf32("a,b\né,2\n"), []string{"a category: é", "b numeric: 2"}, []string{"encoding"}},
		{"Windows-1252", "name,price\ncaf\xe9,5 \x80\nth\xe9,6 \x80\n", []string{"name category: café|thé", "price numeric: 5|6"}, []string{"encoding", "currency"}},
		{"one bad byte", "a,b\né,1\nü,2\nö\xff,3\n", []string{"a category: é|ü|ö\ufffd", "b numeric: 1|2|3"}, []string{"invalid_bytes 4"}},
		{"overlong and surrogate", "a,b\n\xc0\xaf,1\n\xed\xa0\x80,2\n", []string{"a category: \ufffd\ufffd|\ufffd\ufffd\ufffd", "b numeric: 1|2"}, []string{"invalid_bytes 2"}},
		{"zero byte in a cell", "a,b\nx\x00y,1\nz,2\n", []string{"a category: x\ufffdy|z", "b numeric: 1|2"}, []string{"zero_bytes 2"}},
		{"zero bytes at the end", "a,b\n1,2\n" + strings.Repeat("\x00", 4096), []string{"a numeric: 1", "b numeric: 2"}, []string{"padding"}},
		{"control Z at the end", "a,b\n1,2\n\x1a", []string{"a numeric: 1", "b numeric: 2"}, []string{"padding"}},
		{"UTF-7 stays text", "a,b\n+AD4-,1\nx,2\n", []string{"a category: +AD4-|x", "b numeric: 1|2"}, nil},
		{"emoji", "a,b\n👩‍👩‍👧,1\nx,2\n", []string{"a category: 👩‍👩‍👧|x", "b numeric: 1|2"}, nil},
		{"names equal after normalization", "caf\u00e9,cafe\u0301\n1,2\n3,4\n", []string{"café numeric: 1|3", "café (2) numeric: 2|4"}, []string{"renamed 1"}},

		{"line feed in quotes", "a,b\n\"x\ny\",1\nz,2\n", []string{"a category: x\ny|z", "b numeric: 1|2"}, []string{"line_breaks 2"}},
		{"CRLF in quotes", "a,b\r\n\"x\r\ny\",1\r\n", []string{"a category: x\r\ny", "b numeric: 1"}, []string{"line_breaks 2"}},
		{"doubled quotes", "a,b\n\"say \"\"hi\"\"\",1\nx,2\n", []string{`a category: say "hi"|x`, "b numeric: 1|2"}, nil},
		{"bare quote inside", "a,b\n5\" pipe,1\nx,2\n", []string{`a category: 5" pipe|x`, "b numeric: 1|2"}, nil},
		{"quote never closed", "a,b\n\"x,1\ny,2\nz,3\n", []string{`a category: "x|y|z`, "b numeric: 1|2|3"}, []string{"quote_open 2"}},
		{"quote closed in a later row", "a,b\n\"x,1\ny,2\n\"z\",3\n", []string{`a category: "x|y|z`, "b numeric: 1|2|3"}, []string{"quote_open 2"}},
		{"text after a closing quote", "a,b\n\"abc\"def,1\nx,2\n", []string{"a category: abcdef|x", "b numeric: 1|2"}, []string{"quote_text 2"}},
		{"blank before a quote", "a,b\n1, \"x, y\"\n2, \"z\"\n", []string{"a numeric: 1|2", "b category: x, y|z"}, nil},
		{"quoted empty", "a,b\n\"\",1\n,2\nx,3\n", []string{"a category: ~|~|x", "b numeric: 1|2|3"}, nil},

		{"one column", "a\n1\n2\n", []string{"a numeric: 1|2"}, []string{"one_column"}},
		{"one row of numbers", "1,2,3\n", []string{"column_1 numeric: 1", "column_2 numeric: 2", "column_3 numeric: 3"}, []string{"no_header 1"}},
		{"header and a row", "a,b\n1,x\n", []string{"a numeric: 1", "b category: x"}, nil},
		{"no header, numbers", "1,2\n3,4\n5,6\n", []string{"column_1 numeric: 1|3|5", "column_2 numeric: 2|4|6"}, []string{"no_header 1"}},
		{"no header, numbers and a class", "5.1,3.5,setosa\n4.9,3,setosa\n6,2.2,virginica\n", []string{"column_1 numeric: 5.1|4.9|6", "column_2 numeric: 3.5|3|2.2", "column_3 category: setosa|setosa|virginica"}, []string{"no_header 1"}},
		{"years are names", "country,2019,2020\nA,1,2\nB,3,4\n", []string{"country category: A|B", "2019 numeric: 1|3", "2020 numeric: 2|4"}, nil},
		{"header unsure", "red,big\nblue,small\nred,big\nred,small\n", []string{"red category: blue|red|red", "big category: small|big|small"}, []string{"header_unsure 1"}},
		{"preamble", "Sales report\nby region\n\na,b,c\n1,2,x\n3,4,y\n", []string{"a numeric: 1|3", "b numeric: 2|4", "c category: x|y"}, []string{"preamble 1"}},
		{"preamble and ragged rows", "Report\n\na,b,c\n1,2\n3,4,5\n6,7,8\n9,8,7,6\n", []string{"a numeric: 1|3|6", "b numeric: 2|4|7", "c numeric: ~|5|8"}, []string{"preamble 1", "padded_rows 4", "set_aside 7"}},
		{"one column of texts with commas", "remark\nhello, you\nbye\nwell, then\n", []string{"remark category: hello, you|bye|well, then"}, []string{"one_column"}},
		{"one column with trailing commas", "a\n1,\n2,\n", []string{"a numeric: 1|2"}, []string{"trailing_cells 2", "one_column"}},
		{"prose", "It was a dark, stormy night.\nThe rain fell, in torrents, except\nat times: it was checked\n", []string{"It was a dark, stormy night. category: The rain fell, in torrents, except|at times: it was checked"}, []string{"one_column"}},
		{"too few cells", "a,b,c\n1,2,3\n4,5\n6,7,8\n", []string{"a numeric: 1|4|6", "b numeric: 2|5|7", "c numeric: 3|~|8"}, []string{"padded_rows 3"}},
		{"too many cells", "a,b,c\n1,2,3\n4,5,6,7\n8,9,10\n", []string{"a numeric: 1|8", "b numeric: 2|9", "c numeric: 3|10"}, []string{"set_aside 3"}},
		{"trailing delimiter in rows", "a,b\n1,2,\n3,4,\n", []string{"a numeric: 1|3", "b numeric: 2|4"}, []string{"trailing_cells 2"}},
		{"trailing delimiter everywhere", "a,b,\n1,2,\n3,4,\n", []string{"a numeric: 1|3", "b numeric: 2|4"}, []string{"dropped_columns"}},
		{"unnamed index", ",a\n0,x\n1,y\n2,x\n3,y\n", []string{"column_1 id: 0|1|2|3", "a category: x|y|x|y"}, nil},
		{"blank lines between", "a,b\n1,2\n\n  \n3,4\n", []string{"a numeric: 1|3", "b numeric: 2|4"}, nil},
		{"comments", "# made by\n# hand\na,b\n1,2\n# note\n3,4\n", []string{"a numeric: 1|3", "b numeric: 2|4"}, []string{"comments 1"}},
		{"data that start with #", "tag,n\n#one,1\n#two,2\n", []string{"tag category: #one|#two", "n numeric: 1|2"}, nil},
		{"header that starts with #", "#id,n\n7,1.5\n9,2.5\n", []string{"#id numeric: 7|9", "n numeric: 1.5|2.5"}, nil},
		{"equal names", "a,a,a\n1,2,3\n", []string{"a numeric: 1", "a (2) numeric: 2", "a (3) numeric: 3"}, []string{"renamed 1"}},
		{"names that differ in case", "a,A\n1,2\n", []string{"a numeric: 1", "A numeric: 2"}, []string{"similar_names 1"}},
		{"empty names", "a,,c,\n1,2,3,4\n", []string{"a numeric: 1", "column_2 numeric: 2", "c numeric: 3", "column_4 numeric: 4"}, nil},
		{"blanks around names", " a ,\tb\n1,2\n", []string{"a numeric: 1", "b numeric: 2"}, nil},
		{"HTML", "<script>alert(1)</script>,\"<svg onload=x>\"\n<b>x</b>,1\ny,2\n", []string{"<script>alert(1)</script> category: <b>x</b>|y", "<svg onload=x> numeric: 1|2"}, nil},
		{"formulas", "a,b\n=1+1,1\n@x,2\n", []string{"a category: =1+1|@x", "b numeric: 1|2"}, nil},
		{"names of the runtime", "__proto__,NaN,null,1,true\n1,2,3,4,5\n6,7,8,9,10\n", []string{"__proto__ numeric: 1|6", "NaN numeric: 2|7", "null numeric: 3|8", "1 numeric: 4|9", "true numeric: 5|10"}, nil},
		{"CR", "a,b\r1,x\r2,y\r", []string{"a numeric: 1|2", "b category: x|y"}, nil},
		{"CR without the last", "a,b\r1,x\r2,y", []string{"a numeric: 1|2", "b category: x|y"}, nil},
		{"CRLF", "a,b\r\n1,x\r\n2,y\r\n", []string{"a numeric: 1|2", "b category: x|y"}, nil},
		{"mixed line ends", "a,b\n1,x\r\n2,y\r3,z\n", []string{"a numeric: 1|2|3", "b category: x|y|z"}, nil},
		{"no last line end", "a,b\n1,x\n2,y", []string{"a numeric: 1|2", "b category: x|y"}, nil},
		{"two last line ends", "a,b\n1,x\n2,y\n\n", []string{"a numeric: 1|2", "b category: x|y"}, nil},
		{"column of nothing", "a,b\n1,\n2,NA\n", []string{"a numeric: 1|2", "b numeric: ~|~"}, nil},
		{"row of nothing", "a,b\n1,x\n,\n2,y\n", []string{"a numeric: 1|~|2", "b category: x|~|y"}, []string{"empty_rows"}},
		{"suffixes that collide", "a,a (2),a,a (3),a\n1,2,3,4,5\n", []string{"a numeric: 1", "a (2) numeric: 2", "a (4) numeric: 3", "a (3) numeric: 4", "a (5) numeric: 5"}, []string{"renamed 1"}},
		{"line ends in a name", "\"a\r\nSet-Cookie: x=1\",b\n1,2\n", []string{"a\r\nSet-Cookie: x=1 numeric: 1", "b numeric: 2"}, nil},
		{"rows of delimiters", ",,\n,,\n,,\n", []string{"column_1 numeric: ~|~", "column_2 numeric: ~|~", "column_3 numeric: ~|~"}, []string{"empty_rows"}},
		{"delimiter of two characters", "a||b||c\n1||x||3\n4||y||6\n", []string{"a numeric: 1|4", "b category: x|y", "c numeric: 3|6"}, []string{"dropped_columns"}},
		{"empty column without header", "1,,3\n4,,6\n", []string{"column_1 numeric: 1|4", "column_2 numeric: ~|~", "column_3 numeric: 3|6"}, []string{"no_header 1"}},
		{"row names of R", "\"x\",\"y\"\n\"1\",5,6\n\"2\",7,8\n\"3\",9,1\n", []string{"column_1 id: 1|2|3", "x numeric: 5|7|9", "y numeric: 6|8|1"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, tt.text, ingest.Options{})
			if d := cmp.Diff(tt.want, dump(r.Frame)); d != "" {
				t.Errorf("table (-want +got):\n%s", d)
			}
			has(t, r, tt.notices...)
			if len(r.Frame.Columns) == 1 {
				return // the dialect then tells a comma that cuts nothing
			}
			again := parse(t, tt.text, r.Dialect.Options())
			if d := cmp.Diff(dump(r.Frame), dump(again.Frame)); d != "" {
				t.Errorf("read again with %+v (-first +again):\n%s", r.Dialect.Options(), d)
			}
		})
	}
}

func utf16(s string, big int) string {
	var b []byte
	for _, c := range s {
		pair := []byte{byte(c), byte(c >> 8)}
		b = append(b, pair[big], pair[1-big])
	}
	return string(b)
}

func utf32(s string) string {
	var b []byte
	for _, c := range s {
		b = append(b, byte(c), byte(c>>8), 0, 0)
	}
	return string(b)
}

// TestTypes reads one column of each kind of value.
func TestTypes(t *testing.T) {
	many := func(n int, f func(i int) string) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = f(i)
		}
		return out
	}
	for _, tt := range []struct {
		name    string
		cells   []string
		want    string // kind and cells; only the kind for long columns
		notices []string
	}{
		{"spellings of missing", strings.Split(",  ,NA,N/A,n/a,#N/A,NaN,nan,null,NULL,None,<NA>,\\N,-,--,?,.,7", ","), "numeric: ~|~|~|~|~|~|~|~|~|~|~|~|~|~|~|~|~|7", []string{"missing_marks 15"}},
		{"marks in a category stay", strings.Fields("a ? b - a b"), "category: a|?|b|-|a|b", nil},
		{"infinities", strings.Fields("1 inf Inf -Infinity +inf 2"), "numeric: 1|~|~|~|~|2", []string{"infinite 3"}},
		{"thousands", []string{"1,234.5", "12", "1,000,000"}, "numeric: 1234.5|12|1e+06", []string{"thousands"}},
		{"thousands without decimals", []string{"1,234", "12,345", "999"}, "numeric: 1234|12345|999", []string{"thousands"}},
		{"decimal comma in quotes", []string{"1,5", "2,75", "-3"}, "numeric: 1.5|2.75|-3", []string{"decimal_mark"}},
		{"European", []string{"1.234,56", "7,5", "12"}, "numeric: 1234.56|7.5|12", []string{"thousands"}},
		{"currency", []string{"$1,029.81", "$5", "-$3"}, "numeric: 1029.81|5|-3", []string{"thousands", "currency"}},
		{"two currencies", []string{"$1", "€5", "$3"}, "category: $1|€5|$3", nil},
		{"percent", []string{"12%", "7.5 %"}, "numeric: 12|7.5", []string{"percent"}},
		{"percent in part", []string{"12%", "7", "3%"}, "category: 12%|7|3%", nil},
		{"accounting", []string{"(1,234.50)", "12.00"}, "numeric: -1234.5|12", []string{"thousands", "parentheses"}},
		{"yes and no", []string{"Yes", "No", "Yes", ""}, "boolean: Yes|No|Yes|~", nil},
		{"pandas bools", []string{"TRUE", "false", "True", ""}, "boolean: True|False|True|~", nil},
		{"t and f", strings.Fields("t f t"), "boolean: t|f|t", nil},
		{"on and off", strings.Fields("on off on"), "boolean: on|off|on", nil},
		{"variants of yes", strings.Fields("Yes yes no"), "category: Yes|yes|no", []string{"label_variants"}},
		{"0 and 1 are numbers", strings.Fields("0 1 1"), "numeric: 0|1|1", nil},
		{"dates", []string{"2024-01-31", "2024-02-29", ""}, "datetime: 2024-01-31T00:00:00|2024-02-29T00:00:00|~", nil},
		{"times of dates", []string{"2024-01-31T12:30:00Z", "2024-01-31 12:30:05.25", "2024-01-31T12:30+02:00"}, "datetime: 2024-01-31T12:30:00|2024-01-31T12:30:05.25|2024-01-31T10:30:00", nil},
		{"no such day", []string{"2024-02-30", "2024-01-01"}, "category: 2024-02-30|2024-01-01", nil},
		{"day first, proved late", append(many(500, func(i int) string { return fmt.Sprintf("%02d/%02d/2024", i%12+1, i%7+1) }), "31/12/2024"), "datetime", nil},
		{"month first", []string{"01/31/2024", "02/01/2024"}, "datetime: 2024-01-31T00:00:00|2024-02-01T00:00:00", nil},
		{"day or month first", []string{"01/02/2024", "03/04/2024"}, "category: 01/02/2024|03/04/2024", []string{"date_order"}},
		{"German dates", []string{"01.02.2024", "03.04.2024"}, "datetime: 2024-02-01T00:00:00|2024-04-03T00:00:00", nil},
		{"months by name", []string{"5 Jan 2024", "17 Feb 2024"}, "datetime: 2024-01-05T00:00:00|2024-02-17T00:00:00", nil},
		{"months by name, American", []string{"Jan 5, 2024", "February 17, 2024"}, "datetime: 2024-01-05T00:00:00|2024-02-17T00:00:00", nil},
		{"many layouts of dates", []string{"2024-01-01", "01/02/2024", "5 Jan 2024", "20240105"}, "category: 2024-01-01|01/02/2024|5 Jan 2024|20240105", []string{"mixed_dates"}},
		{"leading zeros", strings.Fields("00501 10001 10001"), "category: 00501|10001|10001", nil},
		{"one leading zero, late", append(many(3000, func(i int) string { return strconv.Itoa(10000 + i%40) }), "00501"), "category", nil},
		{"long integers", strings.Fields("9007199254740993 1 1"), "category: 9007199254740993|1|1", nil},
		{"the last exact integer", strings.Fields("9007199254740992 -9007199254740992"), "numeric: 9.007199254740992e+15|-9.007199254740992e+15", nil},
		{"extremes", strings.Fields("1e308 1e309 5e-324 1e-400"), "numeric: 1e+308|~|5e-324|0", []string{"infinite 3"}},
		{"negative zero", strings.Fields("-0 -0.0 1"), "numeric: 0|0|1", nil},
		{"not numbers", strings.Fields("0x1F 1_000 0b11"), "category: 0x1F|1_000|0b11", nil},
		{"hexadecimal float", strings.Fields("0x1p-2 0x1p-2 2"), "category: 0x1p-2|0x1p-2|2", nil},
		{"late text", append(many(30000, strconv.Itoa), "oops"), "numeric", []string{"unreadable 30002"}},
		{"late decimal", append(many(30000, func(int) string { return "1" }), "0.5"), "numeric", nil},
		{"total at the end", append(many(40, strconv.Itoa), "Total"), "numeric", []string{"unreadable 42"}},
		{"one text in ten", many(300, func(i int) string {
			if i%10 == 0 {
				return "x"
			}
			return strconv.Itoa(i % 7)
		}), "category", []string{"mixed_types"}},
		{"blanks around numbers", []string{" 1", "2 ", "\u00a03 "}, "numeric: 1|2|3", nil},
		{"typographic minus", []string{"\u22125", "3"}, "numeric: -5|3", nil},
		{"times of day", strings.Fields("12:30 24:00 09:15"), "category: 12:30|24:00|09:15", nil},
		{"open decimals", strings.Fields(".5 5. +7 1e3"), "numeric: 0.5|5|7|1000", nil},
		{"Fortran exponents", strings.Fields("1D3 2D4 5D1"), "category: 1D3|2D4|5D1", nil},
		{"blanks tell texts apart", []string{"yes ", "yes", "yes "}, "category: yes |yes|yes ", []string{"label_variants"}},
		{"all different", many(20, func(i int) string { return "k" + strconv.Itoa(i) }), "id", nil},
		{"long texts", many(30, func(i int) string { return strings.Repeat("some words ", 5) + strconv.Itoa(i) }), "text", nil},
		{"many different", many(200, func(i int) string { return "v" + strconv.Itoa(i*2/3) }), "text", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			b.WriteString("x,c\n")
			for _, c := range tt.cells {
				fmt.Fprintf(&b, "y,\"%s\"\n", strings.ReplaceAll(c, `"`, `""`))
			}
			r := parse(t, b.String(), ingest.Options{})
			c := r.Frame.Columns[1]
			got := dump(r.Frame)[1][2:]
			if !strings.Contains(tt.want, ":") {
				got = c.Kind.String()
			}
			if got != tt.want {
				t.Errorf("column = %s (%s), want %s", got, c.Reason, tt.want)
			}
			if c.Reason == "" {
				t.Error("no reason is given")
			}
			has(t, r, tt.notices...)
			levelsHold(t, c)
		})
	}
}

// levelsHold checks what frame promises of levels.
func levelsHold(t testing.TB, c *frame.Column) {
	t.Helper()
	if c.Numbers() {
		for i, x := range c.Num {
			if math.IsInf(x, 0) {
				t.Errorf("%s: row %d is infinite", c.Name, i)
			}
		}
		return
	}
	used := make([]bool, len(c.Levels))
	for _, k := range c.Codes {
		if k >= 0 {
			used[k] = true
		}
	}
	for k, u := range used {
		if !u || k > 0 && c.Levels[k] <= c.Levels[k-1] {
			t.Errorf("%s: level %d of %q is unused or out of order", c.Name, k, c.Levels)
			return
		}
	}
}

func TestValuesOfLongColumns(t *testing.T) {
	var b strings.Builder
	b.WriteString("n,m,zip\n")
	for i := range 30000 {
		fmt.Fprintf(&b, "%d,1,%d\n", i, 10000+i%9)
	}
	b.WriteString("oops,0.5,00501\n")
	f := parse(t, b.String(), ingest.Options{}).Frame
	if got := f.Columns[0]; got.Num[29999] != 29999 || !got.Missing(30000) || !got.Whole || !strings.Contains(got.Reason, "99.9 %") {
		t.Errorf("n ends %v, %v, whole %v, %q", got.Num[29999], got.Num[30000], got.Whole, got.Reason)
	}
	if got := f.Columns[1]; got.Num[30000] != 0.5 || got.Whole {
		t.Errorf("m ends in %v, whole %v, want 0.5, false", got.Num[30000], got.Whole)
	}
	if got := f.Columns[2]; got.Kind != frame.Category || len(got.Levels) != 10 || got.Levels[0] != "00501" {
		t.Errorf("zip is %v with levels %q", got.Kind, got.Levels)
	}
}

func TestIdentifiers(t *testing.T) {
	rows := func(header string, f func(i int) string) string {
		b := header + ",x\n"
		for i := range 30 {
			b += f(i) + ",a" + strconv.Itoa(i%3) + "\n"
		}
		return b
	}
	up := func(i int) string { return strconv.Itoa(i + 100) }
	for _, tt := range []struct {
		name, text string
		want       frame.Kind
	}{
		{"counting up", rows("PassengerId", up), frame.ID},
		{"counting up without a name", rows("", up), frame.ID},
		{"counting up under another name", rows("year", up), frame.Numeric},
		{"all different under a name", rows("customer_id", func(i int) string { return strconv.Itoa(i * i) }), frame.ID},
		{"repeating under a name", rows("group_id", func(i int) string { return strconv.Itoa(i % 3) }), frame.Numeric},
		{"a word that ends in id", rows("paid", up), frame.Numeric},
		{"decimals", rows("id", func(i int) string { return strconv.Itoa(i) + ".5" }), frame.Numeric},
		{"texts", rows("code", func(i int) string { return "q" + strconv.Itoa(i) }), frame.ID},
	} {
		c := parse(t, tt.text, ingest.Options{}).Frame.Columns[0]
		if c.Kind != tt.want {
			t.Errorf("%s: %v (%s), want %v", tt.name, c.Kind, c.Reason, tt.want)
		}
		if c.Kind == frame.ID && tt.name == "counting up" && (c.Levels[0] != "100" || len(c.Levels) != 30) {
			t.Errorf("%s: levels %q, want the numbers as they were written", tt.name, c.Levels)
		}
	}
}

// shown is cell with dates as a page shows them.
func shown(c *frame.Column, i int) string {
	return strings.TrimSuffix(cell(c, i), "T00:00:00")
}
