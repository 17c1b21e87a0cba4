package profile

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"clicktrain/internal/frame"
)

const (
	firstKept    = 5
	mostVariants = 10
	mostFolded   = 100_000 // levels that are compared without capitals and spaces
	bytesRead    = 2 << 20 // of texts, for their words
)

// spread describes how the rows spread over the levels in use, and what these
// are written in.
func (l *Levels) spread(c *frame.Column, counts []int) {
	l.MedianLength, l.Entropy, l.Imbalance = undefined, undefined, undefined
	values, used := 0, 0
	for _, n := range counts {
		if n > 0 {
			used++
			values += n
		}
		if n > 1 {
			l.Repeats += n
		}
	}
	if values == 0 {
		return
	}
	h := 0.0
	for _, n := range counts {
		if p := float64(n) / float64(values); p > 0 {
			h -= p * math.Log2(p)
		}
	}
	l.Entropy = Stat(h)
	if used > 1 {
		l.Imbalance = Stat(max(1-h/math.Log2(float64(used)), 0))
	}
	l.lengths(c, counts, values)
	for _, k := range c.Codes {
		if k >= 0 {
			if l.First = append(l.First, c.Levels[k]); len(l.First) == firstKept {
				break
			}
		}
	}
	switch c.Kind {
	case frame.ID:
		num, _ := idOrder(c)
		l.Order = order(num)
	case frame.Text:
		l.Words = words(c.Levels, counts)
	}
	if c.Kind != frame.ID {
		l.Variants = variants(c.Levels, counts)
	}
}

// lengths sets the median and the histogram of the lengths of all rows' texts.
func (l *Levels) lengths(c *frame.Column, counts []int, values int) {
	type run struct{ length, n int }
	var by []run
	if values == 0 {
		return
	}
	at := map[int]int{}
	for k, n := range counts {
		if n == 0 {
			continue
		}
		m := utf8.RuneCountInString(c.Levels[k])
		i, ok := at[m]
		if !ok {
			i = len(by)
			at[m] = i
			by = append(by, run{length: m})
		}
		by[i].n += n
	}
	slices.SortFunc(by, func(a, b run) int { return cmp.Compare(a.length, b.length) })
	rank := func(i int) float64 { // of the i-th row, in ascending order
		for _, r := range by {
			if i -= r.n; i < 0 {
				return float64(r.length)
			}
		}
		return 0
	}
	l.MedianLength = Stat((rank((values-1)/2) + rank(values/2)) / 2)
	low, high := by[0].length, by[len(by)-1].length
	width := (high-low)/mostBins + 1
	bins := (high-low)/width + 1
	l.Lengths = Histogram{Edges: make([]float64, bins+1), Counts: make([]int, bins)}
	for i := range l.Lengths.Edges {
		l.Lengths.Edges[i] = float64(low+i*width) - 0.5
	}
	for _, r := range by {
		l.Lengths.Counts[(r.length-low)/width] += r.n
	}
}

// folded returns a text without capitals and with single spaces.
func folded(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// variants returns the sets of levels that are one but for capitals and spaces.
func variants(levels []string, counts []int) [][]string {
	if len(levels) > mostFolded {
		return nil
	}
	first := make(map[string]int, len(levels))
	set := map[int][]int{}
	var order []int
	for k, s := range levels {
		if counts[k] == 0 {
			continue
		}
		f := folded(s)
		i, ok := first[f]
		if !ok {
			first[f] = k
			continue
		}
		if set[i] == nil {
			set[i] = []int{i}
			order = append(order, i)
		}
		set[i] = append(set[i], k)
	}
	slices.Sort(order)
	var out [][]string
	for _, i := range order[:min(len(order), mostVariants)] {
		same := set[i]
		slices.SortStableFunc(same, func(a, b int) int { return cmp.Compare(counts[b], counts[a]) })
		names := make([]string, len(same))
		for j, k := range same {
			names[j] = levels[k]
		}
		out = append(out, names)
	}
	return out
}
