package train

import (
	"context"
	"fmt"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// copies returns for each of the target's rows the number of its kind: rows
// are of one kind where they are equal in all of the columns, missing values
// being equal to each other. Kinds are numbered from 0 in order of their first
// rows.
func copies(f *frame.Frame, names []string, rows []int, workers int) (of []int, count int) {
	found, _ := frame.Repeats(context.Background(), f.Select(names).Columns, f.Rows, max(workers, 1)) // it fails only where its context ends
	first := make([]int, f.Rows)                                                                      // the first row like each
	for i := range first {
		first[i] = i
	}
	for _, r := range found {
		first[r.Row] = int(r.First)
	}
	kind := make([]int, f.Rows) // of first rows, counted from 1
	of = make([]int, len(rows))
	for i, row := range rows {
		k := &kind[first[row]]
		if *k == 0 {
			count++
			*k = count
		}
		of[i] = *k - 1
	}
	return of, count
}

// copyGroups groups rows that are equal in all features. It refuses data of
// one kind of row.
func (s Spec) copyGroups(f *frame.Frame, t Target) (Groups, error) {
	of, count := copies(f, s.Features, t.Rows, s.Workers)
	if count < 2 {
		return Groups{}, problem.Field("keep_copies_together", "All rows are equal in the columns that are learned from, so they cannot be kept together and split.").
			WithHint("Learn from more columns, or do not keep copies together.")
	}
	return Groups{Of: of, Count: count}, nil
}

// copied tells of test rows that are copies of training rows, in target and
// features.
func (r *run) copied() (Doubt, bool) {
	d := Doubt{Concern: Concern{Code: "duplicates", Hint: "Keep copies on one side of the split."}, Of: len(r.test)}
	if r.spec.Copies {
		return d, false // none are on both sides
	}
	of, count := copies(r.frame, append([]string{r.spec.Target}, r.spec.Features...), r.target.Rows, r.spec.Workers)
	trained := make([]bool, count)
	for _, i := range r.train {
		trained[of[i]] = true
	}
	for _, i := range r.test {
		if trained[of[i]] {
			d.Rows++
		}
	}
	d.Message = fmt.Sprintf("%d of %d test rows (%s) are exact copies of training rows: the scores may be too good.", d.Rows, d.Of, percent(d.Rows, d.Of))
	return d, d.Rows > 0 && float64(d.Rows) >= noticedCopies*float64(d.Of)
}
