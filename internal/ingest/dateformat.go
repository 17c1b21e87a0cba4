package ingest

import (
	"strings"

	"clicktrain/internal/frame"
)

// dateStyle returns how the readable dates of a column are written, of which
// there are unreadable others. pandas reads the cells of one format as they are
// read here; cells in several only as long as there are no others, which it
// might read too.
func (x *texts) dateStyle(parsed []date, d dated, layout byte, dayFirst bool) frame.DateStyle {
	one, like := "", []byte(nil)
	first, alike, known, short := true, true, true, false
	x.each(true, func(k int32, text []byte, _ int) {
		if d.classes[k] != isNumber {
			return
		}
		if shaped(text, like) {
			return
		}
		like = text
		f := dateFormat(text, parsed[k].layout, dayFirst)
		if first {
			one, first = f, false
		}
		alike = alike && f == one
		known = known && f != "" && !strings.Contains(f, ",%f") && !strings.Contains(f, "t%H")
		short = short || strings.Contains(f, "%y")
	})
	switch {
	case alike && one != "":
		return frame.DateStyle{Format: one}
	case d.count[unreadable] > 0 || short || !known && dayFirst:
		return frame.DateStyle{}
	case layout == 'i' && known:
		return frame.DateStyle{Format: "ISO8601"}
	}
	return frame.DateStyle{Format: "mixed", DayFirst: dayFirst}
}

// shaped reports whether two dates of one layout have digits, letters and marks
// in the same places, and so one format.
func shaped(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	for i, c := range a {
		if kind(c) != kind(b[i]) {
			return false
		}
	}
	return true
}

// kind returns what stands for all digits, or all letters of names, or else c.
func kind(c byte) byte {
	switch {
	case c-'0' <= 9:
		return '0'
	case c == 'T' || c == 't' || c == 'Z':
		return c
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		return 'a'
	}
	return c
}

// dateFormat returns the strptime format of a text that is a date in the
// layout, or nothing where it has none.
func dateFormat(text []byte, layout byte, dayFirst bool) string {
	fields := []string{"%m", "%d", "%Y"}
	switch {
	case layout == 'i':
		fields = []string{"%Y", "%m", "%d"}
	case layout == 'a':
		fields = []string{"%d", "%b", "%Y"}
	case layout == 'b':
		fields = []string{"%b", "%d", "%Y"}
	case dayFirst:
		fields = []string{"%d", "%m", "%Y"}
	}
	fields = append(fields, "%H", "%M", "%S", "%f")
	at := 0 // the field that comes next
	var b strings.Builder
	for i := 0; i < len(text); {
		c := text[i]
		month, length := 0, 0
		if at < 3 && fields[at] == "%b" {
			month, length = monthName(text[i:])
		}
		_, n := digits(text[i:])
		switch {
		case n > 0 && at < len(fields):
			if f := fields[at]; f == "%Y" && n == 2 {
				b.WriteString("%y")
			} else {
				b.WriteString(f)
			}
			at++
			i += n
		case month > 0:
			if length > 3 {
				b.WriteString("%B")
			} else {
				b.WriteString("%b")
			}
			at++
			i += length
		case at > 4 && (c == 'Z' || c == '+' || c == '-'):
			if !zoned(text[i:]) {
				return ""
			}
			b.WriteString("%z")
			return b.String()
		case c == 'T' || c == 't' || strings.IndexByte(" -/.:,", c) >= 0:
			b.WriteByte(c)
			i++
		default:
			return ""
		}
	}
	return b.String()
}

// zoned reports whether an offset from UTC is one that %z takes.
func zoned(t []byte) bool {
	switch len(t) {
	case 1:
		return t[0] == 'Z'
	case 5:
		return t[3] != ':'
	case 6:
		return t[3] == ':'
	}
	return false
}
