package linear

import (
	"context"
	"math"
	"sync"

	"gonum.org/v1/gonum/floats"
)

// margins minimizes ½Σλθ² + Σwξ where for each side of each row
// σ·zᵀθ ≥ b - ξ and ξ ≥ 0, by Mehrotra's predictor-corrector steps of a
// primal-dual interior-point method (Ferris & Munson 2002): each takes one gram
// matrix of the design, and a fit some 20 to 40 of them, whatever the number of
// rows is.
type margins struct {
	*objective // its penalty and design; the loss is that of the sides
	sides      []side
	maxIter    int
	tol        float64
	progress   func(float64)

	theta   []float64
	steps   int
	settled bool
}

// side is one constraint of each row, with its slack s, its price alpha, what
// that leaves of the row's weight, and the last step of s, ξ and the price.
type side struct {
	sign, b            []float64
	s, xi, alpha, rest []float64
	ds, dxi, da        []float64
	off                []float64 // s - (σzᵀθ - b + ξ): rounding's share
}

// hinge returns the sides of the loss max(0, 1-yd), where a y of 0 means -1.
func hinge(y []float64) []side {
	sign, b := make([]float64, len(y)), make([]float64, len(y))
	for i, y := range y {
		sign[i], b[i] = 2*y-1, 1
	}
	return []side{{sign: sign, b: b}}
}

// tube returns the sides of the loss max(0, |d-y|-ε).
func tube(y []float64, epsilon float64) []side {
	n := len(y)
	over, under := side{sign: make([]float64, n), b: make([]float64, n)}, side{sign: make([]float64, n), b: make([]float64, n)}
	for i, y := range y {
		over.sign[i], over.b[i] = 1, y-epsilon
		under.sign[i], under.b[i] = -1, -y-epsilon
	}
	return []side{over, under}
}

// newMargins starts within all bounds. It returns ctx's error soon after its
// end: of many rows, even the room for what is kept of each takes a while.
func newMargins(ctx context.Context, o *objective, sides []side, maxIter int, tol float64, progress func(float64)) (*margins, error) {
	m := &margins{objective: o, sides: sides, maxIter: maxIter, tol: tol, progress: progress, theta: make([]float64, o.cols)}
	for k := range sides {
		if err := sides[k].start(ctx, o.weight); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// start goes to a point within all bounds, at θ = 0.
func (c *side) start(ctx context.Context, weight []float64) error {
	n := len(c.b)
	for _, v := range []*[]float64{&c.s, &c.xi, &c.alpha, &c.rest, &c.ds, &c.dxi, &c.da, &c.off} {
		if err := ctx.Err(); err != nil {
			return err
		}
		*v = make([]float64, n)
	}
	for i, b := range c.b {
		if i%(16*tileRows) == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c.xi[i] = max(b, 0) + 1
		c.s[i] = c.xi[i] - b
		c.alpha[i] = 0.5
		if weight != nil {
			c.alpha[i] *= weight[i]
		}
		c.rest[i] = c.alpha[i]
	}
	return nil
}

// gap returns Σ(αs + (w-α)ξ), which falls to 0.
func (m *margins) gap() float64 {
	sum := 0.0
	for k := range m.sides {
		c := &m.sides[k]
		for i, a := range c.alpha {
			sum += a*c.s[i] + c.rest[i]*c.xi[i]
		}
	}
	return sum
}

// cost returns the objective, of what slack the rows have.
func (m *margins) cost() float64 {
	sum := 0.0
	for j, v := range m.theta {
		sum += m.lambda[j] * v * v / 2
	}
	for k := range m.sides {
		c := &m.sides[k]
		for i, xi := range c.xi {
			sum += (c.alpha[i] + c.rest[i]) * xi
		}
	}
	return sum
}

// leastGap is the share of the objective at which the gap is rounding; at
// marginFactor times tol of it the fit rests.
const (
	leastGap     = 1e-14
	marginFactor = 1e-9
)

// run sets theta, steps and settled.
func (m *margins) run(ctx context.Context) error {
	goal := max(marginFactor*m.tol, leastGap)
	best := math.Inf(1)
	for m.steps < m.maxIter {
		gap := m.gap()
		if m.settled = gap <= goal*m.cost(); m.settled {
			break
		}
		// Rounding ends progress before the goal where columns are hard to tell
		// apart; what is left then is far below tol.
		if gap > best*0.9 && gap <= math.Sqrt(goal)*m.cost() {
			m.settled = true
			break
		}
		best = min(best, gap)
		if err := m.step(ctx, gap); err != nil {
			return err
		}
		m.steps++
		if m.progress != nil {
			m.progress(1 - math.Pow(0.9, float64(m.steps)))
		}
	}
	if m.progress != nil {
		m.progress(1)
	}
	return nil
}

// step looks where the gap would be closed at once, and from that how far to
// keep from the bounds.
func (m *margins) step(ctx context.Context, gap float64) error {
	h, rhs, err := m.system(ctx)
	if err != nil {
		return err
	}
	chol, err := newCholesky(ctx, h, m.cols)
	if err != nil {
		return err
	}
	chol.solve(rhs)
	length, err := m.turn(ctx, rhs, 0, false)
	if err != nil {
		return err
	}
	count := float64(len(m.sides) * m.rows)
	share := m.gapAfter(length) / gap
	target := gap / count * share * share * share
	if rhs, err = m.corrected(ctx, target); err != nil {
		return err
	}
	chol.solve(rhs)
	if length, err = m.turn(ctx, rhs, target, true); err != nil {
		return err
	}
	// Steps of almost the full length near the end, where they square the gap.
	length = min(1, length*max(0.9, 1-share))
	floats.AddScaled(m.theta, length, rhs)
	for k := range m.sides {
		c := &m.sides[k]
		floats.AddScaled(c.s, length, c.ds)
		floats.AddScaled(c.xi, length, c.dxi)
		floats.AddScaled(c.alpha, length, c.da)
		floats.AddScaled(c.rest, -length, c.da)
	}
	return nil
}

// gapAfter returns the gap after a step of the given length.
func (m *margins) gapAfter(t float64) float64 {
	sum := 0.0
	for k := range m.sides {
		c := &m.sides[k]
		for i, a := range c.alpha {
			d := t * c.da[i]
			sum += (a+d)*(c.s[i]+t*c.ds[i]) + (c.rest[i]-d)*(c.xi[i]+t*c.dxi[i])
		}
	}
	return sum
}

// aims returns, for row i, by how much its two products are to change.
func (c *side) aims(i int, target float64, correct bool) (s, xi float64) {
	s, xi = target-c.alpha[i]*c.s[i], target-c.rest[i]*c.xi[i]
	if correct {
		s -= c.da[i] * c.ds[i]
		xi += c.da[i] * c.dxi[i]
	}
	return s, xi
}

// slope returns, for row i, D = s/α + ξ/(w-α) and D times what the price's step
// would be if θ stayed.
func (c *side) slope(i int, target float64, correct bool) (d, q float64) {
	s, xi := c.aims(i, target, correct)
	return c.s[i]/c.alpha[i] + c.xi[i]/c.rest[i], s/c.alpha[i] - xi/c.rest[i] + c.off[i]
}

// system returns the matrix Λ + Zᵀ(ΣD⁻¹)Z and the right-hand side of the step
// that closes the gap at once.
func (m *margins) system(ctx context.Context) (h, rhs []float64, err error) {
	q := m.cols
	sums, err := m.sum(ctx, m.workers, q*q+q, m.numbers()*m.numbers(), func() worker {
		p, score, pull, w := m.newPanels(), make([]float64, tileRows), make([]float64, tileRows), make([]float64, tileRows)
		return func(t *tile, sums []float64) {
			m.spread(score[:t.n], t, m.theta)
			clear(pull)
			clear(w)
			for k := range m.sides {
				c := &m.sides[k]
				for i := range t.n {
					r := t.lo + i
					c.off[r] = c.s[r] - (c.sign[r]*score[i] - c.b[r] + c.xi[r])
					d, q := c.slope(r, 0, false)
					w[i] += 1 / d
					pull[i] += c.sign[r] * (c.alpha[r] + q/d)
				}
			}
			m.gram(sums[:q*q], t, w[:t.n], p)
			m.project(sums[q*q:], t, pull[:t.n])
		}
	})
	if err != nil {
		return nil, nil, err
	}
	for j, l := range m.lambda {
		sums[j*(q+1)] += l
		sums[q*q+j] -= l * m.theta[j]
	}
	return sums[:q*q], sums[q*q:], nil
}

// corrected returns the right-hand side of the step towards a target for each
// product, corrected by the last step's own products.
func (m *margins) corrected(ctx context.Context, target float64) ([]float64, error) {
	rhs, err := m.sum(ctx, m.workers, m.cols, m.numbers(), func() worker {
		pull := make([]float64, tileRows)
		return func(t *tile, sums []float64) {
			clear(pull)
			for k := range m.sides {
				c := &m.sides[k]
				for i := range t.n {
					r := t.lo + i
					d, q := c.slope(r, target, true)
					pull[i] += c.sign[r] * (c.alpha[r] + q/d)
				}
			}
			m.project(sums, t, pull[:t.n])
		}
	})
	if err != nil {
		return nil, err
	}
	for j, l := range m.lambda {
		rhs[j] -= l * m.theta[j]
	}
	return rhs, nil
}

// turn sets the sides' steps to those that go with the step d of θ, and returns
// the length at which the first of them meets a bound, at most 1.
func (m *margins) turn(ctx context.Context, d []float64, target float64, correct bool) (float64, error) {
	length, mu := 1.0, sync.Mutex{}
	_, err := m.sum(ctx, m.workers, 1, m.numbers(), func() worker {
		score := make([]float64, tileRows)
		return func(t *tile, _ []float64) {
			m.spread(score[:t.n], t, d)
			own := 1.0
			for k := range m.sides {
				c := &m.sides[k]
				for i := range t.n {
					own = min(own, c.turn(t.lo+i, score[i], target, correct))
				}
			}
			mu.Lock()
			length = min(length, own)
			mu.Unlock()
		}
	})
	return length, err
}

// turn sets the step of row i, whose score changes by score.
func (c *side) turn(i int, score, target float64, correct bool) float64 {
	s, xi := c.aims(i, target, correct)
	d, q := c.slope(i, target, correct)
	da := (q - c.sign[i]*score) / d
	c.da[i] = da
	c.ds[i] = (s - c.s[i]*da) / c.alpha[i]
	c.dxi[i] = (xi + c.xi[i]*da) / c.rest[i]
	return min(reach(c.alpha[i], da), reach(c.rest[i], -da), reach(c.s[i], c.ds[i]), reach(c.xi[i], c.dxi[i]))
}

// reach returns how far x can go along d before it is 0, at most 1.
func reach(x, d float64) float64 {
	if d >= 0 || x > -d {
		return 1
	}
	return x / -d
}
