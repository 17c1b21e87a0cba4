package chart_test

import (
	"bytes"
	"fmt"
	"testing"

	"clicktrain/internal/chart"
)

func BenchmarkHistogram(b *testing.B) {
	bins := chart.Bins{Edges: []float64{0}}
	for i := range 40 {
		bins.Edges, bins.Counts = append(bins.Edges, float64(i+1)), append(bins.Counts, i*i)
	}
	b.ReportAllocs()
	for b.Loop() {
		var out bytes.Buffer
		if err := chart.Histogram(&out, bins, chart.Text{}, chart.Full); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHeatmap(b *testing.B) {
	g := chart.Grid{Values: make([][]float64, 50), Min: -1, Max: 1, Diverging: true, Format: chart.Correlation}
	for i := range g.Values {
		g.Rows = append(g.Rows, fmt.Sprintf("column %d", i))
		g.Values[i] = make([]float64, len(g.Values))
		for j := range g.Values[i] {
			g.Values[i][j] = float64(i*j%7)/7 - 0.4
		}
	}
	g.Cols = g.Rows
	b.ReportAllocs()
	for b.Loop() {
		var out bytes.Buffer
		if err := chart.Heatmap(&out, g, chart.Text{}, chart.Full); err != nil {
			b.Fatal(err)
		}
	}
}
