package linear

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// reflector is the Householder reflection 1 - 2vvᵀ/vᵀv (Golub & Van Loan 2013,
// section 5.1). A nil v reflects nothing.
type reflector struct {
	v    []float64
	beta float64 // 2/vᵀv
}

// reflect returns the reflection that turns x into a multiple of the first unit
// vector, and sets x to it.
func reflect(x []float64) reflector {
	norm := math.Sqrt(floats.Dot(x, x))
	if norm == 0 {
		return reflector{}
	}
	v := append([]float64(nil), x...)
	if v[0] < 0 {
		norm = -norm
	}
	v[0] += norm
	clear(x)
	x[0] = -norm
	return reflector{v, 2 / floats.Dot(v, v)}
}

// apply reflects x.
func (h reflector) apply(x []float64) {
	if h.v != nil {
		floats.AddScaled(x, -h.beta*floats.Dot(h.v, x), h.v)
	}
}
