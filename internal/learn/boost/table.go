package boost

import (
	"context"
	"math/bits"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

const (
	missing = 255 // the bin of missing values, and of a one-hot slot's other rows
	lanes   = 8   // slots in one word
)

// kind is how a column is split.
type kind uint8

const (
	number   kind = iota // by a threshold
	category             // by a set of categories
	oneHot               // whether its slot holds its code
)

// column is one column of the design matrix as splits see it.
type column struct {
	kind       kind
	index      int       // in the design matrix
	slot       int       // of the table, where its bins are
	bins       int       // of values that are not missing; below 2 it is never split but for missing ones
	thresholds []float64 // of a number: bins-1 ascending
	code       uint8     // of a one-hot column
	missing    bool      // a training row has no value
	sign       int8      // 1 or -1 where the prediction must rise or fall
}

// table is a training matrix cut into bins. A slot is one byte for each row: a
// number column's or a category column's bins, or the codes of up to 255
// one-hot columns. Bins are kept both by slot, to part rows, and row by row,
// eight slots in a word, to add up histograms.
type table struct {
	rows    int
	words   int // of each row
	columns []column
	slots   [][]uint8
	packed  []uint64
}

// cut cuts X into at most bins bins a column. Thresholds are learned from the
// rows of sample, counted as often as weights (nil: once) say; then they are
// put midway between the values of all rows.
// Cost: one radix sort of the sample and one search a value, by column.
func cut(ctx context.Context, X *frame.Matrix, sample []uint32, weights []float64, bins int, c *crew) (*table, error) {
	t := &table{rows: X.Rows}
	first := make([]int, len(X.Blocks)) // slot of each block
	for k, at := 0, 0; k < len(X.Blocks); k++ {
		first[k] = len(t.slots)
		b := &X.Blocks[k]
		if b.Levels > bins {
			return nil, tooManyLevels(at, b.Levels, bins)
		}
		for range (b.Width + missing - 1) / missing {
			t.slots = append(t.slots, make([]uint8, X.Rows))
		}
		at += b.Width
	}
	t.words = (len(t.slots) + lanes - 1) / lanes
	t.packed = make([]uint64, t.rows*t.words)
	sorters := t.sorters(c.size, len(sample))
	found := make([][]column, len(X.Blocks))
	c.do(len(X.Blocks), func(worker, k int) {
		if ctx.Err() == nil {
			found[k] = t.cutBlock(&X.Blocks[k], first[k], sample, weights, bins, &sorters[worker])
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	t.order(X, found)
	t.pack(c)
	return t, ctx.Err()
}

// mostBins is the most bins of a column: a byte holds them and the missing.
const mostBins = 255

func tooManyLevels(at, levels, bins int) error {
	const hint = "Group its rare categories, encode it as numbers, or leave it out."
	if levels <= mostBins {
		return problem.Field("max_bins", "Column %d of the prepared data has %d categories, and max_bins is %d.", at+1, levels, bins).
			WithHint("Raise max_bins to at least %d. Or: "+hint, levels)
	}
	return problem.New(problem.Invalid, "Column %d of the prepared data has %d categories, and histogram gradient boosting takes at most %d.", at+1, levels, bins).
		WithHint(hint)
}

// cutBlock fills the slots of a block from slot on and returns its columns,
// whose index counts from the block's first.
func (t *table) cutBlock(b *frame.Block, slot int, sample []uint32, weights []float64, bins int, s *sorter) []column {
	switch {
	case b.Dense != nil:
		col := column{slot: slot}
		col.thresholds, col.missing = learnThresholds(b.Dense, sample, weights, bins, s)
		col.bins = len(col.thresholds) + 1
		search(t.slots[slot], b.Dense, col.thresholds)
		center(col.thresholds, t.slots[slot], b.Dense)
		return []column{col}
	case b.Levels > 0:
		col := column{kind: category, slot: slot, bins: b.Levels}
		for i, c := range b.Codes {
			t.slots[slot][i] = uint8(c)
			if c < 0 || int(c) >= b.Levels {
				t.slots[slot][i] = missing
			}
		}
		for _, r := range sample {
			col.missing = col.missing || t.slots[slot][r] == missing
		}
		return []column{col}
	}
	return t.cutOneHot(b, slot, sample)
}

// cutOneHot spreads a one-hot block over slots of 255 codes each.
func (t *table) cutOneHot(b *frame.Block, slot int, sample []uint32) []column {
	for s := slot; s < slot+(b.Width+missing-1)/missing; s++ {
		from := int32((s - slot) * missing)
		bytes := t.slots[s]
		for i, c := range b.Codes {
			bytes[i] = missing
			if c >= from && c-from < missing {
				bytes[i] = uint8(c - from)
			}
		}
	}
	counts := make([]int, b.Width)
	for _, r := range sample {
		if c := b.Codes[r]; c >= 0 {
			counts[c]++
		}
	}
	cols := make([]column, b.Width)
	for j := range cols {
		cols[j] = column{kind: oneHot, index: j, slot: slot + j/missing, code: uint8(j % missing), bins: 1}
		if counts[j] > 0 && counts[j] < len(sample) {
			cols[j].bins, cols[j].thresholds = 2, []float64{0.5}
		}
	}
	return cols
}

// order lists the columns that can be split: categories first, as
// scikit-learn does, of which ties between columns depend.
func (t *table) order(X *frame.Matrix, found [][]column) {
	for _, categories := range []bool{true, false} {
		at := 0
		for k := range X.Blocks {
			for _, col := range found[k] {
				if (col.kind == category) == categories && (col.bins > 1 || col.missing) {
					col.index += at
					t.columns = append(t.columns, col)
				}
			}
			at += X.Blocks[k].Width
		}
	}
}

// pack writes the slots row by row.
func (t *table) pack(c *crew) {
	c.chunks(t.rows, func(_, _, lo, hi int) {
		clear(t.packed[lo*t.words : hi*t.words])
		for s, bytes := range t.slots {
			at, shift := lo*t.words+s/lanes, 8*(s%lanes)
			for _, b := range bytes[lo:hi] {
				t.packed[at] |= uint64(b) << shift
				at += t.words
			}
		}
	})
}

// learnThresholds returns the thresholds of a number column, and whether a row
// of the sample has no value.
func learnThresholds(values []float64, sample []uint32, weights []float64, bins int, s *sorter) (cuts []float64, hasMissing bool) {
	if weights != nil {
		rows := make([]weighted, 0, len(sample))
		for _, r := range sample {
			if x := values[r]; x != x {
				hasMissing = true
			} else if weights[r] > 0 {
				rows = append(rows, weighted{x, weights[r]})
			}
		}
		return weightedThresholds(rows, bins), hasMissing
	}
	keys := s.keys[:0]
	for _, r := range sample {
		if x := values[r]; x == x {
			keys = append(keys, key(x))
		}
	}
	hasMissing = len(keys) < len(sample)
	return thresholds(sortKeys(keys, s.scratch[:len(keys)]), bins), hasMissing
}

// search writes the bin of each value: how many thresholds are below it, or
// missing for NaN.
func search(dst []uint8, values, cuts []float64) {
	var keys [256]uint64
	for i := range keys {
		keys[i] = ^uint64(0)
		if i < len(cuts) {
			keys[i] = key(cuts[i])
		}
	}
	for i, x := range values {
		k := key(x)
		var at uint64
		for step := uint64(128); step > 0; step /= 2 { // no branch depends on x
			at += step & -below(keys[uint8(at+step-1)], k)
		}
		if x != x {
			at = missing
		}
		dst[i] = uint8(at)
	}
}

// below returns 1 if a is less than b, else 0.
func below(a, b uint64) uint64 {
	_, borrow := bits.Sub64(a, b, 0)
	return borrow
}
