package neural

import (
	"math"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/learntest"
)

// golden is one case of testdata/golden.py. Start and End are the weights of
// the layers, each followed by its intercepts.
type golden struct {
	learntest.Golden
	Start, End []float64
	Loss       float64
	Rounds     int
}

// fit trains from scikit-learn's first weights.
func (g *golden) fit(t *testing.T, workers int) *trainer {
	t.Helper()
	d := g.Data()
	task := learn.Classification
	if g.Classes == 0 {
		task = learn.Regression
	}
	m := learntest.Configure(t, Learner, task, g.Params).(*perceptron)
	n := newNet(d.X, m.hidden, m.activation, d.Classes)
	if len(n.weights) != len(g.Start) {
		t.Fatalf("%d weights, want %d", len(n.weights), len(g.Start))
	}
	out := n.sizes[1]
	copy(n.weights, g.Start)
	for j := range n.sizes[0] {
		copy(n.coef[0][n.input(j)*out:][:out], g.Start[j*out:])
	}
	r, err := newRows(t.Context(), n, d)
	if err != nil {
		t.Fatal(err)
	}
	tr := &trainer{settings: &m.settings, net: n, workers: workers, rows: r}
	if err := tr.train(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	return tr
}

// TestGolden compares every weight after many steps of Adam and
// of descent with momentum with scikit-learn's. Both round differently, and each step builds on the last, so
// the tolerance is far above that of one sum.
func TestGolden(t *testing.T) {
	const tol = 1e-9
	for _, g := range learntest.ReadGolden[golden](t, "testdata/weights.json") {
		t.Run(g.Name, func(t *testing.T) {
			if g.Params["solver"] == lbfgs {
				checkMinimum(t, &g)
				return
			}
			tr := g.fit(t, 2)
			if tr.iterations != g.Rounds {
				t.Errorf("%d rounds, want %d", tr.iterations, g.Rounds)
			}
			learntest.WantNear(t, "loss", []float64{tr.loss}, []float64{g.Loss}, tol*max(1, g.Loss))
			out := tr.sizes[1]
			want := append([]float64(nil), g.End...)
			for j := range tr.sizes[0] {
				copy(want[tr.input(j)*out:][:out], g.End[j*out:])
			}
			learntest.WantNear(t, "weight", tr.weights, want, tol)
			base := model{net: tr.net, settings: *tr.settings}
			if g.Classes > 0 {
				g.Check(t, &Classifier{base}, tol)
			} else {
				g.Check(t, &Regressor{base}, tol)
			}
		})
	}
}

// checkMinimum checks that L-BFGS comes to rest as low as scikit-learn's does
// from the same start. The way there depends on the line search.
func checkMinimum(t *testing.T, g *golden) {
	tr := g.fit(t, 2)
	if !tr.settled {
		t.Errorf("it does not settle in %d steps", tr.iterations)
	}
	if !(tr.loss <= g.Loss*(1+1e-5)) {
		t.Errorf("the loss is %v after %d steps, want at most %v", tr.loss, tr.iterations, g.Loss)
	}
	grad := make([]float64, len(tr.weights))
	list := make([]int32, tr.rows.n)
	for i := range list {
		list[i] = int32(i)
	}
	if loss, err := tr.gradient(t.Context(), grad, list); err != nil || loss != tr.loss {
		t.Errorf("the weights have the loss %v (%v), not %v", loss, err, tr.loss)
	}
	if size := learntest.Largest(grad); size > 1e-3 {
		t.Errorf("the gradient is %v at rest", size)
	}
}

// TestGradient compares the gradient with differences of the loss, for nets of
// every activation and task.
func TestGradient(t *testing.T) {
	for _, activation := range []string{relu, tanh, logistic, identity} {
		for _, k := range []int{0, 2, 4} {
			d := learntest.Mixed(3, 30, 3, []int{4}, k)
			d.Weights = make([]float64, 30)
			for i := range d.Weights {
				d.Weights[i] = float64(i % 4)
			}
			task := learn.Regression
			if k > 0 {
				task = learn.Classification
			}
			m := learntest.Configure(t, Learner, task, map[string]any{"alpha": 0.7}).(*perceptron)
			n := newNet(d.X, []int{5, 4}, activation, k)
			n.start(newRandom(9))
			r, err := newRows(t.Context(), n, d)
			if err != nil {
				t.Fatal(err)
			}
			tr := &trainer{settings: &m.settings, net: n, workers: 1, rows: r}
			list := make([]int32, 30)
			for i := range list {
				list[i] = int32(i)
			}
			grad, other := make([]float64, len(n.weights)), make([]float64, len(n.weights))
			loss := func(dst []float64) float64 {
				l, err := tr.gradient(t.Context(), dst, list)
				if err != nil {
					t.Fatal(err)
				}
				return l
			}
			loss(grad)
			for i := range n.weights {
				const h = 1e-6
				was := n.weights[i]
				n.weights[i] = was + h
				up := loss(other)
				n.weights[i] = was - h
				down := loss(other)
				n.weights[i] = was
				if want := (up - down) / (2 * h); math.Abs(grad[i]-want) > 1e-7 {
					t.Fatalf("%s of %d classes: the loss changes by %v with weight %d, the gradient says %v", activation, k, want, i, grad[i])
				}
			}
		}
	}
}

// TestScores compares the mean test score of five seeds with that of
// scikit-learn's.
func TestScores(t *testing.T) {
	type scored struct {
		learntest.Golden
		Score float64
	}
	for _, g := range learntest.ReadGolden[scored](t, "testdata/scores.json") {
		t.Run(g.Name, func(t *testing.T) {
			t.Parallel()
			d := g.Data()
			var train, test []int
			for i := range d.Y {
				if i%3 == 0 {
					test = append(test, i)
				} else {
					train = append(train, i)
				}
			}
			mean := 0.0
			for seed := range 5 {
				fit := learn.Data{X: d.X.Take(train), Y: take(d.Y, train), Classes: d.Classes, Workers: 1, Seed: uint64(seed)}
				m := learntest.Fit(t, Learner, fit, g.Params)
				mean += score(learntest.Predict(m, d.X.Take(test)), take(d.Y, test), d.Classes) / 5
			}
			t.Logf("mean score %.4f, scikit-learn %.4f", mean, g.Score)
			if mean < g.Score-0.01 {
				t.Errorf("the mean score is %.4f, scikit-learn's %.4f", mean, g.Score)
			}
		})
	}
}

func take(y []float64, rows []int) []float64 {
	out := make([]float64, len(rows))
	for i, r := range rows {
		out[i] = y[r]
	}
	return out
}

// score returns accuracy, or R².
func score(got, want []float64, classes int) float64 {
	mean, right, off, spread := 0.0, 0.0, 0.0, 0.0
	n := float64(len(got))
	for _, y := range want {
		mean += y / n
	}
	for i, y := range want {
		if got[i] == y {
			right += 1 / n
		}
		off += (got[i] - y) * (got[i] - y)
		spread += (y - mean) * (y - mean)
	}
	if classes > 0 {
		return right
	}
	return 1 - off/spread
}

// TestMultiply checks the products of all shapes and views against the
// definition.
func TestMultiply(t *testing.T) {
	random := newRandom(5)
	var w multiplier
	for _, m := range []int{1, 3, 4, 9} {
		for _, k := range []int{0, 1, 6} {
			for _, n := range []int{1, 8, 19} {
				for view := range 8 {
					a, b := make([]float64, m*k), make([]float64, k*n)
					for i := range a {
						a[i] = random.NormFloat64()
					}
					for i := range b {
						b[i] = random.NormFloat64()
					}
					left, right := rowMajor(a, m, k), rowMajor(b, k, n)
					if view&1 > 0 {
						left = rowMajor(a, k, m).transposed()
					}
					if view&2 > 0 {
						right = rowMajor(b, n, k).transposed()
					}
					got, was := make([]float64, m*n), 0.0
					for i := range got {
						got[i] = 7
					}
					if view&4 > 0 {
						was = 7
					}
					w.multiply(got, left, right, view&4 > 0)
					for i := range m {
						for j := range n {
							want := was
							for l := range k {
								want += a[i*left.down+l*left.across] * b[l*right.down+j*right.across]
							}
							if math.Abs(got[i*n+j]-want) > 1e-12 {
								t.Fatalf("%d×%d×%d, view %d: number %d,%d is %v, want %v", m, k, n, view, i, j, got[i*n+j], want)
							}
						}
					}
				}
			}
		}
	}
}

// TestSplit checks that the rows set aside are of all classes by their share.
func TestSplit(t *testing.T) {
	r := &rows{n: 200, y: make([]float64, 200)}
	for i := range r.y {
		r.y[i] = float64(min(i%10, 1)) // one in ten is of class 0
	}
	train, test, err := r.split(0.1, 2, newRandom(1))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int32]bool{}
	zeros := 0
	for _, i := range append(train, test...) {
		seen[i] = true
	}
	for _, i := range test {
		if r.y[i] == 0 {
			zeros++
		}
	}
	if len(seen) != 200 || len(test) != 20 || zeros != 2 {
		t.Errorf("%d rows, %d set aside, %d of them of class 0; want 200, 20, 2", len(seen), len(test), zeros)
	}
	if _, _, err := r.split(0.001, 2, newRandom(1)); err == nil {
		t.Error("one row is set aside to stop by")
	}
}

// TestWatcher checks the rule for stopping: more than patience rounds in a row
// that do not lower the best by tol.
func TestWatcher(t *testing.T) {
	w := watcher{tol: 0.1, best: math.Inf(1), patience: 2}
	for i, v := range []float64{5, 4.95, 4.94, 4, 3.95, 3.9, 3.9} {
		if got := w.enough(v); got != (i == 6) {
			t.Errorf("round %d of value %v is enough: %t", i, v, got)
		}
	}
}

// TestMatch checks that a net of codes reads them from columns.
func TestMatch(t *testing.T) {
	X := frame.NewMatrix(3, frame.Block{Codes: []int32{2, -1, 0}, Width: 3}, frame.Block{Dense: []float64{4, 5, 6}})
	m := model{net: newNet(X, []int{2}, relu, 0)}
	back := m.match(frame.Dense(3, X.Columns()...))
	for i, want := range X.Blocks[0].Codes {
		if back.Blocks[0].Codes[i] != want || back.Blocks[1].Dense[i] != X.Blocks[1].Dense[i] {
			t.Errorf("row %d is read as %v, %v", i, back.Blocks[0].Codes[i], back.Blocks[1].Dense[i])
		}
	}
}
