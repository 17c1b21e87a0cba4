package linear

import (
	"math"

	"clicktrain/internal/frame"
	"clicktrain/internal/numeric"
)

// tileRows is the number of rows worked on at once: a column of a tile is 4 KiB,
// so that the tiles of some hundred columns stay in the second-level cache.
const tileRows = 512

// design is the matrix of a fit in a fixed order: the number columns, each as
// z = x·scale - shift, then the given extra columns (a target, the ones of an
// intercept), then the columns of the one-hot groups, as 0 and 1.
type design struct {
	rows   int
	number []number
	groups []group
	cols   int // q: len(number) + the groups' widths
}

// number is one number column. A nil x is a column of ones.
type number struct {
	x            []float64
	scale, shift float64 // scale is a power of two
	constant     bool    // every z is 0
	source       int     // column of X
}

// group is one one-hot block.
type group struct {
	codes  []int32
	width  int
	first  int // column of the design
	source int // column of X
}

// newDesign returns X's design. Where center is set, number columns are shifted
// to mean 0; in any case they are scaled so that the largest |z| is about 1,
// but by no more than 2^maxScale. It keeps X and reads it three times.
func newDesign(X *frame.Matrix, center bool, maxScale int, extra ...number) *design {
	d := &design{rows: X.Rows}
	source := 0
	for _, b := range X.Blocks {
		if b.Dense != nil {
			c := newNumber(b.Dense, center, maxScale)
			c.source = source
			d.number = append(d.number, c)
		}
		source += b.Width
	}
	d.number = append(d.number, extra...)
	d.cols = len(d.number)
	source = 0
	for _, b := range X.Blocks {
		if b.Dense == nil {
			d.groups = append(d.groups, group{b.Codes, b.Width, d.cols, source})
			d.cols += b.Width
		}
		source += b.Width
	}
	return d
}

// minScale is the least exponent of a column's scale: 2^minScale times the
// largest float64 is 4, and smaller powers of two lose digits.
const minScale = -1022

// newNumber returns the column x. It works on x scaled to about 1 throughout,
// so that sums of the largest float64s stay finite.
func newNumber(x []float64, center bool, maxScale int) number {
	low, high := x[0], x[0]
	for _, v := range x {
		low, high = min(low, v), max(high, v)
	}
	if center && low == high {
		return number{x: x, constant: true}
	}
	_, size := math.Frexp(max(math.Abs(low), math.Abs(high)))
	e := max(min(-size, maxScale), minScale)
	c := number{x: x, scale: math.Ldexp(1, e)}
	if center {
		c.shift = scaledMean(x, c.scale)
		_, spread := math.Frexp(max(high*c.scale-c.shift, c.shift-low*c.scale))
		f := max(min(e-spread, maxScale), minScale)
		c.scale = math.Ldexp(1, f)
		c.shift = math.Ldexp(c.shift, f-e)
	}
	return c
}

// scaledMean returns the mean of x·scale.
func scaledMean(x []float64, scale float64) float64 {
	z := make([]float64, len(x))
	for i, v := range x {
		z[i] = v * scale
	}
	return numeric.Mean(z)
}

// tile is a run of rows of a design.
type tile struct {
	lo, n int
	z     [][]float64 // the number columns, n rows each
	buf   []float64
}

func (d *design) newTile() *tile {
	return &tile{z: make([][]float64, len(d.number)), buf: make([]float64, len(d.number)*tileRows)}
}

// load fills t with rows lo to hi, at most tileRows.
func (d *design) load(t *tile, lo, hi int) {
	t.lo, t.n = lo, hi-lo
	for j := range d.number {
		c := &d.number[j]
		z := t.buf[j*tileRows:][:t.n]
		t.z[j] = z
		switch {
		case c.constant:
			clear(z)
		case c.x == nil:
			for i := range z {
				z[i] = 1
			}
		default:
			for i, v := range c.x[lo:hi] {
				z[i] = float64(v*c.scale) - c.shift
			}
		}
	}
}
