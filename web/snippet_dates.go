package web

import (
	"fmt"
	"math"
	"strings"
	"time"

	"clicktrain/internal/frame"
)

// dateText is a date of a column, in UTC, written as the column's cells are, or
// where these differ in ISO 8601, which is read wherever they are.
func dateText(c *frame.Column, row int) string {
	at := time.UnixMicro(int64(math.Round(c.Num[row] * 1e6))).UTC()
	format := c.Dates.Format
	if !strings.Contains(format, "%") {
		format = "%Y-%m-%d %H:%M:%S"
	}
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			b.WriteByte(format[i])
			continue
		}
		i++
		b.WriteString(datePart(at, format[i]))
	}
	return b.String()
}

// datePart is what a directive of a date's format stands for.
func datePart(at time.Time, directive byte) string {
	layout := ""
	switch directive {
	case 'Y':
		layout = "2006"
	case 'y':
		layout = "06"
	case 'm':
		layout = "01"
	case 'b':
		layout = "Jan"
	case 'B':
		layout = "January"
	case 'd':
		layout = "02"
	case 'H':
		layout = "15"
	case 'M':
		layout = "04"
	case 'S':
		layout = "05"
	case 'f':
		return fmt.Sprintf("%06d", at.Nanosecond()/1000)
	case 'z':
		return "+00:00"
	}
	return at.Format(layout)
}
