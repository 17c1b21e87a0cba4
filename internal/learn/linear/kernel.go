package linear

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/numeric"
)

// spread writes Zθ for the tile's rows into dst: θ has one weight for each
// column of the design.
func (d *design) spread(dst []float64, t *tile, theta []float64) {
	base := 0.0
	for j := range d.number {
		factor, shift := d.number[j].unit()
		t.sums[j] = theta[j] * factor
		base -= theta[j] * shift
	}
	for i := range dst {
		dst[i] = base
	}
	if len(t.z) > 0 {
		blas64.Gemv(blas.Trans, 1, t.matrix(), vector(t.sums), 1, vector(dst))
	}
	for _, g := range d.groups {
		w := theta[g.first:][:g.width]
		for i, c := range g.codes[t.lo:][:t.n] {
			if c >= 0 {
				dst[i] += w[c]
			}
		}
	}
}

func vector(x []float64) blas64.Vector { return blas64.Vector{N: len(x), Inc: 1, Data: x} }

// project adds Zᵀr to dst, one number for each column of the design.
func (d *design) project(dst []float64, t *tile, r []float64) {
	if len(t.z) > 0 {
		blas64.Gemv(blas.NoTrans, 1, t.matrix(), vector(r), 0, vector(t.sums))
		total := floats.Sum(r)
		for j, sum := range t.sums {
			factor, shift := d.number[j].unit()
			dst[j] += factor*sum - shift*total
		}
	}
	for _, g := range d.groups {
		sum := dst[g.first:][:g.width]
		for i, c := range g.codes[t.lo:][:t.n] {
			if c >= 0 {
				sum[c] += r[i]
			}
		}
	}
}

// gram adds ZᵀWZ to the q×q matrix dst, W being the diagonal of the weights w,
// or 1 where w is nil. Only the upper triangle is touched.
func (d *design) gram(dst []float64, t *tile, w []float64, p *panels) {
	p.right(d, t)
	p.left(t, w)
	p.multiply(dst, d.cols, len(d.number))
	q := d.cols
	for k, g := range d.groups {
		d.gramNumbers(dst[g.first:], p, g.codes[t.lo:][:t.n])
		for _, h := range d.groups[k+1:] {
			gramPair(dst[g.first*q+h.first:], q, g.codes[t.lo:][:t.n], h.codes[t.lo:][:t.n], w)
		}
		gramSelf(dst[g.first*q+g.first:], q, g.codes[t.lo:][:t.n], w)
	}
}

// gramNumbers adds the number columns' weighted sums within each level of a
// group; dst starts at the group's first column.
func (d *design) gramNumbers(dst []float64, p *panels, codes []int32) {
	q, m := d.cols, len(d.number)
	for j := 0; j < m; j += numeric.TileRows {
		a := p.a[j/numeric.TileRows][:numeric.TileRows*len(codes)]
		if j+numeric.TileRows <= m {
			g0, g1, g2, g3 := dst[j*q:], dst[(j+1)*q:], dst[(j+2)*q:], dst[(j+3)*q:]
			for i, c := range codes {
				if c < 0 {
					continue
				}
				z := a[numeric.TileRows*i:][:numeric.TileRows]
				g0[c] += z[0]
				g1[c] += z[1]
				g2[c] += z[2]
				g3[c] += z[3]
			}
			continue
		}
		for k := j; k < m; k++ {
			g := dst[k*q:]
			for i, c := range codes {
				if c >= 0 {
					g[c] += a[numeric.TileRows*i+k-j]
				}
			}
		}
	}
}

// gramPair adds the weight of each pair of levels of two groups.
func gramPair(dst []float64, q int, a, b []int32, w []float64) {
	b = b[:len(a)]
	for i, c := range a {
		if c < 0 || b[i] < 0 {
			continue
		}
		if w == nil {
			dst[int(c)*q+int(b[i])]++
		} else {
			dst[int(c)*q+int(b[i])] += w[i]
		}
	}
}

// tally adds the weight of each level of a group.
func tally(dst []float64, codes []int32, w []float64) {
	for i, c := range codes {
		if c < 0 {
			continue
		}
		if w == nil {
			dst[c]++
		} else {
			dst[c] += w[i]
		}
	}
}

// gramSelf is tally into the diagonal of a q×q matrix.
func gramSelf(dst []float64, q int, codes []int32, w []float64) {
	for i, c := range codes {
		if c < 0 {
			continue
		}
		if w == nil {
			dst[int(c)*(q+1)]++
		} else {
			dst[int(c)*(q+1)] += w[i]
		}
	}
}
