package recipe

import (
	"fmt"
	"math"

	"clicktrain/internal/export/pickle"
)

// maxNative is how many categories a column may have for a learner that takes
// categories as they are: scikit-learn's limit.
const maxNative = 255

// native numbers categories for a learner that tells them apart itself. What
// is missing or unseen stays missing.
type native struct{ cats categories }

func (o *native) apply(v *values, seen *Seen) error {
	codes, missing, _ := o.cats.codes(v, seen)
	seen.Missing += missing
	*v = values{holds: Codes, texts: texts{codes: codes}, width: o.cats.size()}
	return nil
}

func (o *native) like() string { return fmt.Sprint("native ", o.cats.source) }
func (o *native) step() string { return "encode" }
func (o *native) word() string { return "categories" }

func (o *native) describe() (text, value string) {
	return "Categories told apart as they are", shortList(o.cats.labels())
}

func (o *native) after(s shape) (shape, bool) {
	n := o.cats.size()
	return shape{holds: Codes, holes: true, width: 1}, s.holds == o.cats.holds() && n > 0 && n <= maxNative
}

func (o *native) sklearn(columns []op) *pickle.Object {
	var cats pickle.List
	for _, c := range columns {
		cats = append(cats, c.(*native).cats.array())
	}
	return ordinalEncoder(cats, math.NaN())
}

func (o *native) append(b []byte) []byte { return o.cats.append(append(b, tagNative)) }

// native keeps the categories as they are, or where they are too many makes
// them codes.
func (c *Column) native() error {
	cats := newCategories(c.source, &c.values)
	if cats.size() > maxNative {
		return c.Ordinal()
	}
	return c.learned(&native{cats})
}
