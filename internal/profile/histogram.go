package profile

import (
	"math"
	"sort"
)

// Histograms have this many bins, except for whole numbers and constants.
const (
	fewestBins = 5
	mostBins   = 40
)

// numberHistogram bins the ascending s. The width of bins is that of Freedman
// and Diaconis (1981), 2·IQR/∛n; where the IQR is 0 there are ∛n bins or so.
// Bins of whole numbers hold the same count of them each and have their edges
// halfway between.
func numberHistogram(s []float64, iqr float64, whole bool) Histogram {
	if len(s) == 0 {
		return Histogram{}
	}
	low, high := s[0], s[len(s)-1]
	if low == high {
		pad := max(0.5, math.Abs(low)*1e-3)
		if math.IsInf(low+pad, 0) || math.IsInf(low-pad, 0) {
			return Histogram{Edges: []float64{low, high}, Counts: []int{len(s)}}
		}
		return Histogram{Edges: []float64{low - pad, low + pad}, Counts: []int{len(s)}}
	}
	bins := binCount(high/2-low/2, iqr/2, len(s))
	if span := high - low; whole && span < 1<<52 && math.Abs(low) < 1<<52 && math.Abs(high) < 1<<52 {
		return wholeHistogram(s, low, span, bins)
	}
	edges := make([]float64, bins+1)
	for i := range edges {
		t := float64(i) / float64(bins)
		edges[i] = low*(1-t) + high*t
	}
	edges[0], edges[bins] = low, high
	for i := 1; i < bins; i++ { // the smallest numbers round out of order
		edges[i] = min(max(edges[i], edges[i-1]), high)
	}
	return Histogram{edges, fill(s, edges)}
}

// binCount returns the number of bins for n values over a range.
func binCount(span, iqr float64, n int) int {
	cube := math.Cbrt(float64(n))
	bins := 2 * cube
	if width := 2 * iqr / cube; width > 0 {
		bins = math.Ceil(span / width)
	}
	if !(bins <= mostBins) {
		return mostBins
	}
	return max(int(bins), fewestBins)
}

// wholeHistogram bins whole numbers: each by itself where there are few.
func wholeHistogram(s []float64, low, span float64, bins int) Histogram {
	width := 1.0
	if span >= mostBins {
		width = math.Ceil((span + 1) / float64(bins))
	}
	n := int(math.Floor(span/width)) + 1
	edges := make([]float64, n+1)
	for i := range edges {
		edges[i] = low - 0.5 + float64(i)*width
	}
	return Histogram{edges, fill(s, edges)}
}

// fill counts the values of the ascending s between the edges.
func fill(s, edges []float64) []int {
	counts := make([]int, len(edges)-1)
	from := 0
	for i := range counts {
		to := len(s)
		if i < len(counts)-1 {
			to = max(from, sort.SearchFloat64s(s, edges[i+1]))
		}
		counts[i] = to - from
		from = to
	}
	return counts
}
