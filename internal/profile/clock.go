package profile

import (
	"math"
	"time"

	"clicktrain/internal/frame"
)

// clock describes a column of dates; s holds them in ascending order.
func clock(c *frame.Column, s []float64) *Time {
	t := &Time{Count: len(s), Min: undefined, Max: undefined, GapFrom: undefined, GapTo: undefined}
	if len(s) == 0 {
		return t
	}
	t.Min, t.Max = Stat(s[0]), Stat(s[len(s)-1])
	t.Histogram = numberHistogram(s, quantile(s, 0.75)-quantile(s, 0.25), false)
	t.Order = order(c.Num)
	longest := 0.0
	for i := 1; i < len(s); i++ {
		if gap := s[i] - s[i-1]; gap > longest {
			longest = gap
			t.GapFrom, t.GapTo = Stat(s[i-1]), Stat(s[i])
		}
	}
	t.calendar(s)
	return t
}

const (
	secondsADay = 86400
	// beyond is where the calendar ends here: some 30 million years off.
	beyond = 1e15
)

// unitNames are the units of dates from fine to coarse.
var unitNames = [...]string{"fraction", "second", "minute", "hour", "day", "month", "year"}

// calendar counts weekdays, months and hours and finds the coarsest unit. The
// dates of a day share its arithmetic.
func (t *Time) calendar(s []float64) {
	unit := len(unitNames) - 1
	last, month, first, january := math.NaN(), 0, false, false
	for _, x := range s {
		if math.Abs(x) > beyond {
			continue
		}
		day := math.Floor(x / secondsADay)
		if day != last {
			last = day
			d := time.Unix(int64(day)*secondsADay, 0).UTC()
			month = int(d.Month()) - 1
			first, january = d.Day() == 1, d.Day() == 1 && month == 0
		}
		rest := x - day*secondsADay
		t.Weekdays[int(math.Mod(math.Mod(day+3, 7)+7, 7))]++ // 1970 began on a Thursday
		t.Months[month]++
		t.Hours[int(rest)/3600]++
		switch {
		case rest != math.Trunc(rest):
			unit = 0
		case int(rest)%60 != 0:
			unit = min(unit, 1)
		case int(rest)%3600 != 0:
			unit = min(unit, 2)
		case rest != 0:
			unit = min(unit, 3)
		case !first:
			unit = min(unit, 4)
		case !january:
			unit = min(unit, 5)
		}
	}
	t.Unit = unitNames[unit]
}
