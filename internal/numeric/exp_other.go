//go:build !amd64

package numeric

// expSome writes exp of the first of x, and returns of how many.
func expSome(_, _ []float64) int { return 0 }
