package recipe

import (
	"fmt"
	"reflect"
	"slices"
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
// Resolving the result again changes nothing. A step that names no columns
// leaves the spared ones alone, such as the target.
func (r Recipe) Resolve(f *frame.Frame, defs []Definition, spared ...string) (Recipe, error) {
	steps, err := r.Written(f, defs, spared...)
	if err != nil {
		return Recipe{}, err
	}
	var out Recipe
	for _, s := range steps {
		d, _ := define(defs, s.Name)
		if len(s.Columns) > 0 || d.Phase == OnBalance {
			out.Steps = append(out.Steps, s)
		}
	}
	return out, nil
}

// Written returns each step as Resolve writes it out, those too that apply to
// no column, which then have none.
func (r Recipe) Written(f *frame.Frame, defs []Definition, spared ...string) ([]Step, error) {
	names := slices.DeleteFunc(f.Names(), func(c string) bool { return slices.Contains(spared, c) })
	w := newWalk(f, names, defs)
	out := make([]Step, 0, len(r.Steps))
	for i, s := range r.Steps {
		resolved, _, err := w.step(i, s)
		if err != nil {
			return nil, err
		}
		out = append(out, resolved)
	}
	return out, nil
}

// walk follows the forms of columns through the steps of a recipe.
type walk struct {
	frame *frame.Frame
	names []string // the columns that a step which names none may take, in order
	forms map[string]Form
	defs  []Definition
	done  []Definition // of the steps so far
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
	if err := w.ordered(i, d); err != nil {
		return Step{}, nil, err
	}
	out := Step{Name: s.Name, Params: params}
	switch {
	case d.Phase == OnBalance && len(s.Columns) > 0:
		err = problem.Field("columns", "%s works on rows, not on columns.", d.Title).WithHint("Name no columns for it.")
	case d.Phase == OnBalance:
	case len(s.Columns) > 0:
		out.Columns, err = w.named(i, s.Columns, d, action)
	case d.Named:
		err = problem.Field("columns", "%s does not say for which columns.", d.Title).WithHint("Name the columns.")
	default:
		out.Columns, err = w.all(i, d, action)
	}
	if err != nil {
		return Step{}, nil, atStep(i, err)
	}
	return out, action, nil
}

// Typed returns the recipe with parameters as values of their types, 5 for a
// typed "5", and without those that ask for nothing or, as they are by default,
// for what another parameter leaves idle. Nothing else changes, and a step that
// cannot be decoded stays as it is.
func (r Recipe) Typed(defs []Definition) Recipe {
	out := Recipe{Steps: slices.Clone(r.Steps)}
	for i, s := range out.Steps {
		d, known := define(defs, s.Name)
		if !known {
			continue
		}
		if _, params, err := d.decode(s.Params); err == nil {
			out.Steps[i].Params = d.given(params, s.Params)
		}
	}
	return out
}

// given returns those of a step's decoded parameters that were given.
func (d Definition) given(params, in map[string]any) map[string]any {
	var set param.Set
	d.New().Params(&set)
	out := make(map[string]any, len(in))
	for _, f := range set.Fields() {
		v, asks := params[f.Name]
		_, typed := in[f.Name]
		idle := slices.ContainsFunc(d.Details, func(of Detail) bool {
			return of.Param == f.Name && params[of.Of] != of.Value && reflect.DeepEqual(v, f.Default)
		})
		if asks && typed && !idle {
			out[f.Name] = v
		}
	}
	return out
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
	if c, ok := action.(Chooser); ok {
		action = c.Chosen()
	}
	fields := set.Fields()
	params := make(map[string]any, len(fields))
	for i, v := range set.Values() {
		if !nothing(v.Value, fields[i].Default) {
			params[v.Name] = v.Value
		}
	}
	for _, of := range d.Details {
		if _, set := given[of.Param]; !set && params[of.Of] != of.Value {
			delete(params, of.Param)
		}
	}
	return action, params, nil
}

// nothing reports whether a parameter asks for nothing, as it does by default.
func nothing(v, byDefault param.Value) bool {
	switch v {
	case nil, "", "none", false:
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
		if form.gone > 0 {
			return nil, blame(name, problem.Column(name, "Step %d leaves %s out, so step %d cannot work on it.", form.gone, name, i+1).
				WithHint("Take %s out of one of them.", name))
		}
		if at := form.step(d.Role); at >= 0 {
			return nil, blame(name, problem.Column(name, "Steps %d and %d both settle the %s of %s.", at+1, i+1, d.Role, name).
				WithHint("Take one of them out, or name the columns of each."))
		}
		next, err := form.move(i, d, a)
		if err != nil {
			return nil, blame(name, err)
		}
		w.forms[name] = next
	}
	return columns, nil
}

// all moves on, and returns, every column that a step without named columns
// applies to. What is wrong with the step rather than with a column is refused.
func (w *walk) all(i int, d Definition, a Action) ([]string, error) {
	var columns []string
	for _, name := range w.names {
		form := w.forms[name]
		if !d.takes(form.Raw.Kind) || form.Has(d.Role) || form.gone > 0 {
			continue
		}
		next, err := form.move(i, d, a)
		if p, told := problem.As(err); told && p.Field != "" && p.Column == "" {
			return nil, err
		}
		if err != nil {
			continue
		}
		w.forms[name] = next
		columns = append(columns, name)
	}
	return columns, nil
}

// move returns what step i makes of a column.
func (f Form) move(i int, d Definition, a Action) (Form, error) {
	if c, ok := a.(ChangeAction); ok {
		ch, err := c.Change(f.Raw)
		if err != nil {
			return f, err
		}
		return f.changed(ch, i), nil
	}
	if n, ok := a.(Former); ok {
		var err error
		if f, err = n.Next(f); err != nil {
			return f, err
		}
	}
	f.open = f.open || slices.Contains(d.Opens, f.Raw.Kind)
	if d.Role != "" {
		f = f.with(d.Role, i)
	}
	return f, nil
}

// changed is the form of a column after step i changed how it is read.
func (f Form) changed(ch Change, i int) Form {
	if ch.do == dropping {
		f.gone = i + 1
		return f
	}
	out := Form{changes: append(slices.Clip(f.changes), ch)}
	out.Raw, _ = ch.column(f.Raw)
	out.Holds = holdsOf(out.Raw)
	return out
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
