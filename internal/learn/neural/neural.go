package neural

import (
	"context"
	"math"
	"math/rand/v2"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// Learner is the catalog entry for multi-layer perceptrons.
var Learner = learn.Learner{
	Name:    "multi_layer_perceptron",
	Title:   "Neural network",
	Summary: "Layers of weighted sums that bend to the data; for smooth relations of many columns, given many rows.",
	Cost:    "Among the slowest to train, and its parameters matter: try several. Cannot say why it predicts what it does.",
	Tasks:   []learn.Task{learn.Classification, learn.Regression},
	Exports: []learn.Format{learn.Sklearn},
	Scale:   true,
	Weighs:  true,
	New:     func(t learn.Task) learn.Estimator { return &perceptron{task: t} },
	Model: func(t learn.Task) learn.Model {
		if t == learn.Classification {
			return new(Classifier)
		}
		return new(Regressor)
	},
}

type perceptron struct {
	task learn.Task
	settings
}

// settings are the parameters, which have scikit-learn's names, defaults and
// meanings and are kept in a model.
type settings struct {
	hidden             []int
	activation, solver string
	alpha              float64
	batch              int // 0 is auto
	schedule           string
	rate, powerT       float64
	momentum           float64
	nesterov           bool
	maxIter            int
	shuffle            bool
	tol                float64
	early              bool
	validation         float64
	beta1, beta2       float64
	epsilon            float64
	patience           int
}

// The choices of activation, solver and learning_rate.
const (
	relu, tanh, logistic, identity = "relu", "tanh", "logistic", "identity"

	adam, sgd, lbfgs = "adam", "sgd", "lbfgs"

	steady, invscaling, adaptive = "constant", "invscaling", "adaptive"
)

// below1 is the largest number below 1, where 1 itself is excluded.
const below1 = 1 - 0x1p-53

// Params declares the parameters.
func (m *perceptron) Params(s *param.Set) {
	s.Ints(&m.hidden, "hidden_layer_sizes", []int{100}, param.Between(1, 4000),
		"How many neurons each hidden layer has, from the first on: 100, or 64, 32. More can follow finer shapes, and overfit.")
	s.Choice(&m.activation, "activation", relu, []string{relu, tanh, logistic, identity},
		"How a neuron bends its sum: relu cuts below 0, tanh and logistic are S-shaped, identity does not bend.")
	s.Choice(&m.solver, "solver", adam, []string{adam, sgd, lbfgs},
		"adam and sgd step after each batch of rows, sgd with steps of a length to be tried; lbfgs looks at all rows for each step, and is often better with few rows.")
	s.Float(&m.alpha, "alpha", 1e-4, param.AtLeast(0), "Penalty on large weights, against overfitting.")
	s.MaybeInt(&m.batch, "batch_size", param.AtLeast(1), "Rows in a batch of adam or sgd; none takes 200, or all rows where there are fewer.")
	s.Float(&m.rate, "learning_rate_init", 1e-3, param.Above(0), "How long the steps of adam and the first ones of sgd are.")
	s.Choice(&m.schedule, "learning_rate", steady, []string{steady, invscaling, adaptive},
		"How the steps of sgd go on: constant, shorter with each round by power_t (invscaling), or a fifth as long whenever sgd would stop (adaptive).")
	s.Float(&m.powerT, "power_t", 0.5, param.AtLeast(0), "Power of the rows seen by which invscaling shortens steps.")
	s.Float(&m.momentum, "momentum", 0.9, param.Between(0, 1), "Share of its last step that sgd keeps in the next.")
	s.Bool(&m.nesterov, "nesterovs_momentum", true, "sgd looks one step ahead.")
	s.Int(&m.maxIter, "max_iter", 200, param.Between(1, 100_000), "Most rounds through the rows (adam, sgd) or steps (lbfgs).")
	s.Bool(&m.shuffle, "shuffle", true, "Take the rows in a new order in each round of adam or sgd.")
	s.Float(&m.tol, "tol", 1e-4, param.AtLeast(0), "A round that improves by less counts as none.")
	s.Int(&m.patience, "n_iter_no_change", 10, param.AtLeast(1), "Rounds of adam or sgd without improvement before it stops.")
	s.Bool(&m.early, "early_stopping", false, "Set rows aside and stop adam or sgd when the score on them no longer improves; the best weights are kept.")
	s.Float(&m.validation, "validation_fraction", 0.1, param.Range{Min: 0, Max: below1, Open: true}, "Share of the rows that early_stopping sets aside.")
	s.Float(&m.beta1, "beta_1", 0.9, param.Between(0, below1), "How slowly adam forgets gradients.")
	s.Float(&m.beta2, "beta_2", 0.999, param.Between(0, below1), "How slowly adam forgets squares of gradients.")
	s.Float(&m.epsilon, "epsilon", 1e-8, param.Above(0), "Keeps adam from dividing by 0.")
}

const (
	// largest bounds numbers so that their products stay finite.
	largest = 1e100
	// maxWeights bounds the weights, of which a fit holds some six copies.
	maxWeights = 20_000_000
	// maxLayers bounds the hidden layers.
	maxLayers = 20
)

// The random streams of a seed.
const (
	streamInit = iota
	streamShuffle
	streamSplit
)

// Fit finds the weights. Where a number is predicted that is always the same,
// they are 0 and the last intercept is that number, which is the least loss.
func (m *perceptron) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := m.check(d); err != nil {
		return nil, err
	}
	n := newNet(d.X, m.hidden, m.activation, d.Classes)
	t := &trainer{settings: &m.settings, net: n, workers: max(d.Workers, 1), progress: d.Progress, clock: d.Clock}
	var err error
	if t.rows, err = newRows(ctx, n, d); err != nil {
		return nil, err
	}
	if value, ok := constant(d); ok {
		n.bias[len(n.bias)-1][0] = value
		t.settled = true
	} else {
		n.start(rand.New(rand.NewPCG(d.Seed, streamInit)))
		if err := t.train(ctx, d.Seed); err != nil {
			return nil, err
		}
	}
	return m.model(t, d)
}

// check refuses what is too large, before any of it is made.
func (m *perceptron) check(d learn.Data) error {
	if len(m.hidden) > maxLayers {
		return problem.Field("hidden_layer_sizes", "hidden_layer_sizes has %d layers; at most %d are possible.", len(m.hidden), maxLayers).
			WithHint("Name fewer layers; two or three are many.")
	}
	if n := weightsOf(layers(d.X.Cols, m.hidden, d.Classes)); n > maxWeights {
		return problem.Field("hidden_layer_sizes", "The network would have %d weights; at most %d are possible.", n, maxWeights).
			WithHint("Choose smaller layers, or leave out columns with many different texts.")
	}
	for _, b := range d.X.Blocks {
		for _, x := range b.Dense {
			if math.Abs(x) > largest {
				return errTooLarge()
			}
		}
	}
	for _, y := range d.Y {
		if math.Abs(y) > largest {
			return errTooLarge()
		}
	}
	return nil
}

func errTooLarge() error {
	return problem.New(problem.Invalid, "The numbers are too large for a neural network.").WithHint("Scale the columns.")
}

// errTooLarge says what may have led to weights beyond float64.
func (s *settings) errTooLarge() error {
	if s.solver != sgd && (s.solver != adam || s.rate <= 1) {
		return errTooLarge()
	}
	return problem.Field("learning_rate_init", "The weights grow beyond all bounds with steps of %g.", s.rate).
		WithHint("Choose a smaller learning_rate_init, or scale the columns.")
}

// constant returns the one target that rows of some weight have, if numbers are
// predicted and all have the same.
func constant(d learn.Data) (value float64, ok bool) {
	if d.Classes > 0 {
		return 0, false
	}
	first := true
	for i, y := range d.Y {
		if d.Weights != nil && d.Weights[i] == 0 {
			continue
		}
		if !first && y != value {
			return 0, false
		}
		value, first = y, false
	}
	return value, !first
}

// model returns the trained net as a model, unless its weights are beyond
// float64.
func (m *perceptron) model(t *trainer, d learn.Data) (learn.Model, error) {
	for _, w := range append(t.net.weights, t.loss) {
		if math.IsInf(w, 0) || math.IsNaN(w) {
			return nil, t.errTooLarge()
		}
	}
	base := model{net: t.net, settings: m.settings, seed: d.Seed, iterations: t.iterations, seen: t.seen, loss: t.loss, settled: t.settled}
	if m.task == learn.Classification {
		return &Classifier{base}, nil
	}
	return &Regressor{base}, nil
}
