package train

import (
	"fmt"
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// GroupSplit counts the groups on each side of a split that keeps their rows
// together: none is on both.
type GroupSplit struct {
	Column string // whose values are kept together; empty where copies of rows are
	Train  int
	Test   int
	Alone  int // of both: rows that lack a value of the column
}

// fewGroups is how many groups a side needs for scores that do not hang on
// one or two of them.
const fewGroups = 10

// Few reports whether the scores hang on few groups.
func (g GroupSplit) Few() bool { return min(g.Train, g.Test) < fewGroups }

// Warning says that there are few groups.
func (g GroupSplit) Warning() string {
	few := func(n int) string {
		if g.Column == "" {
			return "are of only " + count(n, "kind")
		}
		return fmt.Sprintf("have only %s of %s", count(n, "value"), g.Column)
	}
	if g.Test <= g.Train {
		return fmt.Sprintf("The test rows %s: the scores hang on these few", few(g.Test))
	}
	return fmt.Sprintf("The training rows %s: the model may know these few and no others", few(g.Train))
}

// groups returns which of the target's rows are kept together, and nil where
// none are.
func (s Spec) groups(f *frame.Frame, t Target) (*Groups, error) {
	var g Groups
	var err error
	switch {
	case s.Group != "" && s.Copies:
		return nil, problem.Field("keep_copies_together", "Rows are kept together either by %s or where they are copies.", s.Group).
			WithHint("Choose one of the two.")
	case s.Group != "":
		g, err = CheckGroup(f, s.Group, t)
	case s.Copies:
		g, err = s.copyGroups(f, t)
	default:
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &g, nil
}

// Split sets test rows aside as the spec says: by Split or, where rows are kept
// together, by SplitGroups, of which the third result tells. It returns
// positions in t.Rows, ascending.
func (s Spec) Split(f *frame.Frame, t Target) (train, test []int, groups *GroupSplit, err error) {
	g, err := s.groups(f, t)
	if err != nil {
		return nil, nil, nil, err
	}
	if g == nil {
		train, test = Split(t.Y, s.Task, s.TestSize, s.Seed)
		return train, test, nil, nil
	}
	if train, test, err = SplitGroups(t.Y, *g, s.Task, s.TestSize, s.Seed); err != nil {
		return nil, nil, nil, err
	}
	out := &GroupSplit{Column: s.Group, Alone: g.Alone}
	tested := make([]bool, g.Count)
	for _, i := range test {
		tested[g.Of[i]] = true
	}
	for _, yes := range tested {
		if yes {
			out.Test++
		} else {
			out.Train++
		}
	}
	return train, test, out, nil
}

// Columns are those of a table that a run reads.
func (s Spec) Columns() []string {
	out := append(append([]string(nil), s.Features...), s.Target)
	for _, c := range append([]string{s.Group, s.Weights}, concerned(s.Concerns)...) {
		if c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// concerned returns the columns of what is to be measured.
func concerned(list []Concern) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.Column)
	}
	return out
}
