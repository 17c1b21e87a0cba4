package recipe

import (
	"fmt"
	"math"
	"strconv"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
	"clicktrain/internal/problem"

	"gonum.org/v1/gonum/mat"
)

// pca turns columns into their first principal components, as scikit-learn's
// PCA does. The largest weight of a component is positive.
type pca struct {
	asked      float64 // a count of 1 or more, or a share of the variance below 1
	whiten     bool
	n          int         // training rows
	mean       []float64   // of each column
	components [][]float64 // k rows of weights, one for each column
	singular   []float64   // singular values of the centered columns
	total      float64     // variance of all columns
	noise      float64     // mean variance of the components left out
}

// variance returns that of component k.
func (o *pca) variance(k int) float64 { return o.singular[k] * o.singular[k] / float64(o.n-1) }

func (o *pca) apply(x *frame.Matrix) (*frame.Matrix, error) {
	made := make([][]float64, len(o.components))
	for k := range made {
		made[k] = make([]float64, x.Rows)
	}
	for j, column := range x.Columns() {
		for k, c := range o.components {
			to, w, mean := made[k], c[j], o.mean[j]
			for i, v := range column {
				to[i] += float64((v - mean) * w)
			}
		}
	}
	for k, to := range made {
		scale := 1.0
		if o.whiten {
			scale = max(math.Sqrt(o.variance(k)), 0x1p-52)
		}
		for i := range to {
			if to[i] /= scale; !finite(to[i]) {
				return nil, problem.New(problem.Invalid, "A principal component is too large in one row.").
					WithHint("Scale the columns before this step.")
			}
		}
	}
	return frame.Dense(x.Rows, made...), nil
}

func (o *pca) width(in int) (int, bool) {
	k := len(o.components)
	ok := in == len(o.mean) && k > 0 && k <= in && len(o.singular) == k && o.n > 1 && allFinite(o.mean...) && allFinite(o.singular...) &&
		allFinite(o.asked, o.total, o.noise)
	for _, c := range o.components {
		ok = ok && len(c) == in && allFinite(c...)
	}
	return k, ok
}

func (o *pca) names([]string) []string {
	names := make([]string, len(o.components))
	for k := range names {
		names[k] = "pca" + strconv.Itoa(k)
	}
	return names
}

// origin is all columns, for each component weighs them all.
func (o *pca) origin(in [][]int) [][]int {
	all := unionOf(in)
	out := make([][]int, len(o.components))
	for k := range out {
		out[k] = all
	}
	return out
}

func (o *pca) step() string { return "pca" }

func (o *pca) describe([]string) Learned {
	l := Learned{Step: o.step(), Text: fmt.Sprintf("%s turned into %s", counted(len(o.mean), "prepared column"), counted(len(o.components), "principal component"))}
	for k, name := range o.names(nil)[:min(len(o.components), maxTold)] {
		share := 0.0
		if o.total > 0 {
			share = 100 * o.variance(k) / o.total
		}
		l.Columns = append(l.Columns, name)
		l.Values = append(l.Values, fmt.Sprintf("%.3g %% of the variance", share))
	}
	return l
}

func (o *pca) sklearn() *pickle.Object {
	k, p := len(o.components), len(o.mean)
	variance, ratio, weights := make([]float64, k), make([]float64, k), make([]float64, 0, k*p)
	for i, c := range o.components {
		variance[i] = o.variance(i)
		if ratio[i] = 0; o.total > 0 {
			ratio[i] = variance[i] / o.total
		}
		weights = append(weights, c...)
	}
	var asked pickle.Value = o.asked
	if o.asked >= 1 {
		asked = int(o.asked)
	}
	return pickle.Estimator("sklearn.decomposition._pca", "PCA",
		pickle.Attr{Name: "n_components", Value: asked},
		pickle.Attr{Name: "copy", Value: true},
		pickle.Attr{Name: "whiten", Value: o.whiten},
		pickle.Attr{Name: "svd_solver", Value: "full"},
		pickle.Attr{Name: "tol", Value: 0.0},
		pickle.Attr{Name: "iterated_power", Value: "auto"},
		pickle.Attr{Name: "n_oversamples", Value: 10},
		pickle.Attr{Name: "power_iteration_normalizer", Value: "auto"},
		pickle.Attr{Name: "random_state", Value: nil},
		pickle.Attr{Name: "n_samples_", Value: o.n},
		pickle.Attr{Name: "n_components_", Value: k},
		pickle.Attr{Name: "mean_", Value: pickle.Floats(o.mean)},
		pickle.Attr{Name: "components_", Value: pickle.Floats(weights, k, p)},
		pickle.Attr{Name: "explained_variance_", Value: pickle.Floats(variance)},
		pickle.Attr{Name: "explained_variance_ratio_", Value: pickle.Floats(ratio)},
		pickle.Attr{Name: "singular_values_", Value: pickle.Floats(o.singular)},
		pickle.Attr{Name: "noise_variance_", Value: o.noise},
		pickle.Attr{Name: "_fit_svd_solver", Value: "full"})
}

func (o *pca) append(b []byte) []byte {
	b = appendFloats(append(b, tagPCA, byte(indicator(o.whiten))), o.asked, o.total, o.noise)
	b = appendFloats(appendCount(appendCount(b, o.n), len(o.mean)), o.mean...)
	b = appendCount(b, len(o.components))
	for k, c := range o.components {
		b = appendFloats(appendFloats(b, o.singular[k]), c...)
	}
	return b
}

func (r *reader) pca() matrixOp {
	o := &pca{whiten: r.byte() != 0, asked: r.float(), total: r.float(), noise: r.float(), n: r.rows()}
	for range r.length() {
		o.mean = append(o.mean, r.float())
	}
	for range r.length() {
		o.singular = append(o.singular, r.float())
		c := make([]float64, 0, len(o.mean))
		for range o.mean {
			if r.err != nil {
				return o
			}
			c = append(c, r.float())
		}
		o.components = append(o.components, c)
	}
	return o
}

// maxPCA is how much work finding components may be: rows times columns times
// the fewer of both.
const maxPCA = 10_000_000_000

// PCA turns the columns into their principal components: so many, or where
// asked is below 1 as many as have that share of the variance. whiten gives
// each the variance 1. Cost: a QR and a singular value decomposition.
func (p *Prepared) PCA(asked float64, whiten bool) error {
	n, cols := p.x.Rows, p.x.Cols
	fewer := min(n, cols)
	switch {
	case n < 2:
		return problem.New(problem.Invalid, "Principal components need two training rows at least.").WithHint("Take the step out.")
	case asked > float64(fewer):
		return problem.Field("n_components", "There are at most %d principal components of %s in %s, not %s.",
			fewer, counted(cols, "prepared column"), counted(n, "training row"), rounded(asked)).WithHint("Choose %d or fewer.", fewer)
	case float64(n)*float64(cols)*float64(fewer) > maxPCA || 8*int64(n)*int64(cols) > maxBytes:
		return problem.New(problem.Invalid, "Principal components of %d columns in %d rows would take too long to find.", cols, n).
			WithHint("Name fewer columns for the step, or keep the best before it.")
	}
	o := &pca{asked: asked, whiten: whiten, n: n, mean: make([]float64, cols)}
	weights, singular, err := o.decompose(p.x)
	if err != nil {
		return err
	}
	o.choose(weights, singular)
	p.op = o
	return nil
}

// decompose returns the right singular vectors of the centered columns, as
// columns of a matrix, and the singular values.
func (o *pca) decompose(x *frame.Matrix) (*mat.Dense, []float64, error) {
	n, cols := x.Rows, x.Cols
	a := mat.NewDense(n, cols, nil)
	raw := a.RawMatrix()
	squares := 0.0 // as many as the variances hold
	for j, column := range x.Columns() {
		sum, _ := sumPresent(column)
		o.mean[j] = sum / float64(n)
		for i, v := range column {
			d := v - o.mean[j]
			raw.Data[i*raw.Stride+j] = d
			squares += d * d
		}
	}
	if !finite(squares) { // of which the decomposition would find no end
		return nil, nil, tooLargeForPCA()
	}
	if n > cols { // the singular values of R are those of QR
		var qr mat.QR
		qr.Factorize(a)
		r := new(mat.Dense)
		qr.RTo(r)
		a = mat.DenseCopyOf(r.Slice(0, cols, 0, cols))
	}
	var svd mat.SVD
	if !svd.Factorize(a, mat.SVDThin) {
		return nil, nil, tooLargeForPCA()
	}
	var v mat.Dense
	svd.VTo(&v)
	return &v, svd.Values(nil), nil
}

func tooLargeForPCA() error {
	return problem.New(problem.Invalid, "No principal components can be found: the numbers are too large or too far apart.").
		WithHint("Scale the columns before this step.")
}

// independent returns how many components there are, one at least: beyond the
// rank of the columns, directions and what stands along them are rounding
// errors, which no other program repeats.
func (o *pca) independent(singular []float64) int {
	least := singular[0] * float64(max(o.n, len(o.mean))) * 0x1p-52
	k := 1
	for k < len(singular) && singular[k] > least {
		k++
	}
	return k
}

// choose keeps the components that are asked for, as far as there are such.
func (o *pca) choose(weights *mat.Dense, singular []float64) {
	variances := make([]float64, len(singular))
	for k, s := range singular {
		variances[k] = s * s / float64(o.n-1)
		o.total += variances[k]
	}
	k := int(o.asked)
	if o.asked < 1 {
		sum := 0.0
		for k = 0; k < len(variances) && sum/o.total <= o.asked; k++ {
			sum += variances[k]
		}
		k = max(k, 1)
	}
	k = min(k, o.independent(singular))
	for _, v := range variances[k:] {
		o.noise += v / float64(len(variances)-k)
	}
	o.singular = singular[:k]
	for i := range k {
		c := mat.Col(nil, i, weights)
		largest := 0
		for j, w := range c {
			if math.Abs(w) > math.Abs(c[largest]) {
				largest = j
			}
		}
		if c[largest] < 0 {
			for j := range c {
				c[j] = -c[j]
			}
		}
		o.components = append(o.components, c)
	}
}
