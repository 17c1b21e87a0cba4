package profile

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"strconv"

	"clicktrain/internal/frame"
)

const (
	fineBins    = 240 // bins of a number; a multiple of groupsShown
	mostLeaves  = 1000
	groupsShown = 10
)

// relation relates one column to the outcome.
func (o *outcome) relation(c *frame.Column, s *sorter) Relation {
	out := Relation{Column: c.Name, Kind: c.Kind, When: maybeTime(c)}
	if c.Numbers() {
		o.byNumber(&out, c.Num, s)
		return out
	}
	if c.Kind == frame.ID {
		num, names := idOrder(c)
		o.byNumber(&out, num, s)
		for i := range out.Groups {
			if g := &out.Groups[i]; !g.Missing {
				if g.Label = names[int(g.Low)]; g.High != g.Low {
					g.Label += " … " + names[int(g.High)]
				}
				g.Low, g.High = undefined, undefined
			}
		}
		return out
	}
	o.byLevel(&out, c)
	return out
}

// idOrder numbers the names of rows in their order, that of their values where
// all are whole numbers of up to 18 digits: names that count the rows may tell
// the target by it. It returns the number of each row, NaN without a name, and
// the name of each number.
func idOrder(c *frame.Column) (num []float64, names []string) {
	names = slices.Clone(c.Levels)
	values := make([]int64, len(names))
	order := make([]int, len(names))
	whole := true
	for k, l := range names {
		var err error
		values[k], err = strconv.ParseInt(l, 10, 64)
		whole = whole && err == nil && len(l) <= 18
		order[k] = k
	}
	if whole {
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	}
	at := make([]float64, len(names))
	for i, k := range order {
		names[i], at[k] = c.Levels[k], float64(i)
	}
	num = make([]float64, len(c.Codes))
	for i, k := range c.Codes {
		if num[i] = math.NaN(); k >= 0 {
			num[i] = at[k]
		}
	}
	return num, names
}

// byNumber relates numbers: in fine bins for the score and the tenths they
// make up to be shown.
func (o *outcome) byNumber(out *Relation, num []float64, s *sorter) {
	v := s.sorted(num)
	edges := lowerEdges(v, fineBins)
	t := o.tally(len(edges) + 1)
	var keys [256]uint64
	for i := range keys {
		if keys[i] = math.MaxUint64; i < len(edges) {
			keys[i] = ascending(edges[i])
		}
	}
	line := newLine(o, v)
	for i, x := range num {
		cell := o.cell[i]
		if cell < 0 {
			continue
		}
		if x != x {
			t.add(o, len(edges), i, cell)
			continue
		}
		t.add(o, search(&keys, ascending(x)), i, cell)
		if line != nil {
			line.add(x, o.y[i], int(cell))
		}
	}
	o.score(out, t, true, line)
	o.judge(out, 0, o.alias(t))
	shown := lowerEdges(v, groupsShown)
	from := 0
	for g := range shown {
		var bins []int
		for from < len(edges) && (g+1 == len(shown) || edges[from] < shown[g+1]) {
			bins = append(bins, from)
			from++
		}
		end := len(v)
		if g+1 < len(shown) {
			end, _ = slices.BinarySearch(v, shown[g+1])
		}
		out.group(o, t, bins, Group{Low: Stat(shown[g]), High: Stat(v[end-1])})
	}
	out.group(o, t, []int{len(edges)}, Group{Missing: true, Low: undefined, High: undefined})
}

// lowerEdges returns where bins of the ascending s start: at each value where
// there are few, and else at quantiles.
func lowerEdges(s []float64, bins int) []float64 {
	var out []float64
	for i, x := range s {
		if i == 0 || x != s[i-1] {
			if out = append(out, x); len(out) > bins {
				break
			}
		}
	}
	if len(out) <= bins {
		return out
	}
	out = out[:0]
	for b := range bins {
		if x := s[b*len(s)/bins]; b == 0 || x != out[len(out)-1] {
			out = append(out, x)
		}
	}
	return out
}

// ascending returns a number that ascends as x does.
func ascending(x float64) uint64 {
	k := math.Float64bits(x + 0) // −0 is 0
	return k ^ (uint64(int64(k)>>63) | 1<<63)
}

// search returns the last of the ascending keys that is at most x; the first
// is. It has no branch to be guessed wrong.
func search(keys *[256]uint64, x uint64) int {
	at := uint8(0)
	for step := uint8(128); step > 0; step >>= 1 {
		_, less := bits.Sub64(x, keys[at+step], 0)
		at += step & (uint8(less) - 1)
	}
	return int(at)
}

// byLevel relates texts: the most frequent ones and the rest of them.
func (o *outcome) byLevel(out *Relation, c *frame.Column) {
	order := byCount(c)
	leaves := min(len(order), mostLeaves)
	bins := leaves + 2 // the rest, and missing
	at := make([]int32, len(c.Levels)+1)
	for k := range at {
		at[k] = int32(leaves)
	}
	for b, k := range order[:leaves] {
		at[k] = int32(b)
	}
	at[len(c.Levels)] = int32(leaves + 1)
	t := o.tally(bins)
	for i, k := range c.Codes {
		if cell := o.cell[i]; cell >= 0 {
			if k < 0 {
				k = int32(len(c.Levels))
			}
			t.add(o, int(at[k]), i, cell)
		}
	}
	o.score(out, t, false, nil)
	o.judge(out, len(order), o.alias(t))
	var rest []int
	for b := range leaves + 1 {
		if b < min(leaves, groupsShown) {
			out.group(o, t, []int{b}, Group{Label: c.Levels[order[b]], Low: undefined, High: undefined})
		} else {
			rest = append(rest, b)
		}
	}
	out.group(o, t, rest, Group{Rest: true, Low: undefined, High: undefined})
	out.group(o, t, []int{leaves + 1}, Group{Missing: true, Low: undefined, High: undefined})
}

// byCount returns the codes in use by falling count, ties ascending.
func byCount(c *frame.Column) []int32 {
	var order []int32
	counts := make([]int, len(c.Levels))
	for _, k := range c.Codes {
		if k >= 0 {
			counts[k]++
		}
	}
	for k, n := range counts {
		if n > 0 {
			order = append(order, int32(k))
		}
	}
	slices.SortStableFunc(order, func(a, b int32) int { return counts[b] - counts[a] })
	return order
}

// group adds the group of some bins, unless it is empty.
func (r *Relation) group(o *outcome, t *tally, bins []int, g Group) {
	if g.Count = t.count(bins); g.Count > 0 {
		g.Values = o.estimates(t, bins)
		r.Groups = append(r.Groups, g)
	}
}
