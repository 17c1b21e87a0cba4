package train

import (
	"cmp"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"

	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

// The stream of the seed that folds are drawn from.
const cvStream = splitStream + 16

// Folds deals the rows that y stands for out to at most most folds, of which
// each is tested once: it returns the fold of each row, or −1 for a row that is
// always learned from, how many folds there are, and where they are fewer, why.
//
// Classes have about the same share in each fold, and every class that a fold
// tests is in the others too: so there are no more folds than the smallest
// class has rows, and a class of one row is never tested. Where groups says of
// each row which group it belongs to, all rows of a group are in one fold, and
// the same holds of the groups that have rows of a class. The result depends
// on the arguments alone.
func Folds(y []float64, groups []int, task learn.Task, labels Labels, most int, seed uint64) (fold []int, k int, why string, err error) {
	rng := rand.New(rand.NewPCG(seed, cvStream))
	deal, noun := dealerOfRows(y, task), "row"
	if groups != nil {
		deal, noun = newUnits(y, groups, task), "group"
	}
	k, why = limit(most, deal.sizes(), noun, labels)
	if k < MinFolds {
		return nil, 0, "", problem.Field("cv", "Cross-validation needs 2 folds at least, but %s.", why).
			WithHint("Train without cross-validation, or on more rows.")
	}
	return deal.deal(k, rng), k, why, nil
}

// folder deals rows out to folds.
type folder interface {
	// sizes returns how many things there are to deal out, and how many of
	// them have rows of each class.
	sizes() []int
	// deal returns the fold of each row.
	deal(k int, rng *rand.Rand) []int
}

// limit returns how many folds there can be, and what limits them.
func limit(most int, sizes []int, noun string, labels Labels) (k int, why string) {
	k = most
	if sizes[0] < k {
		k, why = sizes[0], "there are only "+count(sizes[0], noun)
	}
	for class, n := range sizes[1:] {
		if n > 1 && n < k {
			k, why = n, fmt.Sprintf("class %s has only %s", labels.Text(class), count(n, noun))
		}
	}
	return k, why
}

// rowsByClass deals out rows, each by itself.
type rowsByClass struct {
	n       int
	classes [][]int // the rows of each class; one entry for numbers
	numbers bool
}

func dealerOfRows(y []float64, task learn.Task) folder {
	if task == learn.Classification {
		return rowsByClass{n: len(y), classes: byClass(y)}
	}
	all := make([]int, len(y))
	for i := range all {
		all[i] = i
	}
	return rowsByClass{n: len(y), classes: [][]int{all}, numbers: true}
}

func (d rowsByClass) sizes() []int {
	out := []int{d.n}
	if d.numbers {
		return out
	}
	for _, rows := range d.classes {
		out = append(out, len(rows))
	}
	return out
}

// deal goes on with each class where the last one ended, so that folds are of
// one size, give or take a row.
func (d rowsByClass) deal(k int, rng *rand.Rand) []int {
	fold, next := make([]int, d.n), 0
	for _, rows := range d.classes {
		if len(rows) == 1 {
			fold[rows[0]] = -1
			continue
		}
		for _, i := range rng.Perm(len(rows)) {
			fold[rows[i]] = next % k
			next++
		}
	}
	return fold
}

// units deals out groups of rows.
type units struct {
	of    []int       // the group of each row
	rows  [][]tallied // of each group: kind 0 is all rows, kind c+1 class c
	total []int       // rows of each kind
	holds []int       // groups with rows of each kind
}

func (u *units) sizes() []int { return u.holds }

// newUnits takes groups by any numbers.
func newUnits(y []float64, groups []int, task learn.Task) *units {
	u := &units{of: make([]int, len(y))}
	at := map[int]int{}
	for i, g := range groups {
		k, ok := at[g]
		if !ok {
			k = len(at)
			at[g] = k
			u.rows = append(u.rows, nil)
		}
		u.of[i] = k
		u.add(k, 0)
		if task == learn.Classification {
			u.add(k, int(y[i])+1)
		}
	}
	return u
}

// add counts a row of a kind in a group.
func (u *units) add(group, kind int) {
	for kind >= len(u.total) {
		u.total, u.holds = append(u.total, 0), append(u.holds, 0)
	}
	u.total[kind]++
	for j := range u.rows[group] {
		if u.rows[group][j].kind == kind {
			u.rows[group][j].rows++
			return
		}
	}
	u.holds[kind]++
	u.rows[group] = append(u.rows[group], tallied{kind, 1})
}

// pinned reports whether a unit alone has rows of some class, so that a model
// can learn that class from it only.
func (u *units) pinned(unit int) bool {
	return slices.ContainsFunc(u.rows[unit], func(t tallied) bool { return t.kind > 0 && u.holds[t.kind] == 1 })
}

// deal gives each group a fold, the larger ones first and those of about one
// size in random order: of the folds, the one that has the fewest rows of the
// group's rarest class, and of these the one with the fewest rows.
func (u *units) deal(k int, rng *rand.Rand) []int {
	rarest := u.rarest()
	dealt := make([][]int, k)
	for f := range dealt {
		dealt[f] = make([]int, len(u.total))
	}
	of := make([]int, len(u.rows))
	for _, i := range u.order(rarest, rng) {
		if u.pinned(i) {
			of[i] = -1
			continue
		}
		best := 0
		for f := 1; f < k; f++ {
			if cmp.Or(cmp.Compare(dealt[f][rarest[i]], dealt[best][rarest[i]]), cmp.Compare(dealt[f][0], dealt[best][0])) < 0 {
				best = f
			}
		}
		of[i] = best
		for _, t := range u.rows[i] {
			dealt[best][t.kind] += t.rows
		}
	}
	u.spread(of)
	fold := make([]int, len(u.of))
	for i, g := range u.of {
		fold[i] = of[g]
	}
	return fold
}

// rarest returns the kind of each group's rarest class, or 0 where there are no
// classes.
func (u *units) rarest() []int {
	out := make([]int, len(u.rows))
	for i, list := range u.rows {
		for _, t := range list {
			if t.kind > 0 && (out[i] == 0 || u.total[t.kind] < u.total[out[i]]) {
				out[i] = t.kind
			}
		}
	}
	return out
}

func (u *units) order(rarest []int, rng *rand.Rand) []int {
	order := rng.Perm(len(u.rows))
	size := func(i int) int { return bits.Len(uint(u.rows[i][0].rows)) }
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(u.total[rarest[a]], u.total[rarest[b]]))
	})
	return order
}

// spread sees to it that no class has all its groups in one fold: it takes the
// smallest of them out of all tests, to be always learned from.
func (u *units) spread(of []int) {
	for kind := 1; kind < len(u.holds); kind++ {
		in, smallest := map[int]bool{}, -1
		for i, list := range u.rows {
			if !slices.ContainsFunc(list, func(t tallied) bool { return t.kind == kind }) {
				continue
			}
			in[of[i]] = true
			if of[i] >= 0 && (smallest < 0 || list[0].rows < u.rows[smallest][0].rows) {
				smallest = i
			}
		}
		if len(in) == 1 && smallest >= 0 {
			of[smallest] = -1
		}
	}
}
