package ingest

import "math"

// number reads the number in plain form, of up to 19 characters, or the empty
// cell at p. parts is 1 if it has a decimal mark.
func (c *chunk) number(p int) (v float64, end, parts int, ok bool) {
	b, q, neg := c.b, p, 0
	if b[q] == '-' {
		neg = 1
	}
	q += neg
	ch := b[q]
	m := uint64(ch - '0')
	if m > 9 {
		return math.NaN(), q, 0, neg == 0 && c.ends(ch)
	}
	q++
	ch = b[q]
	if m == 0 && ch-'0' <= 9 { // a leading zero
		return 0, 0, 0, false
	}
	for ch-'0' <= 9 {
		m = m*10 + uint64(ch-'0')
		q++
		ch = b[q]
	}
	scale := 0
	if ch == c.decimal {
		q++
		first := q
		for ch = b[q]; ch-'0' <= 9; ch = b[q] {
			m = m*10 + uint64(ch-'0')
			q++
		}
		scale, parts = q-first, 1
	}
	if !c.ends(ch) || q-p > 19 || m > exactInteger {
		return 0, 0, 0, false
	}
	v = float64(m)
	if scale > 0 {
		v /= pow10[scale]
	}
	return v*signs[neg] + 0, q, parts, true
}

// put takes in a cell that the fast path does not read.
func (col *column) put(row int, text []byte, mark byte) {
	switch col.mode {
	case takeTexts:
		col.codes[row] = col.dict.put(text)
	case takeNumbers:
		v, cl, whole := classify(text, mark)
		col.num[row] = v
		if cl > isMissing {
			col.count[cl]++
			if len(col.notes) < notesKept {
				col.notes = append(col.notes, note{row, cl, string(text[:min(len(text), 60)])})
			}
		}
		if !whole && !math.IsNaN(v) {
			col.parts++
		}
	}
}

// takeBack undoes put, or the fast path, for the cell of a row.
func (col *column) takeBack(row int, text []byte, mark byte) {
	if col.mode != takeNumbers {
		return
	}
	v, cl, whole := classify(text, mark)
	if n := len(col.notes); n > 0 && col.notes[n-1].row == row {
		col.notes = col.notes[:n-1]
	}
	if cl > isMissing {
		col.count[cl]--
	}
	if !whole && !math.IsNaN(v) {
		col.parts--
	}
}
