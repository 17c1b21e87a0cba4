package web

import (
	"cmp"
	"fmt"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/recipe"
	"clicktrain/views"
)

// stepTitle says what a step does: the title of its definition, and what is
// chosen of it.
func (s *Server) stepTitle(step recipe.Step) string {
	for _, d := range s.opts.Workflow.Catalog.Steps {
		if d.Name != step.Name {
			continue
		}
		if chosen := choices(d, step); chosen != "" {
			return d.Title + ": " + chosen
		}
		return d.Title
	}
	return step.Name
}

// choices lists the parameters of a step: the first, and those that are not
// what they are by default.
func choices(d recipe.Definition, step recipe.Step) string {
	var out []string
	for i, f := range stepFields(d) {
		v, given := step.Params[f.Name]
		if !given {
			v = f.Default
		}
		text := param.Text(v)
		if i > 0 && text == param.Text(f.Default) {
			continue
		}
		word := cmp.Or(optionWords[text], views.Clip(text, 80))
		switch {
		case i == 0 && (f.Type == param.Choice || f.Type == param.Free):
			out = append(out, word)
		case text != "":
			out = append(out, f.Name+" "+word)
		}
	}
	return strings.Join(out, ", ")
}

// suits are the kinds of algorithm that a recipe is suggested for.
var suits = []struct {
	name, title string
	want        recipe.Want
}{
	{"weigh", "weigh columns or measure distances: linear, neighbors, networks", recipe.Want{Scale: true}},
	{"split", "split columns: decision trees and forests", recipe.Want{}},
	{"native", "take gaps and categories as they are: gradient boosting", recipe.Want{Native: true}},
}

// suiting returns what the named kind of algorithm wants; the first where there
// is no such kind.
func suiting(name string) recipe.Want {
	for _, k := range suits {
		if k.name == name {
			return k.want
		}
	}
	return suits[0].want
}

// columnsText says which columns a step is for.
func columnsText(s recipe.Step, f *frame.Frame) string {
	const most = 8
	switch n := len(s.Columns); {
	case n == 0:
		return "all columns it applies to"
	case n == len(f.Columns):
		return "all columns"
	case n > most:
		return strings.Join(clipped(s.Columns[:most]), ", ") + fmt.Sprintf(" and %d more", n-most)
	}
	return strings.Join(clipped(s.Columns), ", ")
}
