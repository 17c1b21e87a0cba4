package train

import (
	"fmt"
	"slices"

	"clicktrain/internal/frame"
)

// GroupSplit counts the groups on each side of a split that keeps their rows
// together: none is on both.
type GroupSplit struct {
	Column string
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
	if g.Test <= g.Train {
		return fmt.Sprintf("The test rows have only %s of %s: the scores hang on these few", count(g.Test, "value"), g.Column)
	}
	return fmt.Sprintf("The training rows have only %s of %s: the model may know these few and no others", count(g.Train, "value"), g.Column)
}

// Split sets test rows aside as the spec says: by Split or, where it names a
// group column, by SplitGroups, of which the third result tells. It returns
// positions in t.Rows, ascending.
func (s Spec) Split(f *frame.Frame, t Target) (train, test []int, groups *GroupSplit, err error) {
	if s.Group == "" {
		train, test = Split(t.Y, s.Task, s.TestSize, s.Seed)
		return train, test, nil, nil
	}
	g, err := CheckGroup(f, s.Group, t)
	if err != nil {
		return nil, nil, nil, err
	}
	if train, test, err = SplitGroups(t.Y, g, s.Task, s.TestSize, s.Seed); err != nil {
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
	for _, c := range []string{s.Group, s.Weights} {
		if c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}
