package neighbors

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"clicktrain/internal/frame"
)

// sample returns n rows of the given columns. Every third number column has
// few different numbers, so that distances tie; scale is their size.
func sample(rng *rand.Rand, n, numbers int, groups []int, scale float64) *frame.Matrix {
	var blocks []frame.Block
	for j := range numbers {
		x := make([]float64, n)
		for i := range x {
			x[i] = scale * (3 + rng.NormFloat64())
			if j%3 == 0 {
				x[i] = scale * float64(rng.IntN(3))
			}
		}
		blocks = append(blocks, frame.Block{Dense: x})
	}
	for _, width := range groups {
		codes := make([]int32, n)
		for i := range codes {
			codes[i] = int32(rng.IntN(width+1)) - 1
		}
		blocks = append(blocks, frame.Block{Codes: codes, Width: width})
	}
	return frame.NewMatrix(n, blocks...)
}

// TestSearchesAgree checks that tree and blocks find the rows that looking at
// all of them finds, to the order and the last digit.
func TestSearchesAgree(t *testing.T) {
	for _, numbers := range []int{1, 3, 12, 21} {
		for _, groups := range [][]int{nil, {2, 5}} {
			for _, power := range []int{1, 2} {
				for _, scale := range []float64{1, 1e-200, 1e140} {
					for _, n := range []int{3, 30, 300} {
						name := fmt.Sprint(numbers, groups, power, scale, n)
						rng := rand.New(rand.NewPCG(1, uint64(n)))
						table, err := newTable(t.Context(), sample(rng, n, numbers, groups, scale))
						if err != nil {
							t.Fatal(err)
						}
						checkSearches(t, name, table, sample(rng, 71, numbers, groups, scale), power)
						if n == 300 {
							checkSearches(t, name+" of themselves", table, table.matrix(), power)
						}
					}
				}
			}
		}
	}
}

func checkSearches(t *testing.T, name string, table *table, X *frame.Matrix, power int) {
	t.Helper()
	k := min(7, table.rows)
	tree := newTree(table)
	s := &search{tree: tree, power: power, off: make([]float64, table.numbers)}
	b := newBlocks(table)
	for i := range X.Rows {
		q := query{make([]float64, table.numbers), make([]int32, table.groups)}
		X.Gather(q.dense, q.codes, i, i+1)
		want, got := newNearest(k), newNearest(k)
		table.scan(power, q, want)
		want.sort()
		tree.find(s, q, got)
		got.sort()
		if !slices.Equal(got.row, want.row) || !slices.Equal(got.dist, want.dist) {
			t.Fatalf("%s: the tree finds %v at %v, want %v at %v", name, got.row, got.dist, want.row, want.dist)
		}
		if power != 2 {
			continue
		}
		got.reset()
		other := newNearest(k) // an odd and an even batch
		batch := new(batch)
		queries, best := []query{q, q, q}[:1+2*(i%2)], []*nearest{got, other, newNearest(k)}
		b.load(batch, 2, queries, best[:len(queries)])
		b.find(batch)
		got.sort()
		if !slices.Equal(got.row, want.row) || !slices.Equal(got.dist, want.dist) {
			t.Fatalf("%s: blocks find %v at %v, want %v at %v", name, got.row, got.dist, want.row, want.dist)
		}
	}
}

// TestScan checks the search that the others are compared with against the
// definition: all distances, sorted.
func TestScan(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	X := sample(rng, 200, 4, []int{3}, 1)
	table, err := newTable(t.Context(), X)
	if err != nil {
		t.Fatal(err)
	}
	cols := X.Columns()
	for q := range 50 {
		for _, power := range []int{1, 2} {
			rows, dist := make([]int32, 200), make([]float64, 200)
			for i := range rows {
				rows[i] = int32(i)
				for _, c := range cols {
					dist[i] += math.Pow(math.Abs(c[i]-c[q]), float64(power))
				}
			}
			slices.SortStableFunc(rows, func(a, b int32) int {
				if math.Abs(dist[a]-dist[b]) < 1e-12 {
					return 0
				}
				if dist[a] < dist[b] {
					return -1
				}
				return 1
			})
			query := query{make([]float64, 4), make([]int32, 1)}
			X.Gather(query.dense, query.codes, q, q+1)
			best := newNearest(9)
			table.scan(power, query, best)
			best.sort()
			for i, r := range best.row {
				if math.Abs(dist[rows[i]]-best.dist[i]) > 1e-12 || math.Abs(dist[r]-best.dist[i]) > 1e-12 {
					t.Fatalf("neighbor %d of row %d is row %d at %v, want row %d at %v", i, q, r, best.dist[i], rows[i], dist[rows[i]])
				}
			}
		}
	}
}

func TestNearestBreaksTies(t *testing.T) {
	n := newNearest(3)
	for _, row := range []int32{5, 9, 2, 7, 1, 8} {
		n.offer(1, row)
	}
	n.offer(0.5, 6)
	n.sort()
	if !slices.Equal(n.row, []int32{6, 1, 2}) {
		t.Errorf("rows %v, want 6, which is nearer, and then the first two", n.row)
	}
}
