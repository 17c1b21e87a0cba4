package linear_test

import (
	"fmt"
	"testing"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/learn/linear"
)

// levels are the one-hot groups of a benchmark's mixed data: with 16 number
// columns, 20 columns become 92.
var levels = []int{3, 8, 25, 40}

func BenchmarkLinearFit(b *testing.B) {
	for _, rows := range []int{1_000, 80_000} {
		d := learntest.Mixed(1, rows, 16, levels, 0)
		b.Run(fmt.Sprintf("rows=%d/cols=%d", rows, d.X.Cols), func(b *testing.B) { benchmarkFit(b, linear.Regression, d) })
	}
	d := learntest.Mixed(1, 800_000, 20, nil, 0)
	b.Run(fmt.Sprintf("rows=%d/cols=%d", d.X.Rows, d.X.Cols), func(b *testing.B) { benchmarkFit(b, linear.Regression, d) })
}

func BenchmarkLogisticFit(b *testing.B) {
	for _, k := range []int{2, 5} {
		for _, rows := range []int{1_000, 80_000} {
			d := learntest.Mixed(1, rows, 16, levels, k)
			b.Run(fmt.Sprintf("rows=%d/cols=%d/classes=%d", rows, d.X.Cols, k), func(b *testing.B) { benchmarkFit(b, linear.Logistic, d) })
		}
	}
	d := learntest.Mixed(1, 800_000, 20, nil, 2)
	b.Run(fmt.Sprintf("rows=%d/cols=%d/classes=2", d.X.Rows, d.X.Cols), func(b *testing.B) { benchmarkFit(b, linear.Logistic, d) })
	d = learntest.Mixed(1, 20_000, 200, nil, 2)
	b.Run(fmt.Sprintf("rows=%d/cols=%d/classes=2", d.X.Rows, d.X.Cols), func(b *testing.B) { benchmarkFit(b, linear.Logistic, d) })
	d = learntest.Mixed(1, 20_000, 40, nil, 30)
	b.Run(fmt.Sprintf("rows=%d/cols=%d/classes=30", d.X.Rows, d.X.Cols), func(b *testing.B) { benchmarkFit(b, linear.Logistic, d) })
}

func benchmarkFit(b *testing.B, l learn.Learner, d learn.Data) {
	d.Workers = 2
	est := learntest.Configure(b, l, l.Tasks[0], nil)
	b.ReportAllocs()
	for b.Loop() {
		m, err := est.Fit(b.Context(), d)
		if err != nil {
			b.Fatal(err)
		}
		if m, ok := m.(*linear.LogisticModel); ok {
			b.ReportMetric(float64(m.Iterations), "steps")
		}
	}
	b.ReportMetric(float64(d.X.Rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
