package main

import (
	"context"
	"fmt"

	"clicktrain/bench/measure"
	"clicktrain/internal/catalog"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// bench is a learner with what it learns from and what it is scored on.
type bench struct {
	learner learn.Learner
	est     learn.Estimator
	params  []param.Named
	recipe  *recipe.Fitted
	target  train.Target
	task    learn.Task
	name    string // of the target
	data    learn.Data
	unseen  *frame.Matrix
}

// load reads both tables and prepares them by the training table's recipe.
func load(o options) (*bench, error) {
	cat := catalog.All()
	b := &bench{task: learn.ParseTask(o.task), name: o.target}
	var ok bool
	if b.learner, ok = cat.Learner(o.algorithm); !ok || !b.learner.Can(b.task) {
		return nil, fmt.Errorf("there is no %s for %q", o.algorithm, o.task)
	}
	b.est = b.learner.New(b.task)
	var set param.Set
	b.est.Params(&set)
	if err := set.Decode(o.algorithm, o.params); err != nil {
		return nil, err
	}
	b.params = set.Values()
	read, err := measure.Read(o.train)
	if err != nil {
		return nil, err
	}
	if b.target, err = train.CheckTarget(read.Frame, o.target, b.task); err != nil {
		return nil, err
	}
	if err := b.prepare(read.Frame, cat, o); err != nil {
		return nil, err
	}
	tested, err := measure.Read(o.test)
	if err != nil {
		return nil, err
	}
	b.unseen, _, err = b.recipe.Transform(tested.Frame, first(o.predict, tested.Frame.Rows))
	return b, err
}

// prepare fits the recipe and sets what the learner learns from.
func (b *bench) prepare(f *frame.Frame, cat train.Catalog, o options) error {
	r, err := measure.Recipe(o.linear).Resolve(f, cat.Steps)
	if err != nil {
		return err
	}
	in := recipe.Training{Frame: f, Rows: b.target.Rows, Y: b.target.Y, Classes: b.target.Labels.Len(), Workers: o.workers}
	for _, name := range f.Names() {
		if name != o.target {
			in.Features = append(in.Features, name)
		}
	}
	fitted, d, err := recipe.Fit(context.Background(), r, cat.Steps, in)
	if err != nil {
		return err
	}
	b.recipe = fitted
	b.data = learn.Data{X: d.X, Y: d.Y, Classes: in.Classes, Seed: o.seed, Workers: o.workers, Names: fitted.Names()}
	return nil
}

// start returns the same data with few rows: enough for a first small fit.
func (b *bench) start() learn.Data {
	const few = 2000
	d := b.data
	if d.X.Rows > few {
		d.X, d.Y = d.X.Take(first(few, d.X.Rows)), d.Y[:few]
	}
	return d
}

// first returns the rows 0 to n, or to all where n is 0.
func first(n, all int) []int {
	if n == 0 {
		n = all
	}
	rows := make([]int, min(n, all))
	for i := range rows {
		rows[i] = i
	}
	return rows
}
