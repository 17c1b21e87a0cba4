package profile

import (
	"fmt"
	"math"
	"strings"
)

// collinear returns one alert for each group of numeric columns that are
// linked by a correlation of nearly one.
func collinear(c *Correlation, copied map[string]bool) []Alert {
	p := len(c.Columns)
	group := make([]int, p) // the first column of each one's group
	for i := range group {
		group[i] = i
	}
	for i := range p {
		for j := i + 1; j < p; j++ {
			r := math.Abs(float64(c.At(i, j)))
			if !(r >= nearlyOne) || copied[c.Columns[i]] || copied[c.Columns[j]] || group[i] == group[j] {
				continue
			}
			from, to := max(group[i], group[j]), min(group[i], group[j])
			for k := range group {
				if group[k] == from {
					group[k] = to
				}
			}
		}
	}
	var out []Alert
	for first := range group {
		var names []string
		for k, g := range group {
			if g == first {
				names = append(names, c.Columns[k])
			}
		}
		if len(names) < 2 {
			continue
		}
		out = append(out, Alert{Code: "collinear", Severity: Info, Column: names[0], Columns: names, Fix: drop(names[1:]...),
			Message: fmt.Sprintf("%s move together almost in a straight line.", list(names)),
			Hint:    "One of them says nearly all that the others do; weights of linear models cannot be told apart."})
	}
	return out
}

// skewed returns one alert for all columns with a long tail, other than one of
// values that stand for missing.
func skewed(r *Report) []Alert {
	var names []string
	for i := range r.Columns {
		d := &r.Columns[i]
		if n := d.Number; n != nil && len(n.Disguised) == 0 && d.Distinct > skewedValues && n.Skewness.Defined() && math.Abs(float64(n.Skewness)) > strongSkew {
			names = append(names, d.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	verb := "have"
	if len(names) == 1 {
		verb = "has"
	}
	return []Alert{{Code: "skew", Severity: Info, Column: names[0], Columns: names,
		Message: fmt.Sprintf("%s %s a long tail: a few values far from the others.", list(names), verb),
		Hint:    "Trees do not mind; for linear models and nearest neighbors take the logarithm or scale by rank."}}
}

// list names up to five columns in a sentence.
func list(names []string) string {
	const most = 5
	var out []string
	for _, n := range names[:min(len(names), most)] {
		out = append(out, short(n))
	}
	last := out[len(out)-1]
	if left := len(names) - most; left > 0 {
		last, out = plural(left, "other", "others"), append(out, "")
	}
	if len(out) == 1 {
		return last
	}
	return strings.Join(out[:len(out)-1], ", ") + " and " + last
}
