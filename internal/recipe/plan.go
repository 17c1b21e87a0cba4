package recipe

import (
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// plan is a recipe resolved for some features, with its actions.
type plan struct {
	steps  []planned
	forms  map[string]Form
	native bool
}

type planned struct {
	Action
	Definition
	columns []string
	at      int // its place in the recipe
}

// plan resolves r for the features alone, and checks that its steps turn each
// of them into numbers without missing ones, unless it is native.
func (r Recipe) plan(in Training, defs []Definition) (*plan, error) {
	w := newWalk(in.Frame, in.Features, defs)
	r = r.only(in.Features)
	p := &plan{native: in.Native && !r.whole(defs)}
	for i, s := range r.Steps {
		resolved, action, err := w.step(i, s)
		if err != nil {
			return nil, err
		}
		d, _ := define(defs, s.Name)
		p.steps = append(p.steps, planned{action, d, resolved.Columns, i})
	}
	p.forms = w.forms
	for _, name := range in.Features {
		if err := p.check(w.forms[name]); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// whole reports whether r has a step that needs every column as numbers that
// are not missing: one on prepared columns, or one that makes rows.
func (r Recipe) whole(defs []Definition) bool {
	return slices.ContainsFunc(r.Steps, func(s Step) bool {
		d, ok := define(defs, s.Name)
		return ok && (d.Phase == OnMatrix || d.Filled)
	})
}

// check refuses a feature that cannot be learned from as the steps leave it.
func (p *plan) check(f Form) error {
	name := f.Raw.Name
	refuse := func(format string, args ...any) *problem.Error {
		e := problem.Field("features", format, args...)
		e.Column = name
		return e
	}
	switch {
	case f.gone > 0:
		return nil
	case f.Holds == Dates:
		return refuse("%s holds dates, which cannot be learned from as they are.", name).
			WithHint("Leave it out, or take the parts of the dates that matter, such as the month.")
	case f.Raw.Kind == frame.ID && !f.open:
		return refuse("%s names the rows, so it says nothing about rows to come.", name).WithHint("Leave it out.")
	case f.Holds == Texts && !(p.native && len(f.Raw.Levels) <= maxNative):
		return problem.Column(name, "%s holds text with %d different values, and no step turns it into numbers.", name, len(f.Raw.Levels)).
			WithHint("Encode it, or leave it out.")
	case f.Holds != Texts && (!p.native || f.Has(Binning)) && !f.Has(Missing) && !f.Has(Encoding):
		return problem.Column(name, "No step says what to do where %s has no value.", name).
			WithHint("Fill it, for instance with the median.")
	}
	return nil
}

// only returns the recipe without the columns that are not features, and
// without the steps that name no others.
func (r Recipe) only(features []string) Recipe {
	used := make(map[string]bool, len(features))
	for _, name := range features {
		used[name] = true
	}
	var out Recipe
	for _, s := range r.Steps {
		if len(s.Columns) > 0 {
			var columns []string
			for _, c := range s.Columns {
				if used[c] {
					columns = append(columns, c)
				}
			}
			if len(columns) == 0 {
				continue
			}
			s.Columns = columns
		}
		out.Steps = append(out.Steps, s)
	}
	return out
}

// Only returns the recipe for the features alone: steps without the columns
// that are none, and without the steps that are then for no column. Steps that
// are for no column in particular stay. r must be resolved.
func (r Recipe) Only(features []string) Recipe { return r.only(features) }

// keep returns the positions in in.Rows that no step leaves out, and tells what
// the steps did.
func (p *plan) keep(in Training) (kept []int, told []Learned, err error) {
	if len(in.Rows) == 0 {
		return nil, nil, problem.New(problem.Invalid, "There are no training rows.").WithHint("Upload more rows.")
	}
	kept = make([]int, len(in.Rows))
	for i := range kept {
		kept[i] = i
	}
	for _, s := range p.steps {
		action, ok := s.Action.(RowAction)
		if !ok {
			continue
		}
		rows := Rows{}
		for _, name := range s.columns {
			if f := p.forms[name]; f.gone == 0 {
				rows.Columns = append(rows.Columns, f.Raw)
			}
		}
		for _, i := range kept {
			rows.At = append(rows.At, in.Rows[i])
			if in.Y != nil {
				rows.Y = append(rows.Y, in.Y[i])
			}
		}
		out, err := action.LeaveOut(rows)
		if err != nil {
			return nil, nil, err
		}
		before := len(kept)
		left := kept[:0]
		for k, i := range kept {
			if !out[k] {
				left = append(left, i)
			}
		}
		kept = left
		if len(kept) == 0 {
			return nil, nil, nothingLeft(s, rows)
		}
		told = append(told, Learned{Step: s.Name, Text: leftOut(s.Title, before-len(kept), before)})
	}
	return kept, told, nil
}

// nothingLeft says that a step left out every row, and which column has the
// most gaps, if any.
func nothingLeft(s planned, rows Rows) error {
	worst, most := "", 0
	for _, c := range rows.Columns {
		n := 0
		for _, r := range rows.At {
			if c.Missing(r) {
				n++
			}
		}
		if n > most || worst == "" {
			worst, most = c.Name, n
		}
	}
	p := problem.Column(worst, "No training row is left: %q leaves out all of %d.", s.Title, len(rows.At))
	if most > 0 {
		p.Message += " " + capital(counted(most, "row")) + " of them have no value in " + worst + "."
		return p.WithHint("Fill missing values instead of leaving rows out, or leave %s out.", worst)
	}
	return p.WithHint("Take the step out, or choose other columns for it.")
}
