package profile

import (
	"math"

	"clicktrain/internal/numeric"
)

// tally sums the target over the rows of each bin of a column and each fold:
// n rows and, at v, the rows of each class or the sum of the numbers, with
// that of their squares in sq.
type tally struct {
	bins, k int
	n       []float64 // bins × folds
	v       []float64 // bins × folds × k
	sq      []float64 // bins × folds; of a regression
}

func (o *outcome) tally(bins int) *tally {
	t := &tally{bins: bins, k: o.k, v: make([]float64, bins*folds*o.k)}
	if o.y != nil {
		t.n, t.sq = make([]float64, bins*folds), make([]float64, bins*folds)
	}
	return t
}

// add counts row i, of the given cell, in a bin.
func (t *tally) add(o *outcome, bin, i int, cell int32) {
	at := bin*folds*t.k + int(cell)
	if o.y == nil {
		t.v[at]++
		return
	}
	y := o.y[i]
	t.n[at]++
	t.v[at] += y
	t.sq[at] += y * y
}

// rows returns n of a bin in a fold.
func (t *tally) rows(bin, fold int) float64 {
	if t.n != nil {
		return t.n[bin*folds+fold]
	}
	n := 0.0
	for _, x := range t.at(bin, fold) {
		n += x
	}
	return n
}

// at returns the k sums of a bin in a fold.
func (t *tally) at(bin, fold int) []float64 {
	i := (bin*folds + fold) * t.k
	return t.v[i : i+t.k]
}

// count returns the rows of some bins.
func (t *tally) count(bins []int) int {
	n := 0.0
	for _, b := range bins {
		for f := range folds {
			n += t.rows(b, f)
		}
	}
	return int(n)
}

// estimates returns the share or mean of each series over some bins.
func (o *outcome) estimates(t *tally, bins []int) []Estimate {
	sums := make([]float64, t.k)
	n, sq := 0.0, 0.0
	for _, b := range bins {
		for f := range folds {
			n += t.rows(b, f)
			for c, x := range t.at(b, f) {
				sums[c] += x
			}
			if t.sq != nil {
				sq += t.sq[b*folds+f]
			}
		}
	}
	out := make([]Estimate, len(o.shown))
	for j, c := range o.shown {
		switch {
		case n == 0:
			out[j] = Estimate{undefined, undefined, undefined}
		case t.sq != nil:
			out[j] = o.meanOf(n, sums[c], sq)
		default:
			low, high := numeric.Wilson(sums[c], n)
			out[j] = Estimate{Stat(sums[c] / n), Stat(low), Stat(high)}
		}
	}
	return out
}

// meanOf estimates a mean from the sums of n scaled values and of their squares.
func (o *outcome) meanOf(n, sum, sq float64) Estimate {
	if !o.varies {
		return Estimate{Stat(o.mean), Stat(o.mean), Stat(o.mean)}
	}
	m := sum / n
	low, high := numeric.MeanInterval(m, math.Sqrt(max(sq-n*m*m, 0)/(n-1)), n)
	back := func(x float64) Stat { return Stat(2 * (o.mean/2 + x*o.scale)) }
	return Estimate{back(m), back(low), back(high)}
}
