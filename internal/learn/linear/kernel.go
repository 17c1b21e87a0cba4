package linear

import "gonum.org/v1/gonum/floats"

// spread writes Zθ for the tile's rows into dst: θ has one weight for each
// column of the design.
func (d *design) spread(dst []float64, t *tile, theta []float64) {
	clear(dst)
	for j, z := range t.z {
		if theta[j] != 0 {
			floats.AddScaled(dst, theta[j], z)
		}
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

// project adds Zᵀr to dst, one number for each column of the design.
func (d *design) project(dst []float64, t *tile, r []float64) {
	for j, z := range t.z {
		dst[j] += floats.Dot(z, r)
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

// gramScratch is what gram needs beside its tile.
type gramScratch struct {
	zw  [][]float64 // number columns times weights
	buf []float64
}

func (d *design) newGramScratch() *gramScratch {
	return &gramScratch{make([][]float64, len(d.number)), make([]float64, len(d.number)*tileRows)}
}

// gram adds ZᵀWZ to the q×q matrix dst, W being the diagonal of the weights w,
// or 1 where w is nil. Only the upper triangle is touched.
func (d *design) gram(dst []float64, t *tile, w []float64, s *gramScratch) {
	zw := t.z
	if w != nil {
		zw = s.zw
		for j, z := range t.z {
			zw[j] = s.buf[j*tileRows:][:t.n]
			floats.MulTo(zw[j], z, w)
		}
	}
	q := d.cols
	for a := range zw {
		row := dst[a*q:][:q]
		for b := a; b < len(zw); b++ {
			row[b] += floats.Dot(zw[a], t.z[b])
		}
	}
	for k, g := range d.groups {
		d.gramNumbers(dst[g.first:], zw, g.codes[t.lo:][:t.n])
		for _, h := range d.groups[k+1:] {
			gramPair(dst[g.first*q+h.first:], q, g.codes[t.lo:][:t.n], h.codes[t.lo:][:t.n], w)
		}
		gramSelf(dst[g.first*q+g.first:], q, g.codes[t.lo:][:t.n], w)
	}
}

// gramNumbers adds the number columns' sums within each level of a group; dst
// starts at the group's first column. Four columns share each look at a code.
func (d *design) gramNumbers(dst []float64, zw [][]float64, codes []int32) {
	q := d.cols
	j := 0
	for ; j+4 <= len(zw); j += 4 {
		z0, z1, z2, z3 := zw[j][:len(codes)], zw[j+1][:len(codes)], zw[j+2][:len(codes)], zw[j+3][:len(codes)]
		g0, g1, g2, g3 := dst[j*q:], dst[(j+1)*q:], dst[(j+2)*q:], dst[(j+3)*q:]
		for i, c := range codes {
			if c < 0 {
				continue
			}
			g0[c] += z0[i]
			g1[c] += z1[i]
			g2[c] += z2[i]
			g3[c] += z3[i]
		}
	}
	for ; j < len(zw); j++ {
		z, g := zw[j][:len(codes)], dst[j*q:]
		for i, c := range codes {
			if c >= 0 {
				g[c] += z[i]
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
