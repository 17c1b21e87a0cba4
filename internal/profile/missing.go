package profile

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"clicktrain/internal/frame"
)

const (
	mostMissingColumns = 100 // columns whose pairs and patterns are looked at
	topPatterns        = 10
	topTogether        = 20
)

// Missing tells which values are missing together.
type Missing struct {
	Columns  []string // those with missing values, in the table's order, at most 100: those that miss the most
	Left     int      // others with missing values
	Complete int      // rows in which no column of the table misses a value
	Patterns []Pattern
	Together []MissingPair
}

// Pattern is a combination of columns that miss their value in the same rows.
// There are up to 10, those of the most rows first; one may be empty, of the
// rows in which none of Columns misses a value.
type Pattern struct {
	Columns []string
	Rows    int
}

// MissingPair is two columns that miss a value in the same row, up to 20 pairs
// by falling |Phi|.
type MissingPair struct {
	A, B string
	Both int  // rows in which both are missing
	Phi  Stat // correlation of the one's being missing with the other's, −1 … 1
}

// missing finds what is missing together. It takes a pass over each column
// with missing values, and one over bits for each pair of them.
func missing(f *frame.Frame, r *Report) Missing {
	var m Missing
	var at []int
	for j := range r.Columns {
		if r.Columns[j].Missing > 0 {
			at = append(at, j)
		}
	}
	if len(at) == 0 {
		m.Complete = f.Rows
		return m
	}
	absent := make([]uint64, (f.Rows+63)/64) // rows that miss any value
	masks := make([][]uint64, len(f.Columns))
	most := slices.Clone(at)
	slices.SortStableFunc(most, func(a, b int) int { return cmp.Compare(r.Columns[b].Missing, r.Columns[a].Missing) })
	m.Left = max(len(at)-mostMissingColumns, 0)
	kept := most[:len(at)-m.Left]
	slices.Sort(kept)
	for i, j := range kept {
		masks[j] = missingBits(f.Columns[j])
		m.Columns = append(m.Columns, f.Columns[j].Name)
		for w, x := range masks[j] {
			absent[w] |= x
		}
		for _, k := range kept[:i] {
			m.pair(&r.Columns[k], &r.Columns[j], masks[k], masks[j], f.Rows)
		}
	}
	for _, j := range most[len(kept):] {
		for w, x := range missingBits(f.Columns[j]) {
			absent[w] |= x
		}
	}
	m.Complete = f.Rows - ones(absent)
	slices.SortStableFunc(m.Together, func(a, b MissingPair) int {
		return cmp.Compare(math.Abs(float64(b.Phi)), math.Abs(float64(a.Phi)))
	})
	m.Together = slices.Clone(m.Together[:min(len(m.Together), topTogether)])
	m.patterns(f.Rows, kept, masks)
	return m
}

func missingBits(c *frame.Column) []uint64 {
	out := make([]uint64, (c.Len()+63)/64)
	if c.Numbers() {
		for i, x := range c.Num {
			if x != x {
				out[i/64] |= 1 << (i % 64)
			}
		}
		return out
	}
	for i, k := range c.Codes {
		out[i/64] |= uint64(uint32(k)>>31) << (i % 64)
	}
	return out
}

func ones(mask []uint64) int {
	n := 0
	for _, x := range mask {
		n += bits.OnesCount64(x)
	}
	return n
}

// pair adds two columns that are missing together in some row.
func (m *Missing) pair(a, b *Column, x, y []uint64, rows int) {
	both := 0
	for w := range x {
		both += bits.OnesCount64(x[w] & y[w])
	}
	if both == 0 {
		return
	}
	n, p, q := float64(rows), float64(a.Missing), float64(b.Missing)
	phi := undefined
	if d := math.Sqrt(p) * math.Sqrt(n-p) * math.Sqrt(q) * math.Sqrt(n-q); d > 0 {
		phi = clip((n*float64(both) - p*q) / d)
	}
	m.Together = append(m.Together, MissingPair{a.Name, b.Name, both, phi})
}

// patterns counts the combinations of missing columns, 64 rows at a time: all
// of them are alike where no bit is set.
func (m *Missing) patterns(rows int, columns []int, masks [][]uint64) {
	type pattern [(mostMissingColumns + 63) / 64]uint64
	counts := map[pattern]int{}
	var none pattern
	for w := range (rows + 63) / 64 {
		any := uint64(0)
		for _, j := range columns {
			any |= masks[j][w]
		}
		n := min(rows-w*64, 64)
		counts[none] += n - bits.OnesCount64(any)
		for ; any != 0; any &= any - 1 {
			b := bits.TrailingZeros64(any)
			var p pattern
			for i, j := range columns {
				p[i/64] |= masks[j][w] >> b & 1 << (i % 64)
			}
			counts[p]++
		}
	}
	var all []pattern
	for p, n := range counts {
		if n > 0 {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b pattern) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a[1], b[1]), cmp.Compare(a[0], b[0]))
	})
	for _, p := range all[:min(len(all), topPatterns)] {
		out := Pattern{Rows: counts[p]}
		for i := range columns {
			if p[i/64]>>(i%64)&1 == 1 {
				out.Columns = append(out.Columns, m.Columns[i])
			}
		}
		m.Patterns = append(m.Patterns, out)
	}
}
