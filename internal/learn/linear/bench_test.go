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
		b.Run(fmt.Sprintf("rows=%d/cols=%d", rows, d.X.Cols), func(b *testing.B) { benchmarkFit(b, linear.Regression, d, nil) })
	}
	d := learntest.Mixed(1, 800_000, 20, nil, 0)
	b.Run(fmt.Sprintf("rows=%d/cols=%d", d.X.Rows, d.X.Cols), func(b *testing.B) { benchmarkFit(b, linear.Regression, d, nil) })
}

func BenchmarkLogisticFit(b *testing.B) {
	for _, k := range []int{2, 5} {
		for _, rows := range []int{1_000, 80_000} {
			d := learntest.Mixed(1, rows, 16, levels, k)
			b.Run(fmt.Sprintf("rows=%d/cols=%d/classes=%d", rows, d.X.Cols, k), func(b *testing.B) { benchmarkFit(b, linear.Logistic, d, nil) })
		}
	}
	d := learntest.Mixed(1, 800_000, 20, nil, 2)
	b.Run(fmt.Sprintf("rows=%d/cols=%d/classes=2", d.X.Rows, d.X.Cols), func(b *testing.B) { benchmarkFit(b, linear.Logistic, d, nil) })
	d = learntest.Mixed(1, 20_000, 200, nil, 2)
	b.Run(fmt.Sprintf("rows=%d/cols=%d/classes=2", d.X.Rows, d.X.Cols), func(b *testing.B) { benchmarkFit(b, linear.Logistic, d, nil) })
	d = learntest.Mixed(1, 20_000, 40, nil, 30)
	b.Run(fmt.Sprintf("rows=%d/cols=%d/classes=30", d.X.Rows, d.X.Cols), func(b *testing.B) { benchmarkFit(b, linear.Logistic, d, nil) })
}

func BenchmarkPenalizedFit(b *testing.B) {
	numbers, classes := learntest.Mixed(1, 80_000, 16, levels, 0), learntest.Mixed(1, 80_000, 16, levels, 2)
	for _, f := range []struct {
		l      learn.Learner
		d      learn.Data
		params map[string]any
	}{
		{linear.Ridge, numbers, nil},
		{linear.Lasso, numbers, map[string]any{"alpha": 0.01}},
		{linear.ElasticNet, numbers, map[string]any{"alpha": 0.01}},
		{linear.SVM, numbers, nil},
		{linear.SVM, classes, nil},
		{linear.SVM, classes, map[string]any{"loss": "hinge"}},
		{linear.Logistic, classes, map[string]any{"penalty": "l1"}},
		{linear.Logistic, classes, map[string]any{"penalty": "none"}},
	} {
		name := fmt.Sprintf("%s%v/rows=%d/cols=%d/classes=%d", f.l.Name, f.params, f.d.X.Rows, f.d.X.Cols, f.d.Classes)
		b.Run(name, func(b *testing.B) { benchmarkFit(b, f.l, f.d, f.params) })
	}
}

func benchmarkFit(b *testing.B, l learn.Learner, d learn.Data, params map[string]any) {
	d.Workers = 2
	task := learn.Regression
	if d.Classes > 0 {
		task = learn.Classification
	}
	est := learntest.Configure(b, l, task, params)
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
