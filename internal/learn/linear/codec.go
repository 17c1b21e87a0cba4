package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"clicktrain/internal/learn"
)

// version is the second byte of each encoded model; the first says which model
// it is.
const (
	version        = 2
	kindRegression = 'R'
	kindLogistic   = 'L'
	kindRidge      = 'r'
	kindNet        = 'n'
	kindSVC        = 'V'
	kindSVR        = 'v'
)

// errShort says that there are too few bytes.
var errShort = errors.New("linear: the model's bytes end early")

// writer appends little-endian values.
type writer struct{ data []byte }

func newWriter(kind byte) *writer { return &writer{[]byte{kind, version}} }

func (w *writer) uint(x int) { w.data = binary.LittleEndian.AppendUint32(w.data, uint32(x)) }
func (w *writer) float(x float64) {
	w.data = binary.LittleEndian.AppendUint64(w.data, math.Float64bits(x))
}

func (w *writer) floats(x []float64) {
	for _, v := range x {
		w.float(v)
	}
}

func (w *writer) bool(x bool) {
	if x {
		w.data = append(w.data, 1)
	} else {
		w.data = append(w.data, 0)
	}
}

// reader reads what writer wrote; the first fault sticks, and all later values
// are 0.
type reader struct {
	data []byte
	err  error
}

func newReader(data []byte, kind byte) *reader {
	r := &reader{data: data}
	if head := r.take(2); r.err == nil && (head[0] != kind || head[1] != version) {
		r.err = fmt.Errorf("linear: no model %c of version %d", kind, version)
	}
	return r
}

// take returns the next n bytes.
func (r *reader) take(n int) []byte {
	if r.err == nil && n > len(r.data) {
		r.err = errShort
	}
	if r.err != nil {
		return make([]byte, min(n, 8))
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) uint() int      { return int(binary.LittleEndian.Uint32(r.take(4))) }
func (r *reader) float() float64 { return math.Float64frombits(binary.LittleEndian.Uint64(r.take(8))) }

func (r *reader) bool() bool {
	b := r.take(1)[0]
	if b > 1 && r.err == nil {
		r.err = fmt.Errorf("linear: %d is neither yes nor no", b)
	}
	return b == 1
}

// floats reads n numbers, or none if there are not that many.
func (r *reader) floats(n int) []float64 {
	if r.err == nil && n > len(r.data)/8 {
		r.err = errShort
	}
	if r.err != nil {
		return nil
	}
	x := make([]float64, n)
	for i := range x {
		x[i] = r.float()
	}
	return x
}

// end returns the first fault, which may be bytes left over.
func (r *reader) end() error {
	if r.err == nil && len(r.data) > 0 {
		return fmt.Errorf("linear: %d bytes too many", len(r.data))
	}
	return r.err
}

// MarshalBinary writes the model; its size is 8 bytes a column.
func (m *RegressionModel) MarshalBinary() ([]byte, error) {
	w := newWriter(kindRegression)
	w.line(m)
	return w.data, nil
}

// line writes what all regressions have.
func (w *writer) line(m *RegressionModel) {
	w.bool(m.FitIntercept)
	w.uint(len(m.Coef))
	w.floats(m.Coef)
	w.float(m.Intercept)
}

// line reads what writer.line wrote.
func (r *reader) line() RegressionModel {
	m := RegressionModel{FitIntercept: r.bool()}
	m.Coef = r.floats(r.uint())
	m.Intercept = r.float()
	return m
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *RegressionModel) UnmarshalBinary(data []byte) error {
	r := newReader(data, kindRegression)
	back := r.line()
	if err := r.end(); err != nil {
		return err
	}
	*m = back
	return nil
}

// MarshalBinary writes the model; its size is 8 bytes a column.
func (m *RidgeModel) MarshalBinary() ([]byte, error) {
	w := newWriter(kindRidge)
	w.float(m.Alpha)
	w.line(&m.RegressionModel)
	return w.data, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *RidgeModel) UnmarshalBinary(data []byte) error {
	r := newReader(data, kindRidge)
	back := RidgeModel{Alpha: r.float()}
	back.RegressionModel = r.line()
	if err := r.end(); err != nil {
		return err
	}
	*m = back
	return nil
}

// MarshalBinary writes the model; its size is 8 bytes a column.
func (m *NetModel) MarshalBinary() ([]byte, error) {
	w := newWriter(kindNet)
	w.bool(m.Lasso)
	w.float(m.Alpha)
	w.float(m.L1Ratio)
	w.float(m.Tol)
	w.uint(m.MaxIter)
	w.uint(m.Iterations)
	w.bool(m.Settled)
	w.line(&m.RegressionModel)
	return w.data, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *NetModel) UnmarshalBinary(data []byte) error {
	r := newReader(data, kindNet)
	back := NetModel{Lasso: r.bool(), Alpha: r.float(), L1Ratio: r.float(), Tol: r.float()}
	back.MaxIter, back.Iterations, back.Settled = r.uint(), r.uint(), r.bool()
	back.RegressionModel = r.line()
	if err := r.end(); err != nil {
		return err
	}
	*m = back
	return nil
}

// MarshalBinary writes the model; its size is 8 bytes a weight.
func (m *LogisticModel) MarshalBinary() ([]byte, error) {
	w := newWriter(kindLogistic)
	w.bool(m.FitIntercept)
	w.class(m.ClassWeight)
	w.choice(m.Penalty, penalties)
	w.float(m.L1Ratio)
	w.float(m.C)
	w.float(m.Tol)
	w.uint(m.MaxIter)
	w.uint(m.Iterations)
	w.bool(m.Settled)
	w.rows(m.Coef, m.Intercept)
	return w.data, nil
}

// rows writes the weights of one or more scores.
func (w *writer) rows(coef [][]float64, intercept []float64) {
	w.uint(len(coef))
	w.uint(len(coef[0]))
	for _, row := range coef {
		w.floats(row)
	}
	w.floats(intercept)
}

// rows reads what writer.rows wrote: weights of 1 score, or of 3 and more.
func (r *reader) rows() (coef [][]float64, intercept []float64) {
	rows, p := r.uint(), r.uint()
	if r.err == nil && (rows == 0 || rows == 2 || rows > len(r.data)/8 || p > len(r.data)/8) {
		r.err = fmt.Errorf("linear: %d rows of %d weights", rows, p)
	}
	for i := 0; i < rows && r.err == nil; i++ {
		coef = append(coef, r.floats(p))
	}
	return coef, r.floats(rows)
}

// choice writes which of choices x is.
func (w *writer) choice(x string, choices []string) { w.uint(slices.Index(choices, x)) }

// choice reads what writer.choice wrote.
func (r *reader) choice(choices []string) string {
	k := r.uint()
	if k < len(choices) {
		return choices[k]
	}
	if r.err == nil {
		r.err = fmt.Errorf("linear: no choice %d of %v", k, choices)
	}
	return ""
}

// class writes class_weight.
func (w *writer) class(c learn.ClassWeight) { w.bool(c == learn.Balanced) }

// class reads what writer.class wrote.
func (r *reader) class() learn.ClassWeight {
	if r.bool() {
		return learn.Balanced
	}
	return learn.Unweighted
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *LogisticModel) UnmarshalBinary(data []byte) error {
	r := newReader(data, kindLogistic)
	back := LogisticModel{FitIntercept: r.bool(), ClassWeight: r.class(), Penalty: r.choice(penalties)}
	back.L1Ratio, back.C, back.Tol = r.float(), r.float(), r.float()
	back.MaxIter, back.Iterations, back.Settled = r.uint(), r.uint(), r.bool()
	back.Coef, back.Intercept = r.rows()
	if err := r.end(); err != nil {
		return err
	}
	*m = back
	return nil
}
