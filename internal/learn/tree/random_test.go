package tree

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"clicktrain/internal/frame"
)

// mixed returns n rows of numbers and a one-hot block, with targets of k
// classes or numbers.
func mixed(n, k int) (*frame.Matrix, []float64) {
	random := rand.New(rand.NewPCG(21, 22))
	a, b, codes, y := make([]float64, n), make([]float64, n), make([]int32, n), make([]float64, n)
	for i := range n {
		a[i], b[i], codes[i] = random.NormFloat64(), float64(random.IntN(9)), int32(random.IntN(5))-1
		y[i] = a[i]*b[i] + float64(codes[i])
		if k > 0 {
			y[i] = float64(min(max(int(y[i]), 0), k-1))
		}
	}
	return frame.NewMatrix(n, frame.Block{Dense: a}, frame.Block{Codes: codes, Width: 4}, frame.Block{Dense: b}), y
}

// TestTile checks that trees are the same whether or not their lower part
// grows out of a copy, of columns and of records.
func TestTile(t *testing.T) {
	for _, m := range []int{1, 2, 6} {
		for _, k := range []int{0, 2, 4} {
			X, y := mixed(3000, k)
			opt := Options{Random: true, MinSamplesSplit: 2, MinSamplesLeaf: 1 + m/6, MaxFeatures: m}
			cols, err := Uncut(t.Context(), X, k, opt, 2)
			if err != nil {
				t.Fatal(err)
			}
			if want := m == 6 || k == 4 || k == 0 && m == 2; want != (cols.records != nil) {
				t.Fatalf("%d classes, %d columns a split: records are kept: %v, want %v", k, m, !want, want)
			}
			var trees []*Tree
			for _, most := range []int{0, 1, 70, 500} {
				g := NewGrower(cols, y, k, opt)
				if g.tile.most == 0 {
					t.Fatal("no tile is used")
				}
				g.tile.most = min(most, g.tile.most)
				tr, err := g.Grow(t.Context(), nil, rand.NewPCG(5, 6))
				if err != nil {
					t.Fatal(err)
				}
				trees = append(trees, tr)
			}
			for _, tr := range trees[1:] {
				if !reflect.DeepEqual(tr, trees[0]) {
					t.Errorf("%d classes: a tree of %d nodes grows to another of %d out of a copy", k, trees[0].Nodes(), tr.Nodes())
				}
			}
		}
	}
}

// TestRandomThresholds checks that a column is cut uniformly between its
// least and its greatest value, not where its rows are.
func TestRandomThresholds(t *testing.T) {
	x := []float64{0, 0.001, 0.002, 0.003, 0.004, 1}
	cols, err := Uncut(t.Context(), frame.Dense(len(x), x), 0, Options{MaxFeatures: 1}, 1)
	if err != nil {
		t.Fatal(err)
	}
	g := NewGrower(cols, []float64{1, 2, 3, 4, 5, 6}, 0, Options{Random: true, MaxDepth: 1, MinSamplesSplit: 2, MinSamplesLeaf: 1, MaxFeatures: 1})
	var below, sum float64
	const n = 4000
	for seed := range uint64(n) {
		tr, err := g.Grow(t.Context(), nil, rand.NewPCG(seed, 1))
		if err != nil {
			t.Fatal(err)
		}
		th := float64(tr.nodes[0].threshold())
		if !(th >= 0 && th < 1) || tr.Leaves() != 2 {
			t.Fatalf("threshold %v, %d leaves", th, tr.Leaves())
		}
		sum += th
		if th < 0.25 {
			below++
		}
	}
	if mean := sum / n; mean < 0.48 || mean > 0.52 {
		t.Errorf("thresholds are %v on average, want 0.5", mean)
	}
	if below < 0.22*n || below > 0.28*n {
		t.Errorf("%v of %d thresholds are below a quarter", below, n)
	}
}

// TestExactBeyondBins checks that a column of more values than bins is cut
// where it is best, also after other columns have been cut, and as bins cut it
// where there are few values.
func TestExactBeyondBins(t *testing.T) {
	const n = 6000
	x := make([]float64, n)
	y := make([]float64, n)
	for i := range x {
		x[i] = float64(i*7919%n) + 0.25
		if x[i] > 4321 {
			y[i] = 1
		}
	}
	cols, err := CutExact(t.Context(), frame.Dense(n, x), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []int{0, 2, 3} {
		tr, err := NewGrower(cols, y, k, full(1)).Grow(t.Context(), nil, rand.NewPCG(1, 1))
		if err != nil {
			t.Fatal(err)
		}
		if tr.Leaves() != 2 || tr.nodes[0].threshold() != 4320.75 {
			t.Errorf("%d classes: %d leaves, first threshold %v, want 2 and 4320.75", k, tr.Leaves(), tr.nodes[0].threshold())
		}
	}
	for _, k := range []int{0, 2, 4} { // few values: ordered by hand
		X, y := mixed(800, k)
		binned, err := CutExact(t.Context(), X, 1)
		if err != nil {
			t.Fatal(err)
		}
		ordered, err := CutExact(t.Context(), X, 1)
		if err != nil {
			t.Fatal(err)
		}
		var s sorter
		for _, b := range X.Blocks {
			j := 0
			if b.Dense == nil {
				continue
			}
			if &b.Dense[0] == &X.Blocks[2].Dense[0] {
				j = 5
			}
			order, tooLarge := s.order(b.Dense)
			if tooLarge != nil {
				t.Fatal(tooLarge.at(j))
			}
			ordered.cols[j] = column{values: b.Dense, order: order}
		}
		opt := Options{MinSamplesSplit: 2, MinSamplesLeaf: 3, MaxFeatures: 6}
		want, err := NewGrower(binned, y, k, opt).Grow(t.Context(), nil, rand.NewPCG(3, 3))
		if err != nil {
			t.Fatal(err)
		}
		opt.Alone = k == 2
		got, err := NewGrower(ordered, y, k, opt).Grow(t.Context(), nil, rand.NewPCG(3, 3))
		if err != nil {
			t.Fatal(err)
		}
		if k > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%d classes: %d nodes from ordered columns, %d from bins", k, got.Nodes(), want.Nodes())
		}
		if k == 0 && got.Nodes() != want.Nodes() {
			t.Errorf("numbers: %d nodes from ordered columns, %d from bins", got.Nodes(), want.Nodes())
		}
	}
}
