package neural

import (
	"math"
	"math/rand/v2"

	"clicktrain/internal/frame"
)

// net is the layers. Inputs are the q number columns and then those of the
// one-hot blocks.
type net struct {
	layout     []int // by block of the Matrix: 0 for a number column, else a one-hot block's width
	sizes      []int // p, the hidden layers, the outputs
	activation string
	classes    int // k, or 0

	numbers int         // q
	groups  []int       // first input of each one-hot block
	weights []float64   // all there are
	coef    [][]float64 // of each layer: in×out, within weights
	bias    [][]float64 // of each layer: out, within weights
}

// newNet returns a net of weights 0 for the columns of X.
func newNet(X *frame.Matrix, hidden []int, activation string, classes int) *net {
	n := &net{activation: activation, classes: classes}
	for _, b := range X.Blocks {
		width := 0
		if b.Dense == nil {
			width = b.Width
		}
		n.layout = append(n.layout, width)
	}
	n.sizes = layers(X.Cols, hidden, classes)
	n.prepare()
	return n
}

// layers returns the sizes of all layers: the columns, the hidden ones, and one
// output, or one for each of three classes or more.
func layers(cols int, hidden []int, classes int) []int {
	outputs := classes
	if classes <= 2 {
		outputs = 1
	}
	return append(append([]int{cols}, hidden...), outputs)
}

// prepare derives the rest from layout and sizes.
func (n *net) prepare() {
	for _, width := range n.layout {
		if width == 0 {
			n.numbers++
		}
	}
	at := n.numbers
	for _, width := range n.layout {
		if width > 0 {
			n.groups = append(n.groups, at)
			at += width
		}
	}
	n.weights = make([]float64, weightsOf(n.sizes))
	n.coef, n.bias = n.parts(n.weights)
}

// weightsOf returns how many weights, intercepts included, join layers of the
// given sizes.
func weightsOf(sizes []int) int {
	n := 0
	for l, in := range sizes[:len(sizes)-1] {
		n += (in + 1) * sizes[l+1]
	}
	return n
}

// parts cuts numbers, one for each weight, into the layers' coefficients and
// intercepts.
func (n *net) parts(x []float64) (coef, bias [][]float64) {
	for l, in := range n.sizes[:len(n.sizes)-1] {
		out := n.sizes[l+1]
		coef, bias = append(coef, x[:in*out]), append(bias, x[in*out:(in+1)*out])
		x = x[(in+1)*out:]
	}
	return coef, bias
}

// start draws weights evenly from ±√(f/(in+out)), f being 6, or 2 for logistic
// neurons (Glorot and Bengio 2010), inputs in the order of the Matrix.
func (n *net) start(random *rand.Rand) {
	factor := 6.0
	if n.activation == logistic {
		factor = 2
	}
	for l := range n.coef {
		in, out := n.sizes[l], n.sizes[l+1]
		bound := math.Sqrt(factor / float64(in+out))
		draw := func(dst []float64) {
			for i := range dst {
				dst[i] = bound * (2*random.Float64() - 1)
			}
		}
		for i := range in {
			if l == 0 {
				i = n.input(i)
			}
			draw(n.coef[l][i*out:][:out])
		}
		draw(n.bias[l])
	}
}

// input returns which input column j of the Matrix is.
func (n *net) input(j int) int {
	number, group := 0, n.numbers
	for _, width := range n.layout {
		if j < max(width, 1) {
			if width == 0 {
				return number
			}
			return group + j
		}
		j -= max(width, 1)
		group += width
		if width == 0 {
			number++
		}
	}
	return -1
}
