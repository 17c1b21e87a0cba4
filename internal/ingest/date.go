package ingest

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"time"

	"clicktrain/internal/frame"
)

// date is a date as written: three numbers of which the layout says what they
// are, and the time of day.
type date struct {
	layout  byte // 'i' year first; / - . day or month first; 'a' day Mon year; 'b' Mon day year
	a, b, c int
	seconds float64 // of the day, less the offset from UTC
}

// dated is a column's texts read as dates: seconds for each code.
type dated struct {
	values  []float64
	classes []class
	count   [classes]int
	reason  string
	style   frame.DateStyle
}

// dates reads the column as dates. All must be in one layout. Where that is
// 01/02/2024, some date must have a day over 12, or order must say which comes
// first; else ok is false, with a notice.
func (b *builder) dates(x *texts, order DateOrder) (dated, bool) {
	d := dated{values: make([]float64, len(x.count)), classes: make([]class, len(x.count))}
	parsed := make([]date, len(x.count))
	counts := map[byte]int{}
	for k := range d.values {
		d.values[k], d.classes[k] = math.NaN(), isMissing
	}
	x.each(true, func(k int32, text []byte, n int) {
		if p, ok := parseDate(trimBlanks(text)); ok {
			parsed[k] = p
			counts[p.layout] += n
		}
	})
	layout := byte(0)
	for _, l := range []byte("i/-.ab") {
		if counts[l] > counts[layout] {
			layout = l
		}
	}
	if layout == 0 {
		d.count[unreadable] = x.values
		return d, false
	}
	dayFirst, known := orderOf(x, parsed, layout, order)
	x.each(true, func(k int32, _ []byte, n int) {
		c := unreadable
		if x.dict.texts[k].class == isSoft {
			c = isSoft
		}
		if parsed[k].layout == layout {
			if v, ok := parsed[k].unix(dayFirst); ok {
				d.values[k], c = v, isNumber
			}
		}
		d.classes[k] = c
		d.count[c] += n
	})
	d.style = x.dateStyle(parsed, d, layout, dayFirst)
	if !tolerable(d.count[unreadable], d.count[isNumber]) {
		b.noticeMixedDates(x, counts)
		return d, false
	}
	if !known {
		b.notice(Notice{Code: "date_order", Message: fmt.Sprintf("%s looks like dates, but 01/02/2024 may be January or February. Choose which comes first to use them as dates.", shorten(b.name))})
		return d, false
	}
	d.reason = layoutReason(layout, dayFirst)
	return d, true
}

func layoutReason(layout byte, dayFirst bool) string {
	switch {
	case layout == 'i':
		return "dates such as 2024-02-01"
	case layout == 'a' || layout == 'b':
		return "dates such as 1 Feb 2024"
	case dayFirst:
		return "dates with the day first"
	}
	return "dates with the month first"
}

// orderOf finds out whether the day comes first: a number over 12 is a day. A
// point between the numbers means that the day does.
func orderOf(x *texts, parsed []date, layout byte, order DateOrder) (dayFirst, known bool) {
	if layout != '/' && layout != '-' && layout != '.' {
		return false, true
	}
	first, second := 0, 0
	x.each(true, func(k int32, _ []byte, _ int) {
		if p := parsed[k]; p.layout == layout {
			first, second = max(first, p.a), max(second, p.b)
		}
	})
	switch {
	case first > 12:
		return true, true
	case second > 12:
		return false, true
	case order != DateAsk:
		return order == DayFirst, true
	}
	return true, layout == '.'
}

// unix returns the seconds since 1970 UTC, and whether there is such a day.
func (p date) unix(dayFirst bool) (float64, bool) {
	var y, m, d int
	switch {
	case p.layout == 'i':
		y, m, d = p.a, p.b, p.c
	case p.layout == 'a' || p.layout == 'b' || dayFirst:
		d, m, y = p.a, p.b, p.c
	default:
		m, d, y = p.a, p.b, p.c
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || int(t.Month()) != m || y < 1 {
		return 0, false
	}
	return float64(t.Unix()) + p.seconds, true
}

// ParseDate reads a cell that holds a date, with or without a time of day, as
// seconds since 1970 UTC, in any way to write dates that a column is recognized
// by. With dayFirst 01/02/2024 is in February.
func ParseDate(text string, dayFirst bool) (seconds float64, ok bool) {
	p, ok := parseDate([]byte(strings.TrimSpace(text)))
	if !ok {
		return 0, false
	}
	return p.unix(dayFirst)
}

// parseDate reads a date with or without a time of day, in any of the layouts.
func parseDate(t []byte) (date, bool) {
	if len(t) < 6 || len(t) > 40 {
		return date{}, false
	}
	p, rest, ok := parseDay(t)
	if !ok {
		return date{}, false
	}
	if len(rest) == 0 {
		return p, true
	}
	if rest[0] != 'T' && rest[0] != ' ' && rest[0] != 't' {
		return date{}, false
	}
	p.seconds, ok = parseClock(bytes.TrimLeft(rest[1:], " "))
	return p, ok
}

// parseDay reads the day and returns what follows it.
func parseDay(t []byte) (date, []byte, bool) {
	a, n := digits(t)
	if n == 0 {
		return parseNamed(t)
	}
	if n == len(t) || n > 4 {
		return date{}, nil, false
	}
	sep := t[n]
	rest := t[n+1:]
	if m, k := monthName(rest); m > 0 && n <= 2 && (sep == ' ' || sep == '-') {
		rest = rest[k:]
		if len(rest) < 5 || rest[0] != sep {
			return date{}, nil, false
		}
		c, k := digits(rest[1:])
		return date{layout: 'a', a: a, b: m, c: c}, rest[1+k:], k == 4
	}
	if sep != '-' && sep != '/' && sep != '.' {
		return date{}, nil, false
	}
	b, m := digits(rest)
	if m < 1 || m > 2 || len(rest) < m+2 || rest[m] != sep {
		return date{}, nil, false
	}
	c, k := digits(rest[m+1:])
	rest = rest[m+1+k:]
	switch {
	case n == 4 && (k == 1 || k == 2) && sep != '.':
		return date{layout: 'i', a: a, b: b, c: c}, rest, true
	case n <= 2 && k == 4:
		return date{layout: sep, a: a, b: b, c: c}, rest, true
	case n <= 2 && k == 2 && sep == '/':
		if c += 2000; c > 2068 {
			c -= 100
		}
		return date{layout: sep, a: a, b: b, c: c}, rest, true
	}
	return date{}, nil, false
}

// parseNamed reads "Jan 2, 2024".
func parseNamed(t []byte) (date, []byte, bool) {
	m, n := monthName(t)
	if m == 0 || n >= len(t) || t[n] != ' ' {
		return date{}, nil, false
	}
	d, k := digits(t[n+1:])
	rest := t[n+1+k:]
	if k < 1 || k > 2 || len(rest) < 5 {
		return date{}, nil, false
	}
	rest = bytes.TrimLeft(bytes.TrimPrefix(rest, []byte(",")), " ")
	y, k := digits(rest)
	return date{layout: 'b', a: d, b: m, c: y}, rest[k:], k == 4
}

// monthName returns the month named in English at the start of t, in full or
// by three letters, and the length of the name.
func monthName(t []byte) (month, length int) {
	n := 0
	for n < len(t) && (t[n]|0x20 >= 'a' && t[n]|0x20 <= 'z') {
		n++
	}
	if n < 3 || n > 9 {
		return 0, 0
	}
	for m := time.January; m <= time.December; m++ {
		name := m.String()
		if bytes.EqualFold(t[:n], []byte(name)) || bytes.EqualFold(t[:n], []byte(name[:3])) {
			return int(m), n
		}
	}
	return 0, 0
}

// parseClock reads hours and minutes, perhaps seconds with decimals, and an
// offset from UTC, and returns the seconds of the day less the offset.
func parseClock(t []byte) (float64, bool) {
	h, n := digits(t)
	if n < 1 || n > 2 || h > 23 || len(t) < n+3 || t[n] != ':' {
		return 0, false
	}
	m, k := digits(t[n+1:])
	if k != 2 || m > 59 {
		return 0, false
	}
	s := float64(h*3600 + m*60)
	t = t[n+3:]
	if len(t) >= 3 && t[0] == ':' {
		sec, k := digits(t[1:])
		if k != 2 || sec > 59 {
			return 0, false
		}
		s += float64(sec)
		t = t[3:]
		if len(t) > 1 && (t[0] == '.' || t[0] == ',') {
			f, k := digits(t[1:])
			if k < 1 || k > 9 {
				return 0, false
			}
			s += float64(f) / pow10[k]
			t = t[1+k:]
		}
	}
	offset, ok := parseOffset(bytes.TrimLeft(t, " "))
	return s - offset, ok
}

// parseOffset reads nothing, Z, UTC, or +01:00 and returns it in seconds.
func parseOffset(t []byte) (float64, bool) {
	switch {
	case len(t) == 0, string(t) == "Z", string(t) == "z", string(t) == "UTC":
		return 0, true
	case t[0] != '+' && t[0] != '-':
		return 0, false
	}
	h, n := digits(t[1:])
	rest := t[1+n:]
	m := 0
	switch {
	case n == 4 && len(rest) == 0:
		h, m = h/100, h%100
	case n == 2 && len(rest) == 3 && rest[0] == ':':
		var k int
		if m, k = digits(rest[1:]); k != 2 {
			return 0, false
		}
	case n != 2 || len(rest) > 0:
		return 0, false
	}
	if h > 14 || m > 59 {
		return 0, false
	}
	s := float64(h*3600 + m*60)
	if t[0] == '-' {
		s = -s
	}
	return s, true
}

// digits reads up to nine digits and returns their number and their count.
func digits(t []byte) (value, n int) {
	for n < len(t) && n < 9 && t[n]-'0' <= 9 {
		value = value*10 + int(t[n]-'0')
		n++
	}
	return value, n
}

// time returns the column of the dates read.
func (x *texts) time(b *builder, d dated) *frame.Column {
	c := &frame.Column{Name: b.name, Kind: frame.Time, Reason: d.reason, Dates: d.style, Num: make([]float64, len(x.codes))}
	for i, k := range x.codes {
		c.Num[i] = d.values[k]
	}
	if n := d.count[unreadable]; n > 0 {
		b.notice(Notice{Code: "unreadable", Message: lost(n, shorten(b.name), "is not a date", "are not dates") + "."})
	}
	return c
}
