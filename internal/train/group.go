package train

import (
	"cmp"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

// Groups says which of a target's rows belong together: the rows of one
// patient, customer or machine.
type Groups struct {
	Of    []int // the group of each row of the target, from 0
	Count int
	Alone int // groups of rows that lack the value: each is one by itself
}

// CheckGroup returns the groups that a column makes of the target's rows, or
// says why it makes none. A row without a value is a group by itself.
func CheckGroup(f *frame.Frame, column string, t Target) (Groups, error) {
	c := f.Column(column)
	if c == nil {
		e := problem.Field("group_column", "There is no column %q to keep rows together by.", column).
			WithHint("The columns are %s.", someNames(f.Names()))
		e.Column = column
		return Groups{}, e
	}
	g := Groups{Of: make([]int, len(t.Rows))}
	known := map[float64]int{}
	for i, row := range t.Rows {
		if c.Missing(row) {
			g.Of[i] = g.Count
			g.Count++
			g.Alone++
			continue
		}
		v := cellKey(c, row)
		at, ok := known[v]
		if !ok {
			at = g.Count
			known[v] = at
			g.Count++
		}
		g.Of[i] = at
	}
	if g.Count < 2 {
		e := problem.Field("group_column", "All rows have the same %s, so they cannot be kept together and split.", column).
			WithHint("Choose another column to keep rows together by, or none.")
		e.Column = column
		return g, e
	}
	return g, nil
}

// members returns the rows of each group.
func (g Groups) members() [][]int {
	counts := make([]int, g.Count)
	for _, k := range g.Of {
		counts[k]++
	}
	all, out := make([]int, len(g.Of)), make([][]int, g.Count)
	for k, n := range counts {
		out[k], all = all[:0:n], all[n:]
	}
	for i, k := range g.Of {
		out[k] = append(out[k], i)
	}
	return out
}

// cellKey is equal for equal cells of a column.
func cellKey(c *frame.Column, row int) float64 {
	if c.Numbers() {
		return c.Num[row]
	}
	return float64(c.Codes[row])
}

// SplitGroups is Split where all rows of a group land on one side. Groups are
// dealt out greedily, the larger ones first and those of about one size in
// random order, each to the side that keeps the number of rows, and of a
// classification each class, closest to the share that was asked for
// (the idea of scikit-learn's StratifiedGroupKFold). So the test rows are
// about, not exactly, testSize of all. A class is tested only if training has
// rows of it too. It refuses data of which nothing can be set aside so.
func SplitGroups(y []float64, groups Groups, task learn.Task, testSize float64, seed uint64) (train, test []int, err error) {
	d := newDealer(y, groups, task, testSize)
	for _, g := range d.order(rand.New(rand.NewPCG(seed, splitStream))) {
		d.put(g, d.better(g))
	}
	d.keepClasses()
	d.keepSides()
	for i, g := range groups.Of {
		if d.tested[g] {
			test = append(test, i)
		} else {
			train = append(train, i)
		}
	}
	if len(test) == 0 {
		return nil, nil, problem.Field("group_column", "The %d groups cannot be split: training needs each of them to have rows of every class.", groups.Count).
			WithHint("Choose a column with more groups to keep rows together by, or none.")
	}
	return train, test, nil
}

// tallied is how many rows of a kind a group has: of a class, or of all.
type tallied struct{ kind, rows int }

// dealer deals groups out to two sides.
type dealer struct {
	rows   [][]tallied // of each group; kind 0 is all rows, kind k+1 class k
	total  []int       // rows of each kind
	dealt  [2][]int    // rows of each kind in training and in test
	share  [2]float64  // of the rows that each side is to have
	tested []bool      // of each group
}

func newDealer(y []float64, groups Groups, task learn.Task, testSize float64) *dealer {
	kinds := 1
	if task == learn.Classification {
		for _, v := range y {
			kinds = max(kinds, int(v)+2)
		}
	}
	d := &dealer{rows: make([][]tallied, groups.Count), total: make([]int, kinds), tested: make([]bool, groups.Count),
		share: [2]float64{1 - testSize, testSize}}
	d.dealt = [2][]int{make([]int, kinds), make([]int, kinds)}
	scratch := make([]int, kinds)
	for g, members := range groups.members() {
		for _, i := range members {
			if kinds > 1 {
				scratch[int(y[i])+1]++
			}
		}
		d.rows[g] = []tallied{{0, len(members)}}
		for _, i := range members {
			if kind := int(y[i]) + 1; kinds > 1 && scratch[kind] > 0 {
				d.rows[g] = append(d.rows[g], tallied{kind, scratch[kind]})
				scratch[kind] = 0
			}
		}
		for _, t := range d.rows[g] {
			d.total[t.kind] += t.rows
		}
	}
	return d
}

// order returns the groups, those of twice the rows before the others, and
// otherwise shuffled.
func (d *dealer) order(rng *rand.Rand) []int {
	out := make([]int, len(d.rows))
	for g := range out {
		out[g] = g
	}
	rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	size := func(g int) int { return bits.Len(uint(d.rows[g][0].rows)) }
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(size(b), size(a)) })
	return out
}

// better returns the side, 1 for test, that the group leaves closer to the
// shares; training, where both are as close.
func (d *dealer) better(group int) int {
	var apart [2]float64
	for _, t := range d.rows[group] {
		var full [2]float64
		for s := range full {
			full[s] = float64(d.dealt[s][t.kind]) / d.share[s]
		}
		apart[0] += math.Abs(full[0]+float64(t.rows)/d.share[0]-full[1]) / float64(d.total[t.kind])
		apart[1] += math.Abs(full[0]-full[1]-float64(t.rows)/d.share[1]) / float64(d.total[t.kind])
	}
	if apart[1] < apart[0] {
		return 1
	}
	return 0
}

func (d *dealer) put(group, side int) {
	d.tested[group] = side == 1
	for _, t := range d.rows[group] {
		d.dealt[side][t.kind] += t.rows
	}
}

// move takes a group to the other side.
func (d *dealer) move(group int) {
	from := 0
	if d.tested[group] {
		from = 1
	}
	for _, t := range d.rows[group] {
		d.dealt[from][t.kind] -= t.rows
	}
	d.put(group, 1-from)
}

// keepClasses takes groups to training until it has rows of every class: of
// those that have rows of a class, the smallest.
func (d *dealer) keepClasses() {
	for kind := 1; kind < len(d.total); kind++ {
		if d.total[kind] > 0 && d.dealt[0][kind] == 0 {
			if g := d.smallest(func(g int) bool { return d.tested[g] && d.has(g, kind) }); g >= 0 {
				d.move(g)
			}
		}
	}
}

// keepSides takes the smallest group to a side that has none, unless training
// would lose a class by it.
func (d *dealer) keepSides() {
	if d.dealt[0][0] == 0 {
		d.move(d.smallest(func(int) bool { return true }))
	}
	if d.dealt[1][0] > 0 {
		return
	}
	if g := d.smallest(d.spared); g >= 0 {
		d.move(g)
	}
}

// spared reports whether training has other rows of each class of a group.
func (d *dealer) spared(group int) bool {
	for _, t := range d.rows[group] {
		if d.dealt[0][t.kind] == t.rows {
			return false
		}
	}
	return true
}

func (d *dealer) has(group, kind int) bool {
	return slices.ContainsFunc(d.rows[group], func(t tallied) bool { return t.kind == kind })
}

// smallest returns the group of the fewest rows among those that are meant, or
// −1 where none is.
func (d *dealer) smallest(meant func(group int) bool) int {
	best := -1
	for g := range d.rows {
		if meant(g) && (best < 0 || d.rows[g][0].rows < d.rows[best][0].rows) {
			best = g
		}
	}
	return best
}
