package recipe

import "math"

// minimize returns where in a to b the function f is least, within about tol,
// if it falls and then rises. It takes the lowest point of the parabola through
// the three best points so far, and a golden section where that point is no
// good (Brent 1973, chapter 5). f may be +Inf.
func minimize(f func(float64) float64, a, b, tol float64) float64 {
	const (
		golden = 0.3819660112501051 // (3-√5)/2
		eps    = 1.4832396974191326e-08
		most   = 500
	)
	best := a + float64(golden*(b-a))
	second, third := best, best
	fBest := f(best)
	fSecond, fThird := fBest, fBest
	step, before := 0.0, 0.0
	for range most {
		middle := 0.5 * (a + b)
		near := float64(eps*math.Abs(best)) + tol/3
		if math.Abs(best-middle) <= 2*near-0.5*(b-a) {
			break
		}
		parabola := false
		if math.Abs(before) > near {
			r := (best - second) * (fBest - fThird)
			q := (best - third) * (fBest - fSecond)
			p := float64((best-third)*q) - float64((best-second)*r)
			q = 2 * (q - r)
			if q > 0 {
				p = -p
			}
			q = math.Abs(q)
			last := before
			before = step
			if math.Abs(p) < math.Abs(0.5*q*last) && p > q*(a-best) && p < q*(b-best) {
				parabola = true
				step = p / q
				if x := best + step; x-a < 2*near || b-x < 2*near {
					step = math.Copysign(near, middle-best)
				}
			}
		}
		if !parabola {
			before = b - best
			if best >= middle {
				before = a - best
			}
			step = golden * before
		}
		x := best + math.Copysign(max(math.Abs(step), near), step)
		y := f(x)
		switch {
		case y <= fBest:
			if x >= best {
				a = best
			} else {
				b = best
			}
			third, fThird = second, fSecond
			second, fSecond = best, fBest
			best, fBest = x, y
			continue
		case x < best:
			a = x
		default:
			b = x
		}
		if y <= fSecond || second == best {
			third, fThird = second, fSecond
			second, fSecond = x, y
		} else if y <= fThird || third == best || third == second {
			third, fThird = x, y
		}
	}
	return best
}
