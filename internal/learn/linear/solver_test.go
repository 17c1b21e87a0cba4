package linear

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/learntest"
)

func testObjective(t *testing.T, d learn.Data, c float64) *objective {
	t.Helper()
	z, err := newDesign(t.Context(), 2, d.X, d.Weights, true, penaltyScale, number{scale: 1})
	if err != nil {
		t.Fatal(err)
	}
	return newObjective(z, d, 0, 1/c, true)
}

// TestSolversAgree compares conjugate gradients with Cholesky, whose step is
// exact: both must come to the one minimum there is.
func TestSolversAgree(t *testing.T) {
	tests := []struct {
		name string
		d    learn.Data
		c    float64
	}{
		{"two classes", learntest.Mixed(1, 2000, 6, []int{4, 9}, 2), 1},
		{"five classes", learntest.Mixed(1, 2000, 6, []int{4, 9}, 5), 1},
		{"thirty classes", learntest.Mixed(2, 3000, 12, nil, 30), 1},
		{"much freedom", learntest.Blobs(3, 600, 5, 4), 1e6},
		{"held tight", learntest.Blobs(3, 600, 5, 4), 1e-3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := testObjective(t, tt.d, tt.c)
			cg, err := newIterative(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			var theta [2][]float64
			for i, s := range []solver{&direct{o}, cg} {
				n := newton{objective: o, maxIter: 100, tol: 1e-4}
				if err := n.descend(t.Context(), s, make([]float64, o.size())); err != nil {
					t.Fatal(err)
				}
				if !n.settled || n.steps > 40 {
					t.Errorf("solver %T: settled %t after %d steps", s, n.settled, n.steps)
				}
				theta[i] = n.theta
			}
			size := max(1, floats.Norm(theta[0], math.Inf(1)))
			if diff := floats.Distance(theta[0], theta[1], math.Inf(1)); !(diff <= 1e-7*size) {
				t.Errorf("weights differ by %g of %g", diff, size)
			}
		})
	}
}

// TestSlideAgrees compares gradients alone with Newton steps, under a penalty
// with kinks: both in the metric of the gram matrix and in that of its diagonal.
func TestSlideAgrees(t *testing.T) {
	for _, k := range []int{2, 4} {
		d := learntest.Mixed(6, 1500, 8, []int{4, 9}, k)
		z, err := newDesign(t.Context(), 2, d.X, nil, true, penaltyScale, number{scale: 1})
		if err != nil {
			t.Fatal(err)
		}
		o := newObjective(z, d, 3, 0.5, true)
		want := newton{objective: o, maxIter: 100, tol: 1e-4}
		if err := want.descend(t.Context(), &kinkedDirect{direct{o}}, make([]float64, o.size())); err != nil {
			t.Fatal(err)
		}
		best := look(t, &direct{o}, want.theta).f
		zeros := 0
		for _, v := range want.theta {
			if v == 0 {
				zeros++
			}
		}
		if !want.settled || zeros == 0 || zeros == len(want.theta) {
			t.Errorf("k=%d: settled %t after %d steps with %d of %d weights 0", k, want.settled, want.steps, zeros, len(want.theta))
		}
		gram, err := newSlider(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		diagonal := &slider{objective: o, bend: 1, scale: make([]float64, o.cols)}
		for j := range diagonal.scale {
			diagonal.scale[j] = gram.metric.h[j*(o.cols+1)]
		}
		for _, s := range []*slider{gram, diagonal} {
			got := newton{objective: o, maxIter: 100, tol: 1e-4}
			if err := got.slide(t.Context(), s, make([]float64, o.size())); err != nil {
				t.Fatal(err)
			}
			f := look(t, s, got.theta).f
			if !got.settled || !(math.Abs(f-best) <= 1e-10*best) {
				t.Errorf("k=%d: settled %t after %d steps at %v, want %v", k, got.settled, got.steps, f, best)
			}
			if diff := floats.Distance(got.theta, want.theta, math.Inf(1)); !(diff <= 1e-5) {
				t.Errorf("k=%d: weights differ by %g", k, diff)
			}
		}
	}
}

func look(t *testing.T, s looker, theta []float64) *point {
	t.Helper()
	at, err := s.look(t.Context(), theta)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestDerivatives compares the gradient with differences of the objective, and
// the Hessian and its products with differences of the gradient.
func TestDerivatives(t *testing.T) {
	for _, k := range []int{2, 3} {
		o := testObjective(t, learntest.Mixed(5, 300, 3, []int{3, 4}, k), 0.7)
		theta := make([]float64, o.size())
		for i := range theta {
			theta[i] = 0.3 * math.Sin(float64(3*i))
		}
		at := look(t, &direct{o}, theta)
		const step = 1e-5 // central differences err by its square
		for i := range theta {
			theta[i] += step
			up := look(t, &iterative{objective: o}, theta)
			theta[i] -= 2 * step
			down := look(t, &iterative{objective: o}, theta)
			theta[i] += step
			if want := (up.f - down.f) / (2 * step); math.Abs(at.g[i]-want) > 1e-5 {
				t.Errorf("k=%d: gradient %d is %v, want %v", k, i, at.g[i], want)
			}
			unit := make([]float64, len(theta))
			unit[i] = 1
			product, err := o.product(t.Context(), look(t, &iterative{objective: o}, theta), unit)
			if err != nil {
				t.Fatal(err)
			}
			for j := range theta {
				want := (up.g[j] - down.g[j]) / (2 * step)
				if got := at.h[min(i, j)*len(theta)+max(i, j)]; math.Abs(got-want) > 1e-4 {
					t.Errorf("k=%d: second derivative %d,%d is %v, want %v", k, i, j, got, want)
				}
				if math.Abs(product[j]-want) > 1e-4 {
					t.Errorf("k=%d: product %d,%d is %v, want %v", k, i, j, product[j], want)
				}
			}
		}
	}
}

// TestQRAgrees compares least squares by QR of all rows with normal equations,
// on data long enough for several folds, with copied columns and full one-hot
// groups.
func TestQRAgrees(t *testing.T) {
	d := learntest.Mixed(4, 3000, 4, []int{3, 6}, 0)
	cols := d.X.Blocks
	d.X.Blocks, d.X.Cols = append(cols, cols[0], cols[4]), d.X.Cols+1+cols[4].Width
	for _, center := range []bool{true, false} {
		z, err := newDesign(t.Context(), 2, d.X, nil, center, regressionScale, newNumber(d.Y, nil, center, regressionScale))
		if err != nil {
			t.Fatal(err)
		}
		s := newLeastSquares(z, center, 2)
		want, err := s.solve(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.solveQR(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if !floats.EqualApprox(got, want, 1e-11) {
			t.Errorf("center %t: QR gives %v, want %v", center, got, want)
		}
	}
}
