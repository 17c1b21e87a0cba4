package learntest

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// rowWeights checks that a learner that weighs rows takes equal weights for
// none, and believes the heavier of rows that contradict each other.
func (s *suite) rowWeights(t *testing.T) {
	if !s.learner.Weighs {
		t.Skip("it does not weigh rows")
	}
	d := s.mixed(400)
	want := bytesOf(t, s.fit(t, d))
	d.Weights = slices.Repeat([]float64{1}, len(d.Y))
	if !bytes.Equal(bytesOf(t, s.fit(t, d)), want) {
		t.Error("weights that are all 1 change the model")
	}
	d = s.contradiction()
	saved := slices.Clone(d.Weights)
	for i, y := range Predict(s.fit(t, d), d.X) {
		if math.Abs(y-1) > 0.3 {
			t.Fatalf("row %d is predicted %v, want about 1: rows that say 1 weigh 9 times as much", i, y)
		}
	}
	if !slices.Equal(saved, d.Weights) {
		t.Error("Fit changes Weights")
	}
}

// contradiction returns pairs of equal rows, of which one says 0 and the other,
// of the ninefold weight, says 1.
func (s *suite) contradiction() learn.Data {
	d := s.dense(400, 3, 2)
	cols := d.X.Columns()
	d.Weights = make([]float64, len(d.Y))
	for i := range d.Y {
		d.Y[i], d.Weights[i] = float64(i%2), []float64{1, 9}[i%2]
		for _, c := range cols {
			c[i] = c[i&^1]
		}
	}
	d.X = frame.Dense(len(d.Y), cols...)
	return d
}

// missing checks that a native learner takes missing numbers and categories,
// and learns from which are missing and from categories alone.
func (s *suite) missing(t *testing.T) {
	if !s.learner.Native {
		t.Skip("it does not take missing values")
	}
	d := s.dense(600, 3, 2)
	cols := d.X.Columns()
	codes := make([]int32, len(d.Y))
	for i := range d.Y {
		codes[i] = int32(i*7%5) - 1
		d.Y[i] = float64(i / 2 % 2)
		if d.Y[i] == 1 {
			cols[0][i] = math.NaN()
		}
	}
	number, category := frame.Block{Dense: cols[0]}, frame.Block{Codes: codes, Levels: 4}
	d.X = frame.NewMatrix(len(d.Y), category, number, frame.Block{Dense: cols[1]})
	for i, y := range Predict(s.fit(t, d), d.X) {
		if math.Abs(y-d.Y[i]) > 0.3 {
			t.Fatalf("row %d is predicted %v, want about %v: the target is whether a number is missing", i, y, d.Y[i])
		}
	}
	for i := range d.Y {
		d.Y[i] = float64((codes[i] + 1) % 2)
	}
	d.X = frame.NewMatrix(len(d.Y), category)
	for i, y := range Predict(s.fit(t, d), d.X) {
		if math.Abs(y-d.Y[i]) > 0.3 {
			t.Fatalf("row %d is predicted %v, want about %v: the target is told by the category", i, y, d.Y[i])
		}
	}
}
