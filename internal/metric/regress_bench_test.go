package metric

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func BenchmarkRegress(b *testing.B) {
	for _, n := range []int{20_000, 200_000} {
		rng := rand.New(rand.NewPCG(1, 2))
		truth, predicted := make([]float64, n), make([]float64, n)
		for i := range truth {
			truth[i] = 50 + 10*rng.NormFloat64()
			predicted[i] = truth[i] + rng.NormFloat64()
		}
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			for b.Loop() {
				Regress(truth, predicted, 20)
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
