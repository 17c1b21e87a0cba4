package recipe

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// polynomial adds the products of columns, as scikit-learn's
// PolynomialFeatures without a bias does.
type polynomial struct {
	in           int // columns
	degree       int
	interactions bool // of different columns alone
}

// maxDegree is the most columns that a product may have.
const maxDegree = 4

// terms calls f for each product in scikit-learn's order, those of one column
// alone first. at is used again for the next.
func (o *polynomial) terms(f func(at []int)) {
	for d := 1; d <= o.degree; d++ {
		o.grow(make([]int, 0, d), d, 0, f)
	}
}

func (o *polynomial) grow(at []int, d, from int, f func(at []int)) {
	if len(at) == d {
		f(at)
		return
	}
	for j := from; j < o.in; j++ {
		next := j
		if o.interactions {
			next++
		}
		o.grow(append(at, j), d, next, f)
	}
}

// size returns how many columns there are in the end, at most limit+1.
func (o *polynomial) size(limit int) int {
	total := 0
	for d := 1; d <= o.degree; d++ {
		n := 1.0
		for k := range d { // of in, d with or without replacement
			if o.interactions {
				n = n * float64(o.in-k) / float64(k+1)
			} else {
				n = n * float64(o.in+k) / float64(k+1)
			}
		}
		if n > float64(limit) {
			return limit + 1
		}
		total += int(math.Round(n))
	}
	return min(total, limit+1)
}

func (o *polynomial) width(in int) (int, bool) {
	n := o.size(maxMade)
	return n, in == o.in && in > 0 && o.degree >= 2 && o.degree <= maxDegree && n <= maxMade
}

func (o *polynomial) apply(x *frame.Matrix) (*frame.Matrix, error) {
	columns := x.Columns()
	blocks := slices.Clone(x.Blocks)
	var fault error
	products := map[string][]float64{} // of all but the first column
	o.terms(func(at []int) {
		if len(at) == 1 || fault != nil {
			return
		}
		rest := columns[at[1]]
		if len(at) > 2 {
			rest = products[fmt.Sprint(at[1:])]
		}
		made := make([]float64, x.Rows)
		for i, v := range columns[at[0]] {
			if made[i] = v * rest[i]; !finite(made[i]) && fault == nil {
				fault = problem.New(problem.Invalid, "The product of %s and %s is too large in one row.", number(v), number(rest[i])).
					WithHint("Scale the columns before they are multiplied.")
			}
		}
		if len(at) < o.degree {
			products[fmt.Sprint(at)] = made
		}
		blocks = append(blocks, frame.Block{Dense: made})
	})
	if fault != nil {
		return nil, fault
	}
	return frame.NewMatrix(x.Rows, blocks...), nil
}

func (o *polynomial) names(in []string) []string {
	var out []string
	o.terms(func(at []int) {
		var words []string
		for k := 0; k < len(at); {
			n := 1
			for k+n < len(at) && at[k+n] == at[k] {
				n++
			}
			word := in[at[k]]
			if n > 1 {
				word += fmt.Sprint("^", n)
			}
			words = append(words, word)
			k += n
		}
		out = append(out, strings.Join(words, " "))
	})
	return out
}

func (o *polynomial) origin(in [][]int) [][]int {
	var out [][]int
	o.terms(func(at []int) {
		var all []int
		for _, j := range at {
			all = append(all, in[j]...)
		}
		slices.Sort(all)
		out = append(out, slices.Compact(all))
	})
	return out
}

func (o *polynomial) step() string { return "polynomial" }

func (o *polynomial) describe(names []string) Learned {
	n := o.size(maxMade)
	text := fmt.Sprintf("Products of up to %d columns added: %s in all", o.degree, counted(n, "prepared column"))
	return Learned{Step: o.step(), Text: text}
}

func (o *polynomial) sklearn() *pickle.Object {
	n := o.size(maxMade)
	return pickle.Estimator("sklearn.preprocessing._polynomial", "PolynomialFeatures",
		pickle.Attr{Name: "degree", Value: o.degree},
		pickle.Attr{Name: "interaction_only", Value: o.interactions},
		pickle.Attr{Name: "include_bias", Value: false},
		pickle.Attr{Name: "order", Value: "C"},
		pickle.Attr{Name: "_min_degree", Value: 0},
		pickle.Attr{Name: "_max_degree", Value: o.degree},
		pickle.Attr{Name: "n_output_features_", Value: n},
		pickle.Attr{Name: "_n_out_full", Value: n})
}

func (o *polynomial) append(b []byte) []byte {
	return append(appendCount(append(b, tagPolynomial), o.in), byte(o.degree), byte(indicator(o.interactions)))
}

func (r *reader) polynomial() matrixOp {
	return &polynomial{in: r.rows(), degree: int(r.byte()), interactions: r.byte() != 0}
}

// Polynomial adds the products of up to so many columns, from 2 to 4: of
// different ones alone if interactions is set, else also powers.
func (p *Prepared) Polynomial(degree int, interactions bool) error {
	o := &polynomial{in: p.x.Cols, degree: degree, interactions: interactions}
	const most = 1 << 40 // to count with; the limit is lower
	if err := p.checkMade(fmt.Sprintf("Products of up to %d", degree), o.size(most), "Name fewer columns for the step, or choose a lower degree or interactions alone."); err != nil {
		return err
	}
	p.op = o
	return nil
}
