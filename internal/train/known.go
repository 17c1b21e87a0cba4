package train

import (
	"fmt"
	"math"

	"clicktrain/internal/frame"
)

// Known is what the training rows held of a column that a pipeline reads.
type Known struct {
	Column  string  `json:"column"`
	Missing int     `json:"missing,omitempty"` // rows without a value
	Numbers bool    `json:"numbers,omitempty"` // the column is read as numbers, and some row has one
	Low     float64 `json:"low,omitempty"`     // the smallest number
	High    float64 `json:"high,omitempty"`    // the largest
}

// beyondShare is how far, as a share of the range of the training rows, a
// number may lie outside it before it is told.
const beyondShare = 0.1

// Beyond counts numbers of a column that lie further outside those of the
// training rows than a tenth of their range.
type Beyond struct {
	Known
	Below, Above int     // rows
	Worst        float64 // the number that lies furthest outside
}

// Message says what that means for the predictions, in one sentence.
func (b Beyond) Message() string {
	return fmt.Sprintf("Training rows hold %s to %s here; what the model says of values beyond that was never tested.", short(b.Low), short(b.High))
}

func short(x float64) string { return fmt.Sprintf("%.6g", x) }

// knownOf looks at the columns of the pipeline in the given rows of a table.
func (p *Pipeline) knownOf(f *frame.Frame, rows []int) ([]Known, error) {
	var out []Known
	for _, in := range p.Recipe.Inputs() {
		c := f.Column(in.Name)
		k := Known{Column: in.Name}
		for _, r := range rows {
			if c.Missing(r) {
				k.Missing++
			}
		}
		num, numbers, err := in.Numbers(c, rows)
		if err != nil {
			return nil, fmt.Errorf("look at %q: %w", in.Name, err)
		}
		if numbers {
			k.look(num)
		}
		out = append(out, k)
	}
	return out, nil
}

// look sets the range of the numbers that are finite.
func (k *Known) look(num []float64) {
	for _, x := range num {
		switch {
		case math.IsNaN(x) || math.IsInf(x, 0):
			continue
		case !k.Numbers:
			k.Numbers, k.Low, k.High = true, x, x
		}
		k.Low, k.High = min(k.Low, x), max(k.High, x)
	}
}

// Unlike compares the rows of a table with the training rows: it returns the
// columns with numbers far outside theirs. f has the pipeline's columns. The
// cost is one pass over each column.
func (p *Pipeline) Unlike(f *frame.Frame) ([]Beyond, error) {
	var out []Beyond
	for i, in := range p.Recipe.Inputs() {
		if i >= len(p.Known) || !p.Known[i].Numbers {
			continue
		}
		num, _, err := in.Numbers(f.Column(in.Name), nil)
		if err != nil {
			return nil, err
		}
		if b := p.Known[i].beyond(num); b.Below+b.Above > 0 {
			out = append(out, b)
		}
	}
	return out, nil
}

func (k Known) beyond(num []float64) Beyond {
	b := Beyond{Known: k}
	room := beyondShare*k.High - beyondShare*k.Low // no overflow for any range
	worst := 0.0
	for _, x := range num {
		out := 0.0
		switch {
		case x < k.Low-room:
			b.Below++
			out = k.Low - x
		case x > k.High+room:
			b.Above++
			out = x - k.High
		}
		if out > worst {
			worst, b.Worst = out, x
		}
	}
	return b
}

// Lacked reports whether training rows lacked values of the named column.
func (p *Pipeline) Lacked(column string) bool {
	for _, k := range p.Known {
		if k.Column == column {
			return k.Missing > 0
		}
	}
	return false
}
