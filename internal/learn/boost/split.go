package boost

import "math"

const (
	minHessian = 1e-3  // that each side of a split must have, as in scikit-learn
	tiny       = 1e-15 // keeps a leaf's value finite where hessians vanish
)

// split parts a node's rows by one column. A gain of 0 is no split.
type split struct {
	gain        float64
	column      int   // of the table
	bin         uint8 // of a number: bins up to it go left
	missingLeft bool
	set         bitset // of a category: bins that go left
	left        sums
	leftValue   float64 // of the rows that go left, before shrinkage
	rightValue  float64
}

// bitset is a set of bins.
type bitset [4]uint64

func (b *bitset) add(bin uint8)      { b[bin>>6] |= 1 << (bin & 63) }
func (b *bitset) has(bin uint8) bool { return b[bin>>6]>>(bin&63)&1 == 1 }

// finder looks for splits. Each worker has its own.
type finder struct {
	table   *table
	scale   *scale
	minLeaf int
	l2      float64
	signed  bool // some column must rise or fall

	// The running sums over a column's bins that hold rows, with their bins.
	count int
	at    [slotBins]sums
	g, h  [slotBins]float64
	bins  [slotBins]uint8

	categories [slotBins]ratio
}

// find returns the best split of a node by the columns from lo to hi. Of equals
// it is the first.
func (f *finder) find(nd *node, lo, hi int) split {
	var best split
	for c := lo; c < hi; c++ {
		col := &f.table.columns[c]
		if nd.drawn != nil && !nd.drawn[col.index] {
			continue
		}
		switch col.kind {
		case category:
			f.byCategory(nd, c, col, &best)
		case oneHot:
			f.at[0], f.bins[0] = nd.total.minus(f.sumsOf(nd.hist, col.slot, col.code)), 0
			f.convert(1)
			f.scan(nd, c, col, 0, 1, sums{}, &best)
		default:
			f.byNumber(nd, c, col, &best)
		}
	}
	if best.gain > 0 {
		right := nd.total.minus(best.left)
		best.leftValue = f.value(nd, f.scale.gradient(best.left), f.scale.hessian(best.left))
		best.rightValue = f.value(nd, f.scale.gradient(right), f.scale.hessian(right))
	}
	return best
}

// sumsOf returns what a slot's bin holds.
func (f *finder) sumsOf(h *histogram, slot int, bin uint8) sums {
	if i := slot*slotBins + int(bin); h.wide == nil {
		return f.scale.narrowSums(h.narrow[i])
	} else {
		return f.scale.wideSums(h.wide[i])
	}
}

// byNumber looks for a threshold: with missing values on the right, and where
// the column has some, on the left.
func (f *finder) byNumber(nd *node, c int, col *column, best *split) {
	f.accumulate(nd.hist, col)
	f.convert(f.count)
	if !col.missing && f.count > 1 {
		f.scan(nd, c, col, 0, f.count-1, sums{}, best)
	}
	if !col.missing || f.count == 0 {
		return
	}
	f.scan(nd, c, col, 0, f.count, sums{}, best)
	if lost := f.sumsOf(nd.hist, col.slot, missing); lost.rows > 0 && f.count > 1 {
		f.scan(nd, c, col, f.count-2, -1, lost, best)
	}
}

// accumulate sets the running sums of a column's bins that hold rows.
func (f *finder) accumulate(h *histogram, col *column) {
	k, from := 0, col.slot*slotBins
	if h.wide == nil {
		var sum uint64
		for b, x := range h.narrow[from : from+min(col.bins, missing)] {
			if x != 0 {
				sum += x
				f.at[k], f.bins[k] = f.scale.narrowSums(sum), uint8(b)
				k++
			}
		}
	} else {
		var sum pair
		for b, x := range h.wide[from : from+min(col.bins, missing)] {
			if x.h != 0 {
				sum.g += x.g
				sum.h += x.h
				f.at[k], f.bins[k] = f.scale.wideSums(sum), uint8(b)
				k++
			}
		}
	}
	f.count = k
}

// convert sets g and h from the first n sums.
func (f *finder) convert(n int) {
	gDown, hDown := f.scale.gDown, f.scale.hDown
	for i, x := range f.at[:n] {
		f.g[i], f.h[i] = float64(int64(x.g))*gDown, float64(x.h)*hDown
	}
}

// scan tries the splits after running sums from to end, of which end is left
// out, with the missing values lost on the left; where there are none and from
// is below end, they are on the right. It keeps those better than best.
func (f *finder) scan(nd *node, c int, col *column, from, end int, lost sums, best *split) {
	step := 1
	if end < from {
		step = -1
	}
	lostG, lostH := f.scale.gradient(lost), f.scale.hessian(lost)
	bounded := nd.bounded || col.sign != 0
	found, bar := -1, nd.bar(best.gain)
	for i := from; i != end; i += step {
		rows := f.at[i].rows + lost.rows
		if rows < f.minLeaf || len(nd.rows)-rows < f.minLeaf {
			continue
		}
		g, h := f.g[i]+lostG, f.h[i]+lostH
		otherG, otherH := nd.g-g, nd.h-h
		if h < minHessian || otherH < minHessian {
			continue
		}
		// The same comparison without division, which most splits fail.
		a, b := h+f.l2, otherH+f.l2
		if !bounded && g*g*b+otherG*otherG*a < bar*(a*b) {
			continue
		}
		if gain := f.gain(nd, col.sign, g, h, otherG, otherH); gain > best.gain {
			best.gain, found = gain, i
			bar = nd.bar(gain)
		}
	}
	if found >= 0 {
		best.column, best.left, best.missingLeft = c, f.at[found].plus(lost), lost.rows > 0
		best.bin = f.bins[found]
		if step < 0 { // every empty bin in between goes left, as in scikit-learn
			best.bin = f.bins[found+1] - 1
		}
	}
}

// bar returns what g²/h of both sides of a split must be at least for it to
// gain more than so much.
func (nd *node) bar(gain float64) float64 { return (gain - nd.loss) * (1 - 1e-10) }

// gain returns by how much a split lowers the loss (Chen and Guestrin 2016,
// equation 7, doubled), and -1 where it breaks the column's sign.
func (f *finder) gain(nd *node, sign int8, g, h, otherG, otherH float64) float64 {
	left, right := f.value(nd, g, h), f.value(nd, otherG, otherH)
	if sign > 0 && left > right || sign < 0 && left < right {
		return -1
	}
	gain := nd.loss
	gain -= float64(g * left)
	gain -= float64(otherG * right)
	return gain
}

// value returns the value of a leaf of nd's bounds (equation 5).
func (f *finder) value(nd *node, g, h float64) float64 {
	v := -g / (h + f.l2 + tiny)
	if nd.bounded {
		v = math.Min(math.Max(v, nd.lower), nd.upper)
	}
	return v
}
