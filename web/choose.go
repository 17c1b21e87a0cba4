package web

import (
	"strconv"
	"strings"

	"clicktrain/views"
)

const (
	// listedColumns is how many columns a list to choose from holds; of more,
	// a name is typed.
	listedColumns = 500
	// suggested is how many of these names are offered while typing.
	suggested = 200
	// hinted is how many names a hint lists.
	hinted = 8
)

// targetChoice is the input for the column to predict.
func targetChoice(names []string, chosen string) views.TargetChoice {
	if len(names) > listedColumns {
		return views.TargetChoice{Typed: chosen, Suggest: suggestedNames(names)}
	}
	return views.TargetChoice{Options: columnOptions(names, chosen)}
}

// targetID is the id of that input.
func targetID(names []string) string {
	if len(names) > listedColumns {
		return views.FieldID("named")
	}
	return views.FieldID("target")
}

func columnOptions(names []string, chosen string) []views.Option {
	out := make([]views.Option, len(names))
	for i, n := range names {
		out[i] = views.Option{Value: strconv.Itoa(i), Label: views.Clip(n, 80), Selected: n == chosen}
	}
	return out
}

// suggestedNames are the first and the last names, among which the columns
// that are not one of a series tend to be. Names that no one would type are
// left out.
func suggestedNames(names []string) []string {
	var out []string
	for i, n := range names {
		if (i < suggested/2 || i >= len(names)-suggested/2) && len(n) <= 200 {
			out = append(out, n)
		}
	}
	return out
}

// nearest returns the name that was typed as the file has it: exactly or,
// where none is so, but for case and blanks around it.
func nearest(names []string, typed string) string {
	found := ""
	for _, n := range names {
		if n == typed {
			return n
		}
		if found == "" && strings.EqualFold(strings.TrimSpace(n), strings.TrimSpace(typed)) {
			found = n
		}
	}
	if found == "" {
		return typed
	}
	return found
}

// hintAt names columns that have the typed text in their names; it is usual
// where none has.
func hintAt(names []string, typed, usual string) string {
	part := strings.ToLower(strings.TrimSpace(typed))
	var like []string
	for _, n := range names {
		if n == typed {
			return usual // it is not the name that is at fault
		}
		if part != "" && len(like) < hinted && strings.Contains(strings.ToLower(n), part) {
			like = append(like, views.Clip(n, 40))
		}
	}
	if len(like) == 0 {
		return usual
	}
	return "Names with that in them: " + strings.Join(like, ", ") + "."
}
