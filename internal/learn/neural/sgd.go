package neural

import "math"

// sgdState is what stochastic gradient descent with momentum remembers.
type sgdState struct {
	*settings
	pace     float64 // how long steps are now
	velocity []float64
}

// update takes a step along the velocity, which keeps a share of what it was.
// Nesterov's momentum (Sutskever and others 2013) looks one step ahead.
func (s *sgdState) update(weights, grad []float64) {
	velocity := s.velocity[:len(grad)]
	weights = weights[:len(grad)]
	for i, g := range grad {
		step := s.pace * g
		v := float64(s.momentum*velocity[i]) - step
		velocity[i] = v
		if s.nesterov {
			v = float64(s.momentum*v) - step
		}
		weights[i] += v
	}
}

// roundEnds shortens the steps of invscaling by the rows seen.
func (s *sgdState) roundEnds(seen int) {
	if s.schedule == invscaling {
		s.pace = s.rate / math.Pow(float64(seen+1), s.powerT)
	}
}

// slower makes the steps of adaptive a fifth as long, until they are as good as
// none.
func (s *sgdState) slower() bool {
	if s.schedule != adaptive || s.pace <= 1e-6 {
		return false
	}
	s.pace /= 5
	return true
}
