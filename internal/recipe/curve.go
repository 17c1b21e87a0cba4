package recipe

import (
	"math"
	"sort"
	"strconv"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/numeric"
)

// curve replaces a number by what stands at it on a line through points, as
// numpy's interp does: between two points on the straight line from one to the
// other, beyond the ends as at the nearest end. What is missing stays so.
type curve struct {
	use  use
	x, y []float64 // the points; x ascends
}

// use is what a curve is for.
type use uint8

const (
	asShare   use = iota // codes of categories become the shares of rows that have them
	asOutlier            // 1 outside two limits, 0 between them
)

func (o *curve) apply(v *values, _ *Seen) error {
	from, to := v.rewrite()
	for i, x := range from {
		to[i] = o.at(x)
	}
	return nil
}

// at returns what stands at x.
func (o *curve) at(x float64) float64 {
	last := len(o.x) - 1
	k := sort.Search(len(o.x), func(k int) bool { return o.x[k] > x }) - 1
	switch {
	case x != x:
		return x
	case k < 0:
		return o.y[0]
	case k == last || x == o.x[k]:
		return o.y[k]
	case o.y[k] == o.y[k+1]:
		return o.y[k]
	}
	return numeric.Between(o.y[k], o.y[k+1], (x-o.x[k])/(o.x[k+1]-o.x[k]))
}

func (o *curve) like() string { return "curve" }

// alone says that numpy has one line for all columns.
func (o *curve) alone() {}

func (o *curve) sklearn(columns []op) *pickle.Object {
	return interp(o.x, o.y)
}

// interp returns a transformer that calls numpy's interp. The points are lists,
// of which scikit-learn prints the first alone.
func interp(x, y []float64, more ...pickle.Pair) *pickle.Object {
	points := pickle.Dict{{Key: "xp", Value: floatList(x)}, {Key: "fp", Value: floatList(y)}}
	return function(pickle.Global{Module: "numpy", Name: "interp"}, append(points, more...))
}

func floatList(x []float64) pickle.List {
	list := make(pickle.List, len(x))
	for i, v := range x {
		list[i] = v
	}
	return list
}

func (o *curve) step() string {
	if o.use == asOutlier {
		return "flag_outliers"
	}
	return "encode"
}

func (o *curve) word() string {
	if o.use == asOutlier {
		return "outlier"
	}
	return "frequency"
}

func (o *curve) describe() (text, value string) {
	if o.use == asOutlier {
		return "Outliers flagged in a column of their own", "below " + rounded(o.x[1]) + " or above " + rounded(o.x[2])
	}
	return "Categories turned into the share of training rows that have them", ""
}

func (o *curve) sound() bool {
	ascending := true
	for i := range o.x[min(1, len(o.x)):] {
		ascending = ascending && o.x[i] < o.x[i+1]
	}
	if len(o.x) == 0 || len(o.x) != len(o.y) || !allFinite(o.x...) || !allFinite(o.y...) || !ascending {
		return false
	}
	return o.use == asShare || o.use == asOutlier && len(o.x) == 4
}

func (o *curve) append(b []byte) []byte {
	b = appendCount(append(b, tagCurve, byte(o.use)), len(o.x))
	return appendFloats(appendFloats(b, o.x...), o.y...)
}

func (r *reader) curve() *curve {
	o := &curve{use: use(r.byte())}
	n := r.length()
	for range n {
		o.x = append(o.x, r.float())
	}
	for range n {
		o.y = append(o.y, r.float())
	}
	return o
}

func (o *curve) suffixes() []string {
	if o.use == asOutlier {
		return []string{"outlier"}
	}
	return []string{""}
}

func isCurve(o op) bool {
	_, ok := o.(*curve)
	return ok
}

// shares tells the shares of categories.
func (o *curve) shares(labels []string) string {
	told := make([]string, 0, len(labels))
	for i, l := range labels {
		if i+1 < len(o.y) {
			told = append(told, l+" = "+strconv.FormatFloat(100*o.y[i+1], 'g', 3, 64)+" %")
		}
	}
	return shortList(told)
}

// FlagOutliers learns the limits beyond which a number is an outlier, and adds
// a column that is 1 where it is one. There is none where nothing can be an
// outlier.
func (c *Column) FlagOutliers(rule Rule, k float64) error {
	low, high, ok := rule.Limits(c.values.num, k)
	if !ok {
		return c.tooLarge("limits")
	}
	if math.IsInf(low, 0) {
		return nil
	}
	flag := &curve{use: asOutlier, y: []float64{1, 0, 0, 1},
		x: []float64{math.Nextafter(low, math.Inf(-1)), low, high, math.Nextafter(high, math.Inf(1))}}
	return c.beside(flag, &fillNumber{strategy: Constant})
}

// Frequency learns which share of the training rows has each category, and
// makes the column these shares. What is missing or unseen is 0.
func (c *Column) Frequency() error {
	if err := c.Ordinal(); err != nil {
		return err
	}
	o := &curve{use: asShare, x: []float64{-1}, y: []float64{0}}
	rows, counts := float64(len(c.values.num)), []float64(nil)
	for _, code := range c.values.num {
		for int(code) >= len(counts) {
			counts = append(counts, 0)
		}
		if code >= 0 {
			counts[int(code)]++
		}
	}
	for code, n := range counts {
		o.x, o.y = append(o.x, float64(code)), append(o.y, n/rows)
	}
	return c.learned(o)
}
