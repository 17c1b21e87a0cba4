package metric

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"clicktrain/internal/learn"
)

// How much is drawn (Efron 1979): 1000 times the rows, as long as these are so
// few that no formula is as good.
const (
	draws         = 1000
	bootstrapRows = 5000   // of scores that are means: above it they are normal
	rankedRows    = 20_000 // of scores that rank rows
	drawsAtOnce   = 25     // draws that share a stream of the seed
)

// Streams of the seed that the draws of each kind take, apart from those of
// the split and the learners.
const (
	cellStream = 1<<41 + iota<<32
	lossStream
	rankStream
	errorStream
	pairStream
)

// drawn holds what each of n draws gave for some scores: of[score] is sorted,
// without those that a draw left undefined.
type drawn struct {
	n  int
	of [][]float64
}

// resample calls a draw n times and keeps what it writes into out, which has
// room for width scores; NaN is undefined. start is called once for each worker.
// The draws depend on the seed and the stream alone, not on how many work.
func resample(seed, stream uint64, n, width int, start func() func(rng *rand.PCG, out []float64)) drawn {
	flat := make([]float64, n*width)
	learn.Chunks(n, drawsAtOnce, func() func(lo, hi int) {
		draw := start()
		return func(lo, hi int) {
			rng := rand.NewPCG(seed, stream+uint64(lo))
			for i := lo; i < hi; i++ {
				draw(rng, flat[i*width:(i+1)*width])
			}
		}
	})
	out := drawn{n, make([][]float64, width)}
	for j := range out.of {
		for i := range n {
			if x := flat[i*width+j]; !math.IsNaN(x) && !math.IsInf(x, 0) {
				out.of[j] = append(out.of[j], x)
			}
		}
		slices.Sort(out.of[j])
	}
	return out
}

// interval returns the percentile interval of a score. rows is how many rows,
// in the smallest part that is drawn from by itself, the score hangs on: few
// rows vary less in draws than in truth, which wider percentiles make up for
// (Hesterberg 2015, the expanded percentile interval). It is false where fewer
// than half of the draws have the score, or none differs.
func (d drawn) interval(score, rows int) (Interval, bool) {
	x := d.of[score]
	if 2*len(x) < d.n || rows < 2 || x[0] == x[len(x)-1] {
		return Interval{}, false
	}
	n := float64(rows)
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile(0.975)
	tail := distuv.UnitNormal.CDF(-math.Sqrt(n/(n-1)) * t)
	return Interval{quantile(x, tail), quantile(x, 1-tail)}, true
}

// quantile interpolates linearly in sorted x.
func quantile(x []float64, q float64) float64 {
	at := q * float64(len(x)-1)
	i := int(at)
	if i+1 == len(x) {
		return x[i]
	}
	return x[i] + (at-float64(i))*(x[i+1]-x[i])
}

// pick calls take for n drawn places below n. A draw takes 32 bits: the bias is
// below n/2³².
func pick(rng *rand.PCG, n int, take func(at int)) {
	for range n / 2 {
		bits := rng.Uint64()
		take(int((bits & math.MaxUint32) * uint64(n) >> 32))
		take(int((bits >> 32) * uint64(n) >> 32))
	}
	if n%2 == 1 {
		take(int((rng.Uint64() >> 32) * uint64(n) >> 32))
	}
}
