package web

import (
	"math"
	"strings"

	"clicktrain/views"
)

// enumerate names things in a sentence: all of up to three, else the first two
// and how many others.
func enumerate(names []string) string {
	const most = 3
	if len(names) > most {
		return names[0] + ", " + names[1] + " and " + views.Count(len(names)-2) + " others"
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// alikeFirst returns how many of a list are shown as its first one is.
func alikeFirst[T any](list []T, shown func(T) string) int {
	n := 0
	for n < len(list) && shown(list[n]) == shown(list[0]) {
		n++
	}
	return n
}

// verb returns the form of a verb that suits a count: has or have.
func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// of100 writes a share as a number of cases in 100. What is not all or none of
// them does not read so: "over 99", "under 1".
func of100(share float64) string {
	switch {
	case share < 1 && share >= 0.995:
		return "over 99"
	case share > 0 && share < 0.005:
		return "under 1"
	}
	return views.Fixed(100*share, 0)
}

// tenths writes a share as a percentage with one decimal, where that does not
// read as all or none without being so.
func tenths(share float64) string {
	if share > 0.001 && share < 0.999 {
		return views.Fixed(100*share, 1) + "%"
	}
	return views.Percent(share)
}

// bothPercent writes two shares as percentages, with as many decimals as make
// them read differently if they are.
func bothPercent(x, y float64) (string, string) {
	return bothWith(x, y, views.Percent, func(x float64, digits int) string { return views.Fixed(100*x, digits) + "%" })
}

// bothNum does for two numbers what bothPercent does for shares.
func bothNum(x, y float64) (string, string) {
	const shown = 3 // digits after the first that Num writes
	size := math.Floor(math.Log10(max(math.Abs(x), math.Abs(y))))
	return bothWith(x, y, views.Num, func(x float64, digits int) string {
		return views.Fixed(x, max(shown+digits-int(size), 0))
	})
}

func bothWith(x, y float64, write func(float64) string, finer func(x float64, digits int) string) (string, string) {
	const most = 12 // digits; what differs beyond them is rounding
	a, b := write(x), write(y)
	for digits := 1; a == b && x != y && digits <= most; digits++ {
		a, b = finer(x, digits), finer(y, digits)
	}
	return a, b
}
