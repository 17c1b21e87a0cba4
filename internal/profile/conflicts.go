package profile

import (
	"context"
	"runtime"

	"clicktrain/internal/frame"
)

// conflicts counts the rows that are equal but for their class.
func conflicts(ctx context.Context, f *frame.Frame, r *TargetReport, o *outcome) (Conflicts, error) {
	out := Conflicts{Ceiling: undefined}
	leaks := map[string]bool{r.Target: true}
	for _, x := range r.Relations {
		leaks[x.Column] = x.Leak.Verdict == GivesAway || x.Kind == frame.ID
	}
	var columns []*frame.Column
	for _, c := range f.Columns {
		if !leaks[c.Name] {
			columns = append(columns, c)
		}
	}
	found, err := frame.Repeats(ctx, columns, f.Rows, runtime.GOMAXPROCS(0))
	if err != nil || o.rows == 0 {
		return out, err
	}
	counts := make([]int, len(o.classes))
	for _, g := range gather(found) {
		n, most := 0, 0
		tell := func(row int32, by int) {
			if k := o.class[row]; k >= 0 {
				counts[k] += by
				n += by
				most = max(most, counts[k])
			}
		}
		tell(g[0].First, 1)
		for _, x := range g {
			tell(x.Row, 1)
		}
		if n > most {
			out.Groups++
			out.Rows += n
			out.Lost += n - most
			if len(out.Example) < exampleGroups {
				out.Example = append(out.Example, firstRows(g))
			}
		}
		tell(g[0].First, -1)
		for _, x := range g {
			tell(x.Row, -1)
		}
	}
	out.Ceiling = Stat(1 - float64(out.Lost)/float64(o.rows))
	return out, nil
}
