package linear

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// scores is a tile's rows as the objective sees them.
type scores struct {
	o *objective
	p [][]float64 // scores, and after losses probabilities, by row of weights
	r [][]float64 // derivatives of the loss by score
	v [][]float64 // scores of a direction, where asked for
	w []float64   // weights of a pair of classes

	mean []float64 // of each row's scores
}

func (o *objective) newScores(direction bool) *scores {
	s := &scores{o: o, w: make([]float64, tileRows), mean: make([]float64, tileRows)}
	for range o.outputs {
		s.p = append(s.p, make([]float64, tileRows))
		s.r = append(s.r, make([]float64, tileRows))
		if direction {
			s.v = append(s.v, make([]float64, tileRows))
		}
	}
	return s
}

// scores sets p to Zθ.
func (s *scores) scores(t *tile, theta []float64) {
	for c := range s.p {
		s.o.spread(s.p[c][:t.n], t, theta[c*s.o.cols:][:s.o.cols])
	}
}

// maxKept bounds the probabilities that are kept of a point.
const maxKept = 8 << 20

// keep copies the tile's probabilities to the point, if it has room for them.
func (s *scores) keep(t *tile, at *point) {
	if at.p == nil {
		return
	}
	for c, p := range s.p {
		copy(at.p[c*s.o.rows+t.lo:], p[:t.n])
	}
}

// recall sets p to the tile's probabilities at the point.
func (s *scores) recall(t *tile, at *point) {
	if at.p == nil {
		s.scores(t, at.theta)
		s.losses(t)
		return
	}
	for c := range s.p {
		s.p[c] = at.p[c*s.o.rows+t.lo:][:t.n]
	}
}

// losses turns p from scores to probabilities, sets r, and returns the weighted
// sum of the rows' losses. Of squared losses p is 1 for a row that has one, and
// 0 for others.
func (s *scores) losses(t *tile) float64 {
	y := s.o.y[t.lo:][:t.n]
	switch {
	case s.o.loss == squaredHinge:
		return s.squaredHinge(y, t.w)
	case s.o.loss == squaredTube:
		return s.squaredTube(y, t.w)
	case len(s.p) == 1:
		return s.binary(y, t.w)
	}
	return s.multinomial(y, t.w)
}

// bend returns the second derivative of a row's loss from what losses left of
// its score.
func (s *scores) bend(p float64) float64 {
	if s.o.loss == logLoss {
		return p * (1 - p)
	}
	return 2 * p
}

// squaredHinge has the loss max(0, 1-d)² of a score d, or where y is 0 of -d.
func (s *scores) squaredHinge(y, w []float64) float64 {
	loss, p, r := 0.0, s.p[0], s.r[0]
	for i, y := range y {
		sign := 2*y - 1
		short := max(0, 1-sign*p[i])
		p[i], r[i] = 0, -2*sign*short
		if short > 0 {
			p[i] = 1
		}
		if w != nil {
			r[i] *= w[i]
			short *= math.Sqrt(w[i])
		}
		loss += short * short
	}
	return loss
}

// squaredTube has the loss max(0, |d-y|-ε)² of a score d.
func (s *scores) squaredTube(y, w []float64) float64 {
	loss, p, r := 0.0, s.p[0], s.r[0]
	for i, y := range y {
		off := p[i] - y
		out := max(0, math.Abs(off)-s.o.epsilon)
		p[i], r[i] = 0, 2*math.Copysign(out, off)
		if out > 0 {
			p[i] = 1
		}
		if w != nil {
			r[i] *= w[i]
			out *= math.Sqrt(w[i])
		}
		loss += out * out
	}
	return loss
}

// binary has the loss log(1+e^d) - yd of a score d.
func (s *scores) binary(y, w []float64) float64 {
	loss, p, r := 0.0, s.p[0], s.r[0]
	product := 1.0 // of all 1+e, each at most 2: one logarithm will do
	for i, y := range y {
		d := p[i]
		e := math.Exp(-math.Abs(d))
		own := max(d, 0) - y*d
		p[i] = 1 / (1 + e)
		if d < 0 {
			p[i] *= e
		}
		r[i] = p[i] - y
		if w != nil {
			own = w[i] * (own + math.Log1p(e))
			r[i] *= w[i]
		} else {
			product *= 1 + e
		}
		loss += own
	}
	return loss + math.Log(product)
}

// multinomial has the loss log Σe^d - d_y of the scores d.
func (s *scores) multinomial(y, w []float64) float64 {
	n := len(y)
	most, sum := s.mean[:n], s.w[:n]
	copy(most, s.p[0])
	for _, p := range s.p[1:] {
		for i, d := range p[:n] {
			if d > most[i] {
				most[i] = d
			}
		}
	}
	loss := 0.0
	for i, y := range y {
		own := most[i] - s.p[int(y)][i]
		if w != nil {
			own *= w[i]
		}
		loss += own
	}
	clear(sum)
	for _, p := range s.p {
		p = p[:n]
		for i, d := range p {
			p[i] = math.Exp(d - most[i])
			sum[i] += p[i]
		}
	}
	for i, v := range sum {
		own := math.Log(v)
		if w != nil {
			own *= w[i]
		}
		loss += own
	}
	for c, p := range s.p {
		r := s.r[c][:n]
		for i := range r {
			p[i] /= sum[i]
			r[i] = p[i]
		}
	}
	for i, y := range y {
		s.r[int(y)][i]--
	}
	if w != nil {
		for _, r := range s.r {
			floats.Mul(r[:n], w)
		}
	}
	return loss
}

// weights returns the second derivatives of the rows' losses, weighted, by the
// scores of the classes a and b.
func (s *scores) weights(t *tile, a, b int) []float64 {
	w := s.w[:t.n]
	pa, pb := s.p[a][:t.n], s.p[b][:t.n]
	switch {
	case a == b:
		for i, p := range pa {
			w[i] = s.bend(p)
		}
	default:
		for i, p := range pa {
			w[i] = -p * pb[i]
		}
	}
	if t.w != nil {
		floats.Mul(w, t.w)
	}
	return w
}

// turn sets r to the second derivatives of the weighted losses times the scores of the
// direction v.
func (s *scores) turn(t *tile, v []float64) {
	q := s.o.cols
	for c := range s.v {
		s.o.spread(s.v[c][:t.n], t, v[c*q:][:q])
	}
	if len(s.p) == 1 {
		for i, p := range s.p[0][:t.n] {
			s.r[0][i] = s.bend(p) * s.v[0][i]
		}
	} else {
		s.turnAll(t.n)
	}
	if t.w != nil {
		for _, r := range s.r {
			floats.Mul(r[:t.n], t.w)
		}
	}
}

// turnAll is turn for the softmax.
func (s *scores) turnAll(n int) {
	mean := s.mean[:n]
	clear(mean)
	for c, p := range s.p {
		v := s.v[c][:n]
		for i, p := range p[:n] {
			mean[i] += p * v[i]
		}
	}
	for c, p := range s.p {
		v, r := s.v[c][:n], s.r[c][:n]
		for i, p := range p[:n] {
			r[i] = p * (v[i] - mean[i])
		}
	}
}

// projectAll adds Zᵀr to dst for each row of weights.
func (s *scores) projectAll(dst []float64, t *tile) {
	q := s.o.cols
	for c := range s.r {
		s.o.project(dst[c*q:][:q], t, s.r[c][:t.n])
	}
}
