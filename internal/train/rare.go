package train

import "fmt"

// How few rows of a class are told: fewer than fewRows say little of it, and
// fewer than a tenth of the largest class's mislead the accuracy.
const (
	fewRows    = 30
	unevenness = 10
)

// rareClasses says which classes have few rows, of all that have a target.
func (r *run) rareClasses() []string {
	counts := make([]int, r.target.Labels.Len())
	if len(counts) == 0 {
		return nil
	}
	for _, y := range r.target.Y {
		counts[int(y)]++
	}
	var out []string
	largest, rarest, few := 0, 0, 0
	for k, n := range counts {
		if n == 1 {
			out = append(out, fmt.Sprintf("Class %s has 1 row, which is used for training, so it is not tested.", r.target.Labels.Text(k)))
		}
		if n > counts[largest] {
			largest = k
		}
		if n < counts[rarest] {
			rarest = k
		}
		if n < fewRows {
			few++
		}
	}
	switch {
	case few == 1 && counts[rarest] > 1:
		out = append(out, fmt.Sprintf("Class %s has only %d rows: what is said of it is unsure.", r.target.Labels.Text(rarest), counts[rarest]))
	case few > 1:
		out = append(out, fmt.Sprintf("%d of %d classes have fewer than %d rows: what is said of them is unsure.", few, len(counts), fewRows))
	}
	if counts[rarest]*unevenness < counts[largest] {
		out = append(out, fmt.Sprintf("Classes are uneven: %s has %d rows, %s has %d. Look at balanced accuracy and at each class; accuracy hardly counts the rare ones.",
			r.target.Labels.Text(largest), counts[largest], r.target.Labels.Text(rarest), counts[rarest]))
	}
	return out
}
