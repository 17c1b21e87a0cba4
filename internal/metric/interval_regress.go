package metric

import (
	"math"
	"math/rand/v2"
)

// RegressIntervals returns 95 % intervals of R², RMSE, MSE and MAE: up to 5000
// rows by 1000 draws from seed, above that normal, of R² by the delta method.
// Fewer than 10 rows have none.
func RegressIntervals(truth, predicted []float64, seed uint64) Intervals {
	n, out := len(truth), Intervals{}
	if n < minIntervalRows {
		return out
	}
	sizes, squares := make([]float64, n), make([]float64, n)
	for i, y := range truth {
		e := y - predicted[i]
		if math.IsNaN(e) || math.IsInf(e*e, 0) {
			return out
		}
		sizes[i], squares[i] = math.Abs(e), e*e
	}
	root := func(in Interval) Interval { return Interval{math.Sqrt(max(in.Low, 0)), math.Sqrt(in.High)} }
	if n > bootstrapRows {
		one := [][]int{make([]int, n)}
		for i := range one[0] {
			one[0][i] = i
		}
		if in := normalMean(squares, one); in != nil {
			out["mse"], out["rmse"] = Interval{max(in.Low, 0), in.High}, root(*in)
		}
		if in := normalMean(sizes, one); in != nil {
			out["mae"] = Interval{max(in.Low, 0), in.High}
		}
		in, ok := deltaR2(truth, predicted)
		out.put(R2, in, ok)
		return out
	}
	d := drawErrors(truth, sizes, squares, seed)
	for i, name := range []string{"mse", "mae", R2} {
		in, ok := d.interval(i, n)
		out.put(name, in, ok)
	}
	if in, ok := out["mse"]; ok {
		out["rmse"] = root(in)
	}
	return out
}

// MSEDifference returns the 95 % interval of how much higher the mean squared
// error of some predictions is than that of others of the same rows, row by row:
// drawn up to 5000 rows, above that normal. It is false for fewer than 10 rows
// and where no row differs.
func MSEDifference(truth, predicted, other []float64, seed uint64) (Interval, bool) {
	n := len(truth)
	if n < minIntervalRows {
		return Interval{}, false
	}
	more := make([]float64, n)
	for i, y := range truth {
		more[i] = (y-predicted[i])*(y-predicted[i]) - (y-other[i])*(y-other[i])
		if math.IsNaN(more[i]) || math.IsInf(more[i], 0) {
			return Interval{}, false
		}
	}
	in := means([][]float64{more}, make([]int, n), 1, seed, pairStream)[0]
	if in == nil {
		return Interval{}, false
	}
	return *in, true
}

// drawErrors resamples the rows and returns MSE, MAE and R².
func drawErrors(truth, sizes, squares []float64, seed uint64) drawn {
	n := len(truth)
	center := mean(truth) // sums about it lose no digits
	return resample(seed, errorStream, draws, 3, func() func(*rand.PCG, []float64) {
		return func(rng *rand.PCG, to []float64) {
			var sum, spread, size, square float64
			pick(rng, n, func(i int) {
				y := truth[i] - center
				sum += y
				spread += y * y
				size += sizes[i]
				square += squares[i]
			})
			spread -= sum * sum / float64(n)
			to[0], to[1], to[2] = square/float64(n), size/float64(n), math.NaN()
			if spread > 0 {
				to[2] = 1 - square/spread
			}
		}
	})
}

// deltaR2 takes the standard error of R² = 1 − A/B, with A the mean squared
// error and B the variance of y, from each row's influence on it:
// −(e² − (1−R²)·(y−ȳ)²)/B.
func deltaR2(truth, predicted []float64) (Interval, bool) {
	v := Regress(truth, predicted, 0).Headline()
	if !v.Defined() {
		return Interval{}, false
	}
	center := mean(truth)
	var b, squares float64
	for i, y := range truth {
		d, e := y-center, y-predicted[i]
		influence := e*e - (1-v.Score)*d*d
		b += d * d
		squares += influence * influence
	}
	half := z95 * math.Sqrt(squares) / b // √(Σψ²)/n over B = Σd²/n
	if math.IsNaN(half) || math.IsInf(half, 0) || half == 0 {
		return Interval{}, false
	}
	return Interval{v.Score - half, min(v.Score+half, 1)}, true
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}
