package recipe

import (
	"fmt"
	"math"
)

func (o *fillNumber) step() string { return "impute" }
func (o *fillNumber) word() string { return string(o.strategy) }

func (o *fillNumber) describe() (text, value string) { return o.strategy.text(), rounded(o.value) }

func (o *fillNumber) after(s shape) (shape, bool) {
	s.holes = false
	return s, s.holds == Numbers && finite(o.value)
}

func (o *fillText) step() string { return "impute" }
func (o *fillText) word() string { return string(o.strategy) }

func (o *fillText) describe() (text, value string) { return o.strategy.text(), o.value }

func (o *fillText) after(s shape) (shape, bool) {
	s.holes = false
	return s, s.holds == Texts
}

func (o *oneHot) step() string { return "encode" }
func (o *oneHot) word() string { return "one_hot" }

func (o *oneHot) suffixes() []string { return o.labels() }

func (o *oneHot) describe() (text, value string) { return o.text(), shortList(o.labels()) }

func (o *oneHot) after(s shape) (shape, bool) {
	return shape{holds: Indicators, width: o.size()}, s.holds == o.cats.holds()
}

func (o *ordinal) step() string { return "encode" }

func (o *ordinal) word() string {
	if o.keepMissing {
		return ""
	}
	return "ordinal"
}

func (o *ordinal) describe() (text, value string) {
	labels := o.cats.labels()
	coded := make([]string, len(labels))
	for i, l := range labels {
		coded[i] = fmt.Sprintf("%s = %d", l, i)
	}
	return "Categories turned into codes", shortList(coded)
}

func (o *ordinal) after(s shape) (shape, bool) {
	return shape{holds: Numbers, holes: o.keepMissing, width: 1}, s.holds == o.cats.holds()
}

func (o *standardize) step() string { return "scale" }
func (o *standardize) word() string { return "scale" }

func (o *standardize) describe() (text, value string) {
	return "Scaled to mean 0 and standard deviation 1",
		fmt.Sprintf("mean %s, standard deviation %s", rounded(o.mean), rounded(math.Sqrt(max(0, o.variance))))
}

func (o *standardize) sound() bool {
	return allFinite(o.mean, o.variance, o.scale) && o.scale > 0
}

// partOf names an operation within a branch, where no two have one name.
func partOf(o op) string {
	switch o := o.(type) {
	case *fillNumber, *fillText:
		return "fill"
	case *ordinal:
		if o.keepMissing {
			return "codes"
		}
	}
	return o.step()
}
