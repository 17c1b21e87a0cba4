package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"os"
	"time"

	"clicktrain/bench/measure"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/train"
)

// figures are what is printed. Times are medians in seconds.
type figures struct {
	Rows    int     `json:"rows"`
	Columns int     `json:"columns"`
	Workers int     `json:"threads"`
	Fit     float64 `json:"fit_seconds"`
	AddedMB float64 `json:"added_mb"` // memory that the first fit added
	PeakMB  float64 `json:"peak_mb"`  // of the process, tables included
	Batch   float64 `json:"batch_seconds"`
	Row     float64 `json:"row_seconds"`
	Bytes   int     `json:"file_bytes"` // of the model alone, as the program keeps it
	Classes int     `json:"classes"`    // 0 for a number
	Proba   bool    `json:"proba"`      // the file of predictions has probabilities
}

// budget bounds the repeats of what is short.
const budget = time.Second

// measure fits, predicts and writes what it predicted.
func (b *bench) measure(o options) (figures, error) {
	f := figures{Rows: b.data.X.Rows, Columns: b.data.X.Cols, Workers: o.workers, Classes: b.data.Classes}
	before := measure.ForgetPeak()
	var model learn.Model
	fit := func() (err error) { model, err = b.est.Fit(context.Background(), b.data); return err }
	seconds, err := measure.Repeat(1, 0, fit)
	if err != nil {
		return f, err
	}
	f.PeakMB = measure.PeakMB()
	f.AddedMB = f.PeakMB - before
	if o.wait {
		f.Fit = seconds[0]
		return f, nil
	}
	if seconds[0] < budget.Seconds() {
		more, err := measure.Repeat(4, budget, fit)
		if err != nil {
			return f, err
		}
		seconds = append(seconds, more...)
	}
	f.Fit = measure.Median(seconds)
	return f, b.predict(&f, model, o)
}

// predict times the model on many rows and on one.
func (b *bench) predict(f *figures, model learn.Model, o options) error {
	values := make([]float64, b.unseen.Rows)
	predict := func(x *frame.Matrix) func() error {
		return func() error { model.Predict(x, values[:x.Rows]); return nil }
	}
	one := predict(b.unseen.Take([]int{0}))
	if err := one(); err != nil {
		return err
	}
	const calls = 100
	each, err := measure.Repeat(50, budget/5, func() error {
		for range calls {
			_ = one()
		}
		return nil
	})
	if err != nil {
		return err
	}
	f.Row = measure.Median(each) / calls
	if err := predict(b.unseen)(); err != nil {
		return err
	}
	batch, err := measure.Repeat(7, budget, predict(b.unseen))
	if err != nil {
		return err
	}
	f.Batch = measure.Median(batch)
	if err := b.size(f, model, o); err != nil || o.predictions == "" {
		return err
	}
	return b.write(f, model, values, o.predictions)
}

// size tells how long the model's file is: all of the program's file but the
// recipe.
func (b *bench) size(f *figures, model learn.Model, o options) error {
	p := train.Pipeline{Target: b.name, Task: b.task, Labels: b.target.Labels, Learner: b.learner.Name, Params: b.params,
		Recipe: b.recipe, Model: model, Seed: o.seed, TrainRows: f.Rows, TestRows: b.unseen.Rows}
	all, err := p.MarshalBinary()
	if err != nil {
		return err
	}
	fitted, err := b.recipe.MarshalBinary()
	if err != nil {
		return err
	}
	f.Bytes = len(all) - len(fitted)
	return nil
}

// write writes the predictions, and the probability of each class for each row
// where the model tells one.
func (b *bench) write(f *figures, model learn.Model, values []float64, path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	if err := binary.Write(out, binary.LittleEndian, values); err != nil {
		return err
	}
	if m, ok := model.(learn.Proba); ok && f.Classes > 0 {
		f.Proba = true
		proba := make([]float64, b.unseen.Rows*f.Classes)
		m.Proba(b.unseen, proba)
		if err := binary.Write(out, binary.LittleEndian, proba); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return file.Close()
}
