package recipe

import (
	"slices"
	"sort"
)

// recomputed reports whether numpy, given the same raw values, finds the
// column's numbers with other last digits: after powers, logarithms, quantiles
// and means of neighbors. All else is the same arithmetic on both sides.
func (c *Column) recomputed() bool {
	return slices.ContainsFunc(c.ops, func(o op) bool {
		switch o.(type) {
		case *power, log1p, *spread, *member:
			return true
		}
		return false
	})
}

// setBeside moves edges that stand at a value of a column away from it: midway
// between the greatest value below the edge and the least at or above it, so
// that each value stays on its side, also with other last digits. sorted holds
// the values in order, of which some are below each edge.
func setBeside(sorted, edges []float64) {
	const near = 1e-3 // of the way from one value to the next
	for i, e := range edges {
		k := sort.SearchFloat64s(sorted, e)
		if k == 0 || k == len(sorted) {
			continue
		}
		below, above := sorted[k-1], sorted[k]
		gap := above - below
		if min(e-below, above-e) > near*gap {
			continue
		}
		if middle := below + gap/2; middle > below {
			edges[i] = middle
		}
	}
}
