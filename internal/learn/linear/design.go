package linear

import (
	"context"
	"math"

	"golang.org/x/sync/errgroup"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"

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
	weight []float64 // of each row, above 0; nil where each counts once
	total  float64   // sum of the weights
	number []number
	groups []group
	cols   int // q: len(number) + the groups' widths
}

// number is one number column. A nil x is a column of ones.
type number struct {
	x            []float64
	scale, shift float64 // scale is a power of two
	constant     bool    // every z is 0
	raw          bool    // tiles hold x as it is
	source       int     // column of X
}

// loose lets tiles hold the columns as they are that are near 0 and of moderate
// size: scales and shifts are then brought to bear on sums over rows, which
// lose three binary digits at most.
func (d *design) loose() {
	const most, scales = 8, 100
	for j := range d.number {
		c := &d.number[j]
		_, e := math.Frexp(c.scale)
		c.raw = c.x != nil && !c.constant && math.Abs(c.shift) <= most && -scales < e && e < scales
	}
}

// unit returns the factor and the shift that turn what a tile holds into z.
func (c *number) unit() (factor, shift float64) {
	if c.raw {
		return c.scale, c.shift
	}
	return 1, 0
}

// group is one one-hot block.
type group struct {
	codes  []int32
	width  int
	first  int // column of the design
	source int // column of X
}

// newDesign returns X's design. Where center is set, number columns are shifted
// to mean 0 under the rows' weights; in any case they are scaled so that the
// largest |z| is about 1, but by no more than 2^maxScale. It keeps X and weight
// and reads X three times.
func newDesign(ctx context.Context, workers int, X *frame.Matrix, weight []float64, center bool, maxScale int, extra ...number) (*design, error) {
	d := &design{rows: X.Rows, weight: weight, total: float64(X.Rows)}
	if weight != nil {
		d.total = floats.Sum(weight)
	}
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
			d.number[j].standardize(weight, center, maxScale)
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

// weighted returns the design with other weights, none of them 0; columns keep
// their scales and shifts.
func (d *design) weighted(w []float64) *design {
	other := *d
	other.weight, other.total = w, float64(d.rows)
	if w != nil {
		other.total = floats.Sum(w)
	}
	return &other
}

// minScale is the least exponent of a column's scale: 2^minScale times the
// largest float64 is 4, and smaller powers of two lose digits.
const minScale = -1022

// newNumber returns the column x, standardized under the given weights.
func newNumber(x, weight []float64, center bool, maxScale int) number {
	c := number{x: x}
	c.standardize(weight, center, maxScale)
	return c
}

// standardize sets scale, shift and constant. Sums and differences are of x
// scaled to about 1, so that those of the largest float64s stay finite.
func (c *number) standardize(weight []float64, center bool, maxScale int) {
	low, high := limits(c.x)
	if center && low == high {
		c.constant = true
		return
	}
	_, size := math.Frexp(max(math.Abs(low), math.Abs(high)))
	e := max(min(-size, maxScale), minScale)
	c.scale = math.Ldexp(1, e)
	if center {
		c.shift = scaledMean(c.x, weight, c.scale)
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

// scaledMean returns the mean of x·scale under the weights w, if any, scale
// being a power of two. See numeric.Mean, whose second pass it shares.
func scaledMean(x, w []float64, scale float64) float64 {
	if w != nil {
		mean, total := 0.0, floats.Sum(w)
		for range 2 {
			sum := 0.0
			for i, v := range x {
				sum += w[i] * (float64(v*scale) - mean)
			}
			mean += sum / total
		}
		return mean
	}
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
	z     [][]float64 // the number columns, n rows each; x itself where it is raw
	w     []float64   // the rows' weights; nil where each counts once
	buf   []float64
	sums  []float64 // one for each number column, for whoever works on the tile
}

func (d *design) newTile() *tile {
	m := len(d.number)
	return &tile{z: make([][]float64, m), buf: make([]float64, m*tileRows), sums: make([]float64, m)}
}

// matrix returns the number columns, one a row.
func (t *tile) matrix() blas64.General {
	return blas64.General{Rows: len(t.z), Cols: t.n, Stride: tileRows, Data: t.buf}
}

// numbers returns how many numbers a row is read as.
func (d *design) numbers() int { return len(d.number) + len(d.groups) }

// load fills t with rows lo to hi, at most tileRows.
func (d *design) load(t *tile, lo, hi int) {
	t.lo, t.n = lo, hi-lo
	if d.weight != nil {
		t.w = d.weight[lo:hi]
	}
	for j := range d.number {
		c := &d.number[j]
		z := t.buf[j*tileRows:][:t.n]
		t.z[j] = z
		switch {
		case c.raw:
			copy(z, c.x[lo:hi])
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
