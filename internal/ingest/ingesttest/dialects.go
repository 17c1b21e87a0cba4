package ingesttest

import (
	"fmt"
	"strings"
)

// plain are the columns of most small files here.
var plain = []string{"a numeric", "b category"}

// dialects are files with all kinds of delimiters, quotes and escapes.
func dialects() []Case {
	word := func(i int) string { return []string{"x", "y", "z"}[i%3] }
	by := func(d string) func() []byte {
		return repeat("a"+d+"b", 40, func(i int) string { return fmt.Sprintf("%d%s%s", i%7, d, word(i)) })
	}
	return []Case{
		{Name: "d01_comma", Text: by(","), Columns: plain, First: []string{"0", "x"}, Rows: 40},
		{Name: "d02_semicolon_decimal_comma", Text: repeat("a;b", 40, pattern("%d,5;%d,25")),
			Columns: []string{"a numeric", "b numeric"}, First: []string{"0.5", "0.25"}, Rows: 40, Notices: []string{"decimal_comma"}},
		{Name: "d03_tab", Text: by("\t"), Columns: plain, First: []string{"0", "x"}, Rows: 40},
		{Name: "d04_pipe", Text: by("|"), Columns: plain, First: []string{"0", "x"}, Rows: 40},
		{Name: "d05_space", Text: by(" "), Columns: plain, First: []string{"0", "x"}, Rows: 40},
		{Name: "d06_comma_space", Text: repeat("a, b, c", 40, func(i int) string { return fmt.Sprintf("%d, %s, %d.5", i%7, word(i), i) }),
			Columns: []string{"a numeric", "b category", "c numeric"}, First: []string{"0", "x", "0.5"}, Rows: 40},
		{Name: "d07_single_quote", Text: repeat("a,b", 40, func(i int) string { return fmt.Sprintf("%d,'%s, then'", i%7, word(i)) }),
			Columns: plain, First: []string{"0", "x, then"}, Rows: 40},
		{Name: "d08_backslash_escape", Text: repeat("a,b", 40, pattern(`%d,"say \"hi\" %d"`)),
			Columns: []string{"a numeric", "b id"}, First: []string{"0", `say "hi" 0`}, Rows: 40},
		{Name: "d09_excel_sep_line", Text: of("sep=;\n" + lines("a;b", 40, func(i int) string { return fmt.Sprintf("%d;%s", i%7, word(i)) })),
			Columns: plain, First: []string{"0", "x"}, Rows: 40, Skipped: 1},
		{Name: "d10_unit_separator", Text: by("\x1f"), Columns: plain, First: []string{"0", "x"}, Rows: 40},
		{Name: "d11_two_char_delim", Text: repeat("a||b||c", 40, func(i int) string { return fmt.Sprintf("%d||%s||%d.5", i%7, word(i), i) }),
			Columns: []string{"a numeric", "b category", "c numeric"}, First: []string{"0", "x", "0.5"}, Rows: 40, Notices: []string{"dropped_columns"}},
		{Name: "d12_quoted_header_with_delim", Text: repeat(`"a, of all",b`, 40, func(i int) string { return fmt.Sprintf("%d,%s", i%7, word(i)) }),
			Columns: []string{"a, of all numeric", "b category"}, First: []string{"0", "x"}, Rows: 40},
		{Name: "d13_tab_and_comma_text", Text: repeat("a\tb\tc", 40, func(i int) string { return fmt.Sprintf("%d\tone, two, %s\t%d.5", i%7, word(i), i) }),
			Columns: []string{"a numeric", "b category", "c numeric"}, First: []string{"0", "one, two, x", "0.5"}, Rows: 40},
		{Name: "d14_caret", Text: by("^"), Columns: plain, First: []string{"0", "x"}, Rows: 40},
		{Name: "d15_all_quoted", Text: repeat(`"a","b"`, 40, func(i int) string { return fmt.Sprintf(`"%d","%s"`, i%7, word(i)) }),
			Columns: plain, First: []string{"0", "x"}, Rows: 40},
	}
}

// quotes are files with quotes where they belong and where they do not.
func quotes() []Case {
	open := func(n, at int) func() []byte {
		return repeat("a,b", n, func(i int) string {
			if i == at {
				return fmt.Sprintf(`%d,"x`, i%7)
			}
			return fmt.Sprintf("%d,x", i%7)
		})
	}
	return []Case{
		{Name: "q01_embedded_lf", Text: of("a,b\n1,\"x\ny\"\n2,z\n"), Columns: plain, First: []string{"1", "x\ny"}, Rows: 2, Notices: []string{"line_breaks 2"}},
		{Name: "q02_embedded_crlf", Text: of("a,b\r\n1,\"x\r\ny\"\r\n2,z\r\n"), Columns: plain, First: []string{"1", "x\r\ny"}, Rows: 2, Notices: []string{"line_breaks 2"}},
		{Name: "q03_doubled_quotes", Text: of("a,b\n1,\"say \"\"hi\"\"\"\n2,z\n"), Columns: plain, First: []string{"1", `say "hi"`}, Rows: 2},
		{Name: "q04_bare_quote_inside", Text: of("a,b\n1,5\" pipe\n2,z\n"), Columns: plain, First: []string{"1", `5" pipe`}, Rows: 2},
		{Name: "q05_unterminated_quote", Text: of("a,b\n1,\"x\n2,y\n3,z\n"), Columns: plain, First: []string{"1", `"x`}, Rows: 3, Notices: []string{"quote_open 2"}},
		{Name: "q06_text_after_close_quote", Text: of("a,b\n1,\"abc\"def\n2,z\n"), Columns: plain, First: []string{"1", "abcdef"}, Rows: 2, Notices: []string{"quote_text 2"}},
		{Name: "q07_space_before_quote", Text: of("a,b\n1, \"x, y\"\n2, \"z\"\n"), Columns: plain, First: []string{"1", "x, y"}, Rows: 2},
		{Name: "q08_quoted_empty_vs_empty", Text: of("a,b\n1,\"\"\n2,\n3,z\n"), Columns: plain, First: []string{"1", "~"}, Rows: 3},
		{Name: "q09_unterminated_quote_big", Text: open(10_000, 5000), Columns: plain, First: []string{"0", "x"}, Rows: 10_000, Notices: []string{"quote_open 5002"}},
		{Name: "q10_only_quotes", Text: of(strings.Repeat(`"`, 100_001)), Kind: invalid, Says: "No columns could be read. The file has only quote characters."},
		{Name: "q11_quote_bomb_lines", Text: of("a,b\n" + strings.Repeat("\"\"\",1\n", 2000)), Columns: []string{"a category", "b numeric"}, Rows: 1000, Notices: []string{"line_breaks 2"}},
		{Name: "q12_2mb_cell", Text: of("a,b\n" + strings.Repeat("x", 2<<20) + ",1\n"), Kind: invalid, Says: "Line 2, column a: a cell of 2.0 MB is over the limit of 1.0 MB", Line: 2},
	}
}
