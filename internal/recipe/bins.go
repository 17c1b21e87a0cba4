package recipe

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/numeric"
)

// Bins says where the edges of bins are.
type Bins uint8

// The choices, in scikit-learn's words quantile, uniform and kmeans.
const (
	QuantileBins Bins = iota // about as many training rows in each
	UniformBins              // all of one width
	ClusterBins              // around the centers of clusters
)

// String returns scikit-learn's name.
func (b Bins) String() string {
	return [...]string{QuantileBins: "quantile", UniformBins: "uniform", ClusterBins: "kmeans"}[b]
}

// bins turns numbers into the number of their bin, 0, 1, 2 …, as scikit-learn's
// KBinsDiscretizer does. The first and the last bin take all that is beyond
// them; a bin has its lower edge, not its upper one.
type bins struct {
	strategy Bins
	asked    int       // how many bins were asked for
	edges    []float64 // ascending, one more than there are bins; infinite ones for a single bin
}

// inner returns the edges between bins.
func (o *bins) inner() []float64 {
	if len(o.edges) < 3 {
		return nil
	}
	return o.edges[1 : len(o.edges)-1]
}

func (o *bins) apply(v *values, _ *Seen) error {
	inner := o.inner()
	from, to := v.rewrite()
	for i, x := range from {
		if x != x {
			to[i] = x
			continue
		}
		to[i] = float64(sort.Search(len(inner), func(k int) bool { return inner[k] > x }))
	}
	return nil
}

// labels returns what to call the bins.
func (o *bins) labels() []string {
	inner := o.inner()
	if len(inner) == 0 {
		return []string{"any"}
	}
	labels := []string{"below " + rounded(inner[0])}
	for i := range inner[1:] {
		labels = append(labels, rounded(inner[i])+" to "+rounded(inner[i+1]))
	}
	return append(labels, rounded(inner[len(inner)-1])+" and above")
}

func (o *bins) like() string { return fmt.Sprint("bins ", o.strategy, o.asked) }

func (o *bins) sklearn(columns []op) *pickle.Object {
	var edges pickle.List
	var counts []int64
	for _, c := range columns {
		c := c.(*bins)
		edges = append(edges, pickle.Floats(c.edges))
		counts = append(counts, int64(len(c.edges)-1))
	}
	return pickle.Estimator("sklearn.preprocessing._discretization", "KBinsDiscretizer",
		pickle.Attr{Name: "n_bins", Value: o.asked},
		pickle.Attr{Name: "encode", Value: "ordinal"},
		pickle.Attr{Name: "strategy", Value: o.strategy.String()},
		pickle.Attr{Name: "quantile_method", Value: "averaged_inverted_cdf"},
		pickle.Attr{Name: "dtype", Value: nil},
		pickle.Attr{Name: "subsample", Value: nil},
		pickle.Attr{Name: "random_state", Value: nil},
		pickle.Attr{Name: "bin_edges_", Value: pickle.Objects(edges)},
		pickle.Attr{Name: "n_bins_", Value: pickle.Ints(counts)})
}

func (o *bins) step() string { return "bin" }
func (o *bins) word() string { return "bin" }

func (o *bins) describe() (text, value string) {
	return "Put into bins", shortList(o.labels())
}

func (o *bins) sound() bool {
	return o.strategy <= ClusterBins && len(o.edges) > 0 && allFinite(o.inner()...) && slices.IsSorted(o.edges)
}

func (o *bins) after(s shape) (shape, bool) {
	return s, s.holds == Numbers && !s.holes && o.sound() // scikit-learn refuses holes
}

func (o *bins) append(b []byte) []byte {
	b = appendCount(appendCount(append(b, tagBin, byte(o.strategy)), o.asked), len(o.edges))
	return appendFloats(b, o.edges...)
}

func (r *reader) bins() *bins {
	o := &bins{strategy: Bins(r.byte()), asked: r.rows()}
	for range r.length() {
		o.edges = append(o.edges, r.float())
	}
	return o
}

// Bin learns the edges of n bins and makes the column the number of a bin, or
// if indicators is set a column of 0 and 1 for each bin. There are fewer bins
// where edges are as good as equal. No number may be missing. Quantiles are
// values of the column: where numpy computes it anew, edges stand beside them.
func (c *Column) Bin(n int, strategy Bins, indicators bool) error {
	o := &bins{strategy: strategy, asked: n}
	low, high := extent(c.values.num)
	switch {
	case math.IsInf(high-low, 0):
		return c.tooLarge("range")
	case low == high:
		o.edges = []float64{math.Inf(-1), math.Inf(1)}
	case strategy == UniformBins:
		o.edges = uniformEdges(low, high, n)
	case strategy == ClusterBins:
		o.edges = clusterEdges(c.values.num, n)
	default:
		o.edges = quantileEdges(ascending(c.values.num), n)
	}
	if c.recomputed() {
		setBeside(ascending(c.values.num), o.inner())
	}
	if err := c.learned(o); err != nil || !indicators {
		return err
	}
	labels := o.labels()
	known := categories{source: numberSource, text: labels}
	for i := range labels {
		known.num = append(known.num, float64(i))
	}
	return c.learned(&oneHot{cats: known, fixed: true})
}

// uniformEdges returns the edges of n bins of one width.
func uniformEdges(low, high float64, n int) []float64 {
	edges := make([]float64, n, n+1)
	step := (high - low) / float64(n)
	for i := range edges {
		edges[i] = float64(float64(i)*step) + low
	}
	return append(edges, high)
}

// quantileEdges returns the quantiles of n shares of numbers in order, without
// those that are as good as equal to the one before. A quantile is a number
// with at least its share of the rows at or below it, the mean of two where
// there are two such (Hyndman and Fan 1996, definition 2).
func quantileEdges(sorted []float64, n int) []float64 {
	var edges []float64
	step, before := 100/float64(n), math.Inf(-1)
	for i := range n + 1 {
		percent := float64(i) * step
		if i == n {
			percent = 100
		}
		at := float64(len(sorted))*(percent/100) - 1
		k := int(math.Floor(at))
		e := sorted[min(max(k+1, 0), len(sorted)-1)]
		if float64(k) == at && k >= 0 && k+1 < len(sorted) {
			e = numeric.Between(sorted[k], e, 0.5)
		}
		if e-before > 1e-8 {
			edges = append(edges, e)
		}
		before = e
	}
	return edges
}
