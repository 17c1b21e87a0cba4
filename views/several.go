package views

import (
	"slices"
	"strings"
)

// NoneTicked is sent before the boxes that are ticked, so that a form without
// one is told from a form that does not have the field.
const NoneTicked = ","

// Ticked returns what a form sends for a field, given all values of its name:
// the boxes that are ticked with commas between them, or the one value.
func Ticked(sent []string) string {
	switch {
	case len(sent) == 0:
		return ""
	case sent[0] == NoneTicked:
		return strings.Join(sent, ",")
	}
	return sent[0]
}

// ticked splits what Ticked joins.
func ticked(text string) []string {
	var out []string
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// tick ticks the named boxes alone, and puts them first in the order given, in
// which they are sent.
func (f *Field) tick(names []string) {
	place := func(o Option) int {
		if i := slices.Index(names, o.Value); i >= 0 {
			return i
		}
		return len(names)
	}
	slices.SortStableFunc(f.Options, func(a, b Option) int { return place(a) - place(b) })
	for i := range f.Options {
		f.Options[i].Selected = place(f.Options[i]) < len(names)
	}
}

// Label returns what the option of that value reads, or the value.
func Label(options []Option, value string) string {
	if i := slices.IndexFunc(options, func(o Option) bool { return o.Value == value }); i >= 0 {
		return options[i].Label
	}
	return value
}
