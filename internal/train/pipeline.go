package train

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/metric"
	"clicktrain/internal/param"
	"clicktrain/internal/recipe"
)

// Pipeline is a fitted recipe and the model that was fitted on what it
// prepared: it predicts from raw columns. It is immutable.
type Pipeline struct {
	Target    string
	Task      learn.Task
	Labels    Labels // of a classification
	Learner   string
	Params    []param.Named
	Recipe    *recipe.Fitted
	Model     learn.Model
	Seed      uint64
	TrainRows int
	TestRows  int
	Known     []Known // of each input of the recipe

	cat Catalog
}

// Prediction is what a pipeline says of some rows.
type Prediction struct {
	Values []float64     // numbers, or indices into the labels
	Proba  []float64     // n×k, or nil where the model tells none
	Ranks  []float64     // n×k decision values of a model that tells no probabilities, or nil
	Seen   []recipe.Seen // what the rows held that training rows did not
}

// Predict predicts the given rows of a table that has the pipeline's raw
// columns, in any order; nil means all rows.
func (p *Pipeline) Predict(f *frame.Frame, rows []int) (*Prediction, error) {
	x, seen, err := p.Recipe.Transform(f, rows)
	if err != nil {
		return nil, err
	}
	out := predictMatrix(p.Model, x, p.Labels.Len())
	out.Seen = seen
	return out, nil
}

func predictMatrix(m learn.Model, x *frame.Matrix, classes int) *Prediction {
	if f, ok := m.(learn.Float32); ok && f.Float32() {
		x = inFloat32(x)
	}
	p := &Prediction{Values: make([]float64, x.Rows)}
	m.Predict(x, p.Values)
	if classes == 0 {
		return p
	}
	switch m := m.(type) {
	case learn.Proba:
		p.Proba = make([]float64, x.Rows*classes)
		m.Proba(x, p.Proba)
	case learn.Scores:
		p.Ranks = make([]float64, x.Rows*classes)
		m.Scores(x, p.Ranks)
	}
	return p
}

// inFloat32 returns x with numbers that float32 cannot hold at the ends of its
// range. Missing ones stay; x itself does too.
func inFloat32(x *frame.Matrix) *frame.Matrix {
	blocks := slices.Clone(x.Blocks)
	for i, b := range blocks {
		if slices.ContainsFunc(b.Dense, func(v float64) bool { return math.Abs(v) > math.MaxFloat32 }) {
			blocks[i].Dense = slices.Clone(b.Dense)
			for k, v := range blocks[i].Dense {
				if v == v {
					blocks[i].Dense[k] = min(max(v, -math.MaxFloat32), math.MaxFloat32)
				}
			}
		}
	}
	return frame.NewMatrix(x.Rows, blocks...)
}

// answers sets what was predicted of k classes beside what is true.
func (p *Prediction) answers(truth []float64, k, positive int) metric.Answers {
	return metric.Answers{Truth: classIndices(truth), Predicted: classIndices(p.Values), Proba: p.Proba, Decision: p.Ranks, Classes: k, Positive: positive}
}

// header is the part of a stored pipeline that is small.
type header struct {
	Target    string         `json:"target"`
	Task      learn.Task     `json:"task"`
	Labels    Labels         `json:"labels"`
	Learner   string         `json:"learner"`
	Params    map[string]any `json:"params"`
	Seed      uint64         `json:"seed"`
	TrainRows int            `json:"train_rows"`
	TestRows  int            `json:"test_rows"`
	Known     []Known        `json:"known"`
}

// Write writes the pipeline so that Catalog.Read reads it: three parts, each
// behind its length. Nothing of the model is copied on the way.
func (p *Pipeline) Write(w io.Writer) error {
	h := header{p.Target, p.Task, p.Labels, p.Learner, map[string]any{}, p.Seed, p.TrainRows, p.TestRows, p.Known}
	for _, v := range p.Params {
		h.Params[v.Name] = param.JSON(v.Value)
	}
	head, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("encode the pipeline's header: %w", err)
	}
	fitted, err := p.Recipe.MarshalBinary()
	if err != nil {
		return fmt.Errorf("encode the recipe: %w", err)
	}
	model, err := p.Model.MarshalBinary()
	if err != nil {
		return fmt.Errorf("encode the model: %w", err)
	}
	for _, part := range [][]byte{head, fitted, model} {
		if err := binary.Write(w, binary.LittleEndian, uint64(len(part))); err != nil {
			return err
		}
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// MarshalBinary returns what Write writes.
func (p *Pipeline) MarshalBinary() ([]byte, error) {
	var b bytes.Buffer
	err := p.Write(&b)
	return b.Bytes(), err
}

// Unmarshal reads what MarshalBinary returned.
func (c Catalog) Unmarshal(b []byte) (*Pipeline, error) {
	r := bytes.NewReader(b)
	p, _, err := c.Read(r)
	if err == nil && r.Len() > 0 {
		return nil, fmt.Errorf("pipeline: %d bytes too many", r.Len())
	}
	return p, err
}

// Read reads what Pipeline.Write wrote, and how many bytes it is. It keeps none
// of them.
func (c Catalog) Read(r io.Reader) (*Pipeline, int64, error) {
	var parts [3][]byte
	var size int64
	for i := range parts {
		var err error
		if parts[i], err = readPart(r); err != nil {
			return nil, 0, fmt.Errorf("pipeline: part %d: %w", i, err)
		}
		size += 8 + int64(len(parts[i]))
	}
	var h header
	dec := json.NewDecoder(bytes.NewReader(parts[0]))
	dec.UseNumber()
	if err := dec.Decode(&h); err != nil {
		return nil, 0, fmt.Errorf("pipeline header: %w", err)
	}
	l, _, params, err := c.estimator(Spec{Learner: h.Learner, Task: h.Task, Params: h.Params})
	if err != nil {
		return nil, 0, fmt.Errorf("pipeline header: %w", err)
	}
	p := &Pipeline{
		Target: h.Target, Task: h.Task, Labels: h.Labels, Learner: h.Learner, Params: params,
		Recipe: new(recipe.Fitted), Model: l.Model(h.Task), Seed: h.Seed, TrainRows: h.TrainRows, TestRows: h.TestRows, Known: h.Known, cat: c,
	}
	if err := p.Recipe.UnmarshalBinary(parts[1]); err != nil {
		return nil, 0, fmt.Errorf("pipeline recipe: %w", err)
	}
	if err := p.Model.UnmarshalBinary(parts[2]); err != nil {
		return nil, 0, fmt.Errorf("pipeline model: %w", err)
	}
	return p, size, nil
}

// readAhead bounds the room that is made for a part before its bytes are there.
const readAhead = 64 << 20

// readPart reads bytes behind their length.
func readPart(r io.Reader) ([]byte, error) {
	var n uint64
	if err := binary.Read(r, binary.LittleEndian, &n); err != nil {
		return nil, err
	}
	if n > math.MaxInt64 {
		return nil, fmt.Errorf("%d bytes are too many", n)
	}
	var b bytes.Buffer
	b.Grow(int(min(n, readAhead)) + bytes.MinRead)
	if _, err := io.CopyN(&b, r, int64(n)); err != nil {
		return nil, fmt.Errorf("cut short: %w", err)
	}
	return b.Bytes(), nil
}
