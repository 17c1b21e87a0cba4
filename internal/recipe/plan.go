package recipe

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// plan is a recipe resolved for some features, with its actions.
type plan struct{ steps []planned }

type planned struct {
	Action
	columns map[string]bool
}

// plan resolves r for the features alone, and checks that its steps turn each
// of them into numbers without missing ones.
func (r Recipe) plan(f *frame.Frame, features []string, defs []Definition) (*plan, error) {
	w := newWalk(f, features, defs)
	p := new(plan)
	for i, s := range r.only(features).Steps {
		resolved, action, err := w.step(i, s)
		if err != nil {
			return nil, err
		}
		step := planned{action, make(map[string]bool, len(resolved.Columns))}
		for _, c := range resolved.Columns {
			step.columns[c] = true
		}
		p.steps = append(p.steps, step)
	}
	for _, name := range features {
		switch form := w.forms[name]; {
		case form.Holds == Texts:
			return nil, problem.Column(name, "%s holds text with %d different values, and no step turns it into numbers.", name, len(form.Raw.Levels)).
				WithHint("Encode it, or leave it out.")
		case !form.Has(Missing) && !form.Has(Encoding):
			return nil, problem.Column(name, "No step says what to do where %s has no value.", name).
				WithHint("Fill it, for instance with the median.")
		}
	}
	return p, nil
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

// keep returns the rows that no step leaves out.
func (p *plan) keep(f *frame.Frame, rows []int) ([]int, error) {
	var kept []int
	filtered, worst, most := false, "", 0
	drop := make([]bool, len(rows))
	for _, s := range p.steps {
		filter, ok := s.Action.(RowFilter)
		if !ok {
			continue
		}
		filtered = true
		for _, c := range f.Columns {
			if !s.columns[c.Name] {
				continue
			}
			n := 0
			for i, r := range rows {
				if filter.Drops(c, r) {
					drop[i] = true
					n++
				}
			}
			if n > most {
				worst, most = c.Name, n
			}
		}
	}
	if !filtered {
		kept = rows
	} else {
		for i, r := range rows {
			if !drop[i] {
				kept = append(kept, r)
			}
		}
	}
	switch {
	case len(rows) == 0:
		return nil, problem.New(problem.Invalid, "There are no training rows.").WithHint("Upload more rows.")
	case len(kept) == 0:
		return nil, problem.Column(worst, "No training row is left: each has a missing value, %d of %d in %s.", most, len(rows), worst).
			WithHint("Fill missing values instead of leaving rows out, or leave %s out.", worst)
	}
	return kept, nil
}

// fit takes one raw column through the steps. It returns nil where no row has
// a value.
func (p *plan) fit(raw *frame.Column, rows []int) (*Column, error) {
	if !hasValue(raw, rows) {
		return nil, nil
	}
	c := &Column{Name: raw.Name}
	c.source, _ = sourceOf(raw)
	num, txt, err := c.source.load(raw, rows)
	if err != nil {
		return nil, err
	}
	c.values = values{num: num, own: true, texts: txt}
	if c.source == numberSource {
		c.values.holds = Numbers
	}
	for _, s := range p.steps {
		if !s.columns[raw.Name] {
			continue
		}
		if err := s.Fit(c); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func hasValue(c *frame.Column, rows []int) bool {
	for _, r := range rows {
		if !c.Missing(r) {
			return true
		}
	}
	return false
}
