package ingesttest

import (
	"fmt"
	"strings"
)

// structures are files with all kinds of headers, rows, blank lines and line
// ends.
func structures() []Case {
	two := []string{"a numeric", "b numeric"}
	three := []string{"a numeric", "b numeric", "c numeric"}
	numbers := pattern("%d,%d.5,%d")
	forty := lines("a,b,c", 40, numbers)
	return []Case{
		{Name: "s01_zero_bytes", Text: of(""), Kind: invalid, Says: "The selected file is empty."},
		{Name: "s02_only_newlines", Text: of("\n\r\n\n"), Kind: invalid, Says: "The selected file is empty."},
		{Name: "s03_only_spaces", Text: of("   \n \t \n"), Kind: invalid, Says: "The selected file is empty."},
		{Name: "s04_header_only", Text: of("a,b,c\n"), Kind: invalid, Says: "The file has 3 columns but no rows of data."},
		{Name: "s05_header_only_no_eol", Text: of("a,b,c"), Kind: invalid, Says: "The file has 3 columns but no rows of data."},
		{Name: "s06_one_column", Text: repeat("a", 40, pattern("%d.5")), Columns: []string{"a numeric"}, First: []string{"0.5"}, Rows: 40, Notices: []string{"one_column"}},
		{Name: "s07_one_row_numbers", Text: of("1,2,3\n"), Columns: []string{"column_1 numeric", "column_2 numeric", "column_3 numeric"}, First: []string{"1", "2", "3"}, Rows: 1, Notices: []string{"no_header 1"}},
		{Name: "s08_header_one_row", Text: of("a,b\n1,x\n"), Columns: plain, First: []string{"1", "x"}, Rows: 1},
		{Name: "s09_no_header_numeric", Text: repeat("9,9.5,9", 39, numbers), Columns: []string{"column_1 numeric", "column_2 numeric", "column_3 numeric"}, First: []string{"9", "9.5", "9"}, Rows: 40, Notices: []string{"no_header 1"}},
		{Name: "s10_no_header_strings", Text: repeat("red,big", 40, func(i int) string { return []string{"red,big", "blue,small", "red,small"}[i%3] }),
			Columns: []string{"red category", "big category"}, First: []string{"red", "big"}, Rows: 40, Notices: []string{"header_unsure 1"}},
		{Name: "s11_two_header_rows", Text: of("a,b,c\nkg,m,s\n" + forty[6:]), Columns: three, First: []string{"~", "~", "~"}, Rows: 41,
			Notices: []string{"units_row 2", "empty_rows", "unreadable 2", "unreadable 2", "unreadable 2"}},
		{Name: "s12_preamble", Text: of("Sales of the year\nmade by hand\n\n" + forty), Columns: three, First: []string{"0", "0.5", "0"}, Rows: 40, Skipped: 3, Notices: []string{"preamble 1"}},
		{Name: "s13_footer_total", Text: of(forty + "Total,820,780\n"), Columns: three, First: []string{"0", "0.5", "0"}, Rows: 41, Notices: []string{"total_row 42", "unreadable 42"}},
		{Name: "s14_two_tables", Text: of(forty + "\ncity,people\nBerne,130000\nBasel,170000\n"), Columns: three, First: []string{"0", "0.5", "0"}, Rows: 40, Blank: 1, Skipped: 3, Notices: []string{"second_table 43"}},
		{Name: "s15_ragged_short", Text: of("a,b,c\n1,2.5,3\n4,5.5\n6,7.5,8\n"), Columns: three, First: []string{"1", "2.5", "3"}, Rows: 3, Notices: []string{"padded_rows 3"}},
		{Name: "s16_ragged_long", Text: of("a,b,c\n1,2.5,3\n4,5.5,6,7\n8,9.5,1\n"), Columns: three, First: []string{"1", "2.5", "3"}, Rows: 2, SetAside: []int{3}, Notices: []string{"set_aside 3"}},
		{Name: "s17_trailing_delim_data_only", Text: repeat("a,b", 40, pattern("%d,%d.5,")), Columns: two, First: []string{"0", "0.5"}, Rows: 40, Notices: []string{"trailing_cells 2"}},
		{Name: "s18_trailing_delim_all", Text: repeat("a,b,", 40, pattern("%d,%d.5,")), Columns: two, First: []string{"0", "0.5"}, Rows: 40, Notices: []string{"dropped_columns"}},
		{Name: "s19_unnamed_index", Text: repeat(",a,b", 40, pattern("%d,%d.5,%d.25")), Columns: []string{"column_1 id", "a numeric", "b numeric"}, First: []string{"0", "0.5", "0.25"}, Rows: 40},
		{Name: "s20_blank_lines_mid", Text: of("a,b\n1,2.5\n\n  \n3,4.5\n"), Columns: two, First: []string{"1", "2.5"}, Rows: 2, Blank: 2},
		{Name: "s21_comment_lines", Text: of("# made by\n# hand\na,b\n1,2.5\n# a note\n3,4.5\n"), Columns: two, First: []string{"1", "2.5"}, Rows: 2, Comment: 3, Notices: []string{"comments 1"}},
		{Name: "s22_dup_headers", Text: of("a,a,a\n1,2,3\n4,5,6\n"), Columns: []string{"a numeric", "a (2) numeric", "a (3) numeric"}, First: []string{"1", "2", "3"}, Rows: 2, Notices: []string{"renamed 1"}},
		{Name: "s23_dup_headers_case", Text: of("a,A\n1,2\n4,5\n"), Columns: []string{"a numeric", "A numeric"}, First: []string{"1", "2"}, Rows: 2, Notices: []string{"similar_names 1"}},
		{Name: "s24_empty_headers", Text: of("a,,c,\n1,2,3,4\n5,6,7,8\n"), Columns: []string{"a numeric", "column_2 numeric", "c numeric", "column_4 numeric"}, First: []string{"1", "2", "3", "4"}, Rows: 2},
		{Name: "s25_ws_headers", Text: of("  a ,\tb\t\n1,2\n3,4\n"), Columns: two, First: []string{"1", "2"}, Rows: 2},
		{Name: "s26_10k_char_header", Text: of(strings.Repeat("n", 10_000) + ",b\n1,2\n3,4\n"), Columns: []string{strings.Repeat("n", 10_000) + " numeric", "b numeric"}, First: []string{"1", "2"}, Rows: 2},
		{Name: "s27_html_header", Text: of("<script>alert(1)</script>,\"</title><svg onload=alert(2)>\"\n<b>x</b>,1\n\"\"\" onmouseover=alert(3)\",2\n"),
			Columns: []string{"<script>alert(1)</script> category", "</title><svg onload=alert(2)> numeric"}, First: []string{"<b>x</b>", "1"}, Rows: 2},
		{Name: "s28_formula_cells", Text: of("a,b\n1,=1+1\n2,@SUM(A1)\n3,\"=HYPERLINK(\"\"x\"\")\"\n"), Columns: plain, First: []string{"1", "=1+1"}, Rows: 3},
		{Name: "s29_proto_headers", Text: of("__proto__,NaN,null,1,true\n1,2,3,4,5\n6,7,8,9,10\n"),
			Columns: []string{"__proto__ numeric", "NaN numeric", "null numeric", "1 numeric", "true numeric"}, First: []string{"1", "2", "3", "4", "5"}, Rows: 2},
		{Name: "s30_cr_only", Text: of("a,b\r1,x\r2,x\r"), Columns: plain, First: []string{"1", "x"}, Rows: 2},
		{Name: "s31_crlf", Text: of("a,b\r\n1,x\r\n2,x\r\n"), Columns: plain, First: []string{"1", "x"}, Rows: 2},
		{Name: "s32_mixed_eol", Text: of("a,b\n1,x\r\n2,x\r3,x\n"), Columns: plain, First: []string{"1", "x"}, Rows: 3},
		{Name: "s33_no_trailing_eol", Text: of("a,b\n1,x\n2,x"), Columns: plain, First: []string{"1", "x"}, Rows: 2},
		{Name: "s34_double_trailing_eol", Text: of("a,b\n1,x\n2,x\n\n"), Columns: plain, First: []string{"1", "x"}, Rows: 2, Blank: 1},
		{Name: "s35_all_missing_col", Text: of("a,b\n1,\n2,NA\n3,\n"), Columns: two, First: []string{"1", "~"}, Rows: 3},
		{Name: "s36_all_missing_row", Text: of("a,b\n1,x\n,\n2,x\n"), Columns: plain, First: []string{"1", "x"}, Rows: 3, Notices: []string{"empty_rows"}},
		{Name: "s37_header_suffix_collision", Text: of("a,a.1,a,a_1,a\n1,2,3,4,5\n6,7,8,9,1\n"),
			Columns: []string{"a numeric", "a.1 numeric", "a (2) numeric", "a_1 numeric", "a (3) numeric"}, First: []string{"1", "2", "3", "4", "5"}, Rows: 2, Notices: []string{"renamed 1"}},
		{Name: "s38_crlf_injection_name", Text: of("\"a\r\nSet-Cookie: x=1\",b\n1,2\n3,4\n"), Columns: []string{"a\r\nSet-Cookie: x=1 numeric", "b numeric"}, First: []string{"1", "2"}, Rows: 2},
		{Name: "s39_rows_of_delims", Text: of(strings.Repeat(",,\n", 4)), Columns: []string{"column_1 numeric", "column_2 numeric", "column_3 numeric"}, First: []string{"~", "~", "~"}, Rows: 3, Notices: []string{"empty_rows"}},
		{Name: "s40_one_line_many_commas", Text: of(strings.Repeat(",", 50_000)), Kind: invalid, Says: "The file has 50,001 columns; the limit is 10,000."},
	}
}

// sizes are files that are wide, long or deep.
func sizes() []Case {
	names := func(n int) string {
		var b strings.Builder
		for j := range n {
			fmt.Fprintf(&b, "c%d,", j)
		}
		return b.String()[:b.Len()-1]
	}
	long := func(head string, n int) func() []byte {
		return func() []byte { return []byte(head + strings.Repeat("x", n)) }
	}
	return []Case{
		{Name: "b01_10k_columns", Big: true, Text: func() []byte {
			row := strings.Repeat("1.5,", 9999) + "1.5\n"
			return []byte(names(10_000) + "\n" + strings.Repeat(row, 100))
		}, Rows: 100},
		{Name: "b02_100k_columns", Text: func() []byte { return []byte(names(100_000) + "\n1\n") }, Kind: invalid, Says: "The file has 100,000 columns; the limit is 10,000."},
		{Name: "b03_1m_categories", Big: true, Text: repeat("k,v", 1_000_000, pattern("key-%d,1")), Columns: []string{"k id", "v numeric"}, First: []string{"key-0", "1"}, Rows: 1_000_000},
		{Name: "b04_100mb_single_line", Big: true, Text: long("", 100<<20), Kind: invalid, Says: "Line 1 is over the limit of 16.0 MB for a record.", Line: 1},
		{Name: "b05_5m_rows", Big: true, Text: repeat("a,b", 5_000_000, func(i int) string { return []string{"1.25,10", "2.5,20"}[i&1] }), Columns: []string{"a numeric", "b numeric"}, First: []string{"1.25", "10"}, Rows: 5_000_000},
		{Name: "b06_1m_commas_header", Text: of(strings.Repeat(",", 1_000_000) + "\n1\n"), Kind: invalid, Says: "The file has 1,000,001 columns; the limit is 10,000."},
		{Name: "b07_unterminated_quote_100mb", Big: true, Text: long("a,b\n\"", 100<<20), Kind: invalid, Says: "Line 2 is over the limit of 16.0 MB for a record.", Line: 2},
		{Name: "b08_64mb_cell", Big: true, Text: long("a,b\n1,", 64<<20), Kind: invalid, Says: "Line 2 is over the limit of 16.0 MB for a record.", Line: 2},
	}
}
