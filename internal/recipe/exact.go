package recipe

import (
	"math"
	"slices"
)

// Exact reports whether the recipe tells numbers apart that differ in their
// last digit: by their quantile or bin, or where numbers with decimals are
// categories or stand for missing. Who reads them from a file must then read
// them exactly.
func (t *Fitted) Exact() bool {
	return slices.ContainsFunc(t.strands, func(s strand) bool {
		return slices.ContainsFunc(s.ops, exact) || slices.ContainsFunc(t.inputs[s.input].changes, exactChange)
	})
}

func exact(o op) bool {
	var cats categories
	switch o := o.(type) {
	case *spread, *bins:
		return true
	case *oneHot:
		cats = o.cats
	case *ordinal:
		cats = o.cats
	case *native:
		cats = o.cats
	case *targetEncode:
		cats = o.cats
	}
	return slices.ContainsFunc(cats.num, decimals)
}

func exactChange(ch Change) bool {
	if ch.do != emptying {
		return false
	}
	for x := range ch.numbers() {
		if decimals(x) {
			return true
		}
	}
	return false
}

func decimals(x float64) bool { return x != math.Trunc(x) }
