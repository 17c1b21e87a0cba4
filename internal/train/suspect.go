package train

import (
	"fmt"
	"math"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/recipe"
)

// A column that alone comes this close to a perfect answer is a suspect; 0.975
// is the mark at which DataRobot leaves a column out by itself.
const (
	leakGain        = 0.975 // of the way from always guessing the largest class to perfect
	leakCorrelation = 0.999 // absolute Pearson r with a numeric target
	leakMinPerValue = 10    // rows a value needs on average to be believed
)

// Suspects returns the columns that alone tell the target almost perfectly:
// copies of it, or values known only afterwards. features are examined on all
// rows that have a target. The cost is one pass over each feature.
func Suspects(f *frame.Frame, features []string, target string, t Target, task learn.Task) []recipe.Left {
	var out []recipe.Left
	for _, name := range features {
		c := f.Column(name)
		switch {
		case name == target:
		case task == learn.Classification:
			if score, ok := purity(c, t); ok && score >= leakGain {
				out = append(out, recipe.Left{Column: name, Reason: fmt.Sprintf(
					"it alone tells %s almost perfectly (%.0f of 100 rows); would you know it before the outcome?", target, 100*accuracyOf(score, t))})
			}
		case c.Numbers():
			if r := correlation(c, t); math.Abs(r) >= leakCorrelation {
				out = append(out, recipe.Left{Column: name, Reason: fmt.Sprintf(
					"it moves in step with %s (correlation %.3f); would you know it before the outcome?", target, r)})
			}
		}
	}
	return out
}

// largest returns the share of the most frequent class.
func largest(t Target) float64 {
	counts := make([]int, t.Labels.Len())
	most := 0
	for _, y := range t.Y {
		counts[int(y)]++
		most = max(most, counts[int(y)])
	}
	return float64(most) / float64(len(t.Y))
}

func accuracyOf(gain float64, t Target) float64 {
	base := largest(t)
	return base + gain*(1-base)
}

// purity tells how far guessing each value's most frequent class goes from
// the largest class's share (0) to perfect (1). A missing value is a value. It
// is not ok where values are too many for their rows.
func purity(c *frame.Column, t Target) (gain float64, ok bool) {
	n, k := len(t.Y), t.Labels.Len()
	most := n / leakMinPerValue
	index := map[float64]int{}
	var counts [][]int
	for i, r := range t.Rows {
		v := math.Inf(1) // stands for missing: no column holds it
		if !c.Missing(r) {
			if c.Numbers() {
				v = c.Num[r]
			} else {
				v = float64(c.Codes[r])
			}
		}
		at, seen := index[v]
		if !seen {
			if len(counts) >= most || len(counts) >= 10*k {
				return 0, false
			}
			at = len(counts)
			index[v] = at
			counts = append(counts, make([]int, k))
		}
		counts[at][int(t.Y[i])]++
	}
	right := 0
	for _, byClass := range counts {
		best := 0
		for _, m := range byClass {
			best = max(best, m)
		}
		right += best
	}
	base := largest(t)
	return (float64(right)/float64(n) - base) / (1 - base), true
}

// correlation returns Pearson's r over the rows that have both values.
func correlation(c *frame.Column, t Target) float64 {
	var n, mx, my, sxx, syy, sxy float64
	for i, r := range t.Rows {
		if c.Missing(r) {
			continue
		}
		n++
		dx, dy := c.Num[r]-mx, t.Y[i]-my
		mx += dx / n
		my += dy / n
		sxx += dx * (c.Num[r] - mx)
		syy += dy * (t.Y[i] - my)
		sxy += dx * (t.Y[i] - my)
	}
	if !(sxx > 0 && syy > 0) || n < 3 {
		return 0
	}
	return sxy / math.Sqrt(sxx) / math.Sqrt(syy)
}
