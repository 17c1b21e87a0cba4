package boost

import (
	"container/heap"
	"math/rand/v2"
	"testing"
)

// TestPrune keeps of the open nodes as many as a tree may still split, those
// whose turn comes first, and gives the histograms of the others back.
func TestPrune(t *testing.T) {
	random := rand.New(rand.NewPCG(61, 62))
	for n := range 40 {
		g := &grower{settings: settings{maxLeaves: 31}, pool: &pool{words: 1}}
		var open nodeHeap
		for i := range n {
			nd := &node{path: uint64(i), depth: i % 3, hist: g.pool.get()}
			nd.split.gain = float64(1 + random.IntN(8))
			heap.Push(&open, nd)
		}
		want := append(nodeHeap(nil), open...)
		open = g.prune(open, 20)
		if kept := min(n, 11); len(open) != kept || g.pool.out != kept {
			t.Fatalf("%d nodes: %d are kept with %d histograms, want %d", n, len(open), g.pool.out, kept)
		}
		for len(open) > 0 {
			if got, first := heap.Pop(&open), heap.Pop(&want); got != first {
				t.Fatalf("%d nodes: another node's turn came", n)
			}
		}
	}
	g := &grower{pool: &pool{words: 1}}
	if open := g.prune(nodeHeap{{}, {}, {}}, 20); len(open) != 3 {
		t.Errorf("%d of 3 nodes are kept where leaves have no limit", len(open))
	}
}
