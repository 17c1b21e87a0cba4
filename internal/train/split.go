package train

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"clicktrain/internal/learn"
)

// The stream of the seed that the split draws from; learners use lower ones.
const splitStream = 1 << 40

// LeastTestSize and MostTestSize bound the share of rows that a person may set
// aside.
const LeastTestSize, MostTestSize = 0.05, 0.9

// Split sets test rows aside: ceil(testSize·n) of them, as scikit-learn
// counts, and at least one on each side. Classes keep their shares on both
// sides (largest remainders), and a class with a single row stays in training,
// so every class that is tested was learned. It returns positions in y,
// ascending, and depends on the arguments alone.
func Split(y []float64, task learn.Task, testSize float64, seed uint64) (train, test []int) {
	n := len(y)
	want := min(max(int(math.Ceil(testSize*float64(n))), 1), n-1)
	rng := rand.New(rand.NewPCG(seed, splitStream))
	groups := [][]int{make([]int, n)}
	for i := range n {
		groups[0][i] = i
	}
	if task == learn.Classification {
		groups = byClass(y)
	}
	for g, take := range shares(groups, want) {
		rows := groups[g]
		rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		test = append(test, rows[:take]...)
		train = append(train, rows[take:]...)
	}
	slices.Sort(train)
	slices.Sort(test)
	return train, test
}

func byClass(y []float64) [][]int {
	var groups [][]int
	for i, v := range y {
		for int(v) >= len(groups) {
			groups = append(groups, nil)
		}
		groups[int(v)] = append(groups[int(v)], i)
	}
	return groups
}

// shares says how many rows of each group to set aside, want in all where
// leaving one row of each group for training allows it.
func shares(groups [][]int, want int) []int {
	n := 0
	for _, g := range groups {
		n += len(g)
	}
	take := make([]int, len(groups))
	order := make([]int, len(groups))
	rest := make([]float64, len(groups))
	left := want
	for g, rows := range groups {
		exact := float64(want) * float64(len(rows)) / float64(n)
		take[g] = min(int(exact), max(len(rows)-1, 0))
		rest[g] = exact - float64(take[g])
		order[g] = g
		left -= take[g]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest[b], rest[a]) })
	for left > 0 {
		before := left
		for _, g := range order {
			if left > 0 && take[g] < len(groups[g])-1 {
				take[g]++
				left--
			}
		}
		if left == before {
			break // every class has one row left
		}
	}
	return take
}
