package recipe

import (
	"math"
	"slices"
	"strings"
	"time"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// DatePart is a number that is told by a date. Times of day are those of UTC.
type DatePart uint8

// The parts. Those with sin and cos stand for a place on a circle, so that
// December is next to January.
const (
	Year    DatePart = iota
	Quarter          // 1 to 4
	Month            // 1 to 12
	Day              // of the month
	Weekday          // 0 is Monday
	Hour
	Elapsed // days since the earliest training row
	MonthSin
	MonthCos
	WeekdaySin
	WeekdayCos
	HourSin
	HourCos
	dateParts // how many there are
)

var datePartNames = [...]string{"year", "quarter", "month", "day", "weekday", "hour", "elapsed",
	"month_sin", "month_cos", "weekday_sin", "weekday_cos", "hour_sin", "hour_cos"}

// String returns the part's name in the API and behind a column's name.
func (p DatePart) String() string { return datePartNames[p] }

// The dates that every pandas can hold, in seconds since 1970, are those from
// the start of 1677-09-22 to the end of 2262-04-10. Others count as missing.
const (
	firstDate = -9223286400
	lastDate  = 9223286399
)

const daySeconds = 86400

// dates turns dates into some of their parts. What is missing, or beyond what
// pandas can hold, stays missing in each.
type dates struct {
	style  frame.DateStyle
	parts  []DatePart // ascending
	origin float64    // seconds of the earliest training row
}

func (o *dates) apply(v *values, seen *Seen) error {
	if v.holds != Dates && countPresent(v.num) > 0 { // an empty column counts as one of numbers
		return problem.Column(seen.Column, "%s holds numbers, not dates.", seen.Column).WithHint("The model learned from dates in this column.")
	}
	cols := make([][]float64, len(o.parts))
	for j := range cols {
		cols[j] = make([]float64, len(v.num))
	}
	for i, x := range v.num {
		o.split(cols, i, x)
	}
	v.several(cols)
	return nil
}

// split writes the parts of one date into row i of the columns.
func (o *dates) split(cols [][]float64, i int, x float64) {
	x = math.Floor(x)
	if !(x >= firstDate && x <= lastDate) {
		for _, c := range cols {
			c[i] = math.NaN()
		}
		return
	}
	t := time.Unix(int64(x), 0).UTC()
	year, month, day := t.Date()
	for j, p := range o.parts {
		y := 0.0
		switch p {
		case Year:
			y = float64(year)
		case Quarter:
			y = float64((month-1)/3 + 1)
		case Day:
			y = float64(day)
		case Elapsed:
			y = (x - o.origin) / daySeconds
		case Month, MonthSin, MonthCos:
			y = p.of(int(month) - 1)
		case Weekday, WeekdaySin, WeekdayCos:
			y = p.of((int(t.Weekday()) + 6) % 7)
		default:
			y = p.of(t.Hour())
		}
		cols[j][i] = y
	}
}

// of returns the part of the k-th month, weekday or hour, counted from 0.
func (p DatePart) of(k int) float64 {
	switch p {
	case Month:
		return float64(k + 1)
	case MonthSin, WeekdaySin, HourSin:
		return math.Sin(2 * math.Pi * float64(k) / p.turn())
	case MonthCos, WeekdayCos, HourCos:
		return math.Cos(2 * math.Pi * float64(k) / p.turn())
	}
	return float64(k)
}

// turn returns how many steps a full circle has.
func (p DatePart) turn() float64 {
	switch p {
	case MonthSin, MonthCos:
		return 12
	case WeekdaySin, WeekdayCos:
		return 7
	}
	return 24
}

func (o *dates) like() string { return "dates" }

// alone says that each column of dates becomes several.
func (o *dates) alone() {}

func (o *dates) step() string { return "date_parts" }
func (o *dates) word() string { return "dates" }

func (o *dates) suffixes() []string {
	names := make([]string, len(o.parts))
	for j, p := range o.parts {
		names[j] = p.String()
	}
	return names
}

func (o *dates) describe() (text, value string) {
	value = strings.Join(o.suffixes(), ", ")
	if slices.Contains(o.parts, Elapsed) {
		value += " in days since " + time.Unix(int64(o.origin), 0).UTC().Format(time.DateOnly)
	}
	return "Dates turned into their parts", value
}

func (o *dates) after(s shape) (shape, bool) {
	ok := s.holds == Dates && len(o.parts) > 0 && o.style.Format != "" && o.origin >= firstDate && o.origin <= lastDate && o.origin == math.Trunc(o.origin)
	for j, p := range o.parts {
		ok = ok && p < dateParts && (j == 0 || o.parts[j-1] < p)
	}
	return shape{holds: Several, holes: true, width: len(o.parts)}, ok
}

func (o *dates) append(b []byte) []byte {
	b = append(appendText(append(b, tagDates), o.style.Format), byte(indicator(o.style.DayFirst)))
	b = appendCount(appendFloats(b, o.origin), len(o.parts))
	for _, p := range o.parts {
		b = append(b, byte(p))
	}
	return b
}

func (r *reader) dates() *dates {
	o := &dates{style: frame.DateStyle{Format: r.text(), DayFirst: r.byte() != 0}, origin: r.float()}
	for range r.length() {
		o.parts = append(o.parts, min(DatePart(r.byte()), dateParts))
	}
	return o
}

// CheckDates returns a *problem.Error unless the column holds dates that can be
// taken apart, here and in the exported model alike.
func (f Form) CheckDates() error {
	name := f.Raw.Name
	switch {
	case f.Holds != Dates:
		return problem.Column(name, "%s holds no dates.", name).
			WithHint("Choose columns of dates, or say where the file is read that %s is one.", name)
	case f.Raw.Dates.Format == "":
		return problem.Column(name, "The dates of %s are written in several ways, and pandas would read some of them otherwise.", name).
			WithHint("Write all of them alike in the file, as in 2024-05-31, or leave the column out.")
	}
	return nil
}

// DateParts makes the column the given parts of its dates, one or more. Where a
// date is missing each of them is.
func (c *Column) DateParts(parts []DatePart) error {
	o := &dates{style: c.raw.Dates, parts: slices.Compact(slices.Sorted(slices.Values(parts))), origin: math.Inf(1)}
	for _, x := range c.values.num {
		if x = math.Floor(x); x >= firstDate && x <= lastDate {
			o.origin = min(o.origin, x)
		}
	}
	if math.IsInf(o.origin, 0) {
		return problem.Column(c.Name, "No date of %s lies between 1678 and 2262.", c.Name).WithHint("Leave the column out.")
	}
	return c.learned(o)
}
