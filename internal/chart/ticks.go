package chart

import (
	"math"
	"strconv"

	gochart "github.com/wcharczuk/go-chart/v2"
)

// niceTicks returns ticks within [lo, hi] at multiples of 1, 2, 2.5 or 5
// times a power of ten, about n of them. If whole is set they are integers.
// The labels differ from one another.
func niceTicks(lo, hi float64, n int, whole bool) []gochart.Tick {
	step := niceStep(lo, hi, max(n, 1), whole)
	if !(step > 0) || !finite(step) {
		return []gochart.Tick{{Value: lo, Label: number(lo)}}
	}
	first, last := math.Ceil(lo/step-1e-9), math.Floor(hi/step+1e-9)
	if !(last-first >= 0 && last-first <= float64(4*n+4)) {
		return []gochart.Tick{{Value: lo, Label: number(lo)}}
	}
	var ticks []gochart.Tick
	for i := range int(last-first) + 1 {
		v := (first + float64(i)) * step
		if v < lo-step*1e-6 || v > hi+step*1e-6 || !finite(v) {
			continue
		}
		label := tickLabel(v, step, math.Max(math.Abs(lo), math.Abs(hi)))
		if len(ticks) > 0 && ticks[len(ticks)-1].Label == label {
			continue // the step is finer than the numbers are
		}
		ticks = append(ticks, gochart.Tick{Value: v, Label: label})
	}
	if len(ticks) == 0 {
		return []gochart.Tick{{Value: lo, Label: number(lo)}}
	}
	return ticks
}

// niceStep returns the least step of 1, 2, 2.5 or 5 times a power of ten
// that makes at most n steps of the range.
func niceStep(lo, hi float64, n int, whole bool) float64 {
	raw := (hi/2 - lo/2) / float64(n) * 2 // halves first: the span may overflow
	if whole && raw <= 1 {
		return 1
	}
	size := math.Pow(10, math.Floor(math.Log10(raw)))
	if !(size > 0) {
		return raw
	}
	for _, m := range []float64{1, 2, 2.5, 5} {
		if whole && m == 2.5 && size < 10 {
			continue
		}
		if m*size >= raw*(1-1e-9) {
			return m * size
		}
	}
	return 10 * size
}

// tickLabel returns v with as many decimals as tell the steps apart; most is
// the largest magnitude on the axis.
func tickLabel(v, step, most float64) string {
	place := math.Floor(math.Log10(step) + 1e-9)
	fine := 0
	if m := step / math.Pow(10, place); math.Abs(m-2.5) < 1e-6 {
		fine = 1
	}
	if most >= 1e7 || step < 1e-5 {
		digits := math.Floor(math.Log10(most)) - place
		return scientific(v, min(max(int(digits)+fine, 0), 15))
	}
	return grouped(strconv.FormatFloat(v, 'f', max(-int(place)+fine, 0), 64))
}
