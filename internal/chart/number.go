package chart

import (
	"math"
	"strconv"
	"strings"
)

// Format says how the numbers in a heat map's cells read.
type Format uint8

// The formats.
const (
	Number      Format = iota // three significant digits: 0.123, 45.6, 1 230
	Correlation               // two decimals with a sign: +0.35, −0.20
	Count                     // whole: 12 500
	Percent                   // of one: 0.256 reads 26 %
)

// text returns v in the format; a value that is not finite reads "–".
func (f Format) text(v float64) string {
	switch {
	case !finite(v):
		return "–"
	case math.Abs(v) >= 1e4 && f != Count: // beyond the format's purpose
		return number(v)
	case f == Correlation && v >= 0.005:
		return "+" + strconv.FormatFloat(v, 'f', 2, 64)
	case f == Correlation && v <= -0.005:
		return grouped(strconv.FormatFloat(v, 'f', 2, 64))
	case f == Correlation:
		return "0.00"
	case f == Count && math.Abs(v) < 1e15:
		return grouped(strconv.FormatFloat(math.Round(v), 'f', 0, 64))
	case f == Percent:
		return grouped(strconv.FormatFloat(math.Round(v*100), 'f', 0, 64)) + "\u202f%"
	}
	return number(v)
}

// number returns v with three or four significant digits, thousands apart.
func number(v float64) string {
	a := math.Abs(v)
	switch {
	case !finite(v):
		return "–"
	case v == 0:
		return "0"
	case a >= 1e7 || a < 1e-4:
		return scientific(v, 2)
	case a >= 1000:
		return grouped(strconv.FormatFloat(v, 'f', 0, 64))
	case a == math.Trunc(a):
		return grouped(strconv.FormatFloat(v, 'f', 0, 64))
	}
	decimals := 2 - int(math.Floor(math.Log10(a)))
	return trimZeros(grouped(strconv.FormatFloat(v, 'f', max(decimals, 0), 64)))
}

// scientific returns v as 1.25×10⁷ with the given digits after the point.
func scientific(v float64, digits int) string {
	if v == 0 {
		return "0"
	}
	mant, exp, _ := strings.Cut(strconv.FormatFloat(v, 'e', digits, 64), "e")
	n, _ := strconv.Atoi(exp) // FormatFloat always writes an exponent
	return trimZeros(grouped(mant)) + "×10" + superscript.Replace(strconv.Itoa(n))
}

var superscript = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
	"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// trimZeros drops zeros that end the fraction of s.
func trimZeros(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// grouped writes thin spaces between the thousands of a decimal number of
// five digits or more and a true minus before it.
func grouped(s string) string {
	digits, negative := strings.CutPrefix(s, "-")
	whole, frac, point := strings.Cut(digits, ".")
	if strings.Trim(digits, "0.") == "" {
		negative = false
	}
	var b strings.Builder
	if negative {
		b.WriteString("−")
	}
	for i, r := range whole {
		if i > 0 && len(whole) > 4 && (len(whole)-i)%3 == 0 {
			b.WriteRune('\u2009')
		}
		b.WriteRune(r)
	}
	if point {
		b.WriteString("." + frac)
	}
	return b.String()
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// plural returns "1 bin", "2 bins".
func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return grouped(strconv.Itoa(n)) + " " + word + "s"
}
