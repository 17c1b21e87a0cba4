package linear

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
)

// newton minimizes an objective by Newton steps with halving (Nocedal & Wright
// 2006, algorithm 3.2).
type newton struct {
	*objective
	maxIter  int
	tol      float64
	progress func(float64)

	theta   []float64
	steps   int
	idle    int // steps since the objective last fell by more than rounding
	settled bool
}

// maxIdle is how many steps may change the objective by no more than rounding:
// they then wander.
const maxIdle = 10

// restFactor times tol is the error of a score, relative to the largest weight
// where that is above 1, at which newton rests.
const restFactor = 1e-6

// point is a place θ with what a step from there needs.
type point struct {
	theta []float64
	f     float64
	g     []float64
	h     []float64 // the Hessian, where it is formed: size() columns, upper triangle only
	p     []float64 // the rows' probabilities, where they are kept: n for each row of weights
}

// run sets theta, steps and settled. It returns ctx's error soon after its end.
func (n *newton) run(ctx context.Context) error {
	theta, err := n.start(ctx)
	if err != nil {
		return err
	}
	return n.from(ctx, theta)
}

// from is run from the given place.
func (n *newton) from(ctx context.Context, theta []float64) error {
	if n.l != nil && n.size() > maxHessian {
		s, err := newSlider(ctx, n.objective)
		if err != nil {
			return err
		}
		return n.slide(ctx, s, theta)
	}
	s, err := n.newSolver(ctx)
	if err != nil {
		return err
	}
	return n.descend(ctx, s, theta)
}

// descend is from with the given solver.
func (n *newton) descend(ctx context.Context, solver solver, theta []float64) error {
	at, err := solver.look(ctx, theta)
	if err != nil {
		return err
	}
	for ended := false; !ended && n.steps < n.maxIter; {
		n.tell()
		d, err := solver.step(ctx, at)
		if err != nil {
			return err
		}
		n.steps++
		if at, ended, err = n.move(ctx, solver, at, d); err != nil {
			return err
		}
	}
	n.theta = at.theta
	if n.progress != nil {
		n.progress(1)
	}
	return nil
}

// tell reports progress: a fit takes some 8 steps.
func (n *newton) tell() {
	if n.progress != nil {
		n.progress(1 - math.Pow(0.75, float64(n.steps)))
	}
}

// move goes along d as far as lowers the objective enough. It has ended where
// d is too small to matter, or where rounding keeps every step from lowering
// the objective; then the size of the gradient tells whether that is rest.
func (n *newton) move(ctx context.Context, s solver, at *point, d []float64) (next *point, ended bool, err error) {
	// A step d changes no score by more than ‖d‖₁, as no |z| is above 1, and
	// what it leaves is that share of it: quadratic convergence.
	after := floats.Norm(d, math.Inf(1)) * max(s.left(), floats.Norm(d, 1))
	if n.loss != logLoss { // no smooth curve: a step leaves nothing or any share of it
		after = floats.Norm(d, math.Inf(1))
	}
	if after <= restFactor*max(n.tol, 1e-8)*max(1, floats.Norm(at.theta, math.Inf(1))) {
		n.settled = true
		theta := append([]float64(nil), at.theta...)
		floats.Add(theta, d)
		return &point{theta: theta}, true, nil
	}
	// The objective's rounding hides changes smaller than this, and a Newton
	// step that changes so little is to be trusted.
	noise := 1e-13 * at.f
	slope := floats.Dot(at.g, d) + n.kinkedStep(at.theta, d)
	for t := 1.0; t > 1e-10; t /= 2 {
		theta := append([]float64(nil), at.theta...)
		floats.AddScaled(theta, t, d)
		next, err := s.look(ctx, theta)
		if err != nil {
			return nil, false, err
		}
		if next.f > at.f+1e-4*t*slope+noise {
			continue
		}
		if n.idle++; next.f < at.f-noise {
			n.idle = 0
		}
		if n.idle < maxIdle {
			return next, false, nil
		}
		at = next
		break
	}
	n.settled = n.slant(at) <= n.tol*n.total
	return at, true, nil
}

// looker evaluates an objective.
type looker interface {
	// look returns the point at θ, which it keeps.
	look(ctx context.Context, theta []float64) (*point, error)
}

// solver finds Newton steps.
type solver interface {
	looker
	// step returns the d for which Hd = -g at the point.
	step(ctx context.Context, at *point) ([]float64, error)
	// left returns the share of the gradient that the last step left.
	left() float64
}

// maxHessian bounds the Hessian that is formed: its Cholesky factorization
// takes some 60 ms, during which no context is looked at.
const maxHessian = 1000

// newSolver returns the faster solver. Forming the Hessian costs half the
// square of a row's numbers for each pair of classes; a product with it, of
// which a step takes some ten, about six times their number and some forty for
// exponentials, for each class.
func (n *newton) newSolver(ctx context.Context) (solver, error) {
	if n.l != nil {
		return &kinkedDirect{direct{n.objective}}, nil
	}
	if n.size() <= maxHessian {
		numbers := float64(n.numbers())
		pairs := float64(n.outputs*(n.outputs+1)) / 2
		form := pairs * numbers * numbers / 2
		multiply := float64(n.outputs) * (6*numbers + 40)
		if form <= 10*multiply {
			return &direct{n.objective}, nil
		}
	}
	return newIterative(ctx, n.objective)
}
