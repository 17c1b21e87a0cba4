package recipe

import "clicktrain/internal/frame"

// Numbers returns the given rows of a raw column, nil meaning all, as the
// first step on the column gets them, NaN where they are missing; seconds since
// 1970 for dates. It is false for a column that is read as texts. What it
// returns may be the column's own memory. The error is a *problem.Error for a
// cell that is no number.
func (in Input) Numbers(c *frame.Column, rows []int) ([]float64, bool, error) {
	if changedSource(in.source, in.changes) != numberSource {
		return nil, false, nil
	}
	v, err := in.read(c, rows)
	return v.num, err == nil, err
}
