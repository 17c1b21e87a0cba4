package recipe

import (
	"math"
	"slices"

	"clicktrain/internal/export/pickle"
)

// InFloat32 returns a transformer of so many prepared columns that brings
// numbers into the range of float32. scikit-learn's trees refuse a whole batch
// for one number beyond; here such a number is beyond every threshold, as the
// ends of the range are.
func InFloat32(columns int) *pickle.Object {
	return function(pickle.Global{Module: "numpy", Name: "clip"}, pickle.Dict{
		{Key: "a_min", Value: -math.MaxFloat32}, {Key: "a_max", Value: math.MaxFloat32},
	}).Set(pickle.Attr{Name: "n_features_in_", Value: columns})
}

// measured reports whether pandas reads one of the items as numbers, among
// which there may be infinite ones.
func measured(items []item) bool {
	return slices.ContainsFunc(items, func(it item) bool {
		if len(it.ops) > 0 {
			if _, ok := it.ops[0].(*dates); ok {
				return false
			}
		}
		return it.source == numberSource
	})
}

// withoutInfinities returns a transformer of a DataFrame that makes infinite
// numbers missing, as they are here.
func withoutInfinities() *pickle.Object {
	return onFrame("replace", pickle.Pair{Key: "to_replace", Value: pickle.List{math.Inf(1), math.Inf(-1)}}, pickle.Pair{Key: "value", Value: math.NaN()})
}

// coded reports whether the operations compare numbers as categories.
func coded(ops []op) bool {
	return slices.ContainsFunc(ops, func(o op) bool {
		switch o := o.(type) {
		case *oneHot:
			return !o.fixed && o.cats.source == numberSource
		case *native:
			return o.cats.source == numberSource
		case *ordinal:
			return o.cats.source == numberSource
		case *targetEncode:
			return o.cats.source == numberSource
		}
		return false
	})
}

// toNumbers returns a transformer of a DataFrame that reads texts as numbers,
// however pandas read the column. What is none counts as missing.
func toNumbers() *pickle.Object {
	return onFrame("apply",
		pickle.Pair{Key: "func", Value: pickle.Global{Module: "pandas", Name: "to_numeric"}}, pickle.Pair{Key: "errors", Value: "coerce"})
}
