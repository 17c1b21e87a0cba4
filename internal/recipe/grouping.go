package recipe

import (
	"slices"

	"clicktrain/internal/export/pickle"
)

// Drop says which column of a one-hot encoding is left out.
type Drop uint8

// The choices, in scikit-learn's words none, first and if_binary.
const (
	DropNone     Drop = iota
	DropFirst         // that of the first category: linear models without a penalty need it
	DropIfBinary      // that of the first of two categories
)

// OneHotOptions are the options of scikit-learn's OneHotEncoder. The zero
// value makes a column for each category.
type OneHotOptions struct {
	// Categories that fewer training rows have are infrequent: they share the
	// last column. A share is of all training rows. Zero is no limit.
	MinCount int
	MinShare float64

	// MaxCategories is how many columns there may be, that of infrequent
	// categories included; the rarest categories then count as infrequent,
	// and of those that are as rare the first. Zero is no limit.
	MaxCategories int

	Drop Drop
}

func (o OneHotOptions) grouped() bool {
	return o.MinCount > 0 || o.MinShare > 0 || o.MaxCategories > 0
}

// infrequent says which categories are, nil if none is. counts are the
// training rows of each; n counts those without a value too.
func (o OneHotOptions) infrequent(counts []int, n int) []bool {
	rare := make([]bool, len(counts))
	frequent := len(counts)
	for i, c := range counts {
		if c < o.MinCount || float64(c) < float64(n)*o.MinShare {
			rare[i] = true
			frequent--
		}
	}
	// One column more than there are frequent categories: scikit-learn counts
	// that of the infrequent ones also where there is none yet.
	if o.MaxCategories > 0 && o.MaxCategories < frequent+1 {
		order := make([]int, len(counts))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return counts[a] - counts[b] })
		for _, i := range order[:max(0, len(order)-(o.MaxCategories-1))] {
			rare[i] = true
		}
	}
	if !slices.Contains(rare, true) {
		return nil
	}
	return rare
}

// infrequentLabel is what scikit-learn calls the column of infrequent
// categories.
const infrequentLabel = "infrequent_sklearn"

// grouping is which column each category of a one-hot encoding has.
type grouping struct {
	options    OneHotOptions
	infrequent []bool // by category; nil if none is
}

// places returns the column of each category before one is dropped, nil if
// they are those of the categories, and how many there are.
func (g grouping) places(categories int) (columns []int32, n int) {
	if g.infrequent == nil {
		return nil, categories
	}
	columns = make([]int32, categories)
	for i, rare := range g.infrequent {
		if !rare {
			columns[i] = int32(n)
			n++
		}
	}
	for i, rare := range g.infrequent {
		if rare {
			columns[i] = int32(n)
		}
	}
	return columns, n + 1
}

// dropped reports whether the first of n columns is.
func (g grouping) dropped(n int) bool {
	return g.options.Drop == DropFirst && n > 0 || g.options.Drop == DropIfBinary && n == 2
}

func (g grouping) size(categories int) int {
	_, n := g.places(categories)
	if g.dropped(n) {
		n--
	}
	return n
}

// columns returns the column of each category, -1 for none, and that of what
// is missing or unseen. It returns nil where they are those of the categories.
func (g grouping) columns(categories int) (columns []int32, other int32) {
	columns, n := g.places(categories)
	other = -1
	if columns != nil {
		other = int32(n - 1)
	}
	if !g.dropped(n) {
		return columns, other
	}
	if columns == nil {
		columns = make([]int32, categories)
		for i := range columns {
			columns[i] = int32(i)
		}
	}
	for i := range columns {
		columns[i]--
	}
	if other >= 0 {
		other--
	}
	return columns, other
}

// attributes returns those of a OneHotEncoder of several columns that say how
// categories are grouped.
func (g grouping) attributes(columns []op) []pickle.Attr {
	opt := g.options
	var minFrequency, most, drop, dropAfter, dropIndex pickle.Value
	if opt.MinCount > 0 {
		minFrequency = opt.MinCount
	} else if opt.MinShare > 0 {
		minFrequency = opt.MinShare
	}
	if opt.MaxCategories > 0 {
		most = opt.MaxCategories
	}
	unknown := "ignore"
	if opt.grouped() {
		unknown = "infrequent_if_exist"
	}
	var indices, mappings, first, after pickle.List
	for _, c := range columns {
		o := c.(*oneHot)
		index, mapping := o.rare()
		indices, mappings = append(indices, index), append(mappings, mapping)
		i, j := o.first()
		first, after = append(first, i), append(after, j)
	}
	if opt.Drop != DropNone {
		drop = map[Drop]string{DropFirst: "first", DropIfBinary: "if_binary"}[opt.Drop]
		dropIndex, dropAfter = pickle.Objects(first), pickle.Objects(after)
	}
	attrs := []pickle.Attr{
		{Name: "handle_unknown", Value: unknown},
		{Name: "drop", Value: drop},
		{Name: "min_frequency", Value: minFrequency},
		{Name: "max_categories", Value: most},
		{Name: "_infrequent_enabled", Value: opt.grouped()},
		{Name: "drop_idx_", Value: dropIndex},
		{Name: "_drop_idx_after_grouping", Value: dropAfter},
	}
	if opt.grouped() {
		attrs = append(attrs, pickle.Attr{Name: "_infrequent_indices", Value: indices},
			pickle.Attr{Name: "_default_to_infrequent_mappings", Value: mappings})
	}
	return attrs
}

// rare returns the infrequent categories, and the column of each category
// before one is dropped; None if there is no infrequent one.
func (o *oneHot) rare() (indices, mapping pickle.Value) {
	columns, _ := o.places(o.cats.size())
	if columns == nil {
		return nil, nil
	}
	var rare, all []int64
	for i, c := range columns {
		all = append(all, int64(c))
		if o.infrequent[i] {
			rare = append(rare, int64(i))
		}
	}
	return pickle.Ints(rare), pickle.Ints(all)
}

// first returns the category and the column that are dropped, None if none is.
func (o *oneHot) first() (category, column pickle.Value) {
	columns, n := o.places(o.cats.size())
	if !o.dropped(n) {
		return nil, nil
	}
	return max(0, slices.Index(columns, 0)), 0
}
