package boost

import "math"

// twoClass is the log loss of two classes; the prediction is the logit of class 1.
type twoClass struct{ target }

func (l *twoClass) constant() bool { return false }

func (l *twoClass) start(rows []uint32) []float64 {
	const eps = 10 * 0x1p-52
	p := min(max(l.mean(rows), eps), 1-eps)
	return []float64{math.Log(p / (1 - p))}
}

func (l *twoClass) derive(dst []gradients, raw [][]float64, lo, hi int) []size {
	var s size
	x, y, gh := raw[0][lo:hi], l.y[lo:hi], dst[0].gh[2*lo:2*hi]
	for i, v := range x {
		var g, h float64
		if v > -37 { // below, exp(-v) would drown 1
			e := math.Exp(-v)
			p := 1 / (1 + e)
			g = p * ((1 - y[i]) - float64(y[i]*e))
			h = float64(p*p) * e
		} else {
			h = math.Exp(v)
			g = h - y[i]
		}
		if l.weights != nil {
			g, h = l.weights[lo+i]*g, l.weights[lo+i]*h
		}
		gh[2*i], gh[2*i+1] = float32(g), float32(h)
		s.g += math.Abs(g)
		s.h += h
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
	s, p := make([]size, l.classes), make([]float64, l.classes)
	for i := lo; i < hi; i++ {
		for k := range p {
			p[k] = raw[k][i]
		}
		sum := exponentials(p)
		class, w := int(l.y[i]), l.weight(uint32(i))
		for k, e := range p {
			share := e / sum
			g := share
			if k == class {
				g--
			}
			g, h := w*g, w*float64(share*(1-share))
			dst[k].gh[2*i], dst[k].gh[2*i+1] = float32(g), float32(h)
			s[k].g += math.Abs(g)
			s[k].h += h
		}
	}
	return s
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
