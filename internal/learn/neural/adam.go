package neural

import "math"

// adamState is what Adam remembers (Kingma and Ba 2015, algorithm 1).
type adamState struct {
	*settings
	m, v []float64 // means of gradients and of their squares
	step int
}

// update takes a step against the gradient.
func (a *adamState) update(weights, grad []float64) {
	s := a.settings
	a.step++
	rate := s.rate * math.Sqrt(1-math.Pow(s.beta2, float64(a.step))) / (1 - math.Pow(s.beta1, float64(a.step)))
	m, v := a.m[:len(grad)], a.v[:len(grad)]
	weights = weights[:len(grad)]
	b1, b2, c1, c2, eps := s.beta1, s.beta2, 1-s.beta1, 1-s.beta2, s.epsilon
	for i, g := range grad {
		m[i] = b1*m[i] + c1*g
		v[i] = b2*v[i] + c2*(g*g)
		weights[i] -= rate * m[i] / (math.Sqrt(v[i]) + eps)
	}
}

// roundEnds does nothing: Adam finds the length of its steps by itself.
func (a *adamState) roundEnds(int) {}

// slower says that there is no slower pace.
func (a *adamState) slower() bool { return false }
