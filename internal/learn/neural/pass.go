package neural

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/numeric"
)

// passRows is how many rows go through the net at once.
const passRows = 256

// pass takes some rows through a net. It is for one goroutine.
type pass struct {
	*net
	multiplier
	n       int         // rows at hand
	numbers []float64   // n×q
	codes   []int32     // n×g
	out     [][]float64 // of each layer: n×out, after its activation
	delta   [][]float64 // of each layer: n×out, the loss by the sum before its activation
}

func newPass(n *net) *pass {
	return &pass{net: n, out: make([][]float64, len(n.coef)), delta: make([][]float64, len(n.coef))}
}

// size makes room for n rows.
func (p *pass) size(n int) {
	p.n = n
	p.numbers = grow(p.numbers, n*p.net.numbers)
	if cap(p.codes) < n*len(p.groups) {
		p.codes = make([]int32, n*len(p.groups))
	}
	p.codes = p.codes[:n*len(p.groups)]
	for l := range p.out {
		p.out[l] = grow(p.out[l], n*p.sizes[l+1])
	}
}

// load takes the given rows.
func (p *pass) load(r *rows, list []int32) {
	p.size(len(list))
	q, g := p.net.numbers, len(p.groups)
	for k, i := range list {
		copy(p.numbers[k*q:][:q], r.numbers[int(i)*q:])
		copy(p.codes[k*g:][:g], r.codes[int(i)*g:])
	}
}

// forward finds the outputs of the loaded rows.
func (p *pass) forward() []float64 {
	last := len(p.coef) - 1
	for l := range p.coef {
		in, out := p.sizes[l], p.sizes[l+1]
		if l == 0 {
			p.first(p.out[0])
		} else {
			p.multiply(p.out[l], rowMajor(p.out[l-1], p.n, in), rowMajor(p.coef[l], in, out), false)
		}
		for i := range p.n {
			floats.Add(p.out[l][i*out:][:out], p.bias[l])
		}
		if l < last {
			bend(p.activation, p.out[l])
		}
	}
	p.output(p.out[last])
	return p.out[last]
}

// first writes the products of inputs and the first layer's weights: those of
// numbers, and then for each one-hot block the weights of the code.
func (p *pass) first(dst []float64) {
	q, out := p.net.numbers, p.sizes[1]
	p.multiply(dst, rowMajor(p.numbers, p.n, q), rowMajor(p.coef[0][:q*out], q, out), false)
	g := len(p.groups)
	for i := range p.n {
		for j, c := range p.codes[i*g:][:g] {
			if c >= 0 {
				floats.Add(dst[i*out:][:out], p.coef[0][(p.groups[j]+int(c))*out:][:out])
			}
		}
	}
}

// bend applies the activation to sums.
func bend(activation string, x []float64) {
	switch activation {
	case relu:
		for i, v := range x {
			x[i] = max(v, 0)
		}
	case tanh:
		for i, v := range x {
			x[i] = math.Tanh(v)
		}
	case logistic:
		for i, v := range x {
			x[i] = numeric.Expit(v)
		}
	}
}

// straighten multiplies delta by the activation's slope, which its value tells.
func straighten(activation string, delta, x []float64) {
	x = x[:len(delta)]
	switch activation {
	case relu:
		for i, v := range x {
			if v == 0 {
				delta[i] = 0
			}
		}
	case tanh:
		for i, v := range x {
			delta[i] *= 1 - v*v
		}
	case logistic:
		for i, v := range x {
			delta[i] *= v * (1 - v)
		}
	}
}

// output turns the last sums into probabilities, or leaves numbers.
func (p *pass) output(x []float64) {
	switch k := p.sizes[len(p.sizes)-1]; {
	case p.classes == 0:
	case k == 1:
		bend(logistic, x)
	default:
		for ; len(x) > 0; x = x[k:] {
			numeric.Softmax(x[:k])
		}
	}
}

// sums are a part of the loss and its gradient.
type sums struct {
	loss, weight float64
	grad         []float64 // one for each weight of the net
}

// add takes the given rows through the net and adds their losses and gradient.
func (p *pass) add(s *sums, r *rows, list []int32) {
	p.load(r, list)
	p.forward()
	s.loss += p.losses(r, list)
	s.weight += r.total(list)
	coef, bias := p.parts(s.grad)
	for l := len(p.coef) - 1; l >= 0; l-- {
		in, out := p.sizes[l], p.sizes[l+1]
		delta := p.delta[l]
		for i := range p.n {
			floats.Add(bias[l], delta[i*out:][:out])
		}
		if l == 0 {
			p.addFirst(coef[0], delta)
			break
		}
		p.multiply(coef[l], rowMajor(p.out[l-1], p.n, in).transposed(), rowMajor(delta, p.n, out), true)
		p.delta[l-1] = grow(p.delta[l-1], p.n*in)
		p.multiply(p.delta[l-1], rowMajor(delta, p.n, out), rowMajor(p.coef[l], in, out).transposed(), false)
		straighten(p.activation, p.delta[l-1], p.out[l-1])
	}
}

// addFirst adds the gradient of the first layer's weights.
func (p *pass) addFirst(grad, delta []float64) {
	q, g, out := p.net.numbers, len(p.groups), p.sizes[1]
	p.multiply(grad[:q*out], rowMajor(p.numbers, p.n, q).transposed(), rowMajor(delta, p.n, out), true)
	for i := range p.n {
		for j, c := range p.codes[i*g:][:g] {
			if c >= 0 {
				floats.Add(grad[(p.groups[j]+int(c))*out:][:out], delta[i*out:][:out])
			}
		}
	}
}

// total returns the weight of the given rows.
func (r *rows) total(list []int32) float64 {
	if r.weights == nil {
		return float64(len(list))
	}
	sum := 0.0
	for _, i := range list {
		sum += r.weights[i]
	}
	return sum
}

// losses returns the weighted sum of the rows' losses, and sets the last
// layer's delta: for each of the three losses, output less target.
func (p *pass) losses(r *rows, list []int32) float64 {
	last := len(p.coef) - 1
	k := p.sizes[last+1]
	p.delta[last] = grow(p.delta[last], p.n*k)
	copy(p.delta[last], p.out[last])
	sum := 0.0
	for at, i := range list {
		out, delta, y := p.out[last][at*k:][:k], p.delta[last][at*k:][:k], r.y[i]
		loss := p.loss(out, y)
		if k > 1 {
			delta[int(y)]--
		} else {
			delta[0] -= y
		}
		if r.weights != nil {
			loss *= r.weights[i]
			floats.Scale(r.weights[i], delta)
		}
		sum += loss
	}
	return sum
}

// loss returns half the squared error, or the log-loss with probabilities kept
// an ε from 0 and 1.
func (p *pass) loss(out []float64, y float64) float64 {
	switch {
	case p.classes == 0:
		return 0.5 * (out[0] - y) * (out[0] - y)
	case len(out) > 1:
		return -math.Log(clip(out[int(y)]))
	case y == 1:
		return -math.Log(clip(out[0]))
	}
	return -math.Log(1 - clip(out[0]))
}

func clip(p float64) float64 { return min(max(p, 0x1p-52), 1-0x1p-52) }
