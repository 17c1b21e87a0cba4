package recipe

import (
	"context"
	"testing"

	"clicktrain/internal/frame"
)

// CrossFit target-encodes the first len(y) rows of a column by folds of every
// so many rows, in which a test can compare with scikit-learn.
func CrossFit(t testing.TB, c *frame.Column, y []float64, classes int, smooth float64, folds int) [][]float64 {
	t.Helper()
	tg := &target{y: y, classes: classes}
	tg.once.Do(func() {})
	rows := make([]int, len(y))
	for k := range folds {
		var f fold
		for i := range y {
			rows[i] = i
			if i%folds == k {
				f.part = append(f.part, i)
			} else {
				f.rest = append(f.rest, i)
			}
		}
		tg.parts = append(tg.parts, f)
	}
	s, _ := sourceOf(c)
	v, err := load(c, rows, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	column := &Column{Name: c.Name, source: s, values: v, fit: &fitting{ctx: context.Background(), target: tg}}
	if err := column.Target(smooth); err != nil {
		t.Fatal(err)
	}
	if column.values.holds == Several {
		return column.values.cols
	}
	return [][]float64{column.values.num}
}

// Least is least.
var Least = least

// ClusterEdges is clusterEdges.
var ClusterEdges = clusterEdges

// Scores returns the scores by which the last step chose columns, PValues their
// p-values; nil if it did not.
func Scores(f *Fitted) []float64 {
	if o, ok := f.matrix[len(f.matrix)-1].op.(*pick); ok {
		return o.scores
	}
	return nil
}

// PValues is told of with Scores.
func PValues(f *Fitted) []float64 {
	if o, ok := f.matrix[len(f.matrix)-1].op.(*pick); ok {
		return o.p
	}
	return nil
}
