// Package prepared holds the steps that work on prepared columns: those that
// keep some of them, multiply them, or turn them into fewer.
package prepared

import (
	"clicktrain/internal/param"
	"clicktrain/internal/recipe"
)

// VarianceThreshold is the catalog's entry for leaving out columns that
// hardly vary.
var VarianceThreshold = recipe.Definition{
	Name: "variance_threshold", Title: "Keep columns that vary",
	Summary: "Leaves out prepared columns whose variance in the training rows is not above the threshold.",
	Cost:    "A variance has the column's unit, squared: use it before scaling, or to leave out constant columns.",
	Phase:   recipe.OnMatrix,
	Kinds:   recipe.EveryKind(),
	New:     func() recipe.Action { return new(variance) },
}

type variance struct{ threshold float64 }

func (a *variance) Params(s *param.Set) {
	s.Float(&a.threshold, "threshold", 0, param.AtLeast(0), "The variance that a column must be above.")
}

func (a *variance) FitMatrix(p *recipe.Prepared) error { return p.Varying(a.threshold) }

// SelectBest is the catalog's entry for keeping the columns that tell most of
// the target.
var SelectBest = recipe.Definition{
	Name: "select_best", Title: "Keep the best columns",
	Summary: "Keeps the prepared columns that tell most of the target, each taken alone, by an F-test or by chi-squared.",
	Cost:    "Columns that tell something only together are missed. The choice is made again from the training rows of each fold.",
	Phase:   recipe.OnMatrix,
	Kinds:   recipe.EveryKind(),
	New:     func() recipe.Action { return new(best) },
}

// best works as scikit-learn's SelectKBest and SelectPercentile do with
// f_classif and f_regression, or chi2.
type best struct {
	score      string
	mode       string
	k          int
	percentile float64
}

const (
	kBest      = "k_best"
	percentile = "percentile"

	auto = "auto"
	chi2 = "chi2"
)

func (a *best) Params(s *param.Set) {
	s.Choice(&a.mode, "mode", kBest, []string{kBest, percentile}, "k_best keeps k columns; percentile keeps so many in a hundred.")
	s.Int(&a.k, "k", 10, param.AtLeast(1), "k_best: how many columns to keep, all where there are fewer.")
	s.Float(&a.percentile, "percentile", 10, param.Between(0, 100), "percentile: how many in a hundred to keep.")
	s.Choice(&a.score, "score_func", auto, []string{auto, chi2},
		"auto tests whether the column's mean differs by class, or goes with the target number; chi2 tests counts, such as of words, by class.")
}

func (a *best) FitMatrix(p *recipe.Prepared) error {
	if a.mode == percentile {
		return p.BestPercent(a.percentile, a.score == chi2)
	}
	return p.Best(a.k, a.score == chi2)
}

// Polynomial is the catalog's entry for products of columns.
var Polynomial = recipe.Definition{
	Name: "polynomial", Title: "Multiply columns",
	Summary: "Adds the products of prepared columns, and their powers, so that models that add up columns can bend and let columns depend on each other.",
	Cost:    "Many more columns: 50 become 1,325 by degree 2. At most 5,000 are made. Scale first.",
	Phase:   recipe.OnMatrix,
	Kinds:   recipe.EveryKind(),
	New:     func() recipe.Action { return new(polynomial) },
}

// polynomial works as scikit-learn's PolynomialFeatures(include_bias=False).
type polynomial struct {
	degree       int
	interactions bool
}

func (a *polynomial) Params(s *param.Set) {
	s.Int(&a.degree, "degree", 2, param.Between(2, 4), "How many columns a product has at most.")
	s.Bool(&a.interactions, "interaction_only", false, "Multiplies different columns alone, so there are no powers.")
}

func (a *polynomial) FitMatrix(p *recipe.Prepared) error {
	return p.Polynomial(a.degree, a.interactions)
}

// PCA is the catalog's entry for principal components.
var PCA = recipe.Definition{
	Name: "pca", Title: "Principal components (PCA)",
	Summary: "Turns prepared columns into fewer that hold most of their variance.",
	Cost:    "The new columns mix the old ones, so a model says less about each. Scale first, or the column with the largest unit wins.",
	Phase:   recipe.OnMatrix,
	Kinds:   recipe.EveryKind(),
	New:     func() recipe.Action { return new(pca) },
}

type pca struct {
	components param.Value
	whiten     bool
}

func (a *pca) Params(s *param.Set) {
	s.Mixed(&a.components, "n_components", 0.95, nil, "How many components, such as 10; or the share of the variance they hold, such as 0.95.")
	s.Bool(&a.whiten, "whiten", false, "Gives each component the variance 1.")
}

func (a *pca) FitMatrix(p *recipe.Prepared) error {
	if n, ok := a.components.(int); ok {
		return p.PCA(float64(n), a.whiten)
	}
	share, _ := a.components.(float64)
	return p.PCA(min(share, 1-0x1p-53), a.whiten)
}
