package recipe

import (
	"math"

	"clicktrain/internal/export/pickle"
)

// gap tells where a value is missing: 1 there, 0 elsewhere.
type gap struct{}

func (gap) apply(v *values, _ *Seen) error {
	num := make([]float64, v.len())
	for _, i := range v.missing() {
		num[i] = 1
	}
	v.numbers(num)
	return nil
}

func (gap) like() string { return "gap" }
func (gap) step() string { return "impute" }
func (gap) word() string { return "missing" }

func (gap) suffixes() []string { return []string{"missing"} }

func (gap) describe() (text, value string) {
	return "Missing values flagged in a column of their own", "1 where there was none, 0 elsewhere"
}

func (gap) after(s shape) (shape, bool) {
	return shape{holds: Numbers, width: 1}, s.holds == Numbers || s.holds == Texts
}

func (gap) sklearn(columns []op) *pickle.Object {
	features := make([]int64, len(columns))
	for i := range features {
		features[i] = int64(i)
	}
	return pickle.Estimator("sklearn.impute._base", "MissingIndicator",
		pickle.Attr{Name: "missing_values", Value: math.NaN()},
		pickle.Attr{Name: "features", Value: "all"},
		pickle.Attr{Name: "sparse", Value: false},
		pickle.Attr{Name: "error_on_new", Value: false},
		pickle.Attr{Name: "_precomputed", Value: false},
		pickle.Attr{Name: "_n_features", Value: len(columns)},
		pickle.Attr{Name: "features_", Value: pickle.Ints(features)})
}

func (gap) append(b []byte) []byte { return append(b, tagGap) }

// FlagMissing adds a column that is 1 where a value is missing, if one is in
// the training rows.
func (c *Column) FlagMissing() error {
	if err := c.code(); err != nil {
		return err
	}
	if len(c.values.missing()) == 0 {
		return nil
	}
	return c.beside(gap{})
}
