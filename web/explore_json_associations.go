package web

import (
	"context"

	"clicktrain/internal/profile"
)

// associations is how columns go together beyond straight lines.
type associations struct {
	Spearman square    `json:"spearman" doc:"The correlation of the ranks of columns of numbers, -1 to 1."`
	Cramer   square    `json:"cramers_v" doc:"Between columns of categories, 0 to 1, corrected for bias."`
	Ratio    rectangle `json:"correlation_ratio" doc:"Of columns of numbers by columns of categories, 0 to 1."`
	Top      []topPair `json:"top" doc:"The strongest of all, by falling strength."`
}

// square holds a number for each two columns of a kind.
type square struct {
	Columns []string         `json:"columns"`
	Values  [][]profile.Stat `json:"values" doc:"A list for each column; null where the rows with both values tell nothing."`
}

// rectangle holds a number for each two columns of different kinds.
type rectangle struct {
	Numbers    []string         `json:"numbers"`
	Categories []string         `json:"categories"`
	Values     [][]profile.Stat `json:"values" doc:"A list for each column of numbers."`
}

type topPair struct {
	A       string       `json:"col1"`
	B       string       `json:"col2"`
	Measure string       `json:"measure" enum:"spearman,cramers_v,correlation_ratio"`
	Value   profile.Stat `json:"value"`
}

// associate tells how columns go together, as /explore/relations draws it.
func (s *Server) associate(ctx context.Context, in *struct {
	Session string `path:"session_id"`
}) (*answer[associations], error) {
	ws, err := s.byID(in.Session)
	if err != nil {
		return nil, err
	}
	x, err := explore(ctx, ws)
	if err != nil {
		return nil, err
	}
	a, err := x.Associations(ctx)
	if err != nil {
		return nil, err
	}
	out := associations{Spearman: newSquare(&a.Spearman), Cramer: newSquare(&a.Cramer), Top: []topPair{},
		Ratio: rectangle{Numbers: some(a.Ratio.Numbers), Categories: some(a.Ratio.Categories), Values: [][]profile.Stat{}}}
	for i := range a.Ratio.Numbers {
		row := make([]profile.Stat, len(a.Ratio.Categories))
		for j := range row {
			row[j] = a.Ratio.At(i, j)
		}
		out.Ratio.Values = append(out.Ratio.Values, row)
	}
	for _, p := range a.Top {
		out.Top = append(out.Top, topPair(p))
	}
	return ok(out), nil
}

func newSquare(c *profile.Correlation) square {
	out := square{Columns: some(c.Columns), Values: [][]profile.Stat{}}
	for i := range c.Columns {
		row := make([]profile.Stat, len(c.Columns))
		for j := range row {
			row[j] = c.At(i, j)
		}
		out.Values = append(out.Values, row)
	}
	return out
}

// some is a list that JSON writes as [] where it is empty.
func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
