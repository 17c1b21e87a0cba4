package tree

import (
	"math/rand/v2"
	"slices"
	"testing"

	"clicktrain/internal/frame"
)

// TestWalker checks that rows that go down together end where each would
// alone, whatever trees and numbers of rows one Walker had before.
func TestWalker(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	var trees []*Tree
	for _, k := range []int{3, 0, 2} {
		for _, size := range []int{1500, 2, 300} {
			X, y := mixed(size, k)
			for _, minLeaf := range []int{1, 7} {
				trees = append(trees, grow(t, X, y, nil, k, full(minLeaf)))
			}
		}
	}
	const p = 6
	rows := make([]int32, 700*p)
	for i := range rows {
		rows[i] = Key(random.NormFloat64() * 2)
	}
	var w Walker
	for _, n := range []int{700, 1, 31, 32, 33, 96, 500, 3} {
		for i, tr := range trees {
			k := max(1, tr.Classes)
			got, want := make([]float64, n*k), make([]float64, n*k)
			for j := range got {
				got[j] = 0.5
				want[j] = 0.5
			}
			for r := range n {
				l := tr.leafOf(rows[r*p : (r+1)*p])
				if tr.Classes == 0 {
					want[r] += tr.value[l]
				} else {
					tr.addProba(want[r*k:(r+1)*k], l)
				}
			}
			if tr.Classes == 0 {
				w.AddValue(tr, got, rows[:n*p], p)
			} else {
				w.AddProba(tr, got, rows[:n*p], p)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("tree %d of %d nodes, %d rows: %v, want %v", i, tr.Nodes(), n, got, want)
			}
		}
	}
}

// TestWalkOneColumn checks trees whose columns need no bits.
func TestWalkOneColumn(t *testing.T) {
	x, y := make([]float64, 200), make([]float64, 200)
	for i := range x {
		x[i], y[i] = float64(i), float64(i*i%97)
	}
	tr := grow(t, frame.Dense(len(x), x), y, nil, 0, full(1))
	keys := make([]int32, len(x))
	for i, v := range x {
		keys[i] = Key(v)
	}
	got := make([]float64, len(x))
	new(Walker).AddValue(tr, got, keys, 1)
	if !slices.Equal(got, y) {
		t.Errorf("the tree tells %v, want %v", got, y)
	}
}

// TestDescend compares the steps down a tree with the plain ones.
func TestDescend(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 18))
	X, y := mixed(2000, 2)
	tr := grow(t, X, y, nil, 2, full(1))
	const p, width, n = 6, 3, 4 * lanes
	var w Walker
	w.pack(tr, width)
	keys := make([]int32, n*p)
	for i := range keys {
		keys[i] = Key(random.NormFloat64() * 2)
	}
	w.start(n, p)
	want := slices.Clone(w.at)
	for steps := 1; steps < 12; steps++ {
		descend(w.nodes, keys, w.at, w.bases, width, steps)
		descendPlain(w.nodes, keys, want, w.bases, width, steps)
		if !slices.Equal(w.at, want) {
			t.Fatalf("after %d more steps: rows are at %v, want %v", steps, w.at, want)
		}
	}
	for i, id := range w.at {
		if l := tr.leafOf(keys[i*p : (i+1)*p]); tr.nodes[id].leaf() != l {
			t.Errorf("row %d is at node %d, want leaf %d", i, id, l)
		}
	}
}
