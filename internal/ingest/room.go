package ingest

// reserve makes room for about so many rows of all chunks together, in columns
// that are allocated once. So the parts of the chunks join without a gap,
// mostly, and nothing is copied.
func (s *scan) reserve(rows int) {
	s.rows = min(rows, s.r.mostCells()/s.r.width+1)
	for j, m := range s.modes {
		switch m {
		case takeNumbers:
			s.room[j].num = make([]float64, s.rows)
			adviseHuge(s.room[j].num)
		case takeTexts:
			s.room[j].codes = make([]int32, s.rows)
			adviseHuge(s.room[j].codes)
		}
	}
}

// place gives a chunk its part of the room, after those before it: as many rows
// as its text has lines, which is all it needs unless cells hold line ends of
// another kind. Where the room ends, the chunk makes its own.
func (s *scan) place(c *chunk, lines int) {
	lines = min(lines, s.r.mostCells()/s.r.width)
	c.first, c.guess = s.lines, lines+1
	s.lines += lines
	end := s.lines
	if end > s.rows {
		return
	}
	for j, m := range s.modes {
		switch m {
		case takeNumbers:
			c.columns[j].num = s.room[j].num[c.first:end:end]
		case takeTexts:
			c.columns[j].codes = s.room[j].codes[c.first:end:end]
		}
	}
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
	return out
}

// add puts the rows of a piece at row base.
func (out *column) add(col *column, base, rows int) {
	out.parts += col.parts
	out.reach.merge(col.reach)
	for k, n := range col.count {
		out.count[k] += n
	}
	for _, n := range col.notes[:min(len(col.notes), notesKept-len(out.notes))] {
		out.notes = append(out.notes, note{n.row + base, n.class, n.text})
	}
	if out.mode == takeNumbers {
		if to := out.num[base:]; rows > 0 && &to[0] != &col.num[0] {
			copy(to, col.num[:rows])
		}
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
