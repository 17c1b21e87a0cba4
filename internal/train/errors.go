package train

import (
	"cmp"
	"math"
	"slices"
)

// Errors tells how far the predictions of a regression are off, over all test
// rows. An error is the predicted value less the true one.
type Errors struct {
	Rows int
	Near int     // rows predicted within a tenth of the true value
	Mean float64 // of the errors
	Size float64 // mean of their sizes

	// Half and Most are the sizes that half of the errors, and 90 of 100, do
	// not exceed.
	Half, Most float64

	// ByActual and ByPredicted cut the rows in up to ten parts, in order of the
	// true and of the predicted value.
	ByActual, ByPredicted []ErrorPart

	// Edges and Counts are a histogram of the errors in 30 bins of equal width;
	// one error, however often, has a bin to itself.
	Edges  []float64
	Counts []int
}

// ErrorPart is some of the rows that follow each other by a value.
type ErrorPart struct {
	From, To         float64 // of that value
	Rows             int
	Mean, Size, Half float64 // as those of Errors
}

// near is how far off, as a share of the true value, a prediction is near it.
const near = 0.1

// newErrors compares predictions with the truth. The cost is that of sorting
// them three times.
func newErrors(truth, predicted []float64) Errors {
	e := Errors{Rows: len(truth)}
	off, sizes := make([]float64, len(truth)), make([]float64, len(truth))
	order := make([]int, len(truth))
	for i, a := range truth {
		order[i] = i
		off[i] = errorOf(a, predicted[i])
		sizes[i] = math.Abs(off[i])
		if sizes[i] <= near*math.Abs(a) {
			e.Near++
		}
		e.Mean += off[i] / float64(len(truth))
		e.Size += sizes[i] / float64(len(truth))
	}
	if e.Rows == 0 {
		return e
	}
	e.Mean, e.Size = bounded(e.Mean), bounded(e.Size)
	e.ByActual, e.ByPredicted = errorParts(order, truth, off), errorParts(order, predicted, off)
	slices.Sort(sizes)
	e.Half, e.Most = reached(sizes, 0.5), reached(sizes, 0.9)
	slices.Sort(off)
	e.Edges, e.Counts = errorBins(off)
	return e
}

// errorOf returns the predicted value less the true one, where that overflows
// the greatest number there is.
func errorOf(truth, predicted float64) float64 { return bounded(predicted - truth) }

func bounded(x float64) float64 { return max(min(x, math.MaxFloat64), -math.MaxFloat64) }

// errorParts sorts order by a value of the rows and cuts it in tenths.
func errorParts(order []int, by, off []float64) []ErrorPart {
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(by[i], by[j]), i-j) })
	out := make([]ErrorPart, min(10, len(order)))
	for g := range out {
		part := order[g*len(order)/len(out) : (g+1)*len(order)/len(out)]
		p := ErrorPart{From: by[part[0]], To: by[part[len(part)-1]], Rows: len(part)}
		sizes := make([]float64, len(part))
		for k, i := range part {
			sizes[k] = math.Abs(off[i])
			p.Mean += off[i] / float64(len(part))
			p.Size += sizes[k] / float64(len(part))
		}
		slices.Sort(sizes)
		p.Mean, p.Size, p.Half = bounded(p.Mean), bounded(p.Size), reached(sizes, 0.5)
		out[g] = p
	}
	return out
}

// reached returns the one of the ascending values that the share of them does
// not exceed.
func reached(sorted []float64, share float64) float64 {
	return sorted[max(int(math.Ceil(share*float64(len(sorted))))-1, 0)]
}

// errorBins counts the ascending errors in bins of equal width.
func errorBins(sorted []float64) (edges []float64, counts []int) {
	const bins = 30
	lo, hi := sorted[0], sorted[len(sorted)-1]
	if !(hi/bins-lo/bins > 0) {
		return []float64{lo, hi}, []int{len(sorted)}
	}
	counts = make([]int, bins)
	for i := range bins {
		t := float64(i) / bins
		edges = append(edges, lo*(1-t)+hi*t) // no overflow
	}
	edges = append(edges, hi)
	at := 0
	for _, x := range sorted {
		for at < bins-1 && x >= edges[at+1] {
			at++
		}
		counts[at]++
	}
	return edges, counts
}

// Cloud is points to draw: each of them or, of more than 20,000, what lies in
// each field of a fine grid, so that all are counted.
type Cloud struct {
	X, Y   []float64
	Counts []int // points at each; nil is one
}

const (
	maxPoints = 20_000
	fields    = 160 // of a side of the grid
)

// newCloud returns the points, or the mean of those in each field. Fields at
// the sides stand at the least or the greatest value, so that the ranges stay.
func newCloud(x, y []float64) Cloud {
	if len(x) <= maxPoints {
		return Cloud{X: x, Y: y}
	}
	across, up := newSide(x), newSide(y)
	type field struct {
		n    int
		x, y float64
	}
	grid := make([]field, fields*fields)
	for i := range x {
		f := &grid[up.field(y[i])*fields+across.field(x[i])]
		f.n++
		f.x += (x[i] - f.x) / float64(f.n)
		f.y += (y[i] - f.y) / float64(f.n)
	}
	var c Cloud
	for i, f := range grid {
		if f.n > 0 {
			c.X, c.Y = append(c.X, across.at(i%fields, f.x)), append(c.Y, up.at(i/fields, f.y))
			c.Counts = append(c.Counts, f.n)
		}
	}
	return c
}

// side is the range that a grid cuts into fields.
type side struct{ lo, hi float64 }

func newSide(v []float64) side { return side{slices.Min(v), slices.Max(v)} }

func (s side) field(x float64) int {
	if !(s.hi > s.lo) {
		return 0
	}
	return min(int(fields*((x/2-s.lo/2)/(s.hi/2-s.lo/2))), fields-1)
}

func (s side) at(field int, mean float64) float64 {
	switch field {
	case 0:
		return s.lo
	case fields - 1:
		return s.hi
	}
	return mean
}
