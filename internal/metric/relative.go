package metric

import "math"

// adjusted is 1 − (1−R²)·(n−1)/(n−p−1).
func adjusted(r2 Value, n, p int) Value {
	const name = "adjusted_r2"
	switch {
	case !r2.Defined():
		return undefined(name, "%s", r2.Reason)
	case n-p-1 <= 0:
		return undefined(name, "It takes more rows than columns and 1: there are %s and %s.", count(n, "row"), count(p, "column"))
	}
	return score(name, 1-(1-r2.Score)*float64(n-1)/float64(n-p-1))
}

// smape is the mean of |error| over the mean of |truth| and |predicted|; a row
// in which both are 0 is right and counts as 0.
func smape(truth, predicted []float64) Value {
	sum := 0.0
	for i, y := range truth {
		if down := math.Abs(y) + math.Abs(predicted[i]); down > 0 {
			sum += 2 * math.Abs(y-predicted[i]) / down
		}
	}
	return score("smape", sum/float64(len(truth)))
}

// rmsle is the root of the mean of (ln(1+truth) − ln(1+predicted))².
func rmsle(truth, predicted []float64) Value {
	const name = "rmsle"
	sum := 0.0
	for i, y := range truth {
		if !(y > -1) || !(predicted[i] > -1) {
			return undefined(name, "A true or predicted value is -1 or less, and has no log(1 + value).")
		}
		d := math.Log1p(y) - math.Log1p(predicted[i])
		sum += d * d
	}
	return score(name, math.Sqrt(sum/float64(len(truth))))
}

func (e residuals) cvRMSE(mse float64) Value {
	if e.mean == 0 {
		return undefined("cv_rmse", "The mean of the true values is 0.")
	}
	return score("cv_rmse", math.Sqrt(mse)/math.Abs(e.mean))
}

// pearson is the correlation of truth and prediction.
func pearson(truth, predicted []float64) Value {
	const name = "pearson_r"
	switch {
	case len(truth) < 2:
		return undefined(name, "It takes at least 2 rows.")
	case constant(truth):
		return undefined(name, "The true value is the same in every row.")
	case constant(predicted):
		return undefined(name, "The predicted value is the same in every row.")
	}
	a, b := mean(truth), mean(predicted)
	var xy, xx, yy float64
	for i := range truth {
		x, y := truth[i]-a, predicted[i]-b
		xy += x * y
		xx += x * x
		yy += y * y
	}
	return score(name, max(-1, min(1, xy/(math.Sqrt(xx)*math.Sqrt(yy)))))
}

// absolute compares the sum of absolute errors with that of always predicting
// center: as a share, or for D² as what is missing from 1.
func (e residuals) absolute(name string, truth []float64, center float64) Value {
	switch {
	case len(truth) < 2:
		return undefined(name, "It takes at least 2 rows.")
	case constant(truth):
		return undefined(name, "The true value is the same in every row.")
	}
	sum := 0.0
	for _, y := range truth {
		sum += math.Abs(y - center)
	}
	if name == "d2_absolute_error" {
		return score(name, 1-e.sum/sum)
	}
	return score(name, e.sum/sum)
}

func (e residuals) rootRelative(truth []float64) Value {
	const name = "root_relative_squared_error"
	v := e.share(name, 0, truth)
	if !v.Defined() {
		return v
	}
	return score(name, math.Sqrt(e.squared/e.spread))
}
