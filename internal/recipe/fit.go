package recipe

import (
	"context"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// Fit learns the recipe from the given rows of f alone, and returns the fitted
// recipe, its n×p training matrix, and the n rows that it kept, in order:
// those that no step leaves out. features are the raw columns to use; what r
// says of other columns is ignored. A feature without a value in the kept rows
// is left out of the matrix, see Fitted.Left.
//
// It returns ctx's error soon after ctx ends, and a *problem.Error where a
// feature cannot become numbers: see Complete. Cost: a few passes over each
// column, and one copy of it.
func Fit(ctx context.Context, r Recipe, defs []Definition, f *frame.Frame, features []string, rows []int) (*Fitted, *frame.Matrix, []int, error) {
	raw := byName(f)
	if err := checkFeatures(f, raw, features); err != nil {
		return nil, nil, nil, err
	}
	plan, err := r.plan(f, features, defs)
	if err != nil {
		return nil, nil, nil, err
	}
	kept, err := plan.keep(f, rows)
	if err != nil {
		return nil, nil, nil, err
	}
	t := &Fitted{rows: len(kept)}
	var columns []*Column
	for _, name := range features {
		if err := ctx.Err(); err != nil {
			return nil, nil, nil, err
		}
		c, err := plan.fit(raw[name], kept)
		if err != nil {
			return nil, nil, nil, blame(name, err)
		}
		if c == nil {
			t.left = append(t.left, Left{name, "it has no value in the training rows"})
			continue
		}
		columns = append(columns, c)
		t.inputs = append(t.inputs, newInput(raw[name], c))
	}
	t.group()
	if err := t.checkWidth(); err != nil {
		return nil, nil, nil, err
	}
	blocks := make([]frame.Block, 0, len(columns))
	for _, b := range t.branches {
		for _, i := range b.inputs {
			blocks = append(blocks, columns[i].values.block())
		}
	}
	return t, frame.NewMatrix(len(kept), blocks...), kept, nil
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
		o, ok := in.oneHot()
		if !ok {
			continue
		}
		n := o.size()
		if total += n; n > most {
			widest, most = in.Name, n
		}
	}
	if total <= maxIndicators {
		return nil
	}
	p := problem.Column(widest, "One-hot encoding would make %d columns, %d of them from %s; the limit is %d.", total, most, widest, maxIndicators)
	return p.WithHint("Choose ordinal for columns with many categories, or leave them out.")
}

// checkFeatures refuses what is not there and what cannot be learned from.
func checkFeatures(f *frame.Frame, raw map[string]*frame.Column, features []string) error {
	seen := make(map[string]bool, len(features))
	for _, name := range features {
		c := raw[name]
		var p *problem.Error
		switch {
		case c == nil:
			p = problem.Field("features", "There is no column %q.", name).WithHint("The columns are %s.", listed(f.Names()))
		case seen[name]:
			p = problem.Field("features", "The features name %s twice.", name)
		case c.Kind == frame.Time:
			p = problem.Field("features", "%s holds dates, which cannot be learned from as they are.", name).
				WithHint("Leave it out, or upload what matters about the dates as numbers, such as the month.")
		case c.Kind == frame.ID:
			p = problem.Field("features", "%s names the rows, so it says nothing about rows to come.", name).
				WithHint("Leave it out.")
		}
		if p != nil {
			p.Column = name
			return p
		}
		seen[name] = true
	}
	return nil
}
