package chart

import "math"

// maxVertices is the most corners of one curve.
const maxVertices = 1200

// gapStep is the step in pixels from which on gaps are bridged: there are too
// many to be seen.
const gapStep = 4

// thin returns the curve in pixels with NaN where it breaks. Of the points in
// one step of half a pixel it keeps the first, the lowest, the highest and the
// last, so that no visible peak is lost; the step grows until at most 1,200
// corners are left.
func thin(a area, u Curve) (xs, ys []float64) {
	for step := 0.5; ; step *= 2 {
		xs, ys = xs[:0], ys[:0]
		if step == gapStep {
			u.X, u.Y = finitePairs(u.X, u.Y)
		}
		for i := 0; i < len(u.X); {
			if !finite(u.X[i]) || !finite(u.Y[i]) {
				if len(xs) > 0 && !math.IsNaN(xs[len(xs)-1]) {
					xs, ys = append(xs, math.NaN()), append(ys, math.NaN())
				}
				i++
				continue
			}
			n := a.sameStep(u, i, step)
			for _, k := range corners(u.Y[i : i+n]) {
				xs, ys = append(xs, a.px(u.X[i+k])), append(ys, a.py(u.Y[i+k]))
			}
			i += n
		}
		if len(xs) <= maxVertices || step > 1e4 {
			return xs, ys
		}
	}
}

// sameStep returns how many points from i on are finite and share i's step.
func (a area) sameStep(u Curve, i int, step float64) int {
	at := math.Floor(a.px(u.X[i]) / step)
	n := 1
	for k := i + 1; k < len(u.X); k++ {
		if !finite(u.X[k]) || !finite(u.Y[k]) || math.Floor(a.px(u.X[k])/step) != at {
			break
		}
		n++
	}
	return n
}

// corners returns the indices of the first, least, greatest and last of ys
// in order and without repeats.
func corners(ys []float64) []int {
	lo, hi := 0, 0
	for i, y := range ys {
		if y < ys[lo] {
			lo = i
		}
		if y > ys[hi] {
			hi = i
		}
	}
	var out []int
	for _, i := range []int{0, min(lo, hi), max(lo, hi), len(ys) - 1} {
		if len(out) == 0 || i > out[len(out)-1] {
			out = append(out, i)
		}
	}
	return out
}
