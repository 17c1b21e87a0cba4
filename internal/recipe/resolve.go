package recipe

import (
	"fmt"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// Resolve returns the recipe as it is understood for the table f: each step
// with its columns and parameters written out, and without steps that apply to
// no column. It returns a *problem.Error, whose Field is as steps[0].strategy,
// for an unknown step, column or parameter, for a step that cannot take a
// column it names, and for two steps that settle the same thing for a column.
// Resolving the result again changes nothing.
func (r Recipe) Resolve(f *frame.Frame, defs []Definition) (Recipe, error) {
	w := newWalk(f, f.Names(), defs)
	var out Recipe
	for i, s := range r.Steps {
		resolved, _, err := w.step(i, s)
		if err != nil {
			return Recipe{}, err
		}
		if len(resolved.Columns) > 0 {
			out.Steps = append(out.Steps, resolved)
		}
	}
	return out, nil
}

// walk follows the forms of columns through the steps of a recipe.
type walk struct {
	frame *frame.Frame
	names []string // the columns in question, in order
	forms map[string]Form
	defs  []Definition
}

func newWalk(f *frame.Frame, names []string, defs []Definition) *walk {
	w := &walk{frame: f, names: names, forms: make(map[string]Form, len(names)), defs: defs}
	for _, c := range f.Columns {
		w.forms[c.Name] = newForm(c)
	}
	return w
}

// step resolves step i and moves the forms of its columns on.
func (w *walk) step(i int, s Step) (Step, Action, error) {
	d, ok := define(w.defs, s.Name)
	if !ok {
		return Step{}, nil, problem.Field(fmt.Sprintf("steps[%d].step", i), "There is no step %q.", s.Name).
			WithHint("Choose one of %s.", w.steps())
	}
	action, params, err := d.decode(s.Params)
	if err != nil {
		return Step{}, nil, atStep(i, err)
	}
	out := Step{Name: s.Name, Params: params}
	if len(s.Columns) > 0 {
		out.Columns, err = w.named(i, s.Columns, d, action)
	} else {
		out.Columns = w.all(i, d, action)
	}
	if err != nil {
		return Step{}, nil, atStep(i, err)
	}
	return out, action, nil
}

// decode returns the step's action set to the given parameters, and all its
// parameters with their values, but for those that ask for nothing.
func (d Definition) decode(in map[string]any) (Action, map[string]any, error) {
	given := make(map[string]any, len(in))
	for name, v := range in {
		for _, a := range d.Aliases {
			if a.Param == name && a.From == v {
				v = a.To
			}
		}
		given[name] = v
	}
	action := d.New()
	var set param.Set
	action.Params(&set)
	if err := set.Decode(d.Name, given); err != nil {
		return nil, nil, err
	}
	fields := set.Fields()
	params := make(map[string]any, len(fields))
	for i, v := range set.Values() {
		if !nothing(v.Value, fields[i].Default) {
			params[v.Name] = v.Value
		}
	}
	return action, params, nil
}

// nothing reports whether a parameter asks for nothing, as it does by default.
func nothing(v, byDefault param.Value) bool {
	switch v {
	case nil, "", "none":
		return byDefault == v
	}
	return false
}

// named moves on the columns that a step names, and refuses what it cannot.
func (w *walk) named(i int, columns []string, d Definition, a Action) ([]string, error) {
	seen := make(map[string]bool, len(columns))
	for _, name := range columns {
		form, ok := w.forms[name]
		if !ok {
			return nil, blame(name, problem.Column(name, "There is no column %q.", name).
				WithHint("The columns are %s.", listed(w.frame.Names())))
		}
		if seen[name] {
			return nil, blame(name, problem.Column(name, "The step names %s twice.", name))
		}
		seen[name] = true
		if at := form.step(d.Role); at >= 0 {
			return nil, blame(name, problem.Column(name, "Steps %d and %d both settle the %s of %s.", at+1, i+1, d.Role, name).
				WithHint("Take one of them out, or name the columns of each."))
		}
		next, err := a.Next(form)
		if err != nil {
			return nil, blame(name, err)
		}
		w.forms[name] = next.with(d.Role, i)
	}
	return columns, nil
}

// all moves on, and returns, every column that a step without named columns
// applies to.
func (w *walk) all(i int, d Definition, a Action) []string {
	var columns []string
	for _, name := range w.names {
		form := w.forms[name]
		if !d.takes(form.Raw.Kind) || form.Has(d.Role) {
			continue
		}
		next, err := a.Next(form)
		if err != nil {
			continue
		}
		w.forms[name] = next.with(d.Role, i)
		columns = append(columns, name)
	}
	return columns
}

func (w *walk) steps() string {
	names := make([]string, len(w.defs))
	for i, d := range w.defs {
		names[i] = d.Name
	}
	return listed(names)
}

// blame makes sure that a problem names the column, and a field of the step.
func blame(column string, err error) error {
	p, ok := problem.As(err)
	if !ok {
		return err
	}
	q := *p
	q.Column = column
	if q.Field == "" {
		q.Field = "columns"
	}
	return &q
}

// listed joins names for a sentence, a dozen at most.
func listed(names []string) string {
	const most = 12
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
