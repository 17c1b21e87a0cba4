package linear

import (
	"context"
	"math"
	"slices"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// SVM is the catalog entry for linear support vector machines.
var SVM = learn.Learner{
	Name:    "linear_svm",
	Title:   "Linear support vector machine",
	Summary: "Weighs the columns so that classes lie apart with a margin, or numbers within a tube; rows beyond it do not count.",
	Cost:    "Fast; tells no probabilities. Sees no curves and no columns that act together.",
	Tasks:   []learn.Task{learn.Classification, learn.Regression},
	Exports: []learn.Format{learn.Sklearn},
	Scale:   true,
	Weighs:  true,
	New: func(t learn.Task) learn.Estimator {
		if t == learn.Regression {
			return new(svr)
		}
		return new(svc)
	},
	Model: func(t learn.Task) learn.Model {
		if t == learn.Regression {
			return new(SVRModel)
		}
		return new(SVCModel)
	},
}

// machine holds the parameters that both tasks have.
type machine struct {
	c            float64
	tol          float64
	maxIter      int
	fitIntercept bool
	scaling      float64
}

func (v *machine) params(s *param.Set) {
	s.Float(&v.c, "C", 1, param.Above(0), "Freedom of the weights: small values hold them near 0, against overfitting.")
	s.Float(&v.tol, "tol", 1e-4, param.AtLeast(0), "How near to rest is near enough; smaller takes a step more.")
	s.Int(&v.maxIter, "max_iter", 1000, param.Between(1, 1_000_000), "Most steps to take; a fit seldom needs more than 40.")
	s.Bool(&v.fitIntercept, "fit_intercept", true, "Learn a base score; off, the boundary goes through the origin.")
	s.Float(&v.scaling, "intercept_scaling", 1, param.Above(0), "The base score is held near 0 as the weights are, but by the square of this less.")
}

// The choices of loss, in scikit-learn's words.
const (
	hingeLoss        = "hinge"
	squaredHingeLoss = "squared_hinge"
	tubeLoss         = "epsilon_insensitive"
	squaredTubeLoss  = "squared_epsilon_insensitive"
)

var (
	classLosses  = []string{squaredHingeLoss, hingeLoss}
	numberLosses = []string{tubeLoss, squaredTubeLoss}
)

// svc minimizes ½‖β‖² + ½(β₀/s)² + CΣ max(0, 1-y(β₀+xᵀβ))² or the sum of
// these without the square, weighted by row, with y = ±1 and the
// intercept_scaling s: scikit-learn's LinearSVC. Of more than two classes, each
// is told from all others.
type svc struct {
	machine
	loss        string
	classWeight learn.ClassWeight
}

// Params declares the parameters, with scikit-learn's defaults.
func (v *svc) Params(s *param.Set) {
	v.params(s)
	s.Choice(&v.loss, "loss", squaredHingeLoss, classLosses, "What a row within the margin or beyond costs: squared_hinge grows faster with the distance.")
	v.classWeight.Param(s)
}

// svr minimizes ½‖β‖² + ½(β₀/s)² + CΣ max(0, |y-β₀-xᵀβ|-ε) or the sum of these
// squared, weighted by row: scikit-learn's LinearSVR.
type svr struct {
	machine
	epsilon float64
	loss    string
}

// Params declares the parameters, with scikit-learn's defaults.
func (v *svr) Params(s *param.Set) {
	s.Float(&v.epsilon, "epsilon", 0, param.AtLeast(0), "Errors up to this size, in the target's unit, cost nothing.")
	v.params(s)
	s.Choice(&v.loss, "loss", tubeLoss, numberLosses, "What an error beyond epsilon costs: epsilon_insensitive withstands outliers, the squared one grows faster.")
}

// design returns X's design for a machine: columns keep their zero, as the
// intercept is penalized, and the last number column is of ones.
func (v *machine) design(ctx context.Context, d learn.Data) (*design, error) {
	var extra []number
	if v.fitIntercept {
		extra = []number{{scale: 1}}
	}
	return newDesign(ctx, d.Workers, d.X, d.Weights, false, penaltyScale, extra...)
}

// objective returns a problem in the design's units, C being c.
func (v *machine) objective(z *design, d learn.Data, y []float64, c float64) *objective {
	o := newObjective(z, learn.Data{Y: y, Classes: 2, Workers: d.Workers}, 0, 1/c, v.fitIntercept)
	if o.base >= 0 {
		o.lambda[o.base] = math.Min(1/(c*v.scaling*v.scaling), 1e300)
	}
	return o
}

// solution is what a fit of one score comes to.
type solution struct {
	weights   []float64
	intercept float64
	steps     int
	settled   bool
}

// solve minimizes an objective whose losses are squared or, with margins, not.
func (v *machine) solve(ctx context.Context, o *objective, sides []side, cols int, progress func(float64)) (solution, error) {
	var s solution
	theta, err := []float64(nil), error(nil)
	if sides == nil {
		n := newton{objective: o, maxIter: v.maxIter, tol: v.tol, progress: progress}
		err = n.run(ctx)
		theta, s.steps, s.settled = n.theta, n.steps, n.settled
	} else {
		m, err := newMargins(ctx, o, sides, v.maxIter, v.tol, progress)
		if err == nil {
			err = m.run(ctx)
		}
		if err != nil {
			return s, err
		}
		theta, s.steps, s.settled = m.theta, m.steps, m.settled
	}
	if err != nil {
		return s, err
	}
	s.weights, s.intercept = o.unscale(theta, cols)
	return s, nil
}

// Fit finds the weights of each score by Newton steps for squared losses, by an
// interior-point method for others; see margins.
func (v *svc) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m := &SVCModel{machine: v.machine, Loss: v.loss, ClassWeight: v.classWeight, Settled: true}
	if err := tooMany(d.X.Cols, v.loss == hingeLoss); err != nil {
		return nil, err
	}
	d = counted(d)
	z, err := v.design(ctx, d)
	if err != nil {
		return nil, err
	}
	outputs := d.Classes
	if outputs == 2 {
		outputs = 1
	}
	for c := range outputs {
		y := told(d.Y, max(c, 2-outputs))
		o := v.objective(z.weighted(v.weights(d, y)), d, y, v.c)
		o.loss = squaredHinge
		var sides []side
		if v.loss == hingeLoss {
			sides = hinge(y)
		}
		s, err := v.solve(ctx, o, sides, d.X.Cols, shareOf(d.Progress, c, outputs))
		if err != nil {
			return nil, err
		}
		m.Coef, m.Intercept = append(m.Coef, s.weights), append(m.Intercept, s.intercept)
		m.Iterations, m.Settled = max(m.Iterations, s.steps), m.Settled && s.settled
	}
	if err := finite(m.Coef, m.Intercept); err != nil {
		return nil, err
	}
	return m, nil
}

// told returns 1 for each row of the class, 0 for others.
func told(classes []float64, own int) []float64 {
	y := make([]float64, len(classes))
	for i, c := range classes {
		if c == float64(own) {
			y[i] = 1
		}
	}
	return y
}

// weights returns how much rows count where those with a y of 1 are told from
// the others. As in scikit-learn, one of several classes brings its weight with
// it, and those that it is told from leave theirs.
func (v *svc) weights(d learn.Data, y []float64) []float64 {
	all := balance(d, v.classWeight).Weights
	if d.Classes == 2 || v.classWeight != learn.Balanced || all == nil {
		return all
	}
	w := slices.Clone(all)
	for i := range w {
		switch {
		case y[i] == 1:
		case d.Weights == nil:
			w[i] = 1
		default:
			w[i] = d.Weights[i]
		}
	}
	return w
}

// shareOf returns the progress of part c of n.
func shareOf(progress func(float64), c, n int) func(float64) {
	if progress == nil {
		return nil
	}
	return func(share float64) { progress((float64(c) + share) / float64(n)) }
}

// maxMargins bounds the columns of a loss that is not squared.
const maxMargins = 2000

// tooMany returns the *problem.Error for more columns than margins takes.
func tooMany(cols int, margins bool) error {
	if cols > maxWeights || margins && cols > maxMargins {
		return problem.New(problem.Invalid, "This loss takes at most %d columns after encoding, and this data has %d.", maxMargins, cols).
			WithHint("Choose the squared loss, or leave out columns with many different texts.")
	}
	return nil
}

// finite returns the *problem.Error for weights that are beyond float64.
func finite(rows [][]float64, intercepts []float64) error {
	for _, x := range slices.Concat(append(rows, intercepts)...) {
		if math.IsInf(x, 0) || math.IsNaN(x) {
			return problem.New(problem.Invalid, "The numbers are too large or too small to weigh.").WithHint("Scale the columns.")
		}
	}
	return nil
}

// Fit finds the weights by Newton steps for the squared loss, by an
// interior-point method for the other; see margins. A target of one number is
// predicted to be it, though the penalty of the intercept would have less.
func (v *svr) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := tooMany(d.X.Cols, v.loss == tubeLoss); err != nil {
		return nil, err
	}
	d = counted(d)
	z, err := v.design(ctx, d)
	if err != nil {
		return nil, err
	}
	// The target is scaled to about 1, and with it ε and the weights; a loss
	// that is not squared then counts less, by C.
	target := newNumber(d.Y, nil, false, penaltyScale)
	m := &SVRModel{machine: v.machine, Loss: v.loss, Epsilon: v.epsilon, Settled: true}
	if low, high := limits(d.Y); low == high && v.fitIntercept {
		m.RegressionModel = RegressionModel{Coef: make([]float64, d.X.Cols), Intercept: low, FitIntercept: true}
		return m, nil
	}
	y, c, epsilon := make([]float64, len(d.Y)), v.c, v.epsilon*target.scale
	for i, t := range d.Y {
		y[i] = t * target.scale
	}
	if v.loss == tubeLoss {
		c *= target.scale
	}
	o := v.objective(z, d, y, c)
	o.loss, o.epsilon = squaredTube, epsilon
	var sides []side
	if v.loss == tubeLoss {
		sides = tube(y, epsilon)
	}
	s, err := v.solve(ctx, o, sides, d.X.Cols, d.Progress)
	if err != nil {
		return nil, err
	}
	m.Iterations, m.Settled = s.steps, s.settled
	m.RegressionModel = RegressionModel{Coef: s.weights, Intercept: s.intercept / target.scale, FitIntercept: v.fitIntercept}
	for j := range m.Coef {
		m.Coef[j] /= target.scale
	}
	if err := finite([][]float64{m.Coef}, []float64{m.Intercept}); err != nil {
		return nil, err
	}
	return m, nil
}
