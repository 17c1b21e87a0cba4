package recipe

import (
	"fmt"
	"math"

	"clicktrain/internal/export/pickle"
)

// oneHot turns categories into columns of 0 and 1. What is missing or unseen
// is 0 in all of them, or counts as infrequent where there is such a column.
type oneHot struct {
	cats categories
	grouping
	fixed bool // the categories are given, not learned
}

func (o *oneHot) apply(v *values, seen *Seen) error {
	codes, missing, _ := o.cats.codes(v, seen)
	seen.Missing += missing
	columns, other := o.columns(o.cats.size())
	if columns != nil {
		for i, c := range codes {
			if codes[i] = other; c >= 0 {
				codes[i] = columns[c]
			}
		}
	}
	*v = values{holds: Indicators, texts: texts{codes: codes}, width: o.size()}
	return nil
}

// size returns how many columns there are.
func (o *oneHot) size() int { return o.grouping.size(o.cats.size()) }

// labels returns what each of the columns stands for.
func (o *oneHot) labels() []string {
	labels := o.cats.labels()
	columns, _ := o.columns(len(labels))
	if columns == nil {
		return labels
	}
	out := make([]string, o.size())
	for i, c := range columns {
		switch {
		case c < 0:
		case o.infrequent != nil && o.infrequent[i]:
			out[c] = infrequentLabel
		default:
			out[c] = labels[i]
		}
	}
	return out
}

func (o *oneHot) like() string {
	key := fmt.Sprint("one-hot ", o.cats.source, o.options)
	if o.fixed {
		key += " fixed"
	}
	return key
}

func (o *oneHot) sklearn(columns []op) *pickle.Object {
	cats, _ := categoryList(columns)
	var known pickle.Value = "auto"
	if o.fixed {
		known = cats
	}
	var sizes pickle.List
	for _, c := range columns {
		sizes = append(sizes, c.(*oneHot).size())
	}
	object := pickle.Estimator("sklearn.preprocessing._encoders", "OneHotEncoder",
		pickle.Attr{Name: "categories", Value: known},
		pickle.Attr{Name: "sparse", Value: "deprecated"},
		pickle.Attr{Name: "sparse_output", Value: false},
		pickle.Attr{Name: "dtype", Value: pickle.Global{Module: "numpy", Name: "float64"}},
		pickle.Attr{Name: "feature_name_combiner", Value: "concat"},
		pickle.Attr{Name: "categories_", Value: cats},
		pickle.Attr{Name: "_n_features_outs", Value: sizes})
	return object.Set(o.attributes(columns)...)
}

func (o *oneHot) append(b []byte) []byte {
	if o.options == (OneHotOptions{}) && !o.fixed {
		return o.cats.append(append(b, tagOneHot))
	}
	b = append(b, tagOneHotGrouped, byte(indicator(o.fixed)), byte(o.options.Drop))
	b = appendFloats(appendCount(appendCount(b, o.options.MinCount), o.options.MaxCategories), o.options.MinShare)
	b = o.cats.append(b)
	b = append(b, byte(indicator(o.infrequent != nil)))
	for _, rare := range o.infrequent {
		b = append(b, byte(indicator(rare)))
	}
	return b
}

// groupedOneHot reads what append wrote behind tagOneHotGrouped.
func (r *reader) groupedOneHot() *oneHot {
	o := &oneHot{fixed: r.byte() != 0}
	o.options.Drop = Drop(r.byte())
	o.options.MinCount, o.options.MaxCategories, o.options.MinShare = r.rows(), r.rows(), r.float()
	o.cats = r.categories()
	if r.byte() != 0 {
		rare := false
		for range o.cats.size() {
			o.infrequent = append(o.infrequent, r.byte() != 0)
			rare = rare || o.infrequent[len(o.infrequent)-1]
		}
		if !rare && r.err == nil {
			r.fail(fmt.Errorf("recipe: a stored encoding has no infrequent category"))
		}
	}
	if o.options.Drop > DropIfBinary || math.IsNaN(o.options.MinShare) {
		r.fail(fmt.Errorf("recipe: stored options %v", o.options))
	}
	return o
}

// OneHot learns the categories, and makes each a column of 0 and 1, except as
// opt says.
func (c *Column) OneHot(opt OneHotOptions) error {
	cats := newCategories(c.source, &c.values)
	if o := c.bools(); o != nil { // 0 and 1 already: call them what they were
		cats.text = nil
		for _, x := range cats.num {
			cats.text = append(cats.text, o.cats.labels()[int(x)])
		}
	}
	o := &oneHot{cats: cats, grouping: grouping{options: opt}}
	if opt.grouped() {
		o.infrequent = opt.infrequent(cats.counts(&c.values), c.values.len())
	}
	return c.learned(o)
}
