package recipe

import (
	"context"
	"fmt"

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
	for _, stage := range []func() error{f.load, f.columns, f.collect, func() error { return f.onMatrix(d) }, func() error { return f.balance(d) }} {
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
	known    []*Column // one for each feature, nil where it is left out
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
	d.Kept, d.Y, d.KeptY = f.kept, f.target.y, f.target.y
	return d
}

// load reads the kept rows of each feature.
func (f *fitting) load() error {
	f.known = make([]*Column, len(f.features))
	return parallel(len(f.features), f.workers, func(i int) error {
		if err := f.ctx.Err(); err != nil {
			return err
		}
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
	})
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

func (f *fitting) sideBySide(steps []planned) error {
	takes := make([]map[string]bool, len(steps))
	for k, s := range steps {
		takes[k] = make(map[string]bool, len(s.columns))
		for _, name := range s.columns {
			takes[k][name] = true
		}
	}
	return parallel(len(f.known), f.workers, func(i int) error {
		c := f.known[i]
		for k, s := range steps {
			if c == nil || c.left != "" || !takes[k][c.Name] {
				continue
			}
			if err := f.ctx.Err(); err != nil {
				return err
			}
			if err := s.Action.(ColumnAction).Fit(c); err != nil {
				return blame(c.Name, err)
			}
		}
		return nil
	})
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
	return action.FitAll(joined(group))
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
	return f.checkWidth()
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

// maxIndicators is how many one-hot columns a recipe may make in all.
const maxIndicators = 5000

// checkWidth refuses a matrix that is too wide because of one-hot encoding.
func (t *Fitted) checkWidth() error {
	total, widest, most := 0, "", 0
	for _, in := range t.inputs {
		for _, o := range in.ops {
			o, ok := o.(*oneHot)
			if !ok {
				continue
			}
			n := o.size()
			if total += n; n > most {
				widest, most = in.Name, n
			}
		}
	}
	if total <= maxIndicators {
		return nil
	}
	p := problem.Column(widest, "One-hot encoding would make %d columns, %d of them from %s; the limit is %d.", total, most, widest, maxIndicators)
	return p.WithHint("Choose ordinal for columns with many categories, or leave them out.")
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
