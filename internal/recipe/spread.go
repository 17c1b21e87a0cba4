package recipe

import (
	"fmt"
	"math"
	"slices"

	"clicktrain/internal/export/pickle"

	"gonum.org/v1/gonum/mathext"
)

// spread maps each number to the share of training rows that lie below it, on
// lines between some quantiles, as scikit-learn's QuantileTransformer does; or
// to where that share of a standard normal distribution lies.
type spread struct {
	normal    bool
	asked     int       // how many quantiles were asked for
	n         int       // training rows
	quantiles []float64 // at shares that are evenly apart, ascending
}

// edge is how near to the least and the greatest quantile a number counts as
// it, and the least share that is mapped to the normal distribution.
const edge = 1e-7

func (o *spread) apply(v *values, _ *Seen) error {
	shares := evenly(len(o.quantiles))
	lowest := mathext.NormalQuantile(edge - 0x1p-52)
	highest := mathext.NormalQuantile(1 - (edge - 0x1p-52))
	from, to := v.rewrite()
	for i, x := range from {
		if x != x {
			to[i] = x
			continue
		}
		share := o.share(x, shares)
		if !o.normal {
			to[i] = share
			continue
		}
		to[i] = min(max(mathext.NormalQuantile(share), lowest), highest)
	}
	return nil
}

// evenly returns n shares from 0 to 1.
func evenly(n int) []float64 {
	shares, step := make([]float64, n), 1.0
	if n > 1 {
		step = 1 / float64(n-1)
	}
	for i := range shares {
		shares[i] = float64(i) * step
	}
	if n > 1 {
		shares[n-1] = 1
	}
	return shares
}

// share returns the share of rows below x: where quantiles are equal, the mean
// of those of the first and the last.
func (o *spread) share(x float64, shares []float64) float64 {
	q := o.quantiles
	near := 0.0
	if o.normal {
		near = edge
	}
	switch last := len(q) - 1; {
	case x-near < q[0] || x == q[0] && !o.normal:
		return 0
	case x+near > q[last] || x == q[last] && !o.normal:
		return shares[last]
	}
	first, found := slices.BinarySearch(q, x)
	if !found { // between first-1 and first
		j := first - 1
		slope := (shares[j+1] - shares[j]) / (q[j+1] - q[j])
		up := float64(slope*(x-q[j])) + shares[j]
		down := shares[j+1] - float64(slope*(q[j+1]-x))
		return min(max(0.5*(up+down), 0), 1)
	}
	last := first
	for last+1 < len(q) && q[last+1] == x {
		last++
	}
	return 0.5 * (shares[last] + shares[first])
}

func (o *spread) like() string { return fmt.Sprint("quantile ", o.normal, o.asked, len(o.quantiles)) }

func (o *spread) output() string {
	if o.normal {
		return "normal"
	}
	return "uniform"
}

func (o *spread) sklearn(columns []op) *pickle.Object {
	n := len(o.quantiles)
	quantiles := make([]float64, 0, n*len(columns))
	for i := range n {
		for _, c := range columns {
			quantiles = append(quantiles, c.(*spread).quantiles[i])
		}
	}
	return pickle.Estimator("sklearn.preprocessing._data", "QuantileTransformer",
		pickle.Attr{Name: "n_quantiles", Value: o.asked},
		pickle.Attr{Name: "output_distribution", Value: o.output()},
		pickle.Attr{Name: "ignore_implicit_zeros", Value: false},
		pickle.Attr{Name: "subsample", Value: max(10_000, o.n)}, // all rows
		pickle.Attr{Name: "random_state", Value: nil},
		pickle.Attr{Name: "copy", Value: true},
		pickle.Attr{Name: "n_quantiles_", Value: n},
		pickle.Attr{Name: "references_", Value: pickle.Floats(evenly(n))},
		pickle.Attr{Name: "quantiles_", Value: pickle.Floats(quantiles, n, len(columns))})
}

func (o *spread) step() string { return "transform" }
func (o *spread) word() string { return "quantile" }

func (o *spread) describe() (text, value string) {
	text = "Spread evenly from 0 to 1 by quantiles"
	if o.normal {
		text = "Spread as a normal distribution by quantiles"
	}
	return text, fmt.Sprintf("%d quantiles from %s to %s", len(o.quantiles), rounded(o.quantiles[0]), rounded(o.quantiles[len(o.quantiles)-1]))
}

func (o *spread) sound() bool {
	n := len(o.quantiles)
	return n > 0 && allFinite(o.quantiles...) && slices.IsSorted(o.quantiles) && finite(o.quantiles[n-1]-o.quantiles[0])
}

func (o *spread) append(b []byte) []byte {
	b = append(b, tagSpread, byte(indicator(o.normal)))
	b = appendCount(appendCount(appendCount(b, o.asked), o.n), len(o.quantiles))
	return appendFloats(b, o.quantiles...)
}

func (r *reader) spread() *spread {
	o := &spread{normal: r.byte() != 0, asked: r.rows(), n: r.rows()}
	for range r.length() {
		o.quantiles = append(o.quantiles, r.float())
	}
	if len(o.quantiles) == 0 {
		o.quantiles = []float64{math.NaN()} // unsound
	}
	return o
}

// Quantiles learns n quantiles, or as many as there are training rows, and
// spreads the numbers by them evenly from 0 to 1, or as a standard normal
// distribution. It uses all rows, where scikit-learn takes a sample of 10,000.
func (c *Column) Quantiles(n int, normal bool) error {
	rows := len(c.values.num)
	o := &spread{normal: normal, asked: n, n: rows}
	sorted := ascending(c.values.num)
	least := math.Inf(-1)
	for _, share := range evenly(max(1, min(n, rows))) {
		least = max(least, quantile(sorted, share*100/100)) // as numpy does, which takes percentages
		o.quantiles = append(o.quantiles, least)
	}
	if !o.sound() {
		return c.tooLarge("range")
	}
	return c.learned(o)
}
