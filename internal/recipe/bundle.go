package recipe

import (
	"slices"
	"strconv"
	"strings"
)

// item is what is left to do on one strand.
type item struct {
	strand  int
	column  int // that it takes
	width   int // how many columns it makes in the end
	source  source
	changes []Change
	ops     []op
}

// bundle is a group of items that go through operations alike, or through one
// joint operation: one transformer of scikit-learn's ColumnTransformer.
type bundle struct {
	items []item
	name  string
	joint bool
}

// bundles groups items, in the order of the first of each group.
func bundles(items []item) []bundle {
	at := map[string]int{}
	used := map[string]int{}
	var out []bundle
	for i, it := range items {
		k := memberAt(it.ops)
		key := ""
		if k >= 0 {
			key = it.ops[k].like()
		} else {
			key = changesLike(it.changes) + ";" + opsLike(it.ops, i)
		}
		b, ok := at[key]
		if !ok {
			b = len(out)
			at[key] = b
			out = append(out, bundle{name: bundleName(it.ops, used), joint: k >= 0})
		}
		out[b].items = append(out[b].items, it)
	}
	return out
}

// opsLike is equal for items that one branch can hold; i is the item's place.
func opsLike(ops []op, i int) string {
	key := ""
	for _, o := range ops {
		key += o.like() + ";"
		if _, alone := o.(loner); alone {
			key += strconv.Itoa(i) + ";"
		}
	}
	return key
}

// bundleName names a bundle by what it does, as in median_scale. A name that
// is in use gets a number; scikit-learn allows no two underscores in a row.
func bundleName(ops []op, used map[string]int) string {
	var words []string
	for _, o := range ops {
		if w := o.word(); w != "" {
			words = append(words, w)
		}
	}
	name := strings.Join(words, "_")
	if name == "" {
		name = "as_is"
	}
	used[name]++
	if n := used[name]; n > 1 {
		name += "_" + strconv.Itoa(n)
	}
	return name
}

// parts splits a joint bundle: what is done to its members before, in the
// order of their places, and to its items after, which take those places.
func (b bundle) parts() (before, after []item) {
	for _, it := range b.items {
		k := memberAt(it.ops)
		m := it.ops[k].(*member)
		after = append(after, item{strand: it.strand, column: m.at, width: it.width, ops: it.ops[k+1:]})
		if !slices.ContainsFunc(before, func(x item) bool { return x.column == m.at }) {
			before = append(before, item{strand: m.at, column: m.at, width: 1, source: it.source, changes: it.changes, ops: it.ops[:k]})
		}
	}
	slices.SortFunc(before, func(a, b item) int { return a.column - b.column })
	slices.SortStableFunc(after, func(a, b item) int { return a.column - b.column })
	return before, after
}

// orderOf returns the strands of items in the order in which their columns
// leave a ColumnTransformer.
func orderOf(items []item) []int {
	var out []int
	for _, b := range bundles(items) {
		if b.joint {
			_, after := b.parts()
			out = append(out, orderOf(after)...)
			continue
		}
		for _, it := range b.items {
			out = append(out, it.strand)
		}
	}
	return out
}
