package train

import (
	"fmt"
	"hash/maphash"
	"math"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// noticedCopies is the share of test rows from which it is told that they are
// copies of training rows.
const noticedCopies = 0.05

// copies returns for each of the target's rows the number of its kind: rows
// are of one kind where they are equal in all of the columns, missing values
// being equal to each other. Kinds are numbered from 0 in order of their first
// rows. The time grows with the cells.
func copies(f *frame.Frame, columns []string, rows []int) (of []int, count int) {
	cells := make([]*frame.Column, 0, len(columns))
	for _, name := range columns {
		if c := f.Column(name); c != nil {
			cells = append(cells, c)
		}
	}
	seed := maphash.MakeSeed()
	known := make(map[uint64][]int, len(rows)) // positions of the first rows of kinds, by hash
	of = make([]int, len(rows))
	for i, row := range rows {
		var h maphash.Hash
		h.SetSeed(seed)
		for _, c := range cells {
			maphash.WriteComparable(&h, cellBits(c, row))
		}
		sum, kind := h.Sum64(), -1
		for _, first := range known[sum] {
			if sameCells(cells, row, rows[first]) {
				kind = of[first]
				break
			}
		}
		if kind < 0 {
			kind = count
			count++
			known[sum] = append(known[sum], i)
		}
		of[i] = kind
	}
	return of, count
}

// cellBits is equal for equal cells of a column, and for missing ones.
func cellBits(c *frame.Column, row int) uint64 {
	switch x := cellKey(c, row); {
	case x != x:
		return math.Float64bits(math.NaN())
	case x == 0:
		return 0
	default:
		return math.Float64bits(x)
	}
}

func sameCells(cells []*frame.Column, a, b int) bool {
	for _, c := range cells {
		if cellBits(c, a) != cellBits(c, b) {
			return false
		}
	}
	return true
}

// copyGroups groups rows that are equal in all features. It refuses data of
// one kind of row.
func (s Spec) copyGroups(f *frame.Frame, t Target) (Groups, error) {
	of, count := copies(f, s.Features, t.Rows)
	if count < 2 {
		return Groups{}, problem.Field("keep_copies_together", "All rows are equal in the columns that are learned from, so they cannot be kept together and split.").
			WithHint("Learn from more columns, or do not keep copies together.")
	}
	return Groups{Of: of, Count: count}, nil
}

// copied warns where many test rows are copies of training rows, in target and
// features.
func (r *run) copied() []string {
	of, count := copies(r.frame, append([]string{r.spec.Target}, r.spec.Features...), r.target.Rows)
	trained := make([]bool, count)
	for _, i := range r.train {
		trained[of[i]] = true
	}
	n := 0
	for _, i := range r.test {
		if trained[of[i]] {
			n++
		}
	}
	if float64(n) < noticedCopies*float64(len(r.test)) || n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d of %d test rows (%.0f %%) are exact copies of training rows: the scores may be too good. Keep copies on one side of the split.",
		n, len(r.test), 100*float64(n)/float64(len(r.test)))}
}
