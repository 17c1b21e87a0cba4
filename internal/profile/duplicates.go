package profile

import (
	"cmp"
	"slices"

	"clicktrain/internal/frame"
)

const (
	exampleGroups = 10
	exampleRows   = 5
)

// DuplicateGroup is rows that are equal in all columns.
type DuplicateGroup struct {
	Count int   // rows, at least 2
	Rows  []int // their positions, counted from 0; the first 5
}

// gather puts the repeats of each first row together, in order of the first.
func gather(found []frame.Repeat) [][]frame.Repeat {
	sorted := slices.Clone(found)
	slices.SortFunc(sorted, func(a, b frame.Repeat) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Row, b.Row))
	})
	var out [][]frame.Repeat
	from := 0
	for i := range sorted {
		if i+1 == len(sorted) || sorted[i+1].First != sorted[from].First {
			out = append(out, sorted[from:i+1])
			from = i + 1
		}
	}
	return out
}

// largestGroups returns the groups with the most rows, ties by first row.
func largestGroups(found []frame.Repeat) []DuplicateGroup {
	groups := gather(found)
	slices.SortStableFunc(groups, func(a, b []frame.Repeat) int { return cmp.Compare(len(b), len(a)) })
	var out []DuplicateGroup
	for _, g := range groups[:min(len(groups), exampleGroups)] {
		out = append(out, DuplicateGroup{len(g) + 1, firstRows(g)})
	}
	return out
}

// firstRows returns the rows of a group, at most 5.
func firstRows(g []frame.Repeat) []int {
	rows := []int{int(g[0].First)}
	for _, r := range g[:min(len(g), exampleRows-1)] {
		rows = append(rows, int(r.Row))
	}
	return rows
}
