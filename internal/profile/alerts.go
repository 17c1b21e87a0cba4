package profile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"clicktrain/internal/frame"
)

// The thresholds of alerts.
const (
	muchMissing      = 0.2
	mostlyMissing    = 0.8
	manyCategories   = 50
	manyRepeatedRows = 0.05
	nearlyAll        = 0.99 // rows of one value
	fewestRows       = 20   // for what could be chance in fewer
	strongSkew       = 2
	skewedValues     = 10 // distinct values that a skewed column has more of
	nearlyOne        = 0.97
)

// alerts returns what to look at first: the most severe, and among those the
// whole table before its columns.
func alerts(f *frame.Frame, r *Report, copies []duplicateColumn) []Alert {
	var out []Alert
	if n := r.DuplicateRows; n > 0 {
		a := Alert{Code: "duplicates", Severity: Info,
			Message: fmt.Sprintf("%s of the rows repeat an earlier row (%d of %d).", percent(n, r.Rows), n, r.Rows),
			Hint:    "A copy on each side of the split makes scores too good: keep copies together in Train. If they are one thing entered twice, learn from each once, in Prepare."}
		if float64(n) > manyRepeatedRows*float64(r.Rows) {
			a.Severity = Warning
		}
		out = append(out, a)
	}
	for j := range r.Columns {
		out = append(out, columnAlerts(f.Columns[j], &r.Columns[j], r.Rows)...)
	}
	copied := map[string]bool{}
	for _, d := range copies {
		a, b := r.Columns[d.earlier].Name, r.Columns[d.later].Name
		copied[b] = true
		out = append(out, Alert{Code: "copy", Severity: Warning, Column: b, Fix: drop(b),
			Message: fmt.Sprintf("%s says the same as %s in every row.", short(b), short(a)),
			Hint:    fmt.Sprintf("Leave one of them out; if %s is what you predict, the other gives it away.", short(a))})
	}
	out = append(out, collinear(&r.Correlation, copied)...)
	out = append(out, skewed(r)...)
	return bySeverity(out)
}

// percent writes n of all as a percentage with one decimal, where that does not
// read as none or all without being so.
func percent(n, all int) string {
	switch p := float64(n) / float64(all) * 100; {
	case n > 0 && p < 0.1:
		return "<0.1%"
	case n < all && p > 99.9:
		return ">99.9%"
	default:
		return strconv.FormatFloat(p, 'f', 1, 64) + "%"
	}
}

// short returns a column's name cut to 40 characters, for use in a sentence.
func short(name string) string {
	const most = 40
	if utf8.RuneCountInString(name) <= most {
		return name
	}
	return string([]rune(name)[:most]) + "…"
}

// bySeverity puts the most severe alerts first and keeps the order of equals.
func bySeverity(a []Alert) []Alert {
	rank := func(s Severity) int { return slices.Index([]Severity{Critical, Warning, Info}, s) }
	slices.SortStableFunc(a, func(x, y Alert) int { return rank(x.Severity) - rank(y.Severity) })
	return a
}

func drop(columns ...string) Fix { return Fix{Action: DropColumn, Columns: columns} }

// plural writes a number and its noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// nameWords cuts a name into words in lower case: at what is no letter or
// digit, and where a small letter meets a capital.
func nameWords(name string) []string {
	var words []string
	var w []rune
	small := false
	flush := func() {
		if len(w) > 0 {
			words = append(words, strings.ToLower(string(w)))
		}
		w = w[:0]
	}
	for _, c := range name {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			flush()
			small = false
			continue
		}
		if small && unicode.IsUpper(c) {
			flush()
		}
		small = unicode.IsLower(c)
		w = append(w, c)
	}
	flush()
	return words
}
