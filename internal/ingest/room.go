package ingest

import "bytes"

// makeRoom allocates each column once for all chunks and gives each chunk its
// part, as long as its text has lines, which is all it needs unless lines are
// blank or inside quotes: so the parts mostly join without a gap, and nothing
// is copied. A single chunk makes room as it goes.
func (r *reader) makeRoom(chunks []*chunk, modes []mode) []column {
	room := make([]column, r.width)
	if len(chunks) < 2 {
		return room
	}
	total := 0
	for _, c := range chunks {
		c.first = total
		c.guess = min(bytes.Count(r.b[c.start:c.end], []byte{r.lineEnd})+1, r.mostCells()/r.width+1)
		total += c.guess
	}
	if total > r.mostCells()/r.width+len(chunks) {
		return room // more lines than rows can be: only those that are met count
	}
	for j, m := range modes {
		switch m {
		case takeNumbers:
			room[j].num = make([]float64, total)
		case takeTexts:
			room[j].codes = make([]int32, total)
		}
		for _, c := range chunks {
			col, end := &c.columns[j], c.first+c.guess
			if m == takeNumbers {
				col.num = room[j].num[c.first:end:end]
			} else if m == takeTexts {
				col.codes = room[j].codes[c.first:end:end]
			}
		}
	}
	return room
}

// joins reports whether the rows of each chunk can be moved to where they
// belong without running over the part of a later one.
func joins(chunks []*chunk) bool {
	rows := 0
	for _, c := range chunks {
		if rows > c.first {
			return false
		}
		rows += c.rows
	}
	return true
}

// joinColumn puts a column's pieces together, in the room they were given if
// they fit, and lets go of them.
func joinColumn(chunks []*chunk, j, rows int, room column) column {
	if len(chunks) == 0 {
		return column{}
	}
	first := &chunks[0].columns[j]
	out := *first
	switch {
	case len(chunks) == 1:
		out.num, out.codes = cut(first.num, rows), cut(first.codes, rows)
	case room.num == nil && room.codes == nil || len(room.num)+len(room.codes) < rows || !joins(chunks):
		out.num, out.codes = nil, nil
		if out.mode == takeNumbers {
			out.num = make([]float64, rows)
		} else {
			out.codes = make([]int32, rows)
		}
		copy(out.num, first.num[:min(len(first.num), chunks[0].rows)])
		copy(out.codes, first.codes[:min(len(first.codes), chunks[0].rows)])
	default:
		out.num, out.codes = room.num, room.codes
	}
	base := chunks[0].rows
	*first = column{}
	for _, c := range chunks[1:] {
		col := &c.columns[j]
		out.add(col, base, c.rows)
		*col = column{}
		base += c.rows
	}
	out.num, out.codes = cut(out.num, rows), cut(out.codes, rows)
	if out.mode == takeNumbers {
		out.reach = reachOf(out.num)
	}
	return out
}

// add puts the rows of a piece at row base.
func (out *column) add(col *column, base, rows int) {
	out.parts += col.parts
	for k, n := range col.count {
		out.count[k] += n
	}
	for _, n := range col.notes[:min(len(col.notes), notesKept-len(out.notes))] {
		out.notes = append(out.notes, note{n.row + base, n.class, n.text})
	}
	if out.mode == takeNumbers {
		copy(out.num[base:], col.num[:rows])
		return
	}
	codes := make([]int32, len(col.dict.texts))
	for k := range codes {
		codes[k] = out.dict.put(col.dict.text(int32(k)))
	}
	to := out.codes[base : base+rows]
	for i, k := range col.codes[:rows] {
		to[i] = codes[k]
	}
}
