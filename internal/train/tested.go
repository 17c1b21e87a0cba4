package train

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"clicktrain/internal/learn"
	"clicktrain/internal/metric"
	"clicktrain/internal/problem"
)

// maxTested is how many numbers are kept of what a model said of the test rows.
const maxTested = 2 << 20

// Tested is what a model said of the test rows: enough to score it for another
// class of interest, and to compare it with other models row by row.
type Tested struct {
	Rows string // a digest of which rows these are: equal for the same ones of the same data

	// One for each test row; of classes indices. All are nil where they would be
	// more than maxTested numbers.
	Truth, Predicted Packed
	Proba, Ranks     Packed // n×k, or nil, as in Prediction
	Weights          Packed // nil counts each row once
}

// Kept reports whether the rows are there.
func (t *Tested) Kept() bool { return t.Truth != nil }

// Answers sets what was predicted of k classes beside what is true. positive is
// the class of interest.
func (t *Tested) Answers(k, positive int) metric.Answers {
	p := Prediction{Values: t.Predicted, Proba: t.Proba, Ranks: t.Ranks}
	return p.answers(t.Truth, k, positive)
}

// score sets the scores of the model, which said pred of the test rows, beside
// those of the baseline.
func (r *run) score(ctx context.Context, res *Result, pred *Prediction) error {
	base, err := r.baseline(ctx, nil)
	if err != nil {
		return err
	}
	t := Tested{Rows: digest(r.rows(r.test)), Truth: r.truth(), Predicted: pred.Values, Proba: pred.Proba, Ranks: pred.Ranks}
	var weighed constant
	if r.weights != nil {
		for _, at := range r.test {
			t.Weights = append(t.Weights, r.weights[at])
		}
		if weighed, err = r.baseline(ctx, r.weights); err != nil {
			return err
		}
	}
	if r.spec.Task == learn.Classification {
		res.Classes = &ClassScores{BaselineClass: int(base.value), BaselineShares: base.proba, Rows: r.target.Counts(), Trained: r.positive}
		res.Classes.WeightedShares = weighed.proba
		res.Classes.score(&t, r.positive, r.spec.Seed)
	} else {
		res.numbers(&t, base, weighed, r.prepared.X.Cols, r.spec.Seed)
	}
	if len(t.Truth)+len(t.Predicted)+len(t.Proba)+len(t.Ranks)+len(t.Weights) > maxTested {
		t = Tested{Rows: t.Rows}
	}
	res.Tested = t
	return nil
}

// score sets all that hangs on the class of interest.
func (c *ClassScores) score(t *Tested, positive int, seed uint64) {
	k := len(c.Rows)
	always := func(shares []float64) metric.Answers {
		return constant{float64(likeliest(shares)), shares}.repeated(len(t.Truth)).answers(t.Truth, k, positive)
	}
	model := t.Answers(k, positive)
	c.Model, c.Baseline = model.Report(), always(c.BaselineShares).Report()
	c.Model.Intervals = model.Intervals(seed)
	if t.Weights != nil {
		c.Weighted, c.WeightedBaseline = model.Weighted(t.Weights), always(c.WeightedShares).Weighted(t.Weights)
	}
}

// likeliest returns the class of the largest share, and of equal ones the
// first, as the dummy does.
func likeliest(shares []float64) int { return slices.Index(shares, slices.Max(shares)) }

// For returns the result with another class of interest, as a run that was
// given it would have. seed is the run's. It refuses numbers, and rows that were
// too many to be kept.
func (r *Result) For(positive int, seed uint64) (*Result, error) {
	switch {
	case r.Classes == nil:
		return nil, problem.Field("positive", "A number is predicted, so no class can be of interest.")
	case !r.Tested.Kept():
		return nil, problem.Field("positive", "The test rows are too many to be scored anew for another class.").
			WithHint("Train again with this class of interest.")
	}
	out, classes := *r, *r.Classes
	classes.score(&r.Tested, positive, seed)
	out.Classes = &classes
	return &out, nil
}

func (r *Result) numbers(t *Tested, base, weighed constant, columns int, seed uint64) {
	n := len(t.Truth)
	r.Numbers = &NumberScores{
		Model:         metric.Regress(t.Truth, t.Predicted, columns),
		Baseline:      metric.Regress(t.Truth, base.repeated(n).Values, 0),
		BaselineValue: base.value,
	}
	r.Numbers.Model.Intervals = metric.RegressIntervals(t.Truth, t.Predicted, seed)
	if in, ok := metric.MSEDifference(t.Truth, t.Predicted, base.repeated(n).Values, seed); ok {
		r.Numbers.More = &in
	}
	if t.Weights != nil {
		r.Numbers.Weighted = metric.RegressWeighted(t.Truth, t.Predicted, t.Weights)
		r.Numbers.WeightedBaseline = metric.RegressWeighted(t.Truth, weighed.repeated(n).Values, t.Weights)
	}
	off := make([]float64, n)
	for i, y := range t.Truth {
		off[i] = errorOf(y, t.Predicted[i])
	}
	r.Numbers.Errors = newErrors(t.Truth, t.Predicted)
	r.Numbers.Predictions, r.Numbers.Residuals = newCloud(t.Truth, t.Predicted), newCloud(t.Predicted, off)
}

// digest tells apart lists of rows.
func digest(rows []int) string {
	h := sha256.New()
	var b [8]byte
	for _, i := range rows {
		binary.LittleEndian.PutUint64(b[:], uint64(i))
		h.Write(b[:])
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}

// Packed are numbers that are many: in JSON they are a text of their bytes,
// eight for each, the lowest first.
type Packed []float64

// MarshalJSON writes the bytes as base64.
func (p Packed) MarshalJSON() ([]byte, error) {
	if p == nil {
		return []byte("null"), nil
	}
	b := make([]byte, 0, 8*len(p))
	for _, x := range p {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	return json.Marshal(b)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *Packed) UnmarshalJSON(text []byte) error {
	var b []byte
	if err := json.Unmarshal(text, &b); err != nil {
		return err
	}
	if len(b)%8 != 0 {
		return fmt.Errorf("%d bytes are no whole numbers of 8", len(b))
	}
	if *p = nil; b != nil {
		*p = make(Packed, len(b)/8)
	}
	for i := range *p {
		(*p)[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return nil
}
