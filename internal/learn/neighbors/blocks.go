package neighbors

import (
	"cmp"
	"math"
	"slices"

	"clicktrain/internal/numeric"
)

// blocks is a table's rows laid out for comparing many with many by part of
// their columns: the h that vary most, centered, those of one-hot blocks
// included. What part of the columns says is the least that a distance can be;
// a row is measured only if that is small enough.
//
// In these columns, with lengths |x| and |q|, the squared distance of a row x
// from a query q is |x|² + |q|² - 2xq, which is within a limit if
// xq - (|q|² - limit)/2 - |x|²/2 is at least 0. Two columns more than h make
// that one product of matrices.
type blocks struct {
	*table
	used   []column  // in use
	panels []float64 // (h+2)×8 for each eight rows: numbers, 1, half of |x|²
}

const (
	panelRows = numeric.TileCols
	quadRows  = numeric.TileRows
	// blockRows is how many rows are compared with a batch of queries before the
	// next: their panels stay in the first-level cache.
	blockRows = 256
	// batchRows is how many queries are searched for at once.
	batchRows = 64
	// enough is the share of the columns' variance that is compared first.
	enough = 0.95
	// most bounds the columns that are compared first.
	most = 64
)

// column is a column of the Matrix: a number column, or of a one-hot block the
// one of a code.
type column struct {
	at             int // number column or block
	code           int32
	oneHot         bool
	mean, variance float64
}

// of returns a row's number in the column, centered.
func (c *column) of(q query) float64 {
	if !c.oneHot {
		return q.dense[c.at] - c.mean
	}
	if q.codes[c.at] == c.code {
		return 1 - c.mean
	}
	return -c.mean
}

// newBlocks returns the blocks of a table.
func newBlocks(t *table) *blocks {
	all := t.columns()
	slices.SortStableFunc(all, func(a, b column) int { return cmp.Compare(b.variance, a.variance) })
	total, part, h := 0.0, 0.0, 0
	for _, c := range all {
		total += c.variance
	}
	for h < min(len(all), most) && (h < 4 || part < enough*total) {
		part += all[h].variance
		h++
	}
	b := &blocks{table: t, used: all[:h]}
	b.fill()
	return b
}

// columns returns the columns with their means and variances, roughly: these
// only choose what is compared first, and where zero is.
func (t *table) columns() []column {
	n := float64(t.rows)
	out := make([]column, t.numbers)
	for i, x := range t.dense {
		out[i%t.numbers].mean += x / n
	}
	for i, x := range t.dense {
		c := &out[i%t.numbers]
		c.at = i % t.numbers
		c.variance += (x - c.mean) / n * (x - c.mean)
	}
	for g, width := range t.groupWidths() {
		first := len(out)
		for code := range width {
			out = append(out, column{at: g, code: int32(code), oneHot: true})
		}
		for i := g; i < len(t.codes); i += t.groups {
			if c := t.codes[i]; c >= 0 {
				out[first+int(c)].mean += 1 / n
			}
		}
		for j := first; j < len(out); j++ {
			out[j].variance = out[j].mean * (1 - out[j].mean)
		}
	}
	return out
}

// depth is the number of columns of a panel.
func (b *blocks) depth() int { return len(b.used) + 2 }

// fill lays out the panels. Rows that fill up the last are never near.
func (b *blocks) fill() {
	h, k := len(b.used), b.depth()
	size := (b.rows + panelRows - 1) / panelRows * panelRows
	b.panels = make([]float64, size*k)
	for i := range size {
		panel := b.panels[i/panelRows*k*panelRows+i%panelRows:]
		half := math.Inf(1)
		if i < b.rows {
			half = b.spread(panel, panelRows, b.query(i))
		}
		panel[h*panelRows], panel[(h+1)*panelRows] = 1, half
	}
}

// spread writes a row's centered numbers, step places apart, and returns half
// their squares' sum, less slack for the rounding of the product.
func (b *blocks) spread(dst []float64, step int, q query) float64 {
	sum := 0.0
	for d := range b.used {
		x := b.used[d].of(q)
		dst[d*step] = x
		sum += x * x
	}
	slack := float64(16*(len(b.used)+8)) * 0x1p-52
	return sum / 2 * (1 - slack)
}

// batch is the queries that are searched for together.
type batch struct {
	queries []query
	best    []*nearest
	quads   []float64 // (h+2)×4 for each four queries: numbers, -(|q|² - limit)/2, -1
	half    []float64 // half of |q|²
}

// load sets the queries; best has one for each. Those too far away for the
// product are searched for at once.
func (b *blocks) load(s *batch, power int, queries []query, best []*nearest) {
	k, n := b.depth(), (len(queries)+quadRows-1)/quadRows*quadRows
	s.queries, s.best = queries, best
	s.quads, s.half = grow(s.quads, n*k), grow(s.half, n)
	for i := range n {
		quad := s.quads[i/quadRows*k*quadRows+i%quadRows:]
		for d := range k - 2 {
			quad[d*quadRows] = 0
		}
		quad[(k-1)*quadRows] = -1
		s.half[i] = math.Inf(1)
		if i < len(queries) {
			s.half[i] = b.spread(quad, quadRows, queries[i])
			if math.IsInf(s.half[i], 1) {
				b.scan(power, queries[i], best[i])
			}
		}
		b.narrow(s, i)
	}
}

func grow(x []float64, n int) []float64 {
	if cap(x) < n {
		return make([]float64, n)
	}
	return x[:n]
}

// narrow puts query i's limit into its quad. Where half is infinite nothing is
// near; where only the limit is, everything is.
func (b *blocks) narrow(s *batch, i int) {
	cut := s.half[i]
	if !math.IsInf(cut, 1) {
		cut -= s.best[i].limit() / 2 * (1 + 1e-12)
	}
	k := b.depth()
	s.quads[i/quadRows*k*quadRows+(k-2)*quadRows+i%quadRows] = -cut
}

// find offers every row that may be among the nearest of a query of the batch.
func (b *blocks) find(s *batch) {
	var product [numeric.Tile]float64
	quad, panel := quadRows*b.depth(), panelRows*b.depth()
	for lo := 0; lo < b.rows; lo += blockRows {
		hi := min(lo+blockRows, b.rows)
		for i := 0; i < len(s.half); i += quadRows {
			q := s.quads[i/quadRows*quad:][:quad]
			for r := lo; r < hi; r += panelRows {
				numeric.MulTile(&product, q, b.panels[r/panelRows*panel:][:panel])
				for j := range quadRows {
					if anyNear(product[j*panelRows:][:panelRows]) && i+j < len(s.queries) {
						b.measureNear(s, i+j, r, product[j*panelRows:][:panelRows])
					}
				}
			}
		}
	}
}

// anyNear reports whether one of eight numbers has no minus sign.
func anyNear(x []float64) bool {
	_ = x[7]
	all := math.Float64bits(x[0]) & math.Float64bits(x[1]) & math.Float64bits(x[2]) & math.Float64bits(x[3]) &
		math.Float64bits(x[4]) & math.Float64bits(x[5]) & math.Float64bits(x[6]) & math.Float64bits(x[7])
	return int64(all) >= 0
}

// measureNear measures those of the eight rows from r on whose product says
// that they may be near query i.
func (b *blocks) measureNear(s *batch, i, r int, product []float64) {
	best := s.best[i]
	for j, x := range product {
		if !(x >= 0) || r+j >= b.rows {
			continue
		}
		limit := best.limit()
		if d := b.square(r+j, s.queries[i], limit); d <= limit {
			best.offer(d, int32(r+j))
			b.narrow(s, i)
		}
	}
}
