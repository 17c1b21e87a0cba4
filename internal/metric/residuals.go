package metric

import (
	"math"

	"clicktrain/internal/learn"
)

// chunk is how many rows are summed up at a time. Each chunk's sums stand by
// themselves and are then added in order, so that the scores are the same
// however many processors work at it.
const chunk = 1 << 13

// residuals holds the sums that the scores are made of.
type residuals struct {
	n                      int
	sizes                  []float64 // |predicted − truth|
	first                  firstSums
	rest                   restSums
	mean, bias             float64 // of truth, and of truth − predicted
	middle                 float64 // the median of truth
	middleSize             float64 // the median of sizes
	truthSame, predictSame bool    // all are the same
}

// firstSums are sums over the rows that need no other sum.
type firstSums struct {
	truth, predicted, error float64
	size, squared, max      float64 // of |error|
	share                   float64 // Σ |error| / |truth|
	mutual                  float64 // Σ 2·|error| / (|truth| + |predicted|)
	logs                    float64 // Σ (ln(1+truth) − ln(1+predicted))²
	zeros                   int     // rows whose true value is 0
	noLog                   bool    // a value has no ln(1 + value)
	truths, predictions     bool    // not all the same as the first row's
}

// restSums are sums over the rows of distances from the means and the median.
type restSums struct {
	centered  float64 // Σ (error − mean error)²
	spread    float64 // Σ (truth − mean)²
	predicted float64 // Σ (predicted − mean)²
	both      float64 // Σ (truth − mean)·(predicted − mean)
	fromMean  float64 // Σ |truth − mean|
	fromMid   float64 // Σ |truth − median|
}

// newResiduals sums up n > 0 rows, in two passes and two searches for a median.
func newResiduals(truth, predicted []float64) residuals {
	n := len(truth)
	e := residuals{n: n, sizes: make([]float64, n)}
	first := make([]firstSums, (n+chunk-1)/chunk)
	each(n, chunk, func(lo, hi int) {
		first[lo/chunk] = sumFirst(truth[lo:hi], predicted[lo:hi], e.sizes[lo:hi], truth[0], predicted[0])
	})
	for i := range first {
		e.first.add(&first[i])
	}
	e.truthSame, e.predictSame = !e.first.truths, !e.first.predictions
	e.mean, e.bias = e.first.truth/float64(n), e.first.error/float64(n)
	each(2, 1, func(k, _ int) {
		if k == 0 {
			e.middle = median(truth)
		} else {
			e.middleSize = median(e.sizes)
		}
	})
	rest := make([]restSums, len(first))
	each(n, chunk, func(lo, hi int) {
		rest[lo/chunk] = e.sumRest(truth[lo:hi], predicted[lo:hi])
	})
	for i := range rest {
		e.rest.add(&rest[i])
	}
	return e
}

// each calls do for the rows 0 to n in runs of size, on all processors.
func each(n, size int, do func(lo, hi int)) {
	learn.Chunks(n, size, func() func(lo, hi int) { return do })
}

// sumFirst sums up some rows and writes the sizes of their errors. truth0 and
// predicted0 are the first row's of all.
func sumFirst(truth, predicted, sizes []float64, truth0, predicted0 float64) firstSums {
	var s firstSums
	predicted, sizes = predicted[:len(truth)], sizes[:len(truth)]
	for i, y := range truth {
		p := predicted[i]
		d := y - p
		size := math.Abs(d)
		sizes[i] = size
		s.truth += y
		s.predicted += p
		s.error += d
		s.size += size
		s.squared += d * d
		s.max = max(s.max, size)
		s.truths = s.truths || y != truth0
		s.predictions = s.predictions || p != predicted0
		if y == 0 {
			s.zeros++
		}
		a := math.Abs(y)
		s.share += size / a
		if down := a + math.Abs(p); down > 0 {
			s.mutual += 2 * size / down
		}
		if !(y > -1) || !(p > -1) {
			s.noLog = true
		} else if !s.noLog {
			l := logRatio(y, p)
			s.logs += l * l
		}
	}
	return s
}

// logRatio returns ln(1+y) − ln(1+p). Where these are near each other one
// logarithm is as exact as two: that of 1 + (y−p)/(1+p).
func logRatio(y, p float64) float64 {
	if q := (y - p) / (1 + p); math.Abs(q) <= 0.5 {
		return math.Log1p(q)
	}
	return math.Log1p(y) - math.Log1p(p)
}

func (s *firstSums) add(t *firstSums) {
	s.truth += t.truth
	s.predicted += t.predicted
	s.error += t.error
	s.size += t.size
	s.squared += t.squared
	s.max = max(s.max, t.max)
	s.share += t.share
	s.mutual += t.mutual
	s.logs += t.logs
	s.zeros += t.zeros
	s.noLog = s.noLog || t.noLog
	s.truths = s.truths || t.truths
	s.predictions = s.predictions || t.predictions
}

// sumRest sums up some rows once the means and the median are known.
func (e *residuals) sumRest(truth, predicted []float64) restSums {
	var s restSums
	predicted = predicted[:len(truth)]
	mean, bias, middle := e.mean, e.bias, e.middle
	meanPredicted := e.first.predicted / float64(e.n)
	for i, y := range truth {
		p := predicted[i]
		d, a, b := y-p-bias, y-mean, p-meanPredicted
		s.centered += d * d
		s.spread += a * a
		s.predicted += b * b
		s.both += a * b
		s.fromMean += math.Abs(a)
		s.fromMid += math.Abs(y - middle)
	}
	return s
}

func (s *restSums) add(t *restSums) {
	s.centered += t.centered
	s.spread += t.spread
	s.predicted += t.predicted
	s.both += t.both
	s.fromMean += t.fromMean
	s.fromMid += t.fromMid
}
