package recipe

import (
	"context"
	"fmt"
	"math"
	"slices"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/problem"
)

// Limits on filling by neighbors: how many differences of two numbers the
// training rows may take, and how many bytes the rows that are remembered.
const (
	maxNeighborWork  = 20_000_000_000
	maxNeighborBytes = 256 << 20
)

// neighbors fills a missing number with the mean of what the nearest training
// rows have, as scikit-learn's KNNImputer does. How far two rows are apart is
// the Euclidean distance in the columns that both have, scaled up by how many
// of all these are (Dixon 1979). Of rows as far apart as the last one needed,
// the first ones count. Where no row that has the number has a column in
// common, the mean of all that have it is filled.
type neighbors struct {
	k        int
	distance bool        // near rows count more, by one over their distance
	rows     [][]float64 // the training rows of each column
	means    []float64
}

func newNeighbors(k int, distance bool, columns []*Column) (*neighbors, error) {
	o := &neighbors{k: k, distance: distance}
	for _, c := range columns {
		sum, n := sumPresent(c.values.num)
		mean := sum / float64(n)
		if !finite(mean) {
			return nil, c.tooLarge("mean")
		}
		o.rows, o.means = append(o.rows, slices.Clone(c.values.num)), append(o.means, mean)
	}
	return o, nil
}

func (o *neighbors) members() int { return len(o.rows) }

func (o *neighbors) afterAt(at int, s shape) (shape, bool) {
	s.holes = false
	return s, s.holds == Numbers
}

func (o *neighbors) step() string { return "impute" }
func (o *neighbors) word() string { return "knn" }

func (o *neighbors) describe(int) (text, value string) {
	return fmt.Sprintf("Missing values filled from the nearest training rows, %d where there are so many", o.k), "by " + counted(len(o.rows), "column")
}

func (o *neighbors) applyAll(ctx context.Context, workers int, v []*values, seen []*Seen) error {
	from := make([][]float64, len(v))
	var lacking []int
	for i := range v[0].num {
		if slices.ContainsFunc(v, func(m *values) bool { return m.num[i] != m.num[i] }) {
			lacking = append(lacking, i)
		}
	}
	for at, m := range v {
		from[at] = m.num
		seen[at].Filled = true
		seen[at].Missing += len(m.num) - countPresent(m.num)
		if len(lacking) > 0 {
			m.num, m.own = slices.Clone(m.num), true
		}
	}
	const part = 32
	return parallel((len(lacking)+part-1)/part, workers, func(p int) error {
		s := search{neighbors: o, apart: make([]float64, len(o.rows[0])), common: make([]int32, len(o.rows[0])), row: make([]float64, len(v))}
		for _, i := range lacking[p*part : min((p+1)*part, len(lacking))] {
			if err := ctx.Err(); err != nil {
				return err
			}
			for at := range from {
				s.row[at] = from[at][i]
			}
			s.measure()
			for at, x := range s.row {
				if x == x {
					continue
				}
				filled := s.mean(at)
				if !finite(filled) {
					return problem.New(problem.Invalid, "The numbers of the nearest rows are too large to take their mean.").
						WithHint("Scale the columns first, or choose the median.")
				}
				v[at].num[i] = filled
			}
		}
		return nil
	})
}

// search looks for the nearest training rows of one row.
type search struct {
	*neighbors
	row    []float64
	apart  []float64 // the squared distance of each training row; NaN where there is none
	common []int32   // how many columns both have
	best   []near
}

type near struct {
	apart float64
	at    int
}

// measure finds how far all training rows are from the row.
func (s *search) measure() {
	clear(s.apart)
	clear(s.common)
	for c, x := range s.row {
		if x != x {
			continue
		}
		for i, t := range s.rows[c] {
			if d := x - t; d == d {
				s.apart[i] += float64(d * d)
				s.common[i]++
			}
		}
	}
	for i, k := range s.common {
		if k == 0 {
			s.apart[i] = math.NaN()
			continue
		}
		s.apart[i] = s.apart[i] / float64(k) * float64(len(s.row))
	}
}

// mean returns what the nearest rows have in a column.
func (s *search) mean(column int) float64 {
	s.best = s.best[:0]
	for i, t := range s.rows[column] {
		d := s.apart[i]
		if t != t || d != d || len(s.best) == s.k && d >= s.best[s.k-1].apart {
			continue
		}
		k := len(s.best)
		if k < s.k {
			s.best = append(s.best, near{})
		} else {
			k--
		}
		for ; k > 0 && s.best[k-1].apart > d; k-- {
			s.best[k] = s.best[k-1]
		}
		s.best[k] = near{d, i}
	}
	if len(s.best) == 0 {
		return s.means[column]
	}
	slices.SortFunc(s.best, func(a, b near) int { return a.at - b.at })
	sum, total := 0.0, 0.0
	exact := s.distance && slices.ContainsFunc(s.best, func(b near) bool { return b.apart == 0 })
	for _, b := range s.best {
		weight := 1.0
		switch {
		case exact && b.apart > 0:
			continue
		case s.distance && !exact:
			weight = 1 / math.Sqrt(b.apart)
		}
		sum += float64(weight * s.rows[column][b.at])
		total += weight
	}
	return sum / total
}

func (o *neighbors) sklearn() *pickle.Object {
	n, p := len(o.rows[0]), len(o.rows)
	x, missing, valid := make([]float64, n*p), make([]bool, n*p), make([]bool, p)
	for c, column := range o.rows {
		valid[c] = true
		for i, v := range column {
			x[i*p+c], missing[i*p+c] = v, v != v
		}
	}
	weights := "uniform"
	if o.distance {
		weights = "distance"
	}
	return pickle.Estimator("sklearn.impute._knn", "KNNImputer",
		pickle.Attr{Name: "missing_values", Value: math.NaN()},
		pickle.Attr{Name: "add_indicator", Value: false},
		pickle.Attr{Name: "keep_empty_features", Value: false},
		pickle.Attr{Name: "n_neighbors", Value: o.k},
		pickle.Attr{Name: "weights", Value: weights},
		pickle.Attr{Name: "metric", Value: "nan_euclidean"},
		pickle.Attr{Name: "copy", Value: true},
		pickle.Attr{Name: "indicator_", Value: nil},
		pickle.Attr{Name: "_fit_X", Value: pickle.Floats(x, n, p)},
		pickle.Attr{Name: "_mask_fit_X", Value: pickle.Bools(missing, n, p)},
		pickle.Attr{Name: "_valid_mask", Value: pickle.Bools(valid)})
}

func (o *neighbors) append(b []byte) []byte {
	b = appendCount(append(b, jointNeighbors, byte(indicator(o.distance))), o.k)
	b = appendCount(appendCount(b, len(o.rows)), len(o.rows[0]))
	for c, column := range o.rows {
		b = appendFloats(appendFloats(b, o.means[c]), column...)
	}
	return b
}

func (r *reader) neighbors() jointOp {
	o := &neighbors{distance: r.byte() != 0, k: r.rows()}
	columns, n := r.length(), r.length()
	for range columns {
		o.means = append(o.means, r.float())
		column := make([]float64, 0, min(n, len(r.b)/8))
		for range n {
			column = append(column, r.float())
		}
		o.rows = append(o.rows, column)
		if r.err != nil {
			return nil
		}
	}
	if o.k < 1 || n < 1 || columns < 1 || !allFinite(o.means...) {
		r.fail(errJoint)
		return nil
	}
	return o
}

// FillTogether fills missing numbers of the columns, which hold numbers, from
// the nearest training rows: k of them, or fewer where fewer are to be had. If
// distance is set, near rows count more. It refuses what would take too long,
// or too much memory, before it begins.
func FillTogether(columns []*Column, k int, distance bool) error {
	n, lacking := len(columns[0].values.num), 0
	for i := range n {
		if slices.ContainsFunc(columns, func(c *Column) bool { x := c.values.num[i]; return x != x }) {
			lacking++
		}
	}
	work, bytes := float64(lacking)*float64(n)*float64(len(columns)), 8*int64(n)*int64(len(columns))
	refuse := func(p *problem.Error) error {
		p.Field = "strategy"
		return p.WithHint("Choose the median, name fewer columns, or train on fewer rows.")
	}
	switch {
	case work > maxNeighborWork:
		return refuse(problem.New(problem.Invalid, "Filling from neighbors would compare %d rows with %d in %s: %.0f billion differences; the limit is %d.",
			lacking, n, counted(len(columns), "column"), work/1e9, int64(maxNeighborWork/1e9)))
	case bytes > maxNeighborBytes:
		return refuse(problem.New(problem.Invalid, "Filling from neighbors would keep %d rows of %s in the model: %d MB; the limit is %d MB.",
			n, counted(len(columns), "column"), bytes>>20, maxNeighborBytes>>20))
	}
	o, err := newNeighbors(k, distance, columns)
	if err != nil {
		return err
	}
	return columns[0].fit.joint(columns, o)
}
