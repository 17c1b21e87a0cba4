package boost

// sides says for each bin whether it goes left (1) or right (0).
type sides [slotBins]uint8

// fillSides writes where a split sends the bins of its column's slot.
func (s *split) fillSides(out *sides, t *table) {
	col := &t.columns[s.column]
	for b := range out {
		left := false
		switch {
		case col.kind == category:
			left = s.set.has(uint8(b))
		case col.kind == oneHot:
			left = uint8(b) != col.code
		case b == missing:
			left = s.missingLeft
		default:
			left = b <= int(s.bin)
		}
		out[b] = 0
		if left {
			out[b] = 1
		}
	}
}

// wholeRows is how many rows are parted by one worker.
const wholeRows = 1 << 14

// part reorders rows so that those that go left come first, each side in the
// order it had, and returns how many go left. scratch is as long as rows.
func part(c *crew, rows, scratch []uint32, bins []uint8, to *sides) int {
	if c.size == 1 || len(rows) < wholeRows {
		left := partRun(rows, scratch, bins, to)
		copy(rows[left:], scratch)
		return left
	}
	runs := c.size
	edge := func(i int) int { return i * len(rows) / runs }
	lefts := make([]int, runs)
	c.do(runs, func(_, i int) {
		lo, hi := edge(i), edge(i+1)
		lefts[i] = partRun(rows[lo:hi], scratch[lo:hi], bins, to)
	})
	left := 0
	for i, n := range lefts { // each run's left rows move up to the one's before
		copy(rows[left:], rows[edge(i):edge(i)+n])
		left += n
	}
	at := left
	for i, n := range lefts {
		at += copy(rows[at:], scratch[edge(i):edge(i+1)-n])
	}
	return left
}

// partRun moves the rows that go left to the front of rows, copies the others
// to scratch, and returns how many go left. No branch depends on the data.
func partRun(rows, scratch []uint32, bins []uint8, to *sides) int {
	left, right := 0, 0
	scratch = scratch[:len(rows)]
	for _, r := range rows {
		goes := int(to[bins[r]])
		rows[left] = r
		scratch[right] = r
		left += goes
		right += 1 - goes
	}
	return left
}
