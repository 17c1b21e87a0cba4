package boost

import (
	"math"

	"clicktrain/internal/numeric"
)

// twoClass is the log loss of two classes; the prediction is the logit of class 1.
type twoClass struct{ target }

func (l *twoClass) constant() bool { return false }

func (l *twoClass) start(rows []uint32) []float64 {
	const eps = 10 * 0x1p-52
	p := min(max(l.mean(rows), eps), 1-eps)
	return []float64{math.Log(p / (1 - p))}
}

// expRows is how many rows' exponentials are taken together.
const expRows = 256

func (l *twoClass) derive(dst []gradients, raw [][]float64, lo, hi int) []size {
	var s size
	var buffer [expRows]float64
	for ; lo < hi; lo += expRows {
		n := min(expRows, hi-lo)
		x, y, gh, e := raw[0][lo:lo+n], l.y[lo:lo+n], dst[0].gh[2*lo:2*(lo+n)], buffer[:n]
		for i, v := range x {
			e[i] = -v
		}
		numeric.ExpTo(e, e)
		for i, v := range x {
			var g, h float64
			if v > -37 { // below, exp(-v) would drown 1
				p := 1 / (1 + e[i])
				g = p * ((1 - y[i]) - float64(y[i]*e[i]))
				h = float64(p*p) * e[i]
			} else {
				h = math.Exp(v)
				g = h - y[i]
			}
			if l.weights != nil {
				w := l.weights[lo+i]
				g, h = w*g, w*h
			}
			gh[2*i], gh[2*i+1] = float32(g), float32(h)
			s.g += math.Abs(g)
			s.h += h
		}
	}
	return []size{s}
}

func (l *twoClass) loss(raw [][]float64, rows []uint32) (loss, weight float64) {
	return l.total(raw, rows, func(y, x float64) float64 { return softplus(x) - y*x })
}

// softplus returns log(1 + exp(x)).
func softplus(x float64) float64 {
	if x > 0 {
		return x + math.Log1p(math.Exp(-x))
	}
	return math.Log1p(math.Exp(x))
}

// logistic returns 1/(1 + exp(-x)).
func logistic(x float64) float64 {
	if x < 0 {
		e := math.Exp(x)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(-x))
}

// multiclass is the log loss of k classes; the predictions are the logarithms
// of their probabilities, up to a constant.
type multiclass struct {
	target
	classes int
}

func (l *multiclass) constant() bool { return false }

func (l *multiclass) start(rows []uint32) []float64 {
	const eps = 0x1p-52
	out := make([]float64, l.classes)
	var weight float64
	for _, r := range rows {
		w := l.weight(r)
		out[int(l.y[r])] += w
		weight += w
	}
	var center float64
	for k := range out {
		out[k] = math.Log(min(max(out[k]/weight, eps), 1-eps))
		center += out[k] / float64(l.classes)
	}
	for k := range out {
		out[k] -= center
	}
	return out
}

func (l *multiclass) derive(dst []gradients, raw [][]float64, lo, hi int) []size {
	sizes := make([]size, l.classes)
	rows := min(max(16*expRows/l.classes, 16), expRows)
	var room [18 * expRows]float64 // enough up to 256 classes
	buffer := room[:]
	if need := (2 + l.classes) * rows; need > len(buffer) {
		buffer = make([]float64, need)
	}
	for ; lo < hi; lo += rows {
		n := min(rows, hi-lo)
		sums, e := l.exponentials(raw, lo, n, buffer)
		for k := range sizes {
			gh, s := dst[k].gh[2*lo:2*(lo+n)], &sizes[k]
			y, e := l.y[lo:lo+n], e[k*n:k*n+n]
			for i, sum := range sums {
				share := e[i] / sum
				g, h := share, float64(share*(1-share))
				if y[i] == float64(k) {
					g--
				}
				if l.weights != nil {
					w := l.weights[lo+i]
					g, h = w*g, w*h
				}
				gh[2*i], gh[2*i+1] = float32(g), float32(h)
				s.g += math.Abs(g)
				s.h += h
			}
		}
	}
	return sizes
}

// exponentials returns exp(x - max x) for the predictions x of n rows from lo
// on, class by class, and each row's sum of them. Both are parts of the buffer.
func (l *multiclass) exponentials(raw [][]float64, lo, n int, buffer []float64) (sums, e []float64) {
	most := buffer[:n]
	sums, e = buffer[n:2*n], buffer[2*n:(2+l.classes)*n]
	copy(most, raw[0][lo:])
	for _, x := range raw[1:] {
		for i, v := range x[lo : lo+n] {
			most[i] = max(most[i], v)
		}
	}
	for k, x := range raw {
		of := e[k*n : k*n+n]
		for i, v := range x[lo : lo+n] {
			of[i] = v - most[i]
		}
	}
	numeric.ExpTo(e, e)
	clear(sums)
	for k := range raw {
		for i, v := range e[k*n : k*n+n] {
			sums[i] += v
		}
	}
	return sums, e
}

func (l *multiclass) loss(raw [][]float64, rows []uint32) (loss, weight float64) {
	p := make([]float64, l.classes)
	for _, r := range rows {
		most := math.Inf(-1)
		for k := range p {
			p[k] = raw[k][r]
			most = max(most, p[k])
		}
		w := l.weight(r)
		loss += w * (math.Log(exponentials(p)) + most - raw[int(l.y[r])][r])
		weight += w
	}
	return loss, weight
}

// exponentials replaces each of x by exp(x - max x) and returns their sum.
func exponentials(x []float64) float64 {
	most := x[0]
	for _, v := range x[1:] {
		most = max(most, v)
	}
	sum := 0.0
	for k, v := range x {
		x[k] = math.Exp(v - most)
		sum += x[k]
	}
	return sum
}
