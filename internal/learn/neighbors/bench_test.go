package neighbors_test

import (
	"fmt"
	"testing"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/learn/neighbors"
)

// BenchmarkPredict searches 80,000 rows for the neighbors of 20,000: with a
// tree for 4 columns, with blocks for 20, of normal numbers and of a table
// with one-hot groups.
func BenchmarkPredict(b *testing.B) {
	for name, d := range map[string]learn.Data{
		"cols=4":        learntest.Mixed(1, 100_000, 4, nil, 2),
		"cols=20":       learntest.Mixed(1, 100_000, 20, nil, 2),
		"cols=92 mixed": learntest.Mixed(1, 100_000, 16, []int{3, 8, 25, 40}, 2),
	} {
		rows := make([]int, 100_000)
		for i := range rows {
			rows[i] = i
		}
		train := learn.Data{X: d.X.Take(rows[:80_000]), Y: d.Y[:80_000], Classes: 2, Workers: 2}
		m := learntest.Fit(b, neighbors.Learner, train, nil)
		for _, n := range []int{1, 20_000} {
			X, dst := d.X.Take(rows[80_000:80_000+n]), make([]float64, n)
			b.Run(fmt.Sprintf("%s/rows=%d", name, n), func(b *testing.B) {
				m.Predict(X, dst)
				for b.Loop() {
					m.Predict(X, dst)
				}
				b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}
