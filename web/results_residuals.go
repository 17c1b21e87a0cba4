package web

import (
	"fmt"
	"io"
	"math"
	"slices"

	"clicktrain/internal/chart"
	"clicktrain/internal/train"
	"clicktrain/views"
)

// errorsOf returns how much too high each test row was predicted.
func errorsOf(n *train.NumberScores) []float64 {
	out := make([]float64, len(n.Actual))
	for i, a := range n.Actual {
		out[i] = n.Predicted[i] - a
	}
	return out
}

// residuals draws the errors against the predictions.
func (s *Server) residuals(n *train.NumberScores) views.Chart {
	off := errorsOf(n)
	caption := lean(off) + " A shape in the points is something the model has not learned."
	xy := chart.XY{X: n.Predicted, Y: off, XLabel: "Predicted", YLabel: "Too high by"}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Scatter(w, xy, chart.Text{Title: "Errors against predictions", Desc: caption}, size)
	}, 380)
	return views.Chart{Name: "residuals", SVG: wide, Narrow: narrow, Caption: caption, Table: residualTable(n.Predicted, off),
		Explain: "Residuals: the predicted value less the true one, for each test row. They should scatter evenly around 0, whatever was predicted."}
}

// lean says whether errors go to one side.
func lean(off []float64) string {
	mean, size := 0.0, 0.0
	for _, e := range off {
		mean += e / float64(len(off))
		size += math.Abs(e) / float64(len(off))
	}
	switch {
	case math.Abs(mean) <= 0.1*size:
		return "Errors lean to neither side."
	case mean > 0:
		return fmt.Sprintf("Predictions run high by %s on average.", views.Num(mean))
	}
	return fmt.Sprintf("Predictions run low by %s on average.", views.Num(-mean))
}

// residualTable holds the errors by tenths of the predictions.
func residualTable(predicted, off []float64) *views.Table {
	order := make([]int, len(off))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return compare(predicted[i], predicted[j]) })
	t := &views.Table{Caption: "Errors by size of the prediction", Heads: []views.Head{
		{Name: "Predicted from"}, {Name: "To", Number: true}, {Name: "Rows", Number: true}, {Name: "Too high, on average", Number: true}, {Name: "Half of the errors within", Number: true},
	}}
	groups := min(10, len(order))
	for g := range groups {
		part := order[g*len(order)/groups : (g+1)*len(order)/groups]
		mean, sizes := 0.0, make([]float64, len(part))
		for k, i := range part {
			mean += off[i] / float64(len(part))
			sizes[k] = math.Abs(off[i])
		}
		slices.Sort(sizes)
		t.Rows = append(t.Rows, views.Texts(views.Num(predicted[part[0]]), views.Num(predicted[part[len(part)-1]]), views.Count(len(part)), views.Num(mean), views.Num(sizes[len(sizes)/2])))
	}
	return t
}

// residualBins is how many bars the histogram of the errors has.
const residualBins = 30

// residualSpread draws how the errors are spread.
func (s *Server) residualSpread(n *train.NumberScores) views.Chart {
	off := errorsOf(n)
	sorted := slices.Sorted(slices.Values(off))
	caption := fmt.Sprintf("Half of the errors are no larger than %s, and 90 of 100 no larger than %s.", views.Num(sizeAt(off, 0.5)), views.Num(sizeAt(off, 0.9)))
	bins := binned(sorted)
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Histogram(w, bins, chart.Text{Title: "Errors", Desc: caption}, size)
	}, 320)
	t := &views.Table{Caption: "Errors by size", Heads: []views.Head{{Name: "Too high from"}, {Name: "To", Number: true}, {Name: "Test rows", Number: true}}}
	for i, c := range bins.Counts {
		t.Rows = append(t.Rows, views.Texts(views.Num(bins.Edges[i]), views.Num(bins.Edges[i+1]), views.Count(c)))
	}
	return views.Chart{Name: "errors", SVG: wide, Narrow: narrow, Caption: caption, Table: t,
		Explain: "How often errors of each size occur. Errors that pile up around 0 and fall off on both sides alike are what one hopes for."}
}

// sizeAt returns the size that the share of the errors does not exceed.
func sizeAt(off []float64, share float64) float64 {
	sizes := make([]float64, len(off))
	for i, e := range off {
		sizes[i] = math.Abs(e)
	}
	slices.Sort(sizes)
	return sizes[max(int(math.Ceil(share*float64(len(sizes))))-1, 0)]
}

// binned counts sorted numbers in bins of equal width; one number, however
// often, has a bin to itself.
func binned(sorted []float64) chart.Bins {
	out := chart.Bins{XLabel: "Too high by", YLabel: "Test rows"}
	lo, hi := sorted[0], sorted[len(sorted)-1]
	width := hi/residualBins - lo/residualBins
	if !(width > 0) || math.IsInf(width, 0) {
		out.Edges, out.Counts = []float64{lo, hi}, []int{len(sorted)}
		return out
	}
	out.Counts = make([]int, residualBins)
	for i := range residualBins + 1 {
		out.Edges = append(out.Edges, lo+float64(i)*width)
	}
	out.Edges[residualBins] = hi
	for _, x := range sorted {
		out.Counts[min(max(int(x/width-lo/width), 0), residualBins-1)]++ // no overflow
	}
	return out
}
