package recipe

import (
	"math"
	"slices"
	"strconv"

	"clicktrain/internal/export/pickle"
)

// Strategy says what fills missing values, in scikit-learn's words.
type Strategy string

// The strategies. Mean and Median need numbers.
const (
	Mean         Strategy = "mean"
	Median       Strategy = "median"
	MostFrequent Strategy = "most_frequent" // ties go to the smallest
	Constant     Strategy = "constant"      // see Column.FillConstant
)

// fillNumber replaces missing numbers.
type fillNumber struct {
	strategy Strategy
	value    float64
}

func (o *fillNumber) apply(v *values, seen *Seen) error {
	seen.Filled = true
	if countPresent(v.num) == len(v.num) {
		return nil // and the column stays as it is in the table
	}
	from, to := v.rewrite()
	missing := 0
	for i, x := range from {
		if x != x {
			x = o.value
			missing++
		}
		to[i] = x
	}
	seen.Missing += missing
	return nil
}

func (o *fillNumber) like() string {
	if o.strategy == Constant { // scikit-learn's fill_value is one for all columns
		return "fill constant " + number(o.value)
	}
	return "fill " + string(o.strategy)
}

func (o *fillNumber) sklearn(columns []op) *pickle.Object {
	fills := make([]float64, len(columns))
	for i, c := range columns {
		fills[i] = c.(*fillNumber).value
	}
	return imputer(o.strategy, plain(o.value), "<f8", pickle.Floats(fills))
}

// plain returns a whole number as an int, which scikit-learn fills columns of
// int64 with too, and any other as it is.
func plain(x float64) pickle.Value {
	const most = 1 << 53
	if x == math.Trunc(x) && math.Abs(x) <= most {
		return int(x)
	}
	return x
}

// fillText replaces missing texts, by the most frequent or a constant one.
type fillText struct {
	strategy Strategy
	value    string
}

func (o *fillText) apply(v *values, seen *Seen) error {
	seen.Filled = true
	at := int32(slices.Index(v.levels, o.value))
	for i, c := range v.codes {
		if c >= 0 {
			continue
		}
		seen.Missing++
		if at < 0 {
			v.levels = append(slices.Clip(v.levels), o.value)
			at = int32(len(v.levels) - 1)
		}
		if !v.own {
			v.codes, v.own = slices.Clone(v.codes), true
		}
		v.codes[i] = at
	}
	return nil
}

func (o *fillText) like() string {
	if o.strategy == Constant {
		return "fill constant " + strconv.Quote(o.value)
	}
	return "fill text"
}

func (o *fillText) sklearn(columns []op) *pickle.Object {
	fills := make([]string, len(columns))
	for i, c := range columns {
		fills[i] = c.(*fillText).value
	}
	return imputer(o.strategy, o.value, "|O", pickle.Strings(fills))
}

// imputer returns a scikit-learn SimpleImputer. value is the fill_value of the
// constant strategy, which no other has.
func imputer(s Strategy, value pickle.Value, dtype string, fills pickle.Array) *pickle.Object {
	if s != Constant {
		value = nil
	}
	t := &pickle.Call{Func: pickle.Global{Module: "numpy", Name: "dtype"}, Args: pickle.Tuple{dtype}}
	return pickle.Estimator("sklearn.impute._base", "SimpleImputer",
		pickle.Attr{Name: "missing_values", Value: math.NaN()},
		pickle.Attr{Name: "add_indicator", Value: false},
		pickle.Attr{Name: "keep_empty_features", Value: false},
		pickle.Attr{Name: "strategy", Value: string(s)},
		pickle.Attr{Name: "fill_value", Value: value},
		pickle.Attr{Name: "copy", Value: true},
		pickle.Attr{Name: "_fit_dtype", Value: t},
		pickle.Attr{Name: "_fill_dtype", Value: t},
		pickle.Attr{Name: "indicator_", Value: nil},
		pickle.Attr{Name: "statistics_", Value: fills})
}
