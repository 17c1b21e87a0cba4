package metric

import (
	"math"
	"math/rand/v2"
	"slices"

	"clicktrain/internal/numeric"
)

// Interval is a 95 % interval: what the score might have been on other rows
// of the same kind.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Has reports whether x is in the interval.
func (i Interval) Has(x float64) bool { return x >= i.Low && x <= i.High }

// The 97.5 % quantile of the normal distribution.
const z95 = 1.959963984540054

// Wilson returns the 95 % score interval of a share of k in n rows (Wilson
// 1927), which stays in 0…1 and is sound for few rows and for shares near 0
// or 1. No rows say nothing: the interval is then 0…1.
func Wilson(k, n int) Interval {
	low, high := numeric.Wilson(float64(k), float64(n))
	return Interval{low, high}
}

const (
	resamples = 500
	// bootstrapRows is the most rows that are resampled; more are enough for
	// the normal approximation, at a 500th of the cost.
	bootstrapRows = 5000
	// minIntervalRows is how many rows it takes to say anything about spread.
	minIntervalRows = 10
)

// R2Interval returns a 95 % interval of R² on these rows. Up to 5000 rows it
// is the percentile bootstrap of 500 resamples drawn from seed (Efron 1979),
// above that the delta method. It is false where R² is undefined or there are
// fewer than 10 rows.
func R2Interval(truth, predicted []float64, seed uint64) (Interval, bool) {
	v := Regress(truth, predicted, 0).Headline()
	if !v.Defined() || len(truth) < minIntervalRows {
		return Interval{}, false
	}
	if len(truth) > bootstrapRows {
		return deltaR2(truth, predicted, v.Score)
	}
	return bootstrapR2(truth, predicted, seed)
}

func bootstrapR2(truth, predicted []float64, seed uint64) (Interval, bool) {
	rng := rand.New(rand.NewPCG(seed, 0))
	n := len(truth)
	center := mean(truth) // sums about it lose no digits
	scores := make([]float64, 0, resamples)
	for range resamples {
		var sum, squares, rest float64
		for range n {
			i := rng.IntN(n)
			y, e := truth[i]-center, truth[i]-predicted[i]
			sum += y
			squares += y * y
			rest += e * e
		}
		spread := squares - sum*sum/float64(n)
		if r2 := 1 - rest/spread; spread > 0 && !math.IsInf(r2, 0) && !math.IsNaN(r2) {
			scores = append(scores, r2)
		}
	}
	if len(scores) < resamples/2 {
		return Interval{}, false
	}
	slices.Sort(scores)
	return Interval{quantile(scores, 0.025), quantile(scores, 0.975)}, true
}

// deltaR2 takes the standard error of R² = 1 − A/B, with A the mean squared
// error and B the variance of y, from each row's influence on it:
// −(e² − (1−R²)·(y−ȳ)²)/B.
func deltaR2(truth, predicted []float64, r2 float64) (Interval, bool) {
	n := float64(len(truth))
	center := mean(truth)
	var b, squares float64
	for i, y := range truth {
		d, e := y-center, y-predicted[i]
		influence := e*e - (1-r2)*d*d
		b += d * d
		squares += influence * influence
	}
	half := z95 * math.Sqrt(squares) / b // √(Σψ²)/n over B = Σd²/n
	if math.IsNaN(half) || math.IsInf(half, 0) || n == 0 {
		return Interval{}, false
	}
	return Interval{r2 - half, min(r2+half, 1)}, true
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// quantile interpolates linearly in sorted x.
func quantile(x []float64, q float64) float64 {
	at := q * float64(len(x)-1)
	i := int(at)
	if i+1 == len(x) {
		return x[i]
	}
	return x[i] + (at-float64(i))*(x[i+1]-x[i])
}
