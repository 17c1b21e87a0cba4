package profile

import (
	"cmp"
	"context"
	"math"
	"slices"

	"clicktrain/internal/frame"
)

// rankedColumn is a column in order.
type rankedColumn struct {
	num     []float64
	order   []int32 // rows with a value, by ascending value
	missing bool
}

// ranks sets Spearman's correlation of each pair of columns. Those without
// missing values are ranked once and correlated together; a pair with missing
// values is ranked anew over the rows that it shares.
func (a *Associations) ranks(ctx context.Context, columns []*frame.Column, workers int) error {
	square(&a.Spearman, columns)
	p := len(columns)
	sorted := make([]rankedColumn, p)
	full := make([]standard, p)
	err := each(ctx, p, workers, func(i int) {
		num := columns[i].Num
		c := rankedColumn{num: num, order: argsort(num)}
		c.missing = len(c.order) < len(num)
		sorted[i] = c
		full[i] = standard{x: num, constant: true} // not correlated with the others
		if !c.missing {
			full[i] = standardRanks(c)
		}
	})
	if err != nil || p == 0 {
		return err
	}
	rows := len(columns[0].Num)
	total, err := addUp(ctx, full, rows, workers)
	if err != nil {
		return err
	}
	return each(ctx, p, workers, func(i int) {
		var x, y []float64
		for j := i; j < p && ctx.Err() == nil; j++ {
			r := undefined
			switch {
			case i == j:
				if o := sorted[i].order; len(o) > 1 && sorted[i].num[o[0]] != sorted[i].num[o[len(o)-1]] {
					r = 1
				}
			case sorted[i].missing || sorted[j].missing:
				if x == nil {
					x, y = make([]float64, rows), make([]float64, rows)
				}
				rankShared(x, sorted[i], sorted[j].num)
				rankShared(y, sorted[j], sorted[i].num)
				r = pairR(x, y)
			case !full[i].constant && !full[j].constant:
				r = total.r(full, i, j, rows)
			}
			a.Spearman.R[i*p+j], a.Spearman.R[j*p+i] = r, r
		}
	})
}

// standardRanks returns the ranks of a column without missing values, with
// their mean and deviation.
func standardRanks(c rankedColumn) standard {
	x := make([]float64, len(c.num))
	rankShared(x, c, c.num)
	n := float64(len(x))
	s := standard{x: x, mean: (n + 1) / 2}
	squares := 0.0
	for _, r := range x {
		squares += (r - s.mean) * (r - s.mean)
	}
	s.constant = !(squares > 0)
	s.inv = math.Sqrt((n - 1) / squares)
	return s
}

// rankShared writes the rank of each row, from 1, among those that have a
// value in both columns, and NaN for the others. Equal values have the mean of
// their ranks.
func rankShared(dst []float64, c rankedColumn, other []float64) {
	for i := range dst {
		dst[i] = math.NaN()
	}
	rank := 0
	for from := 0; from < len(c.order); {
		to, shared := from, 0
		x := c.num[c.order[from]]
		for ; to < len(c.order) && c.num[c.order[to]] == x; to++ {
			if o := other[c.order[to]]; o == o {
				shared++
			}
		}
		mean := float64(rank) + float64(shared+1)/2
		for _, r := range c.order[from:to] {
			if o := other[r]; o == o {
				dst[r] = mean
			}
		}
		rank += shared
		from = to
	}
}

// item is a row and a key that ascends as its value does.
type item struct {
	key uint64
	row int32
}

// argsort returns the rows that have a value, by ascending value and row.
func argsort(v []float64) []int32 {
	items := make([]item, 0, len(v))
	for i, x := range v {
		if x == x {
			items = append(items, item{ascending(x), int32(i)})
		}
	}
	if len(items) < 512 {
		slices.SortStableFunc(items, func(a, b item) int { return cmp.Compare(a.key, b.key) })
	} else {
		items = radixItems(items)
	}
	order := make([]int32, len(items))
	for i, x := range items {
		order[i] = x.row
	}
	return order
}

// radixItems is the radix sort of sorter with the row beside the key. It
// returns the sorted items, which stand in a or in memory of their own.
func radixItems(a []item) []item {
	b := make([]item, len(a))
	var count [radixPasses][radixSize]uint32
	for _, x := range a {
		for pass := range radixPasses {
			count[pass][x.key>>(pass*radixBits)&(radixSize-1)]++
		}
	}
	for pass := range radixPasses {
		shift := pass * radixBits
		c := &count[pass]
		if c[a[0].key>>shift&(radixSize-1)] == uint32(len(a)) {
			continue
		}
		sum := uint32(0)
		for d, k := range c {
			c[d] = sum
			sum += k
		}
		for _, x := range a {
			d := x.key >> shift & (radixSize - 1)
			b[c[d]] = x
			c[d]++
		}
		a, b = b, a
	}
	return a
}
