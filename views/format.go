package views

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	thin  = "\u202f" // thin space that does not break, between thousands
	nbsp  = "\u00a0" // between a number and its unit
	minus = "\u2212" // true minus
	none  = "–"      // in place of a number that is not defined
)

// Num formats a number for a person: four significant digits, whole numbers
// below ten million in full, thin-space thousands, a true minus. Very large and
// very small numbers are written as 1.234×10⁸. NaN and infinities are an en
// dash.
func Num(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return none
	}
	a := math.Abs(x)
	switch {
	case a == 0:
		return "0"
	case a >= 1e7 || a < 1e-4:
		return scientific(x)
	case a == math.Trunc(a) || a >= 1000:
		return grouped(strconv.FormatFloat(x, 'f', 0, 64))
	}
	digits := 3 - int(math.Floor(math.Log10(a)))
	return grouped(trimZeros(strconv.FormatFloat(x, 'f', digits, 64)))
}

// Fixed formats a number with that many decimals, for columns that line up.
func Fixed(x float64, decimals int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return none
	}
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return grouped(s)
}

// Count formats a whole number with thin-space thousands.
func Count(n int) string { return grouped(strconv.Itoa(n)) }

// Percent formats a share, 0 to 1, as a percentage: "62%", "3.4%", "0.2%".
// Shares that round to none or all of it without being so are "<0.1%" and
// ">99.9%".
func Percent(share float64) string {
	p := share * 100
	switch {
	case math.IsNaN(p) || math.IsInf(p, 0):
		return none
	case p > 0 && p < 0.1:
		return "<0.1%"
	case p < 100 && p > 99.9:
		return ">99.9%"
	case p < 10 || p > 99 && p < 100:
		return grouped(trimZeros(strconv.FormatFloat(p, 'f', 1, 64))) + "%"
	}
	return grouped(strconv.FormatFloat(p, 'f', 0, 64)) + "%"
}

// Bytes formats a size in binary units, "1.4 MiB".
func Bytes(n int64) string {
	if n < 1024 {
		return Count(int(n)) + nbsp + "bytes"
	}
	x, unit := float64(n), 0
	for x >= 1023.95 && unit < 4 {
		x /= 1024
		unit++
	}
	digits := 1
	if x >= 99.95 {
		digits = 0
	}
	return trimZeros(strconv.FormatFloat(x, 'f', digits, 64)) + nbsp + [...]string{"", "KiB", "MiB", "GiB", "TiB"}[unit]
}

// Duration formats a time span with one or two units, "0.84 s", "2 min 5 s".
func Duration(d time.Duration) string {
	s := d.Seconds()
	switch {
	case d < 0:
		return none
	case s < 0.001:
		return "under 1" + nbsp + "ms"
	case s < 0.0995:
		return strconv.Itoa(int(math.Round(s*1000))) + nbsp + "ms"
	case s < 9.95:
		return trimZeros(strconv.FormatFloat(s, 'f', 2-btoi(s >= 0.995), 64)) + nbsp + "s"
	case s < 59.5:
		return strconv.Itoa(int(math.Round(s))) + nbsp + "s"
	}
	whole := int(math.Round(s))
	if whole < 3600 {
		return pair(whole/60, "min", whole%60, "s")
	}
	return pair(whole/3600, "h", whole%3600/60, "min")
}

// Plural returns a count with its noun: "1 row", "891 rows". The plural is one
// with an s unless many is given.
func Plural(n int, one string, many ...string) string {
	noun := one
	switch {
	case n != 1 && len(many) > 0:
		noun = many[0]
	case n != 1:
		noun = one + "s"
	}
	return Count(n) + " " + noun
}

// Clip shortens a text of the file for display to at most n characters, with
// an ellipsis in place of the rest, and writes control characters visibly.
// Names and values that are built into a sentence have to pass through it;
// those that a page shows on their own do so there.
func Clip(s string, n int) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	var b strings.Builder
	count := 0
	for _, r := range s {
		if count == n {
			b.WriteRune('…')
			break
		}
		b.WriteRune(visible(r))
		count++
	}
	return b.String()
}

// visible is r, or a stand-in for a character that would hide or reorder text.
func visible(r rune) rune {
	switch {
	case r == '\n', r == '\r':
		return '⏎'
	case r == '\t':
		return '⇥'
	case r < 0x20:
		return 0x2400 + r
	case r == 0x7f:
		return '␡'
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c:
		return '\ufffd'
	case r != ' ' && !unicode.IsPrint(r) && !unicode.IsSpace(r) && unicode.Is(unicode.C, r):
		return '\ufffd'
	}
	return r
}

func pair(big int, bigUnit string, small int, smallUnit string) string {
	s := strconv.Itoa(big) + nbsp + bigUnit
	if small > 0 {
		s += " " + strconv.Itoa(small) + nbsp + smallUnit
	}
	return s
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// scientific writes x as 1.234×10⁵.
func scientific(x float64) string { return scientificWith(x, 4) }

// scientificWith does so with that many digits.
func scientificWith(x float64, digits int) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', digits-1, 64), "e")
	e, _ := strconv.Atoi(exponent)
	return grouped(trimZeros(mantissa)) + "×10" + superscript.Replace(strconv.Itoa(e))
}

var superscript = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
	"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

func trimZeros(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// grouped puts thin spaces between thousands, in numbers of five digits and
// more, and a true minus in front.
func grouped(s string) string {
	s, negative := strings.CutPrefix(s, "-")
	whole, rest, dot := strings.Cut(s, ".")
	if len(whole) > 4 {
		var b strings.Builder
		for i, r := range whole {
			if i > 0 && (len(whole)-i)%3 == 0 {
				b.WriteString(thin)
			}
			b.WriteRune(r)
		}
		whole = b.String()
	}
	if dot {
		whole += "." + rest
	}
	if negative {
		return minus + whole
	}
	return whole
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
