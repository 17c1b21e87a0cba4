package recipe

import (
	"context"
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// maxCompared is how many numbers SMOTE may compare: rows of a class times
// rows times columns.
const maxCompared = 20_000_000_000

// SMOTE makes rows until each class has as many as the largest (Chawla et al.
// 2002): each between a row of the class, drawn at random, and one of its
// nearest neighbors in the class. In one-hot groups, where there is no between,
// it has the category that most of the neighbors have, as in SMOTE-NC.
// Neighbors at the same distance count in the order of their rows.
func (b *Balanced) SMOTE(neighbors int) error {
	most := b.most()
	if err := b.room(most); err != nil {
		return err
	}
	for _, class := range b.classes {
		if b.lacks(class, most) == 0 {
			continue
		}
		if len(class) == 1 {
			return problem.Field("step", "A class has a single training row, which has no neighbors.").
				WithHint("Choose random_over, which repeats rows.")
		}
		if n := len(class); n*n*len(b.x.Blocks) > maxCompared {
			return problem.Field("step", "A class has %d training rows; comparing each two of them in %d columns would take too long.", n, b.x.Cols).
				WithHint("Choose random_over or class_weight.")
		}
	}
	made := maker{x: b.x}
	rows := make([]int, len(b.y)) // which row each is like
	for i := range rows {
		rows[i] = i
	}
	for _, class := range b.classes {
		lacks := b.lacks(class, most)
		if lacks == 0 {
			continue
		}
		near, err := nearest(b.ctx, b.x, class, min(neighbors, len(class)-1), b.workers)
		if err != nil {
			return err
		}
		for range lacks {
			at := b.rng.IntN(len(class))
			k := b.rng.IntN(len(near[at]))
			made.add(class[at], near[at], k, b.rng.Float64())
			rows = append(rows, class[at])
		}
	}
	b.told = "Training rows of smaller classes made between neighbors: " + counted(len(rows)-len(b.y), "row") + " added"
	n := len(b.y)
	b.take(rows)
	made.put(b.x, n)
	return nil
}

// nearest returns, for each row of a class, its k nearest other rows of it.
func nearest(ctx context.Context, x *frame.Matrix, class []int, k, workers int) ([][]int, error) {
	part := x.Take(class)
	out := make([][]int, len(class))
	err := parallel(len(class), workers, func(i int) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		distances := make([]float64, len(class))
		for _, b := range part.Blocks {
			if b.Dense != nil {
				own := b.Dense[i]
				for j, v := range b.Dense {
					d := v - own
					distances[j] += d * d
				}
				continue
			}
			own := b.Codes[i]
			for j, c := range b.Codes {
				distances[j] += apart(own, c)
			}
		}
		for _, j := range least(distances, k, i) {
			out[i] = append(out[i], class[j])
		}
		return nil
	})
	return out, err
}

// least returns the places of the k least numbers but for the one at place own,
// ascending; of equal ones the first.
func least(x []float64, k, own int) []int {
	best := make([]int, 0, k+1)
	for j, v := range x {
		if j == own || len(best) == k && v >= x[best[k-1]] {
			continue
		}
		at := len(best)
		for at > 0 && v < x[best[at-1]] {
			at--
		}
		best = slices.Insert(best, at, j)
		best = best[:min(len(best), k)]
	}
	return best
}

// apart returns the squared distance of two rows in a one-hot group: 1 for
// each column of 1 that the other does not have.
func apart(a, b int32) float64 {
	switch {
	case a == b:
		return 0
	case a < 0 || b < 0:
		return 1
	}
	return 2
}

// maker makes rows of a matrix.
type maker struct {
	x    *frame.Matrix
	rows []halfway
}

// halfway is a row between one and one of its neighbors.
type halfway struct {
	row   int
	near  []int
	to    int // of near
	share float64
}

func (m *maker) add(row int, near []int, to int, share float64) {
	m.rows = append(m.rows, halfway{row, near, to, share})
}

// put writes the made rows into x from row n on.
func (m *maker) put(x *frame.Matrix, n int) {
	for k, b := range m.x.Blocks {
		for i, r := range m.rows {
			if b.Dense != nil {
				own := b.Dense[r.row]
				x.Blocks[k].Dense[n+i] = own + float64(r.share*(b.Dense[r.near[r.to]]-own))
				continue
			}
			x.Blocks[k].Codes[n+i] = commonest(b.Codes, r.near)
		}
	}
}

// commonest returns the code that most of the rows have, the least of those
// that as many have.
func commonest(codes []int32, rows []int) int32 {
	best, most := int32(-1), 0
	for _, r := range rows {
		n := 0
		for _, s := range rows {
			if codes[s] == codes[r] {
				n++
			}
		}
		if n > most || n == most && codes[r] < best {
			best, most = codes[r], n
		}
	}
	return best
}
