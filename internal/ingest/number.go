package ingest

import (
	"bytes"
	"math"
	"strconv"
)

// class is what a cell is to a column of numbers.
type class uint8

// The classes.
const (
	isNumber    class = iota
	isMissing         // empty, or a spelling of missing that no one doubts
	isSoft            // - -- ? and the like: missing if the rest are numbers
	isInfinite        // inf, or too large for a float64
	leadingZero       // 007: a code
	longInteger       // a whole number beyond 2⁵³, which a float64 would change
	unreadable        // not a number
	classes
)

// pow10 holds the powers of ten that a float64 holds exactly.
var pow10 = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

const exactInteger = 1 << 53 // every whole number up to it is a float64

// classify reads a cell of a column of numbers with the given decimal mark:
// blanks around it, a sign, digits with at most one mark among them, and an
// exponent. Hexadecimal, underscores and the rest of what Go reads are
// refused. whole reports a number without mark and exponent. The value of what
// is not a number is NaN; of a leading zero and a long integer it is the
// nearest number.
func classify(cell []byte, mark byte) (value float64, c class, whole bool) {
	cell = trimBlanks(cell)
	if m := missingness(cell); m != isNumber {
		return math.NaN(), m, false
	}
	p, neg := sign(cell)
	digits, point, exp, ok := scanNumber(p, mark)
	switch {
	case !ok && isInfinity(p):
		return math.NaN(), isInfinite, false
	case !ok:
		return math.NaN(), unreadable, false
	}
	whole = point < 0 && exp == len(p)
	v := toFloat(p, digits, point, exp, mark)
	if neg && v != 0 {
		v = -v
	}
	first := len(p)
	if point >= 0 {
		first = point
	}
	first = min(first, exp)
	switch {
	case math.IsInf(v, 0):
		return math.NaN(), isInfinite, whole
	case first > 1 && p[0] == '0':
		return v, leadingZero, whole
	case whole && math.Abs(v) >= exactInteger && string(p) != "9007199254740992":
		return v, longInteger, whole
	}
	return v, isNumber, whole
}

// sign cuts the sign off: plus, minus, or the typographic minus U+2212.
func sign(p []byte) ([]byte, bool) {
	switch {
	case len(p) > 0 && p[0] == '-':
		return p[1:], true
	case len(p) > 0 && p[0] == '+':
		return p[1:], false
	case bytes.HasPrefix(p, []byte("\u2212")):
		return p[3:], true
	}
	return p, false
}

// scanNumber checks p against digits [mark digits] [e [sign] digits] and
// returns the number of digits before the exponent, the place of the mark or
// -1, and the place of the exponent or len(p).
func scanNumber(p []byte, mark byte) (digits, point, exp int, ok bool) {
	point = -1
	i := 0
	for ; i < len(p); i++ {
		if p[i]-'0' <= 9 {
			digits++
			continue
		}
		if p[i] != mark || point >= 0 {
			break
		}
		point = i
	}
	exp = i
	if digits == 0 {
		return 0, 0, 0, false
	}
	if i == len(p) {
		return digits, point, exp, true
	}
	if p[i] != 'e' && p[i] != 'E' {
		return 0, 0, 0, false
	}
	i++
	if i < len(p) && (p[i] == '+' || p[i] == '-') {
		i++
	}
	start := i
	for i < len(p) && p[i]-'0' <= 9 {
		i++
	}
	return digits, point, exp, i == len(p) && i > start
}

// toFloat converts what scanNumber accepted. Up to 15 digits and a power of
// ten up to 22 the quotient or product of two exact numbers is the nearest
// float64 (Clinger 1990); all else is strconv's.
func toFloat(p []byte, digits, point, exp int, mark byte) float64 {
	if digits <= 15 && len(p)-exp <= 4 {
		var m uint64
		for i, c := range p[:exp] {
			if i != point {
				m = m*10 + uint64(c-'0')
			}
		}
		power := 0
		if exp < len(p) {
			power, _ = strconv.Atoi(string(p[exp+1:])) // checked: sign and digits
		}
		if point >= 0 {
			power -= exp - point - 1
		}
		switch {
		case power >= 0 && power <= 22:
			return float64(m) * pow10[power]
		case power < 0 && power >= -22:
			return float64(m) / pow10[-power]
		}
	}
	text := p
	if mark != '.' && point >= 0 {
		text = bytes.Clone(p)
		text[point] = '.'
	}
	v, err := strconv.ParseFloat(string(text), 64)
	if err != nil && !math.IsInf(v, 0) {
		return math.NaN()
	}
	return v
}

func isInfinity(p []byte) bool {
	return len(p) <= 8 && (bytes.EqualFold(p, []byte("inf")) || bytes.EqualFold(p, []byte("infinity")))
}

// trimBlanks cuts spaces, tabs and no-break spaces off both ends.
func trimBlanks(b []byte) []byte {
	for {
		n := len(b)
		for len(b) > 0 && (b[0] == ' ' || b[0] == '\t') {
			b = b[1:]
		}
		for len(b) > 0 && (b[len(b)-1] == ' ' || b[len(b)-1] == '\t') {
			b = b[:len(b)-1]
		}
		b = bytes.TrimPrefix(b, []byte("\u00a0"))
		b = bytes.TrimSuffix(b, []byte("\u00a0"))
		if len(b) == n {
			return b
		}
	}
}

// missingness says whether a cell without blanks around it is a spelling of
// missing: isMissing, isSoft, or isNumber where it is neither.
func missingness(b []byte) class {
	if len(b) > 9 {
		return isNumber
	}
	switch string(b) {
	case "", "NA", "N/A", "n/a", "#N/A", "#N/A N/A", "#NA", "NaN", "nan", "-NaN", "-nan",
		"null", "NULL", "None", "<NA>", "\\N", "1.#IND", "1.#QNAN", "-1.#IND", "-1.#QNAN":
		return isMissing
	case "-", "--", "---", "?", ".":
		return isSoft
	}
	return isNumber
}
