package recipe

import (
	"clicktrain/internal/problem"
)

// CheckMeasured returns a *problem.Error unless the column holds numbers that
// measure something: not dates, texts, the codes of categories, or the numbers
// of bins. what says what is to be done to them: "transformed".
func (f Form) CheckMeasured(what string) error {
	name := f.Raw.Name
	switch {
	case f.Holds == Dates:
		return problem.Column(name, "%s holds dates, which cannot be %s.", name, what).WithHint("Take the parts of the dates that matter, such as the month, or leave the column out.")
	case f.Has(Encoding):
		return problem.Column(name, "%s is encoded, so its numbers cannot be %s.", name, what).
			WithHint("Take %s out of one of the two steps.", name)
	case f.Has(Binning):
		return problem.Column(name, "%s is put into bins before it is %s.", name, what).
			WithHint("Put the bin step last, or take %s out of it.", name)
	case f.Holds == Several:
		return problem.Column(name, "%s has become several columns, which cannot be %s.", name, what).
			WithHint("Take %s out of one of the two steps.", name)
	case f.Holds != Numbers:
		return problem.Column(name, "%s holds text, which cannot be %s.", name, what).
			WithHint("Choose columns of numbers.")
	}
	return nil
}

// Extent returns the least and the greatest number of a raw column of numbers,
// and whether there is one.
func (f Form) Extent() (low, high float64, ok bool) {
	low, high = extent(f.Raw.Num)
	return low, high, low <= high
}
