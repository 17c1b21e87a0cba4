package boost_test

import (
	"fmt"
	"testing"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/boost"
	"clicktrain/internal/learn/learntest"
)

func BenchmarkFit(b *testing.B) {
	const rounds = 20
	for _, size := range []struct{ rows, cols int }{{1_000, 10}, {100_000, 20}, {800_000, 20}} {
		for name, d := range map[string]learn.Data{
			"two":     learntest.Blobs(1, size.rows, size.cols, 2),
			"five":    learntest.Blobs(1, size.rows, size.cols, 5),
			"numbers": learntest.Friedman(1, size.rows, size.cols),
		} {
			b.Run(fmt.Sprintf("%s/rows=%d/cols=%d", name, size.rows, size.cols), func(b *testing.B) {
				d.Workers = 2
				b.ReportAllocs()
				for b.Loop() {
					learntest.Fit(b, boost.Learner, d, map[string]any{"max_iter": rounds, "early_stopping": "no"})
				}
				b.ReportMetric(rounds*float64(size.rows)*float64(b.N)/b.Elapsed().Seconds(), "rows·rounds/s")
			})
		}
	}
}

func BenchmarkPredict(b *testing.B) {
	d := learntest.Friedman(1, 20_000, 20)
	d.Workers = 2
	m := learntest.Fit(b, boost.Learner, d, map[string]any{"early_stopping": "no"})
	for _, rows := range []int{1, 20_000} {
		X := d.X
		if rows == 1 {
			X = d.X.Take([]int{7})
		}
		dst := make([]float64, rows)
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Predict(X, dst)
			}
			b.ReportMetric(100*float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows·trees/s")
		})
	}
}
