package profile

import (
	"fmt"
	"math"
	"slices"
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
			if !c.linked(i, j) || copied[c.Columns[i]] || copied[c.Columns[j]] || group[i] == group[j] {
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
		said, all := c.said(group, first)
		a := Alert{Code: "collinear", Severity: Info, Column: names[0], Columns: names, Fix: drop(said...),
			Message: fmt.Sprintf("%s move together almost in a straight line.", list(names)),
			Hint:    "One of them says nearly all that the others do; weights of linear models cannot be told apart."}
		if !all {
			a.Message = fmt.Sprintf("Each of %s moves almost in a straight line with another of them.", list(names))
			a.Hint = "Of two that say nearly the same one is enough; weights of linear models cannot be told apart."
		}
		out = append(out, a)
	}
	return out
}

// linked reports whether two columns are correlated by nearly one.
func (c *Correlation) linked(i, j int) bool { return math.Abs(float64(c.At(i, j))) >= nearlyOne }

// said returns the names of the columns of a group that are linked with one
// before them that stays, and whether each two of the group are linked, rather
// than in a chain.
func (c *Correlation) said(group []int, first int) (names []string, all bool) {
	var kept, members []int
	all = true
	for i, g := range group {
		if g != first {
			continue
		}
		for _, j := range members {
			all = all && c.linked(i, j)
		}
		members = append(members, i)
		if slices.ContainsFunc(kept, func(j int) bool { return c.linked(i, j) }) {
			names = append(names, c.Columns[i])
		} else {
			kept = append(kept, i)
		}
	}
	return names, all
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
