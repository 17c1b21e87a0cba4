package recipe

import (
	"fmt"

	"clicktrain/internal/export/pickle"
)

// each does one operation on numbers to every column that a column became.
type each struct{ ops []op } // alike, one for each

func (o *each) apply(v *values, seen *Seen) error {
	cols, own := make([][]float64, len(v.cols)), true
	for i, c := range v.cols {
		one := values{holds: Numbers, num: c, own: v.own}
		if i > 0 { // rows are counted once
			seen = &Seen{Column: seen.Column}
		}
		if err := o.ops[i].apply(&one, seen); err != nil {
			return err
		}
		cols[i], own = one.num, own && one.own
	}
	v.several(cols)
	v.own = own
	return nil
}

func (o *each) like() string { return fmt.Sprintf("each of %d: %s", len(o.ops), o.ops[0].like()) }
func (o *each) step() string { return o.ops[0].step() }
func (o *each) word() string { return o.ops[0].word() }

func (o *each) describe() (text, value string) {
	text, _ = o.ops[0].describe()
	return text, fmt.Sprintf("each of the %d columns it became", len(o.ops))
}

func (o *each) after(s shape) (shape, bool) {
	if s.holds != Several || s.width != len(o.ops) {
		return s, false
	}
	out := s
	out.holes = false
	for _, p := range o.ops {
		one, ok := afterOp(p, shape{holds: Numbers, holes: s.holes, width: 1})
		if !ok || one.holds != Numbers || one.width != 1 || p.like() != o.ops[0].like() {
			return s, false
		}
		out.holes = out.holes || one.holes
	}
	return out, true
}

func (o *each) sklearn(columns []op) *pickle.Object {
	var all []op
	for _, c := range columns {
		all = append(all, c.(*each).ops...)
	}
	return o.ops[0].sklearn(all)
}

func (o *each) append(b []byte) []byte {
	b = appendCount(append(b, tagEach), len(o.ops))
	for _, p := range o.ops {
		b = p.append(b)
	}
	return b
}

func (r *reader) each() op {
	o := new(each)
	if r.inside {
		r.fail(errNested)
		return nil
	}
	r.inside = true
	o.ops = r.ops()
	r.inside = false
	if len(o.ops) == 0 || memberAt(o.ops) >= 0 {
		r.fail(errNested)
		return nil
	}
	return o
}

// perColumn learns an operation on numbers from the column's numbers or, where
// the column has become several, from those of each, and applies it.
func (c *Column) perColumn(learn func(num []float64) (op, error)) error {
	if c.values.holds != Several {
		o, err := learn(c.values.num)
		if err != nil {
			return err
		}
		return c.learned(o)
	}
	all := new(each)
	for _, num := range c.values.cols {
		o, err := learn(num)
		if err != nil {
			return err
		}
		all.ops = append(all.ops, o)
	}
	return c.learned(all)
}
