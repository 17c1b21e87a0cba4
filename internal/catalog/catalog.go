// Package catalog lists what can be chosen: the learners and the recipe's
// steps. It alone imports all of them; a test fails if one is not listed.
package catalog

import (
	"slices"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/bayes"
	"clicktrain/internal/learn/boost"
	"clicktrain/internal/learn/dummy"
	"clicktrain/internal/learn/ensemble"
	"clicktrain/internal/learn/forest"
	"clicktrain/internal/learn/linear"
	"clicktrain/internal/learn/neighbors"
	"clicktrain/internal/learn/neural"
	"clicktrain/internal/learn/scaled"
	"clicktrain/internal/recipe"
	"clicktrain/internal/recipe/balance"
	"clicktrain/internal/recipe/bin"
	"clicktrain/internal/recipe/dates"
	"clicktrain/internal/recipe/encode"
	"clicktrain/internal/recipe/impute"
	"clicktrain/internal/recipe/outlier"
	"clicktrain/internal/recipe/prepared"
	"clicktrain/internal/recipe/raw"
	"clicktrain/internal/recipe/rows"
	"clicktrain/internal/recipe/scale"
	"clicktrain/internal/recipe/shape"
	"clicktrain/internal/recipe/text"
	"clicktrain/internal/train"
)

// All returns everything there is, in the order in which it is offered.
func All() train.Catalog {
	single := slices.Concat(
		of("Linear models", linear.Regression, linear.Ridge, linear.Lasso, linear.ElasticNet, linear.Logistic, scaled.Target(linear.SVM)),
		of("Trees and forests", forest.DecisionTree, forest.Learner, forest.ExtraTrees),
		of("Boosting", boost.Learner),
		of("Neighbors and probabilities", neighbors.Learner, bayes.Learner),
		of("Neural networks", scaled.Target(neural.Learner)),
	)
	return train.Catalog{
		Learners: slices.Concat(single, of("Ensembles of others", ensemble.Voting(single), ensemble.Stacking(single))),
		Dummy:    dummy.Learner,
		Steps: []recipe.Definition{
			raw.DropColumns, raw.SetKind, raw.TreatAsMissing,
			rows.DropMissing, rows.DropDuplicates, rows.DropOutliers,
			raw.DropConstant, impute.Definition, outlier.Cap, outlier.Flag, shape.Definition, bin.Definition, dates.Definition, encode.Definition, text.Definition, scale.Definition,
			prepared.VarianceThreshold, prepared.SelectBest, prepared.Polynomial, prepared.PCA,
			balance.ClassWeight, balance.RandomOver, balance.RandomUnder, balance.SMOTE,
		},
	}
}

// of returns the learners as those of one family.
func of(family learn.Family, learners ...learn.Learner) []learn.Learner {
	for i := range learners {
		learners[i].Family = family
	}
	return learners
}
