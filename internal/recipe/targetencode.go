package recipe

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"clicktrain/internal/export/pickle"
)

// targetEncode turns each category into the mean of the target over its
// training rows, drawn towards the mean over all by how little its rows tell,
// as scikit-learn's TargetEncoder does: of a number or of two classes one
// column, of more classes one for each, the share of that class.
//
// Missing values are a category of their own where training rows have some.
// What is unseen is the mean over all.
type targetEncode struct {
	cats      categories
	missing   bool        // the last category is that of missing values
	smooth    float64     // how many rows the mean over all counts; NaN finds it from the data
	classes   int         // 0 for a number
	names     []string    // of the classes
	encodings [][]float64 // of each column, one for each category
	means     []float64   // of each column, over all training rows
}

// apply gives each row what its category was learned to be from all training
// rows: training rows themselves get it from others, see Column.Target.
func (o *targetEncode) apply(v *values, seen *Seen) error {
	holes := v.missing() // codes may overwrite them
	codes, missing, _ := o.cats.codes(v, seen)
	if o.missing {
		o.ownCategory(codes, holes)
	} else {
		seen.Missing += missing
	}
	cols := make([][]float64, len(o.means))
	for k := range cols {
		cols[k] = make([]float64, len(codes))
		for i, c := range codes {
			if cols[k][i] = o.means[k]; c >= 0 {
				cols[k][i] = o.encodings[k][c]
			}
		}
	}
	v.columns(cols)
	return nil
}

// columns makes v one column of numbers, or several.
func (v *values) columns(cols [][]float64) {
	if len(cols) == 1 {
		v.numbers(cols[0])
		return
	}
	v.several(cols)
}

// ownCategory gives the rows without a value the last code.
func (o *targetEncode) ownCategory(codes []int32, holes []int) {
	for _, i := range holes {
		codes[i] = int32(o.cats.size())
	}
}

// missing returns the rows of texts or numbers that have no value.
func (v *values) missing() []int {
	var out []int
	for i, x := range v.num {
		if x != x {
			out = append(out, i)
		}
	}
	for i, c := range v.codes {
		if c < 0 {
			out = append(out, i)
		}
	}
	return out
}

func (o *targetEncode) like() string {
	return fmt.Sprint("target ", o.cats.source, " ", o.smooth)
}

func (o *targetEncode) step() string { return "encode" }
func (o *targetEncode) word() string { return "target" }

func (o *targetEncode) suffixes() []string {
	if len(o.means) == 1 {
		return []string{""}
	}
	return o.names
}

func (o *targetEncode) describe() (text, value string) {
	labels := o.cats.labels()
	if o.missing {
		labels = append(labels[:len(labels):len(labels)], "missing")
	}
	if len(o.means) > 1 {
		return "Categories turned into how often each class is theirs", shortList(labels)
	}
	means := make([]string, len(labels))
	for i, l := range labels {
		means[i] = fmt.Sprintf("%s = %s", l, rounded(o.encodings[0][i]))
	}
	return "Categories turned into the mean of the target", shortList(means)
}

func (o *targetEncode) after(s shape) (shape, bool) {
	n := o.cats.size()
	if o.missing {
		n++
	}
	ok := s.holds == o.cats.holds() && len(o.means) > 0 && len(o.encodings) == len(o.means) && allFinite(o.means...)
	for _, e := range o.encodings {
		ok = ok && len(e) == n && allFinite(e...)
	}
	if len(o.means) > 1 {
		return shape{holds: Several, width: len(o.means)}, ok && o.classes == len(o.means) && len(o.names) == o.classes
	}
	return shape{holds: Numbers, width: 1}, ok && o.classes <= 2
}

func (o *targetEncode) sklearn(columns []op) *pickle.Object {
	var cats, encodings pickle.List
	for _, c := range columns {
		c := c.(*targetEncode)
		cats = append(cats, c.cats.arrayWith(c.missing))
		for _, e := range c.encodings {
			encodings = append(encodings, pickle.Floats(e))
		}
	}
	kind, mean, classes := "continuous", pickle.Value(o.means[0]), pickle.Value(nil)
	switch {
	case o.classes == 2:
		kind, classes = "binary", pickle.Strings(o.names)
	case o.classes > 2:
		kind, mean, classes = "multiclass", pickle.Floats(o.means), pickle.Strings(o.names)
	}
	var smooth pickle.Value = "auto"
	if !math.IsNaN(o.smooth) {
		smooth = o.smooth
	}
	return pickle.Estimator("sklearn.preprocessing._target_encoder", "TargetEncoder",
		pickle.Attr{Name: "categories", Value: "auto"},
		pickle.Attr{Name: "target_type", Value: "auto"},
		pickle.Attr{Name: "smooth", Value: smooth},
		pickle.Attr{Name: "cv", Value: targetFolds},
		pickle.Attr{Name: "shuffle", Value: true},
		pickle.Attr{Name: "random_state", Value: nil},
		pickle.Attr{Name: "_infrequent_enabled", Value: false},
		pickle.Attr{Name: "categories_", Value: cats},
		pickle.Attr{Name: "encodings_", Value: encodings},
		pickle.Attr{Name: "target_type_", Value: kind},
		pickle.Attr{Name: "target_mean_", Value: mean},
		pickle.Attr{Name: "classes_", Value: classes})
}

// arrayWith returns the categories as scikit-learn has them in categories_,
// with one for missing values if own is set.
func (c categories) arrayWith(own bool) pickle.Array {
	nan := math.NaN()
	switch {
	case !own:
		return c.array()
	case c.source == numberSource:
		return pickle.Floats(append(c.num[:len(c.num):len(c.num)], nan))
	}
	var items pickle.List
	for _, t := range c.text {
		if c.source == boolSource {
			items = append(items, t == boolTexts[1])
		} else {
			items = append(items, t)
		}
	}
	return pickle.Objects(append(items, nan))
}

func (o *targetEncode) append(b []byte) []byte {
	b = appendFloats(append(b, tagTarget, byte(indicator(o.missing))), o.smooth)
	b = appendCount(o.cats.append(b), o.classes)
	b = appendCount(b, len(o.names))
	for _, n := range o.names {
		b = appendText(b, n)
	}
	b = appendCount(b, len(o.means))
	for k, e := range o.encodings {
		b = appendCount(appendFloats(b, o.means[k]), len(e))
		b = appendFloats(b, e...)
	}
	return b
}

func (r *reader) target() op {
	o := &targetEncode{missing: r.byte() != 0, smooth: r.float(), cats: r.categories(), classes: r.rows()}
	for range r.length() {
		o.names = append(o.names, r.text())
	}
	for range r.length() {
		o.means = append(o.means, r.float())
		var e []float64
		for range r.length() {
			e = append(e, r.float())
		}
		o.encodings = append(o.encodings, e)
	}
	if o.classes == 2 && len(o.names) != 2 || len(o.means) == 0 {
		r.fail(errors.New("recipe: a stored target encoding does not hold together"))
	}
	return o
}

// Target learns what the target is on average in each category. Each training
// row gets what was learned from the rows of the other four of five parts, so
// that its own target does not leak into its column. smooth is how many rows
// the mean over all counts beside a category's; NaN finds it from the data
// (Micci-Barreca 2001, equations 5 and 6).
func (c *Column) Target(smooth float64) error {
	t := c.fit.target
	if err := t.need("Target encoding"); err != nil {
		return err
	}
	if c.asked() {
		if err := c.code(); err != nil {
			return err
		}
	}
	o := &targetEncode{cats: newCategories(c.source, &c.values), smooth: smooth, classes: t.classes}
	if o.classes > 0 {
		o.names = t.classNames()
	}
	holes := c.values.missing()
	codes, _, _ := o.cats.codes(&c.values, new(Seen))
	n := o.cats.size()
	if len(holes) > 0 {
		o.missing = true
		o.ownCategory(codes, holes)
		n++
	}
	outputs := t.outputs()
	all := make([]int, len(codes))
	for i := range all {
		all[i] = i
	}
	for _, y := range outputs {
		e, mean := encodingOf(codes, y, all, n, smooth)
		o.encodings, o.means = append(o.encodings, e), append(o.means, mean)
	}
	cols := make([][]float64, len(outputs))
	for k := range cols {
		cols[k] = make([]float64, len(codes))
	}
	for _, fold := range t.folds() {
		for k, y := range outputs {
			e, _ := encodingOf(codes, y, fold.rest, n, smooth)
			for _, i := range fold.part {
				cols[k][i] = e[codes[i]]
			}
		}
	}
	c.ops = append(c.ops, o)
	c.values.columns(cols)
	return nil
}

// encodingOf returns the smoothed mean of y in each of n categories, and the
// mean over all, of the given rows.
func encodingOf(codes []int32, y []float64, rows []int, n int, smooth float64) (encoding []float64, mean float64) {
	sums, counts := make([]float64, n), make([]float64, n)
	for _, i := range rows {
		sums[codes[i]] += y[i]
		counts[codes[i]]++
		mean += y[i]
	}
	mean /= float64(len(rows))
	if !math.IsNaN(smooth) {
		for c := range sums {
			if counts[c]+smooth == 0 {
				sums[c] = mean
				continue
			}
			sums[c] = (sums[c] + float64(smooth*mean)) / (counts[c] + smooth)
		}
		return sums, mean
	}
	variance := 0.0
	squares := make([]float64, n)
	for c := range sums {
		sums[c] /= counts[c] // the means; NaN where there is no row
	}
	for _, i := range rows {
		d, all := y[i]-sums[codes[i]], y[i]-mean
		squares[codes[i]] += d * d
		variance += all * all
	}
	variance /= float64(len(rows))
	for c, m := range sums {
		own := variance * counts[c]
		share := own / (own + squares[c]/counts[c])
		if sums[c] = mean; share == share {
			sums[c] = float64(share*m) + float64((1-share)*mean)
		}
	}
	return sums, mean
}

// classNames returns the names of the classes, or their numbers.
func (t *target) classNames() []string {
	if t.names != nil {
		return t.names
	}
	var names []string
	for k := range t.classes {
		names = append(names, strconv.Itoa(k))
	}
	return names
}
