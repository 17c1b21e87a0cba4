package recipe

import (
	"fmt"
	"math"

	"clicktrain/internal/export/pickle"
)

// ordinal turns categories into their codes 0, 1, 2 …. What is missing or
// unseen is -1, or missing again where a fill follows.
type ordinal struct {
	cats        categories
	keepMissing bool
}

func (o *ordinal) unknown() float64 {
	if o.keepMissing {
		return math.NaN()
	}
	return -1
}

func (o *ordinal) apply(v *values, seen *Seen) error {
	codes, missing, unseen := o.cats.codes(v, seen)
	if o.keepMissing {
		missing = -unseen // the fill counts the missing and, with them, the unseen
	}
	seen.Missing += missing
	num := make([]float64, len(codes))
	for i, c := range codes {
		if num[i] = float64(c); c < 0 {
			num[i] = o.unknown()
		}
	}
	v.numbers(num)
	return nil
}

func (o *ordinal) like() string { return fmt.Sprint("ordinal ", o.cats.source, o.keepMissing) }

func (o *ordinal) sklearn(columns []op) *pickle.Object {
	cats, _ := categoryList(columns)
	var unknown pickle.Value = -1
	if o.keepMissing {
		unknown = math.NaN()
	}
	return ordinalEncoder(cats, unknown)
}

// ordinalEncoder returns a scikit-learn OrdinalEncoder that has a code for what
// is missing or unseen.
func ordinalEncoder(cats pickle.List, unknown pickle.Value) *pickle.Object {
	return pickle.Estimator("sklearn.preprocessing._encoders", "OrdinalEncoder",
		pickle.Attr{Name: "categories", Value: "auto"},
		pickle.Attr{Name: "dtype", Value: pickle.Global{Module: "numpy", Name: "float64"}},
		pickle.Attr{Name: "handle_unknown", Value: "use_encoded_value"},
		pickle.Attr{Name: "unknown_value", Value: unknown},
		pickle.Attr{Name: "encoded_missing_value", Value: unknown},
		pickle.Attr{Name: "min_frequency", Value: nil},
		pickle.Attr{Name: "max_categories", Value: nil},
		pickle.Attr{Name: "_infrequent_enabled", Value: false},
		pickle.Attr{Name: "categories_", Value: cats},
		pickle.Attr{Name: "_missing_indices", Value: pickle.Dict{}})
}

// categoryList returns the categories_ of an encoder of several columns, and
// how many each has.
func categoryList(columns []op) (cats, sizes pickle.List) {
	for _, c := range columns {
		var k categories
		switch c := c.(type) {
		case *oneHot:
			k = c.cats
		case *ordinal:
			k = c.cats
		}
		cats = append(cats, k.array())
		sizes = append(sizes, k.size())
	}
	return cats, sizes
}
