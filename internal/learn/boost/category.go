package boost

import (
	"cmp"
	"slices"
)

// support is the hessian, by which one row counts about 1, that a category
// needs in a node to be told from the others; it also smooths the ratios by
// which categories are ordered.
const support = 10

// ratio is the sums of one category and the ratio that orders it.
type ratio struct {
	sums
	bin   uint8
	ratio float64
}

// byCategory looks for a set of categories to send left. Those with enough
// support are ordered by gradient over hessian, missing values as one more
// category; up to half of them go left, from either end (Fisher 1958). All
// others go right.
func (f *finder) byCategory(nd *node, c int, col *column, best *split) {
	used := f.ratios(nd, col)
	if len(used) < 2 {
		return
	}
	half := (len(used) + 1) / 2
	if n := f.scanRatios(nd, c, col, used[:half], best); n > 0 {
		best.fill(used[:n])
	}
	slices.Reverse(used)
	if n := f.scanRatios(nd, c, col, used[:half-1], best); n > 0 {
		best.fill(used[:n])
	}
}

// ratios returns the categories of a node with enough support, in order.
func (f *finder) ratios(nd *node, col *column) []ratio {
	factor := float64(len(nd.rows)) / nd.h
	used := f.categories[:0]
	for b := range slotBins {
		if b >= col.bins && b != missing {
			continue
		}
		x := f.sumsOf(nd.hist, col.slot, uint8(b))
		if h := f.scale.hessian(x); h*factor >= support {
			used = append(used, ratio{x, uint8(b), f.scale.gradient(x) / (h + support)})
		}
	}
	slices.SortStableFunc(used, func(a, b ratio) int { return cmp.Compare(a.ratio, b.ratio) })
	return used
}

// scanRatios tries to send the first of the ratios left, then the first two,
// and so on. It keeps what is better than best and returns how many go left, or
// 0.
func (f *finder) scanRatios(nd *node, c int, col *column, order []ratio, best *split) int {
	var sum sums
	for i, r := range order {
		sum = sum.plus(r.sums)
		f.at[i], f.bins[i] = sum, uint8(i)
	}
	f.convert(len(order))
	before := best.gain
	f.scan(nd, c, col, 0, len(order), sums{}, best)
	if best.gain > before {
		return int(best.bin) + 1
	}
	return 0
}

// fill sets the categories that go left, and whether missing values do.
func (s *split) fill(left []ratio) {
	s.bin, s.set = 0, bitset{}
	for _, r := range left {
		s.set.add(r.bin)
	}
	s.missingLeft = s.set.has(missing)
}
