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

func stepReason(s recipe.Step) string {
	switch s.Name {
	case "impute":
		return "Models cannot learn from a gap. The median is not moved by a few extreme values."
	case "encode":
		if s.Params["method"] == "one_hot" {
			return "Models need numbers. A column of 0 and 1 for each category keeps them without an order that they do not have."
		}
		return "Models need numbers, and so many categories would make too many columns."
	case "scale":
		return "Models that add up columns compare them fairly only on one scale; forests do not mind."
	}
	return ""
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
