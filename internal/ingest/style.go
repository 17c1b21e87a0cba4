package ingest

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"clicktrain/internal/frame"
)

// style is a way of writing numbers.
type style struct {
	mark  byte // decimal
	group rune // between thousands; 0: none
}

// The styles tried, by the decimal mark of the rest of the file.
var (
	pointStyles = [...]style{{'.', 0}, {'.', ','}, {',', 0}, {',', '.'}, {'.', ' '}, {',', ' '}, {'.', '\''}}
	commaStyles = [...]style{{',', 0}, {',', '.'}, {'.', 0}, {'.', ','}, {',', ' '}, {'.', ' '}, {',', '\''}}
)

// reading is a column's texts read in a style: a value for each code.
type reading struct {
	style   style
	values  []float64
	classes []class
	count   [classes]int // cells
	parts   int          // cells with a decimal mark or an exponent
	unit    rune         // % or a currency sign that all share
	mixed   bool         // units differ
	marked  int          // cells whose number the person said stands for missing
	parens  bool         // (5) is −5
}

// numberStyle returns the reading in which the column is one of numbers. One
// without unreadable cells comes before one with a few.
func (b *builder) numberStyle(x *texts) (reading, bool) {
	if !x.hasDigits() {
		return reading{}, false
	}
	var best reading
	found, share := false, 0.0
	for _, s := range b.styles() {
		y := x.read(s)
		numbers := y.count[isNumber]
		if y.count[leadingZero]+y.count[longInteger] == 0 && !y.mixed {
			share = max(share, float64(numbers)/float64(x.values))
		}
		if y.mixed || y.count[leadingZero]+y.count[longInteger] > 0 || !tolerable(y.count[unreadable], numbers) {
			continue
		}
		if y.count[unreadable] == 0 {
			return y, !b.namesRows(x, y)
		}
		if !found || y.count[unreadable] < best.count[unreadable] {
			best, found = y, true
		}
	}
	if !found && share >= 0.5 && share < 1 {
		b.notice(Notice{Code: "mixed_types", Message: fmt.Sprintf("%.0f%% of the values of %s are numbers and the others texts, so all are read as texts.", share*100, shorten(b.name))})
	}
	return best, found
}

// bestStyle returns the reading with the fewest unreadable cells.
func (b *builder) bestStyle(x *texts) reading {
	var best reading
	for i, s := range b.styles() {
		if y := x.read(s); i == 0 || y.count[unreadable] < best.count[unreadable] {
			best = y
		}
	}
	return best
}

func (b *builder) styles() []style {
	if b.r.dialect.Decimal == ',' {
		return commaStyles[:]
	}
	return pointStyles[:]
}

// namesRows reports whether the numbers name the rows; they then stay texts.
func (b *builder) namesRows(x *texts, y reading) bool {
	if y.parts > 0 || x.values < len(x.codes) || y.unit != 0 {
		return false
	}
	v := make([]float64, len(x.codes))
	for i, k := range x.codes {
		v[i] = y.values[k]
	}
	return namesRows(v, b.name, b.r.unnamed[b.j])
}

// hasDigits reports whether half of the values have a digit, as numbers do,
// or may be infinite.
func (x *texts) hasDigits() bool {
	with := 0
	x.each(false, func(_ int32, text []byte, n int) {
		if bytes.ContainsAny(text[:min(len(text), 64)], "0123456789") || bytes.ContainsAny(text[:min(len(text), 4)], "iI") {
			with += n
		}
	})
	return with*2 >= x.values && with > 0
}

// read reads each distinct text in the style.
func (x *texts) read(s style) reading {
	y := reading{style: s, values: make([]float64, len(x.count)), classes: make([]class, len(x.count))}
	for k := range y.values {
		y.values[k], y.classes[k] = math.NaN(), isMissing
	}
	percents, numbers := 0, 0
	x.each(true, func(k int32, text []byte, n int) {
		v, c, whole, unit, parens := s.parse(text)
		if c == isNumber && slices.Contains(x.marks, v) {
			y.marked += n
			return
		}
		y.values[k], y.classes[k] = v, c
		y.count[c] += n
		if c != isNumber {
			if c != leadingZero && c != longInteger {
				y.values[k] = math.NaN()
			}
			return
		}
		numbers++
		if !whole {
			y.parts += n
		}
		if unit == '%' {
			percents++
		}
		if unit != 0 {
			y.mixed = y.mixed || y.unit != 0 && y.unit != unit
			y.unit = unit
		}
		y.parens = y.parens || parens
	})
	y.mixed = y.mixed || percents > 0 && percents < numbers
	return y
}

// currencies are the signs that may stand before or after an amount.
const currencies = "$€£¥₹₩₽₺₴฿"

// parse reads a number with what people write around it: parentheses for
// minus, a currency sign, a percent sign, marks between thousands.
func (s style) parse(text []byte) (v float64, c class, whole bool, unit rune, parens bool) {
	t := trimBlanks(text)
	if m := missingness(t); m != isNumber {
		return math.NaN(), m, false, 0, false
	}
	if n := len(t); n > 2 && t[0] == '(' && t[n-1] == ')' {
		parens = true
		t = trimBlanks(t[1 : n-1])
	}
	t, neg := sign(t)
	t, unit = cutUnit(t)
	if unit != 0 && !neg {
		t, neg = sign(t)
	}
	t, ok := s.ungroup(trimBlanks(t))
	if !ok || len(t) == 0 || t[0] == '-' || t[0] == '+' {
		return math.NaN(), unreadable, false, 0, false
	}
	v, c, whole = classify(t, s.mark)
	if c == isMissing || c == isSoft {
		return math.NaN(), unreadable, false, 0, false
	}
	if (neg || parens) && v != 0 {
		v = -v
	}
	return v, c, whole, unit, parens
}

// cutUnit cuts a currency sign off either end, or a percent sign off the end.
func cutUnit(t []byte) ([]byte, rune) {
	first, n := utf8.DecodeRune(t)
	if bytes.ContainsRune([]byte(currencies), first) && n < len(t) {
		return trimBlanks(t[n:]), first
	}
	last, m := utf8.DecodeLastRune(t)
	if (last == '%' || bytes.ContainsRune([]byte(currencies), last)) && m < len(t) {
		return trimBlanks(t[:len(t)-m]), last
	}
	return t, 0
}

// ungroup takes the marks between thousands out. They must stand where they
// belong: after one to three digits that do not start with 0, and then after
// every three up to the decimal mark.
func (s style) ungroup(t []byte) ([]byte, bool) {
	if s.group == 0 {
		return t, true
	}
	var out []byte
	run, groups := 0, 0
	for i := 0; i < len(t); {
		c, n := utf8.DecodeRune(t[i:])
		switch {
		case c >= '0' && c <= '9':
			run++
			out = append(out, t[i])
		case c == s.group || s.group == ' ' && (c == '\u00a0' || c == '\u202f'):
			if run == 0 || run > 3 || groups > 0 && run != 3 || out[0] == '0' {
				return nil, false
			}
			groups++
			run = 0
		default:
			if groups > 0 && run != 3 {
				return nil, false
			}
			return append(out, t[i:]...), true
		}
		i += n
	}
	return out, groups == 0 || run == 3
}

// numeric returns the column of the numbers read, telling what was assumed.
// An empty reason is filled in.
func (x *texts) numeric(b *builder, y reading, reason string) *frame.Column {
	c := &frame.Column{Name: b.name, Kind: frame.Numeric, Reason: reason, Num: make([]float64, len(x.codes))}
	if y.values == nil {
		for i := range c.Num {
			c.Num[i] = math.NaN()
		}
		return c
	}
	var notes []note
	lossy := y.count[unreadable]+y.count[isInfinite]+y.count[isSoft] > 0
	for i, k := range x.codes {
		c.Num[i] = y.values[k]
		if lossy && y.classes[k] > isMissing && len(notes) < notesKept {
			text := x.dict.text(k)
			notes = append(notes, note{i, y.classes[k], string(text[:min(len(text), 60)])})
		}
	}
	x.marked += y.marked
	numbers := y.count[isNumber]
	c.Whole = numbers > 0 && y.parts == 0
	if reason == "" {
		c.Reason = "every value is a number"
		if odd := y.count[unreadable]; odd > 0 {
			c.Reason = shareText(numbers, odd) + " of the values are numbers"
		}
	}
	b.noticeStyle(y)
	b.noticeLost(y.count, notes)
	b.noticePlaceholder(c.Num, reachOf(c.Num))
	return c
}

// noticeStyle tells how numbers were written.
func (b *builder) noticeStyle(y reading) {
	name := shorten(b.name)
	tell := func(n Notice) {
		if n.Decimal = y.style.mark; n.Decimal == 0 {
			n.Decimal = '.'
		}
		b.notice(n)
	}
	switch {
	case y.style.group != 0:
		tell(Notice{Code: "thousands", Message: fmt.Sprintf("The numbers of %s are read with %q between thousands and %q before decimals.", name, y.style.group, y.style.mark)})
	case y.style.mark != b.r.dialect.Decimal && y.parts > 0:
		tell(Notice{Code: "decimal_mark", Message: fmt.Sprintf("The numbers of %s are read with %q before decimals.", name, y.style.mark)})
	}
	switch {
	case y.unit == '%':
		tell(Notice{Code: "percent", Message: fmt.Sprintf("%s is in percent: 12%% is read as 12.", name)})
	case y.unit != 0:
		tell(Notice{Code: "currency", Message: fmt.Sprintf("%s is in %c.", name, y.unit)})
	}
	if y.parens {
		tell(Notice{Code: "parentheses", Message: fmt.Sprintf("Numbers of %s in parentheses are read as negative.", name)})
	}
}
