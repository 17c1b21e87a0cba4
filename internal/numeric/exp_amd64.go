package numeric

import "golang.org/x/sys/cpu"

//go:noescape
func expAVX2(dst, x *float64, n int) int

// expSome writes exp of the first of x, and returns of how many.
func expSome(dst, x []float64) int {
	if len(x) < 4 || !cpu.X86.HasAVX2 {
		return 0
	}
	return expAVX2(&dst[0], &x[0], len(x)&^3)
}
