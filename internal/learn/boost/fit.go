package boost

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

// Fit grows the trees. It holds one byte for each row and column twice over,
// and some 32 bytes a row for each tree of a round. A target that the loss
// cannot take, monotonic_cst for an unknown column, a category column or three
// classes, a column of too many categories, and a learning_rate with which the
// trees' answers outgrow their numbers are refused.
func (b *booster) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := b.check(d); err != nil {
		return nil, err
	}
	c := newCrew(max(1, d.Workers))
	defer c.close()
	f := fit{booster: b, data: d, crew: c, weights: effective(b.classWeight.Rows(d))}
	f.splitRows()
	sample, weights := f.sample()
	t, err := cut(ctx, d.X, sample, weights, b.bins, c)
	if err != nil {
		return nil, err
	}
	if err := b.sign(t, d); err != nil {
		return nil, err
	}
	f.table = t
	if err := f.run(ctx); err != nil {
		return nil, err
	}
	return f.model(), nil
}

// effective returns nil for weights that are all 1.
func effective(weights []float64) []float64 {
	for _, w := range weights {
		if w != 1 {
			return weights
		}
	}
	return nil
}

// fit is one fit as it goes on.
type fit struct {
	*booster
	data    learn.Data
	crew    *crew
	weights []float64 // of rows; nil counts every row once
	table   *table
	rows    []uint32 // trained on
	held    []uint32 // back, to stop early

	goal    objective
	unit    float64 // targets are divided by it, a power of two
	raw     [][]float64
	grads   []gradients
	growers []*grower // one for each worker
	shared  *grower   // for all workers
	out     ensemble
}

// draws are the random streams of a fit.
const (
	drawSample = iota + 1
	drawHeld
	drawColumns
)

func (f *fit) random(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(f.data.Seed, stream)) }

// sampleRows is the most rows that thresholds are learned from.
const sampleRows = 200_000

// sample returns the rows from which thresholds are learned, with their
// weights: all, or as many as that drawn with replacement.
func (f *fit) sample() ([]uint32, []float64) {
	if len(f.rows) <= sampleRows {
		return f.rows, f.weights
	}
	random := f.random(drawSample)
	out := make([]uint32, sampleRows)
	if f.weights == nil {
		for i := range out {
			out[i] = f.rows[random.IntN(len(f.rows))]
		}
		return out, nil
	}
	sums, sum := make([]float64, len(f.rows)), 0.0
	for i, r := range f.rows {
		sum += f.weights[r]
		sums[i] = sum
	}
	for i := range out {
		x := random.Float64() * sum
		lo, hi := 0, len(sums)-1
		for lo < hi { // the first sum above x
			if m := (lo + hi) / 2; sums[m] > x {
				hi = m
			} else {
				lo = m + 1
			}
		}
		out[i] = f.rows[lo]
	}
	return out, nil
}

// run grows the trees, round by round.
func (f *fit) run(ctx context.Context) error {
	f.prepare()
	stop := stopper{patience: f.patience, tol: f.tol}
	if len(f.held) > 0 {
		stop.worse(f.score())
	}
	for round := range f.rounds {
		f.derive()
		if round > 0 && !f.derived() {
			return f.diverged()
		}
		if err := f.round(ctx, round); err != nil {
			return err
		}
		if f.data.Progress != nil {
			f.data.Progress(float64(round+1) / float64(f.rounds))
		}
		if len(f.held) > 0 && stop.worse(f.score()) {
			break
		}
		if done := round + 1; done < f.rounds && f.data.Clock.Over() {
			f.data.Clock.Keep(fmt.Sprintf("%d of %d rounds", done, f.rounds))
			break
		}
	}
	return nil
}

// prepare sets what rounds need.
func (f *fit) prepare() {
	f.goal, f.unit = f.objective()
	f.out.start = f.goal.start(f.rows)
	n := f.data.X.Rows
	f.raw = make([][]float64, len(f.out.start))
	f.grads = make([]gradients, len(f.out.start))
	for k, x := range f.out.start {
		f.raw[k] = make([]float64, n)
		for i := range f.raw[k] {
			f.raw[k][i] = x
		}
		f.grads[k].isWide = !f.goal.constant()
		if f.grads[k].isWide {
			f.grads[k].gh = make([]float32, 2*n)
		} else {
			f.grads[k].g = make([]float32, n)
		}
	}
	seed := f.random(drawColumns).Uint64()
	free := &pool{words: f.table.words, wide: f.grads[0].isWide}
	rows, spare := make([]uint32, len(f.rows)), make([]uint32, len(f.rows))
	f.shared = newGrower(f.settings, f.table, f.data.X.Cols, rows, spare, seed, f.crew, free)
	if len(f.raw) > 1 && f.crew.size > 1 {
		for w := range f.crew.size {
			if w > 0 { // the first rests while all workers share a tree, and the other way round
				rows, spare = make([]uint32, len(f.rows)), make([]uint32, len(f.rows))
			}
			f.growers = append(f.growers, newGrower(f.settings, f.table, f.data.X.Cols, rows, spare, seed, solo(w), free))
		}
	}
}

// objective returns the loss, and the power of two by which targets are
// divided so that float32 holds their differences and gains.
func (f *fit) objective() (objective, float64) {
	t := target{y: f.data.Y, weights: f.weights}
	switch f.loss {
	case logLoss:
		if f.data.Classes == 2 {
			return &twoClass{t}, 1
		}
		return &multiclass{t, f.data.Classes}, 1
	case poissonLoss:
		return &poisson{t}, 1
	case gammaLoss:
		return &gamma{t}, 1
	}
	unit := unitOf(t.y)
	if unit != 1 {
		t.y = make([]float64, len(t.y))
		for i, y := range f.data.Y {
			t.y[i] = y / unit
		}
	}
	switch f.loss {
	case absoluteError:
		return &pinball{t, 0.5, true}, unit
	case quantileLoss:
		return &pinball{t, f.quantile, false}, unit
	}
	return &squared{t}, unit
}

// unitOf returns 1 where the largest number is of a common size, and else a
// power of two near it.
func unitOf(y []float64) float64 {
	most := 0.0
	for _, v := range y {
		most = max(most, math.Abs(v))
	}
	if most == 0 || most > 1e-12 && most < 1e15 {
		return 1
	}
	_, e := math.Frexp(most)
	return math.Ldexp(1, max(e, -1021))
}

// derive sets the gradients of all rows.
func (f *fit) derive() {
	n := f.data.X.Rows
	parts := make([][]size, (n+chunk-1)/chunk)
	f.crew.chunks(n, func(_, task, lo, hi int) { parts[task] = f.goal.derive(f.grads, f.raw, lo, hi) })
	for k := range f.grads {
		gr := &f.grads[k]
		gr.sumG, gr.sumH = 0, 0
		for _, p := range parts { // in order, so that sums repeat
			gr.sumG += p[k].g
			gr.sumH += p[k].h
		}
		gr.fit(n)
	}
}

// round grows the trees of one round. Whole trees are shared out among the
// workers as long as there is one for each.
func (f *fit) round(ctx context.Context, round int) error {
	k := len(f.raw)
	trees, errs := make([]*tree, k), make([]error, k)
	alone := 0
	if f.growers != nil {
		alone = k / f.crew.size * f.crew.size
		f.crew.do(alone, func(worker, i int) { trees[i], errs[i] = f.tree(ctx, f.growers[worker], i, round) })
	}
	for i := alone; i < k; i++ {
		trees[i], errs[i] = f.tree(ctx, f.shared, i, round)
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	f.out.trees = append(f.out.trees, trees...)
	return nil
}

// tree grows tree k of a round and adds its values to the predictions.
func (f *fit) tree(ctx context.Context, g *grower, k, round int) (*tree, error) {
	root, err := g.grow(ctx, &f.grads[k], f.rows, round*len(f.raw)+k)
	if err != nil {
		return nil, err
	}
	leaves := root.leaves(nil)
	if goal, ok := f.goal.(renewer); ok {
		f.renew(g.crew, goal, leaves, f.raw[k])
	}
	for _, leaf := range leaves {
		leaf.value *= f.rate
		if !f.bounded(leaf.value) {
			return nil, f.diverged()
		}
	}
	f.advance(g.crew, leaves, f.raw[k])
	route(f.table, root, append([]uint32(nil), f.held...), f.raw[k])
	return newTree(f.table, root, f.unit), nil
}

// renew sets the leaves' values to what the objective says.
func (f *fit) renew(c *crew, goal renewer, leaves []*node, raw []float64) {
	c.do(len(leaves), func(_, i int) {
		leaves[i].value = goal.renew(raw, leaves[i].rows, make([]float64, len(leaves[i].rows)))
	})
}

// advance adds the leaves' values to the predictions of their rows.
func (f *fit) advance(c *crew, leaves []*node, raw []float64) {
	c.do(len(leaves), func(_, i int) {
		value := leaves[i].value
		for _, r := range leaves[i].rows {
			raw[r] += value
		}
	})
}

// route adds the values of the leaves that rows fall in to their predictions.
// It reorders rows.
func route(t *table, nd *node, rows []uint32, raw []float64) {
	if len(rows) == 0 {
		return
	}
	if nd.left == nil {
		for _, r := range rows {
			raw[r] += nd.value
		}
		return
	}
	spare := make([]uint32, len(rows))
	to := new(sides)
	nd.split.fillSides(to, t)
	n := part(solo(0), rows, spare, t.slots[t.columns[nd.split.column].slot], to)
	route(t, nd.left, rows[:n], raw)
	route(t, nd.right, rows[n:], raw)
}

// leaves appends the leaves of a grown tree, from left to right.
func (nd *node) leaves(dst []*node) []*node {
	if nd.left == nil {
		return append(dst, nd)
	}
	return nd.right.leaves(nd.left.leaves(dst))
}

// check refuses targets that the loss cannot take.
func (b *booster) check(d learn.Data) error {
	if d.Classes > 2 && len(b.signs) > 0 {
		return problem.Field("monotonic_cst", "monotonic_cst is not for three classes or more.").WithHint("Leave it empty.")
	}
	if err := b.checkSize(len(d.Y), max(1, d.Classes)); err != nil {
		return err
	}
	const most = 1e30
	for _, y := range d.Y {
		switch {
		case b.loss == poissonLoss && y < 0:
			return problem.Field("loss", "loss poisson takes no targets below 0, and one is %g.", y).WithHint("Choose squared_error.")
		case b.loss == gammaLoss && y <= 0:
			return problem.Field("loss", "loss gamma takes targets above 0 only, and one is %g.", y).WithHint("Choose squared_error or poisson.")
		case (b.loss == poissonLoss || b.loss == gammaLoss) && y > most:
			return problem.Field("loss", "loss %s takes targets up to %g, and one is %g.", b.loss, most, y).WithHint("Divide the target by a large number.")
		}
	}
	if b.loss == poissonLoss && sum(d.Y, d.Weights) == 0 {
		return problem.Field("loss", "loss poisson needs a target above 0, and all are 0.").WithHint("Choose squared_error.")
	}
	return nil
}

// sum returns the sum of y where it counts.
func sum(y, weights []float64) float64 {
	s := 0.0
	for i, v := range y {
		if weights == nil || weights[i] > 0 {
			s += v
		}
	}
	return s
}

// sign sets the signs of the columns that monotonic_cst names.
func (b *booster) sign(t *table, d learn.Data) error {
	left := len(b.signs)
	for _, name := range d.Names {
		if _, ok := b.signs[name]; ok {
			left--
		}
	}
	if left > 0 {
		return problem.Field("monotonic_cst", "monotonic_cst names a column that is not there.").
			WithHint("The prepared data's columns are what it can name.")
	}
	for c := range t.columns {
		col := &t.columns[c]
		if len(b.signs) == 0 || b.signs[d.Names[col.index]] == 0 {
			continue
		}
		if col.kind == category {
			return problem.Field("monotonic_cst", "monotonic_cst names %q, which holds categories: they have no order.", d.Names[col.index])
		}
		col.sign = int8(b.signs[d.Names[col.index]])
	}
	return nil
}
