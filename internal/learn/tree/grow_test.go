package tree

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"clicktrain/internal/frame"
)

// full grows until leaves are pure and looks at all of p columns.
func full(p int) Options { return Options{MinSamplesSplit: 2, MinSamplesLeaf: 1, MaxFeatures: p} }

// TestGrowByHand checks a tree that a person can: x = 1, 2, 3, 4 with classes
// a, a, b, b is cut midway between 2 and 3.
func TestGrowByHand(t *testing.T) {
	X := frame.Dense(4, []float64{4, 1, 3, 2})
	got := grow(t, X, []float64{1, 0, 1, 0}, nil, 2, full(1))
	want := []node{{Key(2.5), 0, 2}, {math.MinInt32, -1, 1}, {math.MinInt32, -2, 2}}
	if !slices.Equal(got.nodes, want) {
		t.Fatalf("nodes = %v, want %v", got.nodes, want)
	}
	if !slices.Equal(got.counts, []classCount{{0, 2}, {1, 2}}) || !slices.Equal(got.rows, []uint32{2, 2}) {
		t.Errorf("leaves hold %v of %v rows, want two of each class", got.counts, got.rows)
	}
	if imp := got.Importances(1); imp[0] != 1 {
		t.Errorf("importance = %v, want 1", imp[0])
	}
}

// TestGrowWeights checks that a row of weight 0 is not there and that weights
// decide the mean of a leaf.
func TestGrowWeights(t *testing.T) {
	X := frame.Dense(4, []float64{1, 1, 2, 9})
	got := grow(t, X, []float64{0, 3, 5, 100}, []uint32{1, 2, 1, 0}, 0, full(1))
	if !slices.Equal(got.value, []float64{2, 5}) || !slices.Equal(got.weight, []uint32{3, 1}) {
		t.Errorf("leaves of mean %v and weight %v, want 2 and 5 of 3 and 1", got.value, got.weight)
	}
	if !slices.Equal(got.impurity, []float64{2, 0}) { // (1·2² + 2·1²) / 3
		t.Errorf("leaves of variance %v, want 2 and 0", got.impurity)
	}
}

// TestGrowSeparates grows full trees on columns whose values lie as close as
// float32 allows, on huge ones and on one-hot blocks: every training row must
// be told what it said.
func TestGrowSeparates(t *testing.T) {
	const n = 600
	random := rand.New(rand.NewPCG(3, 4))
	close, huge, codes := make([]float64, n), make([]float64, n), make([]int32, n)
	next := float32(-1e-3)
	for i := range n {
		close[i] = float64(next)
		next = math.Nextafter32(next, 1)
		huge[i] = (random.Float64() - 0.5) * 6.8e38
		codes[i] = int32(i%7) - 1
	}
	for _, k := range []int{0, 2, 4} {
		y := make([]float64, n)
		for i := range y {
			y[i] = float64(random.IntN(max(k, 1000)))
			if k > 0 {
				y[i] = float64(int(y[i]) % k)
			}
		}
		X := frame.NewMatrix(n, frame.Block{Codes: codes, Width: 6}, frame.Block{Dense: close}, frame.Block{Dense: huge})
		tr := grow(t, X, y, nil, k, Options{MinSamplesSplit: 2, MinSamplesLeaf: 1, MaxFeatures: 3})
		for i := range n {
			row := make([]float64, X.Cols)
			X.Row(row, i)
			if got := predictOne(tr, row); got != y[i] {
				t.Fatalf("%d classes: row %d is told %v, want %v", k, i, got, y[i])
			}
		}
	}
}

// predictOne returns the class or the value of one row.
func predictOne(t *Tree, row []float64) float64 {
	x := make([]int32, len(row))
	for j, v := range row {
		x[j] = Key(v)
	}
	var w Walker
	if t.Classes == 0 {
		var v [1]float64
		w.AddValue(t, v[:], x, len(x))
		return v[0]
	}
	p := make([]float64, t.Classes)
	w.AddProba(t, p, x, len(x))
	return float64(slices.Index(p, slices.Max(p)))
}

func TestGrowLimits(t *testing.T) {
	const n = 2000
	random := rand.New(rand.NewPCG(5, 6))
	cols := [][]float64{make([]float64, n), make([]float64, n), make([]float64, n)}
	y := make([]float64, n)
	for i := range n {
		for _, c := range cols {
			c[i] = random.NormFloat64()
		}
		y[i] = float64(random.IntN(3))
	}
	X := frame.Dense(n, cols...)
	for _, k := range []int{0, 2, 3} {
		labels := y
		if k == 2 {
			labels = make([]float64, n)
			for i := range y {
				labels[i] = min(y[i], 1)
			}
		}
		deep := grow(t, X, labels, nil, k, full(3))
		if tr := grow(t, X, labels, nil, k, Options{MaxDepth: 3, MinSamplesSplit: 2, MinSamplesLeaf: 1, MaxFeatures: 3}); tr.Depth != 3 {
			t.Errorf("%d classes: depth %d at max_depth 3", k, tr.Depth)
		}
		leaf := grow(t, X, labels, nil, k, Options{MinSamplesSplit: 2, MinSamplesLeaf: 40, MaxFeatures: 3})
		if least := slices.Min(leaf.rows); least < 40 || least > 80 {
			t.Errorf("%d classes: least leaf has %d rows at min_samples_leaf 40", k, least)
		}
		split := grow(t, X, labels, nil, k, Options{MinSamplesSplit: 100, MinSamplesLeaf: 1, MaxFeatures: 3})
		for i, rows := range split.stats().rows {
			if split.nodes[i].feature >= 0 && rows < 100 {
				t.Errorf("%d classes: a node of %d rows is split at min_samples_split 100", k, rows)
			}
		}
		if split.Nodes() >= deep.Nodes() || leaf.Nodes() >= split.Nodes() {
			t.Errorf("%d classes: %d nodes unlimited, %d with min_samples_split, %d with min_samples_leaf",
				k, deep.Nodes(), split.Nodes(), leaf.Nodes())
		}
	}
}

// TestGrowDrawsPastConstants checks that a split is found although MaxFeatures
// is 1 and most columns are constant.
func TestGrowDrawsPastConstants(t *testing.T) {
	cols := make([][]float64, 30)
	for j := range cols {
		cols[j] = []float64{1, 1, 1, 1}
	}
	cols[17] = []float64{1, 2, 3, 4}
	tr := grow(t, frame.Dense(4, cols...), []float64{1, 2, 3, 4}, nil, 0, full(1))
	if tr.Leaves() != 4 {
		t.Errorf("%d leaves, want 4", tr.Leaves())
	}
}

func TestGrowCancelled(t *testing.T) {
	const n = 300_000
	x, y := make([]float64, n), make([]float64, n)
	for i := range n {
		x[i], y[i] = float64(i*7919%n), float64(i*104729%n)
	}
	cols, err := Cut(t.Context(), frame.Dense(n, x), 256, 1)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := NewGrower(cols, y, 0, full(1)).Grow(ctx, nil, rand.NewPCG(1, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("Grow after cancel returns %v", err)
	}
}
