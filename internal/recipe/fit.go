package recipe

import (
	"context"
	"fmt"
	"sync/atomic"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// Fit learns the recipe from the training rows alone, and returns the fitted
// recipe and what a learner then learns from: an n×p matrix of the rows that
// no step leaves out. A feature that a step leaves out, or that has no value
// in the kept rows, is left out of the matrix: see Fitted.Left.
//
// It returns ctx's error soon after ctx ends, and a *problem.Error where a
// feature cannot become numbers, see Complete, or a step would cost too much.
// The result depends on in and r alone, not on in.Workers. Cost: a few passes
// over each column, one copy of it, and what the steps say of themselves.
func Fit(ctx context.Context, r Recipe, defs []Definition, in Training) (*Fitted, *Data, error) {
	if err := checkFeatures(in.Frame, in.Features); err != nil {
		return nil, nil, err
	}
	plan, err := r.plan(in, defs)
	if err != nil {
		return nil, nil, err
	}
	kept, told, err := plan.keep(in)
	if err != nil {
		return nil, nil, err
	}
	f := fitting{ctx: ctx, plan: plan, workers: max(in.Workers, 1)}
	f.Fitted = &Fitted{rows: len(kept), native: plan.native, told: told}
	d := f.start(in, kept)
	for _, stage := range []func() error{f.columns, f.collect, func() error { return f.onMatrix(d) }, func() error { return f.balance(d) }} {
		if err := stage(); err != nil {
			return nil, nil, err
		}
	}
	return f.Fitted, d, nil
}

// fitting is a recipe on its way to a fitted one.
type fitting struct {
	*Fitted
	ctx      context.Context
	plan     *plan
	workers  int
	table    map[string]*frame.Column
	features []string
	kept     []int // rows of the table
	target   *target
	known    []*Column    // one for each feature, nil where it is left out
	loaded   int          // how many of known are read
	made     atomic.Int64 // bytes of the columns that were made of columns
}

// start sets the kept rows apart.
func (f *fitting) start(in Training, kept []int) *Data {
	f.table, f.features = byName(in.Frame), in.Features
	f.target = &target{classes: in.Classes, names: in.ClassNames, seed: in.Seed}
	d := new(Data)
	for _, i := range kept {
		f.kept = append(f.kept, in.Rows[i])
		if in.Y != nil {
			f.target.y = append(f.target.y, in.Y[i])
		}
		if in.Weights != nil {
			d.Weights = append(d.Weights, in.Weights[i])
		}
	}
	d.Kept, d.Y = f.kept, f.target.y
	return d
}

// load reads the kept rows of feature i.
func (f *fitting) load(i int) error {
	form, file := f.plan.forms[f.features[i]], f.table[f.features[i]]
	if form.gone > 0 || !hasValue(form.Raw, f.kept) {
		return nil
	}
	c := &Column{Name: file.Name, file: file, raw: form.Raw, changes: form.changes, fit: f}
	c.pandas, _ = sourceOf(file)
	c.source = changedSource(c.pandas, c.changes)
	v, err := load(file, f.kept, c.pandas, c.changes)
	if err != nil {
		return blame(c.Name, err)
	}
	v.own = true
	c.values = v
	f.known[i] = c
	return nil
}

func hasValue(c *frame.Column, rows []int) bool {
	for _, r := range rows {
		if !c.Missing(r) {
			return true
		}
	}
	return false
}

// columns takes the columns through the steps that work on columns: side by
// side up to a step that works on several together.
func (f *fitting) columns() error {
	var alone []planned
	for _, s := range f.plan.steps {
		switch action := s.Action.(type) {
		case ColumnAction:
			alone = append(alone, s)
		case JointAction:
			if err := f.sideBySide(alone); err != nil {
				return err
			}
			alone = nil
			if err := f.together(s, action); err != nil {
				return err
			}
		}
	}
	if err := f.sideBySide(alone); err != nil {
		return err
	}
	if !f.native {
		return nil
	}
	return parallel(len(f.known), f.workers, func(i int) error {
		if c := f.known[i]; c != nil && c.left == "" && f.plan.forms[c.Name].Holds == Texts {
			return c.native()
		}
		return nil
	})
}

// batch is how many columns are taken through steps before it is looked how
// many they have become.
const batch = 256

// sideBySide takes each column through the steps, once it is loaded, a batch of
// columns after the other: where the first become too many the others are not
// looked at.
func (f *fitting) sideBySide(steps []planned) error {
	takes := make([]map[string]bool, len(steps))
	for k, s := range steps {
		takes[k] = make(map[string]bool, len(s.columns))
		for _, name := range s.columns {
			takes[k][name] = true
		}
	}
	if f.known == nil {
		f.known, f.loaded = make([]*Column, len(f.features)), 0
	}
	for from := 0; from < len(f.known); from += batch {
		n := min(batch, len(f.known)-from)
		err := parallel(n, f.workers, func(i int) error { return f.alone(from+i, steps, takes) })
		f.loaded = max(f.loaded, from+n)
		if wide := f.checkWidth(); wide != nil {
			return wide
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// alone takes column i through the steps that are for it.
func (f *fitting) alone(i int, steps []planned, takes []map[string]bool) error {
	if err := f.ctx.Err(); err != nil {
		return err
	}
	if i >= f.loaded {
		if err := f.load(i); err != nil {
			return err
		}
	}
	c := f.known[i]
	for k, s := range steps {
		if c == nil || c.left != "" || !takes[k][c.Name] {
			continue
		}
		if err := f.ctx.Err(); err != nil {
			return err
		}
		if err := s.Action.(ColumnAction).Fit(c); err != nil {
			return atStep(s.at, blame(c.Name, err))
		}
	}
	return nil
}

func (f *fitting) together(s planned, action JointAction) error {
	if err := f.ctx.Err(); err != nil {
		return err
	}
	var group []*Column
	for _, name := range s.columns {
		for _, c := range f.known {
			if c != nil && c.Name == name && c.left == "" {
				group = append(group, c)
			}
		}
	}
	if len(group) == 0 {
		return nil
	}
	return atStep(s.at, action.FitAll(joined(group)))
}

// collect makes the columns the inputs of the fitted recipe.
func (f *fitting) collect() error {
	for i, name := range f.features {
		c := f.known[i]
		switch form := f.plan.forms[name]; {
		case form.gone > 0:
			f.left = append(f.left, Left{name, "a step of the recipe leaves it out"})
		case c == nil:
			f.left = append(f.left, Left{name, "it has no value in the training rows"})
		case c.left != "":
			f.left = append(f.left, Left{name, c.left})
		default:
			f.inputs = append(f.inputs, newInput(c))
		}
	}
	f.index()
	return nil
}

// matrixOf returns the prepared training rows.
func (f *fitting) matrixOf() *frame.Matrix {
	var blocks []frame.Block
	byName := map[string]*Column{}
	for _, c := range f.known {
		if c != nil {
			byName[c.Name] = c
		}
	}
	for _, s := range f.order {
		in := f.strands[s].input
		c := byName[f.inputs[in].Name]
		if k := s - f.first[in]; k > 0 {
			blocks = append(blocks, c.aside[k-1].values.blocks()...)
			continue
		}
		blocks = append(blocks, c.values.blocks()...)
	}
	return frame.NewMatrix(len(f.kept), blocks...)
}

// byName returns f's columns by name, for looking up many of them.
func byName(f *frame.Frame) map[string]*frame.Column {
	columns := make(map[string]*frame.Column, len(f.Columns))
	for _, c := range f.Columns {
		columns[c.Name] = c
	}
	return columns
}

// checkFeatures refuses what is not there, and what is there twice.
func checkFeatures(f *frame.Frame, features []string) error {
	raw := byName(f)
	seen := make(map[string]bool, len(features))
	for _, name := range features {
		var p *problem.Error
		switch {
		case raw[name] == nil:
			p = problem.Field("features", "There is no column %q.", name).WithHint("The columns are %s.", listed(f.Names()))
		case seen[name]:
			p = problem.Field("features", "The features name %s twice.", name)
		default:
			seen[name] = true
			continue
		}
		p.Column = name
		return p
	}
	return nil
}

// leftOut says how many rows a step left out.
func leftOut(title string, n, of int) string {
	return fmt.Sprintf("%s: %d of %s", title, n, counted(of, "training row"))
}
