package linear

import "context"

// A fit of many rows first fits every n-th of them, where that leaves at least
// minSample rows and some for each weight: it then starts near the end, and
// takes about half the steps.
const (
	minSample       = 2048
	samplePerWeight = 20
	sampleShare     = 16 // rows for one of the sample, where there are enough
	sampleAtLeast   = 6  // and otherwise, at least
	minOfClass      = 20 // rows of each class in the sample
)

// sampleTol is how near the sample's fit comes to its own minimum, which is
// some hundredths off: the tol of newton, whose rest is a millionth of it.
const sampleTol = 1e3

// start returns where to start: near the minimum, or at 0 where the rows are
// few or the sample's minimum is no better.
func (n *newton) start(ctx context.Context) ([]float64, error) {
	zero := make([]float64, n.size())
	size := max(n.rows/sampleShare, minSample, samplePerWeight*n.size())
	step := n.rows / size
	if step < sampleAtLeast {
		return zero, nil
	}
	part, ok := n.every(step)
	if !ok {
		return zero, nil
	}
	first := newton{objective: part, maxIter: min(n.maxIter, 20), tol: sampleTol}
	if err := first.from(ctx, zero); err != nil {
		return nil, err
	}
	var f [2]float64
	for k, theta := range [][]float64{zero, first.theta} {
		at := &point{theta: theta}
		if err := n.gradient(ctx, at); err != nil {
			return nil, err
		}
		f[k] = at.f
	}
	if !(f[1] < f[0]) {
		return zero, nil
	}
	return first.theta, nil
}

// every returns the objective of each step-th row, which counts for all. It is
// not ok where that leaves a class with too few.
func (o *objective) every(step int) (part *objective, ok bool) {
	rows := make([]int, 0, o.rows/step+1)
	for i := 0; i < o.rows; i += step {
		rows = append(rows, i)
	}
	other := *o
	other.y = take(o.y, rows)
	if o.loss != squaredTube {
		counts := make([]int, max(o.outputs, 2))
		for _, y := range other.y {
			counts[int(y)]++
		}
		for _, c := range counts {
			if c < minOfClass {
				return nil, false
			}
		}
	}
	other.design = o.design.take(rows, float64(o.rows)/float64(len(rows)))
	return &other, true
}

// take returns the design of the given rows, scaled and shifted alike, with
// weights that many times theirs.
func (d *design) take(rows []int, times float64) *design {
	part := *d
	part.rows = len(rows)
	weight := make([]float64, len(rows))
	for i, r := range rows {
		weight[i] = times
		if d.weight != nil {
			weight[i] *= d.weight[r]
		}
	}
	part.number = append([]number(nil), d.number...)
	for j := range part.number {
		if x := part.number[j].x; x != nil && !part.number[j].constant {
			part.number[j].x = take(x, rows)
		}
	}
	part.groups = append([]group(nil), d.groups...)
	for k, g := range d.groups {
		codes := make([]int32, len(rows))
		for i, r := range rows {
			codes[i] = g.codes[r]
		}
		part.groups[k].codes = codes
	}
	return part.weighted(weight)
}
