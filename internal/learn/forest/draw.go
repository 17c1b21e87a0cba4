package forest

import (
	"math"
	"math/bits"
	"math/rand/v2"

	"clicktrain/internal/learn"
)

// rowWeights returns what each row counts before rows are drawn: nil if all
// count once.
func (s *settings) rowWeights(d learn.Data) []float64 {
	for i, w := range d.Weights {
		if w != 1 {
			break
		}
		if i == len(d.Weights)-1 {
			d.Weights = nil
		}
	}
	w := learn.Unweighted
	if s.classWeight == balanced || s.classWeight == subsample && !s.bootstrap {
		w = learn.Balanced
	}
	return w.Rows(d)
}

// whole returns weights as whole numbers; ok is false if they are not, or too
// large to be summed up as such.
func whole(weights []float64) (out []uint32, ok bool) {
	var sum float64
	for _, w := range weights {
		if w != math.Trunc(w) {
			return nil, false
		}
		sum += w
	}
	if sum >= 1<<31 {
		return nil, false
	}
	out = make([]uint32, len(weights))
	for i, w := range weights {
		out[i] = uint32(w)
	}
	return out, true
}

// urn draws rows with replacement, each as likely as it weighs.
type urn struct {
	rows  int
	keep  []float64 // of each row, the chance that it is taken where it is hit, and
	other []int32   // the row that is taken if not; nil where all weigh the same
}

// newUrn prepares drawing from n rows of the given weights; nil weighs all the
// same. It is Walker's alias method as Vose (1991) sets it up: O(n) once, O(1)
// a draw.
func newUrn(n int, weights []float64) *urn {
	u := &urn{rows: n}
	if weights == nil {
		return u
	}
	var greatest, sum float64
	var heaviest int32
	for i, w := range weights {
		if w > greatest {
			greatest, heaviest = w, int32(i)
		}
	}
	for _, w := range weights {
		sum += w / greatest
	}
	u.keep, u.other = make([]float64, n), make([]int32, n)
	var light, heavy []int32
	for i, w := range weights {
		u.keep[i], u.other[i] = w/greatest/sum*float64(n), heaviest
		if u.keep[i] < 1 {
			light = append(light, int32(i))
		} else {
			heavy = append(heavy, int32(i))
		}
	}
	for len(light) > 0 && len(heavy) > 0 {
		l, h := light[len(light)-1], heavy[len(heavy)-1]
		light = light[:len(light)-1]
		u.other[l] = h
		u.keep[h] -= 1 - u.keep[l]
		if u.keep[h] < 1 {
			heavy = heavy[:len(heavy)-1]
			light = append(light, h)
		}
	}
	for _, i := range append(light, heavy...) { // 1 but for rounding
		if weights[i] > 0 {
			u.keep[i] = 1
		}
	}
	return u
}

// draw draws m rows and counts how often each is drawn.
func (u *urn) draw(counts []uint32, m int, random *rand.PCG) {
	clear(counts)
	n := uint64(u.rows)
	for range m {
		i, rest := bits.Mul64(random.Uint64(), n)
		if u.keep != nil && float64(rest)/(1<<64) >= u.keep[i] {
			i = uint64(u.other[i])
		}
		counts[i]++
	}
}

// balance sets out to what each drawn row counts times the weight that makes
// the classes drawn count the same in all. classes has one number for each.
func balance(out []float64, counts []uint32, y []float64, classes []float64) {
	clear(classes)
	total, present := 0.0, 0.0
	for i, c := range counts {
		classes[int(y[i])] += float64(c)
		total += float64(c)
	}
	for _, c := range classes {
		if c > 0 {
			present++
		}
	}
	for i, c := range counts {
		out[i] = 0
		if c > 0 {
			out[i] = float64(c) * total / (present * classes[int(y[i])])
		}
	}
}
