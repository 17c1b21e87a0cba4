package ingest

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// plural returns the count with the noun in its number, such as "2 rows".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// grouped writes n with commas between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// shorten returns s cut to 40 characters, for use inside a sentence.
func shorten(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	var b strings.Builder
	n := 0
	for _, c := range s {
		if n == most {
			break
		}
		b.WriteRune(c)
		n++
	}
	return b.String() + "…"
}

// size writes a number of bytes for a person.
func size(n int) string {
	switch {
	case n >= 1<<20:
		return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
	case n >= 1<<10:
		return strconv.FormatFloat(float64(n)/(1<<10), 'f', 1, 64) + " KB"
	}
	return plural(n, "byte", "bytes")
}
