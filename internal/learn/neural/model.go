package neural

import (
	"fmt"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// model is what models of both tasks are.
type model struct {
	settings
	*net
	seed       uint64
	iterations int
	seen       int
	loss       float64
	settled    bool
}

// Classifier predicts the class of the highest output.
type Classifier struct{ model }

// Regressor predicts the last layer's sum.
type Regressor struct{ model }

// each hands the outputs of each run of rows to use.
func (m *model) each(X *frame.Matrix, use func(lo int, out []float64)) {
	X = m.match(X)
	learn.Chunks(X.Rows, passRows, func() func(lo, hi int) {
		p := newPass(m.net)
		return func(lo, hi int) {
			p.size(hi - lo)
			X.Gather(p.numbers, p.codes, lo, hi)
			use(lo, p.forward())
		}
	})
}

// match returns X with the blocks that the net has. A net of number columns
// takes one-hot blocks written out; one of codes finds them from the columns.
func (m *model) match(X *frame.Matrix) *frame.Matrix {
	same := len(X.Blocks) == len(m.layout)
	for i := 0; same && i < len(X.Blocks); i++ {
		same = (X.Blocks[i].Dense != nil) == (m.layout[i] == 0) && (m.layout[i] == 0 || X.Blocks[i].Width == m.layout[i])
	}
	if same {
		return X
	}
	cols := X.Columns()
	blocks := make([]frame.Block, len(m.layout))
	for i, width := range m.layout {
		if width == 0 {
			blocks[i] = frame.Block{Dense: cols[0]}
			cols = cols[1:]
			continue
		}
		blocks[i] = frame.Block{Codes: codesOf(cols[:width], X.Rows), Width: width}
		cols = cols[width:]
	}
	return frame.NewMatrix(X.Rows, blocks...)
}

// codesOf returns the codes of a one-hot group's columns.
func codesOf(cols [][]float64, n int) []int32 {
	codes := make([]int32, n)
	for i := range codes {
		codes[i] = -1
		for c := range cols {
			if cols[c][i] != 0 {
				codes[i] = int32(c)
			}
		}
	}
	return codes
}

// Predict writes the sums.
func (m *Regressor) Predict(X *frame.Matrix, dst []float64) {
	m.each(X, func(lo int, out []float64) { copy(dst[lo:], out) })
}

// Predict writes the most probable class; of equals, the first.
func (m *Classifier) Predict(X *frame.Matrix, dst []float64) {
	m.each(X, func(lo int, out []float64) { appendDecided(dst[:lo], m.net, out) })
}

// Proba writes the probability of each class.
func (m *Classifier) Proba(X *frame.Matrix, dst []float64) {
	k := m.classes
	m.each(X, func(lo int, out []float64) {
		if k > 2 {
			copy(dst[lo*k:], out)
			return
		}
		for i, p := range out {
			dst[(lo+i)*2], dst[(lo+i)*2+1] = 1-p, p
		}
	})
}

// appendDecided appends what rows' outputs are taken for: a number, or a class.
func appendDecided(dst []float64, n *net, out []float64) []float64 {
	k := n.sizes[len(n.sizes)-1]
	switch {
	case n.classes == 0:
		return append(dst, out...)
	case k == 1:
		for _, p := range out {
			class := 0.0
			if p > 0.5 {
				class = 1
			}
			dst = append(dst, class)
		}
		return dst
	}
	for ; len(out) > 0; out = out[k:] {
		best := 0
		for c, p := range out[:k] {
			if p > out[best] {
				best = c
			}
		}
		dst = append(dst, float64(best))
	}
	return dst
}

// Warnings says if the fit stopped before it came to rest.
func (m *model) Warnings() []string {
	if m.settled {
		return nil
	}
	what := "rounds"
	if m.solver == lbfgs {
		what = "steps"
	}
	if m.iterations == 1 {
		what = what[:len(what)-1]
	}
	return []string{fmt.Sprintf("Stopped after %d %s before settling; raise max_iter, scale the columns, or set early_stopping.", m.iterations, what)}
}
