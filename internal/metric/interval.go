package metric

import "clicktrain/internal/numeric"

// Interval is a 95 % interval: what the score might have been on other rows
// of the same kind.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Has reports whether x is in the interval.
func (i Interval) Has(x float64) bool { return x >= i.Low && x <= i.High }

// Intervals are the intervals of scores, by name. Scores without one are absent.
type Intervals map[string]Interval

// put adds an interval, if there is one.
func (in Intervals) put(name string, i Interval, ok bool) {
	if ok {
		in[name] = i
	}
}

// The 97.5 % quantile of the normal distribution.
const z95 = 1.959963984540054

// minIntervalRows is how many rows it takes to say anything about spread.
const minIntervalRows = 10

// Wilson returns the 95 % score interval of a share of k in n rows (Wilson
// 1927), which stays in 0…1 and is sound for few rows and for shares near 0
// or 1. No rows say nothing: the interval is then 0…1.
func Wilson(k, n int) Interval {
	low, high := numeric.Wilson(float64(k), float64(n))
	return Interval{low, high}
}
