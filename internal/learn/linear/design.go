package linear

import (
	"context"
	"math"

	"golang.org/x/sync/errgroup"

	"clicktrain/internal/frame"
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
func newDesign(ctx context.Context, workers int, X *frame.Matrix, center bool, maxScale int, extra ...number) (*design, error) {
	d := &design{rows: X.Rows}
	source := 0
	for _, b := range X.Blocks {
		if b.Dense != nil {
			d.number = append(d.number, number{x: b.Dense, source: source})
		}
		source += b.Width
	}
	var g errgroup.Group
	g.SetLimit(max(workers, 1))
	for j := range d.number {
		g.Go(func() error {
			d.number[j].standardize(center, maxScale)
			return ctx.Err()
		})
		if ctx.Err() != nil {
			break
		}
	}
	if err := g.Wait(); err != nil {
		return nil, err
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
	return d, ctx.Err()
}

// minScale is the least exponent of a column's scale: 2^minScale times the
// largest float64 is 4, and smaller powers of two lose digits.
const minScale = -1022

// newNumber returns the column x, standardized.
func newNumber(x []float64, center bool, maxScale int) number {
	c := number{x: x}
	c.standardize(center, maxScale)
	return c
}

// standardize sets scale, shift and constant. Sums and differences are of x
// scaled to about 1, so that those of the largest float64s stay finite.
func (c *number) standardize(center bool, maxScale int) {
	low, high := limits(c.x)
	if center && low == high {
		c.constant = true
		return
	}
	_, size := math.Frexp(max(math.Abs(low), math.Abs(high)))
	e := max(min(-size, maxScale), minScale)
	c.scale = math.Ldexp(1, e)
	if center {
		c.shift = scaledMean(c.x, c.scale)
		_, spread := math.Frexp(max(high*c.scale-c.shift, c.shift-low*c.scale))
		f := max(min(e-spread, maxScale), minScale)
		c.scale = math.Ldexp(1, f)
		c.shift = math.Ldexp(c.shift, f-e)
	}
}

// limits returns the least and the largest of x.
func limits(x []float64) (low, high float64) {
	low, high = x[0], x[0]
	for _, v := range x {
		if v < low {
			low = v
		}
		if v > high {
			high = v
		}
	}
	return low, high
}

// scaledMean returns the mean of x·scale, scale being a power of two. See
// numeric.Mean, whose second pass it shares.
func scaledMean(x []float64, scale float64) float64 {
	n := float64(len(x))
	mean := scaledSum(x, scale, 0) / n
	return mean + scaledSum(x, scale, mean)/n
}

// scaledSum returns the sum of x·scale - shift, in four interleaved parts.
func scaledSum(x []float64, scale, shift float64) float64 {
	var a, b, c, d float64
	for ; len(x) >= 4; x = x[4:] {
		a += float64(x[0]*scale) - shift
		b += float64(x[1]*scale) - shift
		c += float64(x[2]*scale) - shift
		d += float64(x[3]*scale) - shift
	}
	for _, v := range x {
		a += float64(v*scale) - shift
	}
	return (a + b) + (c + d)
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

// numbers returns how many numbers a row is read as.
func (d *design) numbers() int { return len(d.number) + len(d.groups) }

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
