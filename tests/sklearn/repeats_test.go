package sklearn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"clicktrain/internal/recipe"
)

// repeats is a table of more values in a column than boosting has bins, each of
// which several rows have.
func repeats() string {
	rng := rand.New(rand.NewPCG(21, 22))
	var b strings.Builder
	b.WriteString("a,b,c,d,g,y\n")
	for range 1200 {
		a, c := 1+rng.IntN(600), 1+math.Abs(rng.NormFloat64())
		bb := math.Round(100*math.Exp(0.5*rng.NormFloat64())) / 10
		y := "no"
		if math.Sin(float64(a)/90)+0.4*math.Sin(bb)+0.3*rng.NormFloat64() > c-1.6 {
			y = "yes"
		}
		d := ""
		if rng.IntN(9) > 0 {
			d = fmt.Sprint(rng.IntN(4) * rng.IntN(300))
		}
		fmt.Fprintf(&b, "%d,%.1f,%.2f,%s,%c,%s\n", a, bb, c, d, 'p'+rune(rng.IntN(6)), y)
	}
	return b.String()
}

// TestRepeatsEqualScikitLearn tries the learners that cut columns after steps
// that numpy computes to other last digits, on rows learned from and new rows
// of the same values: they fall on the same side of every cut.
func TestRepeatsEqualScikitLearn(t *testing.T) {
	c := newChecker(t)
	near := table{name: "repeats", csv: repeats(), target: "y"}.open(c)
	b := table{name: "repeats, far out", csv: repeats(), target: "y", after: "1e60,1e60,1,1e60,p,no\ninf,-inf,1,inf,q,no\n"}.open(c)
	numbers := []string{"a", "b", "c"}
	fill, hot, scale := step("impute", nil, "strategy", "mean"), step("encode", nil), step("scale", nil)
	transform := func(method string, pairs ...string) recipe.Step {
		return step("transform", numbers, append([]string{"method", method}, pairs...)...)
	}
	for i, choice := range []choice{
		of("power", fill, step("transform", nil)),
		of("power, capped", fill, step("cap_outliers", nil), step("transform", nil, "standardize", "false"), scale),
		of("box-cox", fill, transform("box_cox")),
		of("logarithms", fill, step("transform", nil, "method", "log"), scale),
		of("quantiles", fill, step("transform", nil, "method", "quantile")),
		of("normal quantiles", fill, step("transform", nil, "method", "quantile", "output_distribution", "normal", "n_quantiles", "300")),
		of("components", fill, hot, scale, step("pca", nil)),
		of("components of some", fill, hot, scale, step("pca", []string{"a", "b", "c"}, "n_components", "2", "whiten", "true")),
		of("more components than there are", fill, hot, scale, step("pca", nil, "n_components", "10", "whiten", "true")),
		of("products", fill, hot, scale, step("polynomial", []string{"a", "b", "d"})),
		of("power, components", fill, hot, step("transform", nil), step("pca", nil, "n_components", "3")),
		of("power, bins", fill, step("transform", nil), step("bin", nil)),
		of("power, flags", fill, step("transform", nil), step("flag_outliers", nil)),
		of("target", step("encode", nil, "method", "target"), fill),
		of("neighbors", scale, step("impute", nil, "strategy", "knn")),
	} {
		choice.loose = true
		b := b
		if choice.name == "neighbors" { // all rows are about equally far from one that is far out
			b = near
		}
		b.try(choice, setting{learner: "hist_gradient_boosting"})
		b.try(choice, setting{learner: []string{"decision_tree", "random_forest", "extra_trees"}[i%3]})
	}
	c.finish()
}
