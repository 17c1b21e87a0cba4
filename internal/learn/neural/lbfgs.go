package neural

import (
	"context"
	"errors"
	"math"

	"gonum.org/v1/gonum/optimize"
)

// lbfgs minimizes the loss of all rows (Liu and Nocedal 1989) until no part of
// the gradient is above tol, a step gains less than 2e-9 of the loss, or
// max_iter steps are done.
func (t *trainer) lbfgs(ctx context.Context) error {
	list := make([]int32, t.rows.n)
	for i := range list {
		list[i] = int32(i)
	}
	e := &evaluator{trainer: t, ctx: ctx, list: list, at: make([]float64, len(t.weights)), grad: make([]float64, len(t.weights))}
	problem := optimize.Problem{
		Func: func(x []float64) float64 { return e.evaluate(x) },
		Grad: func(grad, x []float64) {
			e.evaluate(x)
			copy(grad, e.grad)
		},
	}
	result, err := optimize.Minimize(problem, append([]float64(nil), t.weights...), &optimize.Settings{
		GradientThreshold: t.tol,
		MajorIterations:   t.maxIter,
		Converger:         &optimize.FunctionConverge{Relative: 2.2e-9, Iterations: 1},
		Recorder:          e,
	}, &optimize.LBFGS{Store: 10})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if result == nil || math.IsNaN(result.F) || math.IsInf(result.F, 0) {
		return errTooLarge()
	}
	copy(t.weights, result.X)
	t.loss, t.iterations = result.F, result.MajorIterations
	// A line search that finds no lower point has come to rest as far as
	// float64 can tell.
	t.settled = err != nil || result.Status != optimize.IterationLimit
	return nil
}

// evaluator finds loss and gradient, once for each point.
type evaluator struct {
	*trainer
	ctx   context.Context
	list  []int32
	at    []float64
	known bool
	value float64
	grad  []float64
}

// evaluate returns the loss at x and sets grad. After the context's end it
// returns at once, since what it says no longer counts.
func (e *evaluator) evaluate(x []float64) float64 {
	if e.known && equal(x, e.at) {
		return e.value
	}
	copy(e.at, x)
	copy(e.weights, x)
	e.known = true
	value, err := e.gradient(e.ctx, e.grad, e.list)
	if err != nil {
		value = math.Inf(1)
	}
	e.value = value
	return value
}

func equal(a, b []float64) bool {
	for i, v := range a {
		if v != b[i] {
			return false
		}
	}
	return true
}

var errEnded = errors.New("neural: the context has ended")

// Init does nothing.
func (e *evaluator) Init() error { return nil }

// Record ends the search once the context has ended.
func (e *evaluator) Record(_ *optimize.Location, op optimize.Operation, stats *optimize.Stats) error {
	if e.ctx.Err() != nil {
		return errEnded
	}
	if op == optimize.MajorIteration && e.progress != nil {
		e.progress(math.Min(float64(stats.MajorIterations)/float64(e.maxIter), 1))
	}
	return nil
}
