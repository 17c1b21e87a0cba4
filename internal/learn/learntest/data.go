package learntest

import (
	"math"
	"math/rand/v2"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// Blobs returns n rows of p columns in k classes: each class is a normal cloud
// around its own center. Class i%k is row i's, so that every class occurs
// where n is at least k.
func Blobs(seed uint64, n, p, k int) learn.Data {
	rng := rand.New(rand.NewPCG(seed, 1))
	centers := make([]float64, p*k)
	for i := range centers {
		centers[i] = 1.5 * rng.NormFloat64()
	}
	cols, y := columns(n, p), make([]float64, n)
	for i := range n {
		c := i % k
		y[i] = float64(c)
		for j := range p {
			cols[j][i] = centers[c*p+j] + rng.NormFloat64()
		}
	}
	return learn.Data{X: frame.Dense(n, cols...), Y: y, Classes: k, Seed: seed, Workers: 1}
}

// Friedman returns n rows of p columns, at least 5, uniform on [0, 1), and the
// target 10 sin(πx₀x₁) + 20(x₂−½)² + 10x₃ + 5x₄ with standard normal noise
// (Friedman 1991).
func Friedman(seed uint64, n, p int) learn.Data {
	rng := rand.New(rand.NewPCG(seed, 2))
	cols, y := columns(n, p), make([]float64, n)
	for i := range n {
		for j := range p {
			cols[j][i] = rng.Float64()
		}
		x := func(j int) float64 { return cols[j][i] }
		y[i] = 10*math.Sin(math.Pi*x(0)*x(1)) + 20*(x(2)-0.5)*(x(2)-0.5) + 10*x(3) + 5*x(4) + rng.NormFloat64()
	}
	return learn.Data{X: frame.Dense(n, cols...), Y: y, Seed: seed, Workers: 1}
}

// Mixed returns n rows of the given number of normal columns followed by one
// one-hot block for each entry of levels; about one code in a hundred is -1.
// The target is a noisy linear function of them: a number where k is 0, one of
// k classes of about equal size otherwise.
func Mixed(seed uint64, n, dense int, levels []int, k int) learn.Data {
	rng := rand.New(rand.NewPCG(seed, 3))
	blocks := make([]frame.Block, 0, dense+len(levels))
	scores := make([][]float64, max(k, 1))
	for c := range scores {
		scores[c] = make([]float64, n)
		for i := range n {
			scores[c][i] = rng.NormFloat64()
		}
	}
	for range dense {
		x := make([]float64, n)
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		for _, s := range scores {
			w := 0.5 * rng.NormFloat64()
			for i := range s {
				s[i] += w * x[i]
			}
		}
		blocks = append(blocks, frame.Block{Dense: x})
	}
	for _, width := range levels {
		codes := make([]int32, n)
		for i := range codes {
			codes[i] = int32(rng.IntN(width))
			if rng.IntN(100) == 0 {
				codes[i] = -1
			}
		}
		for _, s := range scores {
			w := make([]float64, width)
			for c := range w {
				w[c] = rng.NormFloat64()
			}
			for i, c := range codes {
				if c >= 0 {
					s[i] += w[c]
				}
			}
		}
		blocks = append(blocks, frame.Block{Codes: codes, Width: width})
	}
	d := learn.Data{X: frame.NewMatrix(n, blocks...), Y: scores[0], Seed: seed, Workers: 1}
	if k > 0 {
		d.Classes, d.Y = k, winners(scores)
	}
	return d
}

// winners returns the index of each row's highest score; the first k rows are
// given one class each, so that every class occurs.
func winners(scores [][]float64) []float64 {
	y := make([]float64, len(scores[0]))
	for i := range y {
		best := 0
		for c := range scores {
			if scores[c][i] > scores[best][i] {
				best = c
			}
		}
		if i < len(scores) {
			best = i
		}
		y[i] = float64(best)
	}
	return y
}

func columns(n, p int) [][]float64 {
	cols := make([][]float64, p)
	for j := range cols {
		cols[j] = make([]float64, n)
	}
	return cols
}

// scaled returns d with every dense column multiplied by x.
func scaled(d learn.Data, x float64) learn.Data {
	blocks := make([]frame.Block, len(d.X.Blocks))
	for k, b := range d.X.Blocks {
		blocks[k] = b
		if b.Dense == nil {
			continue
		}
		blocks[k].Dense = make([]float64, len(b.Dense))
		for i, v := range b.Dense {
			blocks[k].Dense[i] = v * x
		}
	}
	d.X = frame.NewMatrix(d.X.Rows, blocks...)
	return d
}

// with returns d with the blocks that change makes of its dense columns.
func with(d learn.Data, change func(cols [][]float64) [][]float64) learn.Data {
	cols := d.X.Columns()
	d.X = frame.Dense(d.X.Rows, change(cols)...)
	return d
}
