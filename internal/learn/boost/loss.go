package boost

import "math"

// objective is a loss with the targets it is taken of. Row i's prediction for
// tree k of a round is raw[k][i], on the scale where trees add up.
type objective interface {
	// start returns the best constant prediction of the given rows, one number
	// for each tree of a round.
	start(rows []uint32) []float64
	// derive writes the derivatives of rows lo to hi, and returns the sums of
	// their absolute values for each tree.
	derive(dst []gradients, raw [][]float64, lo, hi int) []size
	// loss returns the sums of weighted losses and of weights of the rows.
	loss(raw [][]float64, rows []uint32) (loss, weight float64)
	// constant reports whether all hessians are 1.
	constant() bool
}

// size is how large derivatives are together.
type size struct{ g, h float64 }

// renewer is an objective whose leaves predict something else than a Newton
// step: it returns the best constant change for the given rows.
type renewer interface {
	renew(raw []float64, rows []uint32, scratch []float64) float64
}

// target is what losses of one number share.
type target struct {
	y       []float64
	weights []float64 // nil counts every row once
}

func (t *target) constant() bool { return t.weights == nil }

func (t *target) weight(i uint32) float64 {
	if t.weights == nil {
		return 1
	}
	return t.weights[i]
}

// mean returns the weighted mean of the targets.
func (t *target) mean(rows []uint32) float64 {
	var sum, weight float64
	for _, r := range rows {
		w := t.weight(r)
		sum += w * t.y[r]
		weight += w
	}
	return sum / weight
}

// each derives rows by f, which returns the derivatives for one row.
func (t *target) each(dst []gradients, raw [][]float64, lo, hi int, f func(y, raw float64) (g, h float64)) []size {
	d, x := &dst[0], raw[0]
	var s size
	for i := lo; i < hi; i++ {
		g, h := f(t.y[i], x[i])
		if t.weights != nil {
			g, h = t.weights[i]*g, t.weights[i]*h
		}
		d.set(i, g, h)
		s.g += math.Abs(g)
		s.h += h
	}
	return []size{s}
}

// total sums the losses that f returns of single rows.
func (t *target) total(raw [][]float64, rows []uint32, f func(y, raw float64) float64) (loss, weight float64) {
	for _, r := range rows {
		w := t.weight(r)
		loss += w * f(t.y[r], raw[0][r])
		weight += w
	}
	return loss, weight
}

// set writes the derivatives of one row.
func (gr *gradients) set(i int, g, h float64) {
	if gr.isWide {
		gr.gh[2*i], gr.gh[2*i+1] = float32(g), float32(h)
	} else {
		gr.g[i] = float32(g)
	}
}

// squared is ½(y-x)².
type squared struct{ target }

func (l *squared) start(rows []uint32) []float64 { return []float64{l.mean(rows)} }

func (l *squared) derive(dst []gradients, raw [][]float64, lo, hi int) []size {
	if l.weights != nil {
		return l.each(dst, raw, lo, hi, func(y, x float64) (g, h float64) { return x - y, 1 })
	}
	var s size
	g, y, x := dst[0].g[lo:hi], l.y[lo:hi], raw[0][lo:hi]
	for i := range g {
		d := x[i] - y[i]
		g[i] = float32(d)
		s.g += math.Abs(d)
	}
	return []size{s}
}

func (l *squared) loss(raw [][]float64, rows []uint32) (loss, weight float64) {
	return l.total(raw, rows, func(y, x float64) float64 { return 0.5 * (x - y) * (x - y) })
}

// pinball is the loss of a quantile q: q·(y-x) above, and (1-q)·(x-y) below.
// The absolute error is twice that of the median.
type pinball struct {
	target
	q        float64
	absolute bool
}

func (l *pinball) start(rows []uint32) []float64 {
	return []float64{l.renew(make([]float64, len(l.y)), rows, make([]float64, len(rows)))}
}

func (l *pinball) derive(dst []gradients, raw [][]float64, lo, hi int) []size {
	above, below := -l.q, 1-l.q
	if l.absolute {
		return l.each(dst, raw, lo, hi, func(y, x float64) (g, h float64) {
			if x > y {
				return 1, 1
			}
			return -1, 1
		})
	}
	return l.each(dst, raw, lo, hi, func(y, x float64) (g, h float64) {
		if y >= x {
			return above, 1
		}
		return below, 1
	})
}

func (l *pinball) loss(raw [][]float64, rows []uint32) (loss, weight float64) {
	return l.total(raw, rows, func(y, x float64) float64 {
		switch {
		case l.absolute:
			return math.Abs(x - y)
		case y >= x:
			return l.q * (y - x)
		}
		return (1 - l.q) * (x - y)
	})
}

// renew returns the quantile of what is left to predict.
func (l *pinball) renew(raw []float64, rows []uint32, scratch []float64) float64 {
	if l.weights != nil {
		left := make([]weighted, 0, len(rows))
		for _, r := range rows {
			left = append(left, weighted{l.y[r] - raw[r], l.weights[r]})
		}
		return weightedQuantile(left, 100*l.q/100)
	}
	left := scratch[:0]
	for _, r := range rows {
		left = append(left, l.y[r]-raw[r])
	}
	if l.absolute {
		return median(left)
	}
	return quantile(left, 100*l.q/100)
}

// poisson is half the deviance of counts, exp(x) - y·x: the prediction is exp(x).
type poisson struct{ target }

func (l *poisson) constant() bool { return false }

func (l *poisson) start(rows []uint32) []float64 { return []float64{logOf(l.mean(rows))} }

func (l *poisson) derive(dst []gradients, raw [][]float64, lo, hi int) []size {
	return l.each(dst, raw, lo, hi, func(y, x float64) (g, h float64) {
		e := math.Exp(x)
		return e - y, e
	})
}

func (l *poisson) loss(raw [][]float64, rows []uint32) (loss, weight float64) {
	return l.total(raw, rows, func(y, x float64) float64 { return math.Exp(x) - y*x })
}

// gamma is half the deviance of amounts above 0, x + y·exp(-x).
type gamma struct{ target }

func (l *gamma) constant() bool { return false }

func (l *gamma) start(rows []uint32) []float64 { return []float64{logOf(l.mean(rows))} }

func (l *gamma) derive(dst []gradients, raw [][]float64, lo, hi int) []size {
	return l.each(dst, raw, lo, hi, func(y, x float64) (g, h float64) {
		e := math.Exp(-x)
		return 1 - float64(y*e), y * e
	})
}

func (l *gamma) loss(raw [][]float64, rows []uint32) (loss, weight float64) {
	return l.total(raw, rows, func(y, x float64) float64 { return x + y*math.Exp(-x) })
}

// logOf returns the logarithm of a mean above 0, bounded as scikit-learn does.
func logOf(mean float64) float64 { return math.Log(max(mean, 10*0x1p-52)) }
