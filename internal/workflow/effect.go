package workflow

import (
	"context"
	"math"
	"strconv"

	"clicktrain/internal/frame"
	"clicktrain/internal/recipe"
)

// Effect shows what one step of a recipe does, told by what would be prepared
// without it and with it. Categories that no step has encoded stay as they are
// for this, and so do missing numbers.
type Effect struct {
	Rows    int // rows of the table, all of which were compared
	Changed int // their values that differ, in columns that stay
	Columns int // columns that stay in which values differ
	Added   int // prepared columns that were not there before
	Removed int // prepared columns that are there no more
	Dropped int // training rows that the step leaves out
	Before  int // training rows to learn from without the step
	After   int // and with it; more where rows are repeated or made
	Weighed int // rows to learn from that the step lets count more or less

	// Lasts reports that the step works on rows to come too, and not on
	// training rows alone.
	Lasts bool

	// Was and Is are the first rows of the columns that differ.
	Was, Is []EffectColumn
}

// EffectColumn is a prepared column's first values, as text; an empty one is
// missing.
type EffectColumn struct {
	Name   string
	Number bool
	New    bool // it, or one of its values, is not what it was
	Values []string
}

// Limits on what is compared and shown.
const (
	effectRows    = 50_000 // at a time, so that the memory for them has a bound
	effectColumns = 12
)

// Effect shows what step i of r does to the data. It fits the recipe twice.
func (m *Moment) Effect(ctx context.Context, r recipe.Recipe, i int) (*Effect, error) {
	phase, target := m.phaseOf(r.Steps[i]), m.goal.Target
	// A step on prepared columns has others filled and encoded before it, which
	// is not its effect.
	want := recipe.Want{Native: phase != recipe.OnMatrix}
	without, err := m.fitRecipe(ctx, recipe.Recipe{Steps: r.Steps[:i]}, target, want)
	if err != nil {
		return nil, err
	}
	with, err := m.fitRecipe(ctx, recipe.Recipe{Steps: r.Steps[:i+1]}, target, want)
	if err != nil {
		return nil, err
	}
	e := &Effect{Dropped: max(0, len(without.data.Kept)-len(with.data.Kept)), Before: without.data.X.Rows, After: with.data.X.Rows}
	if phase == recipe.OnRows || phase == recipe.OnBalance {
		e.Weighed = reweighed(without.data.Weights, with.data.Weights)
		return e, nil
	}
	e.Lasts = true
	e.Rows = without.frame.Rows
	var was, is []shownColumn // of the first rows
	var differ []int          // values of each of is that are not what they were
	for from := 0; from == 0 || from < e.Rows; from += effectRows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		rows := make([]int, min(effectRows, e.Rows-from))
		for k := range rows {
			rows[k] = from + k
		}
		before, err := without.shown(rows)
		if err != nil {
			return nil, err
		}
		after, err := with.shown(rows)
		if err != nil {
			return nil, err
		}
		if from == 0 {
			was, is, differ = before, after, make([]int, len(after))
		}
		old := byName(before)
		for j, c := range after {
			if b, known := old[c.name]; known {
				differ[j] += c.differs(b)
			}
		}
	}
	e.compare(was, is, differ)
	return e, nil
}

func byName(columns []shownColumn) map[string]shownColumn {
	out := make(map[string]shownColumn, len(columns))
	for _, c := range columns {
		out[c.name] = c
	}
	return out
}

// phaseOf returns the phase of a step, 0 where there is no such step.
func (m *Moment) phaseOf(s recipe.Step) recipe.Phase {
	for _, d := range m.service.Catalog.Steps {
		if d.Name == s.Name {
			return d.Phase
		}
	}
	return 0
}

// reweighed counts the rows whose weight differs; without weights each is 1.
// Of rows that are others there is nothing to tell.
func reweighed(was, is []float64) int {
	if was != nil && is != nil && len(was) != len(is) {
		return 0
	}
	n := 0
	for i := range max(len(was), len(is)) {
		a, b := 1.0, 1.0
		if was != nil {
			a = was[i]
		}
		if is != nil {
			b = is[i]
		}
		if a != b {
			n++
		}
	}
	return n
}

// shownColumn is a prepared column as it is compared and shown.
type shownColumn struct {
	name   string
	num    []float64 // NaN is missing; of categories, the codes
	labels []string  // of categories
}

// shown prepares the rows, and returns the columns.
func (p *fittedRecipe) shown(rows []int) ([]shownColumn, error) {
	x, _, err := p.fitted.Transform(p.frame, rows)
	if err != nil {
		return nil, err
	}
	names, origin, inputs := p.fitted.Names(), p.fitted.Origin(), p.fitted.Inputs()
	cols := x.Columns()
	out := make([]shownColumn, len(cols))
	j := 0
	for _, b := range x.Blocks {
		for range b.Width {
			out[j] = shownColumn{name: names[j], num: cols[j]}
			if b.Levels > 0 {
				out[j].labels = inputs[origin[j][0]].Levels
			}
			j++
		}
	}
	return out, nil
}

// compare counts and shows what differs: of each of the columns of is, so many
// values over all rows.
func (e *Effect) compare(was, is []shownColumn, differ []int) {
	old := byName(was)
	stays := make(map[string]bool, len(is))
	for j, c := range is {
		before, known := old[c.name]
		stays[c.name] = known
		switch {
		case !known:
			e.Added++
		case differ[j] > 0:
			e.Columns++
			e.Changed += differ[j]
			if len(e.Was) < effectColumns {
				e.Was = append(e.Was, before.first())
			}
		default:
			continue
		}
		if len(e.Is) < effectColumns {
			first := c.first()
			first.New = true
			e.Is = append(e.Is, first)
		}
	}
	for _, c := range was {
		if stays[c.name] {
			continue
		}
		e.Removed++
		if len(e.Was) < effectColumns {
			e.Was = append(e.Was, c.first())
		}
	}
}

// differs counts the values that are not what they were.
func (c shownColumn) differs(was shownColumn) int {
	n := 0
	for i, x := range c.num {
		y := was.num[i]
		missing := math.IsNaN(x)
		switch {
		case missing != math.IsNaN(y):
			n++
		case missing:
		case (c.labels == nil) != (was.labels == nil), c.labels == nil && x != y, c.labels != nil && c.labels[int(x)] != was.labels[int(y)]:
			n++
		}
	}
	return n
}

// first returns the column's first values as text.
func (c shownColumn) first() EffectColumn {
	out := EffectColumn{Name: c.name, Number: c.labels == nil}
	for _, x := range c.num[:min(len(c.num), previewRows)] {
		text := ""
		switch {
		case math.IsNaN(x):
		case c.labels != nil:
			text = c.labels[int(x)]
		default:
			text = strconv.FormatFloat(x, 'g', 6, 64)
		}
		out.Values = append(out.Values, text)
	}
	return out
}

// fittedRecipe is a recipe that has learned from the training rows of the split
// that a training with the defaults would make.
type fittedRecipe struct {
	frame    *frame.Frame
	asked    []recipe.Step // each step written out
	full     recipe.Recipe // with what was added
	notes    []recipe.Note
	features []string
	left     []recipe.Left
	rows     []int // training rows, before the recipe leaves some out
	test     []int
	fitted   *recipe.Fitted
	data     *recipe.Data
}
