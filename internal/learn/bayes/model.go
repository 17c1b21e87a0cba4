package bayes

import (
	"math"

	"clicktrain/internal/codec"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// Model holds a normal distribution for each column of each of k classes.
type Model struct {
	Classes, Columns int       // k, p
	Mean, Variance   []float64 // k×p; Added is in the variances already
	Count            []float64 // weight of each class's rows in the fit
	Added            float64   // to each variance
	Smoothing        float64   // as the fit was told

	base []float64 // of each class: log of its share, less half the sum of log 2πσ²
}

// shares returns each class's share of the weight.
func (m *Model) shares() []float64 {
	total, out := 0.0, make([]float64, len(m.Count))
	for _, w := range m.Count {
		total += w
	}
	for c, w := range m.Count {
		out[c] = w / total
	}
	return out
}

// prepare finds what does not depend on a row.
func (m *Model) prepare() {
	m.base = make([]float64, m.Classes)
	for c, share := range m.shares() {
		sum := 0.0
		for _, v := range m.Variance[c*m.Columns:][:m.Columns] {
			sum += math.Log(2 * math.Pi * v)
		}
		m.base[c] = math.Log(share) - 0.5*sum
	}
}

// chunkRows is how many rows are scored at once: their scores stay in the
// first-level cache.
const chunkRows = 512

// Proba writes the probability of each class: e^score over the sum of all. A
// row so far from every class that all scores are beyond float64 gets the
// classes' shares.
func (m *Model) Proba(X *frame.Matrix, dst []float64) {
	k := m.Classes
	m.score(X, func(lo int, scores [][]float64) {
		for i := range scores[0] {
			m.softmax(dst[(lo+i)*k:][:k], scores, i)
		}
	})
}

// Predict writes the class of the highest score; of equals, the first.
func (m *Model) Predict(X *frame.Matrix, dst []float64) {
	k := m.Classes
	m.score(X, func(lo int, scores [][]float64) {
		p := make([]float64, k)
		for i := range scores[0] {
			m.softmax(p, scores, i)
			best := 0
			for c := range p {
				if p[c] > p[best] || p[c] == p[best] && scores[c][i] > scores[best][i] {
					best = c
				}
			}
			dst[lo+i] = float64(best)
		}
	})
}

// softmax writes the probabilities that row i's scores stand for.
func (m *Model) softmax(p []float64, scores [][]float64, i int) {
	most, sum := math.Inf(-1), 0.0
	for c := range p {
		most = max(most, scores[c][i])
	}
	if math.IsInf(most, -1) {
		copy(p, m.shares())
		return
	}
	for c := range p {
		p[c] = math.Exp(scores[c][i] - most)
		sum += p[c]
	}
	for c := range p {
		p[c] /= sum
	}
}

// score hands the scores of each chunk of rows to use, one list for each class:
// the log of the class's share times the density of the row in it.
func (m *Model) score(X *frame.Matrix, use func(lo int, scores [][]float64)) {
	tables := m.tables(X)
	learn.Chunks(X.Rows, chunkRows, func() func(lo, hi int) {
		size := min(X.Rows, chunkRows)
		buf, scores := make([]float64, m.Classes*size), make([][]float64, m.Classes)
		return func(lo, hi int) {
			for c := range scores {
				scores[c] = buf[c*size:][:hi-lo]
				m.scoreClass(scores[c], X, lo, c, tables)
			}
			use(lo, scores)
		}
	})
}

// scoreClass writes the scores of class c for the rows from lo on.
func (m *Model) scoreClass(dst []float64, X *frame.Matrix, lo, c int, tables [][]float64) {
	clear(dst)
	at := c * m.Columns
	for j, b := range X.Blocks {
		if b.Dense != nil {
			mean, half := m.Mean[at], 0.5/m.Variance[at]
			for i, x := range b.Dense[lo:][:len(dst)] {
				dst[i] += (x - mean) * (x - mean) * half
			}
		} else {
			table := tables[j][c*(b.Width+1):][:b.Width+1]
			for i, code := range b.Codes[lo:][:len(dst)] {
				dst[i] += table[code+1]
			}
		}
		at += b.Width
	}
	for i, v := range dst {
		dst[i] = m.base[c] - v
	}
}

// tables returns what each code of a one-hot block adds to a score, for each
// class: code -1, a row of zeros, first. It is the sum over the block's
// columns, found from those before and after the code's own, so that nothing
// is lost where one of them is very large.
func (m *Model) tables(X *frame.Matrix) [][]float64 {
	tables := make([][]float64, len(X.Blocks))
	at := 0
	for j, b := range X.Blocks {
		if b.Dense == nil {
			tables[j] = make([]float64, 0, m.Classes*(b.Width+1))
			for c := range m.Classes {
				first := c*m.Columns + at
				tables[j] = appendTable(tables[j], m.Mean[first:][:b.Width], m.Variance[first:][:b.Width])
			}
		}
		at += b.Width
	}
	return tables
}

func appendTable(dst, mean, variance []float64) []float64 {
	start := len(dst)
	before := 0.0
	dst = append(dst, 0)
	for j, v := range variance {
		dst = append(dst, before+(1-mean[j])*(1-mean[j])*(0.5/v))
		before += mean[j] * mean[j] * (0.5 / v)
	}
	dst[start] = before
	after := 0.0
	for j := len(variance) - 1; j >= 0; j-- {
		dst[start+1+j] += after
		after += mean[j] * mean[j] * (0.5 / variance[j])
	}
	return dst
}

// version starts each encoded model.
const version = 1

// MarshalBinary writes the model: 16 bytes for each column of each class.
func (m *Model) MarshalBinary() ([]byte, error) {
	var w codec.Writer
	w.Byte(version)
	w.Int(m.Classes)
	w.Int(m.Columns)
	w.Float(m.Smoothing)
	w.Float(m.Added)
	w.Floats(m.Count)
	w.Floats(m.Mean)
	w.Floats(m.Variance)
	return w.Data, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *Model) UnmarshalBinary(data []byte) error {
	r := codec.NewReader(data)
	if v := r.Byte(); v != version {
		r.Fail("naive Bayes of version %d", v)
	}
	back := Model{Classes: r.Int(), Columns: r.Int(), Smoothing: r.Float(), Added: r.Float(),
		Count: r.Floats(), Mean: r.Floats(), Variance: r.Floats()}
	if n := back.Classes * back.Columns; back.Classes < 2 || back.Columns < 1 || len(back.Count) != back.Classes || len(back.Mean) != n || len(back.Variance) != n {
		r.Fail("naive Bayes of %d classes and %d columns", back.Classes, back.Columns)
	}
	if err := r.End(); err != nil {
		return err
	}
	back.prepare()
	*m = back
	return nil
}
