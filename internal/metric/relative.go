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

// rmsle is the root of the mean of (ln(1+truth) − ln(1+predicted))².
func (e *residuals) rmsle() Value {
	const name = "rmsle"
	if e.first.noLog {
		return undefined(name, "A true or predicted value is -1 or less, and has no log(1 + value).")
	}
	return score(name, math.Sqrt(e.first.logs/float64(e.n)))
}

func (e *residuals) cvRMSE(mse float64) Value {
	if e.mean == 0 {
		return undefined("cv_rmse", "The mean of the true values is 0.")
	}
	return score("cv_rmse", math.Sqrt(mse)/math.Abs(e.mean))
}

// pearson is the correlation of truth and prediction.
func (e *residuals) pearson() Value {
	const name = "pearson_r"
	reason := e.alike()
	if reason == "" && e.predictSame {
		reason = "The predicted value is the same in every row."
	}
	if reason != "" {
		return undefined(name, "%s", reason)
	}
	return score(name, max(-1, min(1, e.rest.both/(math.Sqrt(e.rest.spread)*math.Sqrt(e.rest.predicted)))))
}

// relative compares the sum of absolute errors with that of always predicting
// the mean.
func (e *residuals) relative() Value {
	const name = "relative_absolute_error"
	if reason := e.alike(); reason != "" {
		return undefined(name, "%s", reason)
	}
	return score(name, e.first.size/e.rest.fromMean)
}

// d2 is what the sum of absolute errors lacks of that of always predicting the
// median, as a share.
func (e *residuals) d2() Value {
	const name = "d2_absolute_error"
	if reason := e.alike(); reason != "" {
		return undefined(name, "%s", reason)
	}
	return score(name, 1-e.first.size/e.rest.fromMid)
}

func (e *residuals) rootRelative() Value {
	const name = "root_relative_squared_error"
	v := e.share(name, 0)
	if !v.Defined() {
		return v
	}
	return score(name, math.Sqrt(e.first.squared/e.rest.spread))
}
