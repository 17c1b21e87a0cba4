package ingesttest

import (
	"fmt"
	"strconv"
	"strings"
)

// values are columns of all kinds of values: the column x of each file.
func values() []Case {
	x := func(name, kind, first string, notices []string, cells ...string) Case {
		return Case{Name: name, Text: column(cells...), Columns: []string{"k category", "x " + kind}, First: []string{"a0", first}, Rows: len(cells), Notices: notices}
	}
	many := func(n int, f func(i int) string, more ...string) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = f(i)
		}
		return append(out, more...)
	}
	of := func(notices ...string) []string { return notices }
	return []Case{
		x("v01_missing_spellings", "numeric", "~", of("missing_marks 15", "placeholder"),
			append(strings.Split(",  ,NA,N/A,n/a,#N/A,NaN,nan,null,NULL,None,<NA>,\\N,-,--,?,.", ","), many(12, strconv.Itoa, "-999", "-999")...)...),
		x("v02_inf_spellings", "numeric", "1", of("infinite 3"), strings.Fields("1 inf Inf Infinity -inf +inf 2")...),
		x("v03_thousands_quoted", "numeric", "1234.5", of("thousands"), "1,234.5", "12", "1,000,000"),
		{Name: "v04_european_numbers", Text: repeat("k;x", 40, func(i int) string { return fmt.Sprintf("a%d;1.%03d,56", i%3, i) }),
			Columns: []string{"k category", "x numeric"}, First: []string{"a0", "1000.56"}, Rows: 40, Notices: of("thousands")},
		x("v05_currency", "numeric", "1029.81", of("thousands", "currency"), "$1,029.81", "$5", "-$3"),
		x("v06_percent", "numeric", "12", of("percent"), "12%", "7.5%", "100 %"),
		x("v07_accounting_negative", "numeric", "-1234.5", of("thousands", "parentheses"), "(1,234.50)", "12.00", "3"),
		{Name: "v08_booleans", Text: repeat("a,b,c,d,e", 40, func(i int) string {
			return []string{"Yes,TRUE,0,t,on", "No,FALSE,1,f,off"}[i&1]
		}), Columns: []string{"a boolean", "b boolean", "c numeric", "d boolean", "e boolean"}, First: []string{"Yes", "True", "0", "t", "on"}, Rows: 40},
		x("v09_dates_iso", "datetime", "2024-01-31", nil, "2024-01-31", "2024-02-29", "2023-12-01"),
		x("v10_dates_dmy_late", "datetime", "2024-01-01", nil, many(500, func(i int) string { return fmt.Sprintf("%02d/%02d/2024", i%12+1, i%7+1) }, "31/12/2024")...),
		x("v11_dates_ambiguous", "category", "01/02/2024", of("date_order"), "01/02/2024", "03/04/2024", "05/06/2024"),
		x("v12_dates_mixed", "category", "2024-01-05", of("mixed_dates"), "2024-01-05", "05/01/2024", "5 Jan 2024", "Jan 5, 2024", "05.01.2024", "2024-01-05T10:00:00", "05-01-2024", "20240105"),
		x("v13_leading_zeros", "category", "10000", nil, many(3000, func(i int) string { return strconv.Itoa(10000 + i%40) }, "00501")...),
		x("v14_bigints", "category", "9007199254740993", nil, "9007199254740993", "18446744073709551617", "1", "1"),
		x("v15_float_extremes", "numeric", "1e+308", of("infinite 3"), "1e308", "1e309", "5e-324", "1e-400"),
		x("v16_negative_zero", "numeric", "0", nil, "-0", "-0.0", "1"),
		x("v17_hex_underscore", "category", "0x1F", nil, "0x1F", "0b11", "017", "1_000"),
		x("v18_late_string_in_int", "numeric", "0", of("unreadable 30002"), many(30_000, func(i int) string { return strconv.Itoa(i % 100) }, "oops", "7")...),
		x("v19_late_float_in_int", "numeric", "0", nil, many(30_000, func(i int) string { return strconv.Itoa(i % 100) }, "0.5")...),
		x("v20_padded_numbers", "numeric", "1", nil, "  1", "2  ", "\t3\t"),
		x("v21_unicode_numbers", "numeric", "-5", of("thousands"), "\u22125", "1\u00a0234", "7"),
		x("v22_times", "category", "12:30", nil, "12:30", "24:00", "09:15"),
		x("v23_json_cells", "category", `{"a": 1}`, nil, `{"a": 1}`, `{"a": 2, "b": [1]}`, `{}`),
		x("v24_mixed_int_str", "category", "x", of("mixed_types"), many(300, func(i int) string {
			if i%10 == 0 {
				return "x"
			}
			return strconv.Itoa(i % 7)
		})...),
		x("v25_fortran_exponent", "numeric", "0", of("unreadable 42"), many(40, func(i int) string { return []string{"0", ".5", "5."}[i%3] }, "1D3")...),
		x("v26_label_case_ws", "category", "Yes", of("label_variants"), "Yes", "yes", "yes ", " YES", "No", "No"),
		x("v27_numeric_strings_1_1.0", "numeric", "1", nil, "1", "1.0", "0", "0.0"),
	}
}
