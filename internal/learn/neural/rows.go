package neural

import (
	"context"
	"math/rand/v2"
	"slices"

	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

// rows are the rows of a fit, one after the other.
type rows struct {
	n       int
	numbers []float64 // n×q
	codes   []int32   // n×g
	y       []float64
	weights []float64 // nil for 1 each
}

// newRows copies the rows. It returns ctx's error soon after its end.
func newRows(ctx context.Context, n *net, d learn.Data) (*rows, error) {
	r := &rows{n: d.X.Rows, y: d.Y, weights: d.Weights,
		numbers: make([]float64, d.X.Rows*n.numbers), codes: make([]int32, d.X.Rows*len(n.groups))}
	const step = 4096
	for lo := 0; lo < r.n; lo += step {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		hi := min(lo+step, r.n)
		d.X.Gather(r.numbers[lo*n.numbers:hi*n.numbers], r.codes[lo*len(n.groups):hi*len(n.groups)], lo, hi)
	}
	return r, nil
}

// split sets a share of the rows aside, as near to the same share of each class
// as whole rows allow. Both parts keep the order of the rows.
func (r *rows) split(share float64, classes int, random *rand.Rand) (train, test []int32, err error) {
	total := int(float64(r.n)*share + 0.999999999)
	if total < 2 || r.n-total < 1 {
		return nil, nil, problem.Field("validation_fraction", "A share of %g of %d rows is too small or too large to stop early by.", share, r.n).
			WithHint("Choose another validation_fraction, or switch early_stopping off.")
	}
	of := make([][]int32, max(classes, 1))
	for i := range r.n {
		c := 0
		if classes > 0 {
			c = int(r.y[i])
		}
		of[c] = append(of[c], int32(i))
	}
	var order []int32 // shuffled within each class, the classes interleaved by share
	keys := make([]float64, r.n)
	for _, list := range of {
		random.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
		for place, i := range list {
			keys[i] = (float64(place) + 0.5) / float64(len(list))
		}
		order = append(order, list...)
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		if keys[a] < keys[b] {
			return -1
		}
		if keys[a] > keys[b] {
			return 1
		}
		return int(a - b)
	})
	test, train = slices.Sorted(slices.Values(order[:total])), slices.Sorted(slices.Values(order[total:]))
	return train, test, nil
}
