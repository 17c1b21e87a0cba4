package boost

import (
	"math"
	"math/bits"
)

// gradients is one tree's target: the loss's first and second derivative by
// each row's prediction, in float32 as in scikit-learn. Where all hessians are
// 1 they are not kept.
type gradients struct {
	g      []float32 // of each row
	gh     []float32 // of each row, the gradient and the hessian
	scale            // how they are made whole numbers
	sumG   float64   // an upper bound of the sum of absolute gradients
	sumH   float64   // and of hessians
	isWide bool
}

// scale turns gradients and hessians into whole numbers, as fine as the sums
// over all rows leave room for in 64 bits: with n rows, 2^(62-2b) or more steps
// in the mean gradient's size, where n has b bits; at a million rows float32
// itself has no finer ones.
type scale struct {
	count        int     // bits of a row count
	gUp, hUp     float64 // powers of two, by which they are multiplied
	gDown, hDown float64 // 1/gUp, 1/hUp
	rowsMask     uint64
}

// fit sets the scale for n rows.
func (gr *gradients) fit(n int) {
	count := bits.Len(uint(n))
	gRoom := 62
	if !gr.isWide {
		gRoom -= count
	}
	gr.scale = scale{count: count, rowsMask: 1<<count - 1, hUp: 1, hDown: 1}
	gr.gUp, gr.gDown = powers(gr.sumG, gRoom)
	if gr.isWide {
		gr.hUp, gr.hDown = powers(gr.sumH, 62-count)
	}
}

// powers returns the power of two that brings sum below 2^room, and its inverse.
func powers(sum float64, room int) (up, down float64) {
	_, e := math.Frexp(sum)
	e = min(max(room-e, -1000), 1000)
	return math.Ldexp(1, e), math.Ldexp(1, -e)
}

// narrow writes the packed gradient of each row.
func (gr *gradients) narrow(dst []uint64, rows []uint32) {
	dst = dst[:len(rows)]
	up, count := gr.gUp, gr.count
	for i, r := range rows {
		dst[i] = uint64(round(float64(gr.g[r])*up))<<count + 1
	}
}

// wide writes the packed gradient and hessian of each row.
func (gr *gradients) wide(dst []pair, rows []uint32) {
	dst = dst[:len(rows)]
	gUp, hUp, count := gr.gUp, gr.hUp, gr.count
	for i, r := range rows {
		x := gr.gh[2*int(r) : 2*int(r)+2]
		dst[i] = pair{
			uint64(int64(float64(x[0]) * gUp)), // its steps are too fine for rounding to matter
			uint64(int64(float64(x[1])*hUp+0.5))<<count + 1,
		}
	}
}

// round rounds half away from zero.
func round(x float64) int64 { return int64(x + math.Copysign(0.5, x)) }

// sums is what a node's rows sum to.
type sums struct {
	g    uint64 // as in a pair; wraps like a signed number
	h    uint64 // of wide sums: hessians only
	rows int
}

// narrowSums returns the sums that a narrow bin holds.
func (s *scale) narrowSums(x uint64) sums {
	n := x & s.rowsMask
	return sums{uint64(int64(x) >> s.count), n, int(n)}
}

// wideSums returns the sums that a wide bin holds.
func (s *scale) wideSums(x pair) sums {
	return sums{x.g, x.h >> s.count, int(x.h & s.rowsMask)}
}

// gradient returns the sum of gradients.
func (s *scale) gradient(x sums) float64 { return float64(int64(x.g)) * s.gDown }

// hessian returns the sum of hessians.
func (s *scale) hessian(x sums) float64 { return float64(x.h) * s.hDown }

func (x sums) plus(o sums) sums  { return sums{x.g + o.g, x.h + o.h, x.rows + o.rows} }
func (x sums) minus(o sums) sums { return sums{x.g - o.g, x.h - o.h, x.rows - o.rows} }
