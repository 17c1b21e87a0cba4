// Package dummy predicts without looking at the columns: the mean of the
// target, or its most frequent class. A model worth having beats it.
package dummy

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/numeric"
	"clicktrain/internal/param"
)

// Learner is the catalog entry for the baseline of both tasks.
var Learner = learn.Learner{
	Name:    "dummy",
	Title:   "Baseline",
	Summary: "Always predicts the mean, or the most frequent class: the score to beat.",
	Cost:    "Takes no time, and learns nothing from the columns.",
	Tasks:   []learn.Task{learn.Classification, learn.Regression},
	Exports: []learn.Format{learn.Sklearn},
	Weighs:  true,
	New:     func(learn.Task) learn.Estimator { return estimator{} },
	Model:   newModel,
}

type estimator struct{}

// Params declares nothing: there is nothing to choose.
func (estimator) Params(*param.Set) {}

// Fit reads d.Y and d.Weights alone.
func (estimator) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if d.Classes == 0 {
		return &Mean{Value: mean(d.Y, d.Weights)}, nil
	}
	return &Prior{Shares: shares(d)}, nil
}

// mean returns the weighted mean of y, by which equal targets are met exactly.
func mean(y, w []float64) float64 {
	if w == nil || floats.Min(w) == floats.Max(w) {
		return numeric.Mean(y)
	}
	total, near := floats.Sum(w), 0.0
	for i, v := range y {
		near += v * (w[i] / total)
	}
	rest := 0.0
	for i, v := range y {
		rest += (v - near) * (w[i] / total)
	}
	if math.IsInf(rest, 0) || math.IsNaN(rest) {
		return near
	}
	return near + rest
}

// shares returns the weight of each class as a share of all.
func shares(d learn.Data) []float64 {
	shares, total := make([]float64, d.Classes), 0.0
	for i, y := range d.Y {
		w := 1.0
		if d.Weights != nil {
			w = d.Weights[i]
		}
		shares[int(y)] += w
		total += w
	}
	for c := range shares {
		shares[c] /= total
	}
	return shares
}

func newModel(t learn.Task) learn.Model {
	if t == learn.Regression {
		return new(Mean)
	}
	return new(Prior)
}

// Mean predicts one number, in units of the target.
type Mean struct{ Value float64 }

// Predict writes the mean for every row.
func (m *Mean) Predict(_ *frame.Matrix, dst []float64) {
	for i := range dst {
		dst[i] = m.Value
	}
}

// Prior predicts the most frequent class; of several, the lowest.
type Prior struct{ Shares []float64 } // of each class among the rows of the fit

// Predict writes the most frequent class for every row.
func (m *Prior) Predict(_ *frame.Matrix, dst []float64) {
	best := 0
	for c, s := range m.Shares {
		if s > m.Shares[best] {
			best = c
		}
	}
	for i := range dst {
		dst[i] = float64(best)
	}
}

// Proba writes the classes' shares for every row.
func (m *Prior) Proba(_ *frame.Matrix, dst []float64) {
	for ; len(dst) > 0; dst = dst[len(m.Shares):] {
		copy(dst, m.Shares)
	}
}

// version starts each encoded model.
const version = 1

// MarshalBinary writes the version and the mean.
func (m *Mean) MarshalBinary() ([]byte, error) { return marshal(m.Value), nil }

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *Mean) UnmarshalBinary(data []byte) error {
	values, err := unmarshal(data)
	if err != nil {
		return err
	}
	if len(values) != 1 {
		return fmt.Errorf("dummy: %d means", len(values))
	}
	m.Value = values[0]
	return nil
}

// MarshalBinary writes the version and the shares.
func (m *Prior) MarshalBinary() ([]byte, error) { return marshal(m.Shares...), nil }

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *Prior) UnmarshalBinary(data []byte) error {
	values, err := unmarshal(data)
	if err != nil {
		return err
	}
	if len(values) == 0 {
		return fmt.Errorf("dummy: no classes")
	}
	m.Shares = values
	return nil
}

func marshal(values ...float64) []byte {
	data := binary.LittleEndian.AppendUint32([]byte{version}, uint32(len(values)))
	for _, v := range values {
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
	}
	return data
}

func unmarshal(data []byte) ([]float64, error) {
	if len(data) < 5 || data[0] != version {
		return nil, fmt.Errorf("dummy: %d bytes are no model of version %d", len(data), version)
	}
	n := binary.LittleEndian.Uint32(data[1:])
	if data = data[5:]; uint64(len(data)) != 8*uint64(n) {
		return nil, fmt.Errorf("dummy: %d bytes for %d numbers", len(data), n)
	}
	values := make([]float64, n)
	for i := range values {
		values[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[8*i:]))
	}
	return values, nil
}
