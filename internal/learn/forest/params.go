package forest

import (
	"math"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/tree"
	"clicktrain/internal/param"
)

// settings are the parameters, which a model keeps.
type settings struct {
	kind kind
	task learn.Task

	trees       int // 1 of a decision tree
	criterion   string
	maxDepth    int         // 0 is none
	minSplit    param.Value // a count (int) or a share (float64)
	minLeaf     param.Value // likewise
	minWeight   float64
	maxFeatures param.Value // "sqrt", "log2", "none", a count or a share
	maxLeaves   int         // 0 is none
	minDecrease float64
	bootstrap   bool
	maxSamples  param.Value // "none", a count or a share
	classWeight string
	alpha       float64
}

// maxTrees bounds the time that a fit, and the memory that a model, can take.
const maxTrees = 10_000

// The choices of class_weight.
const (
	unweighted = string(learn.Unweighted)
	balanced   = string(learn.Balanced)
	subsample  = "balanced_subsample"
)

// declare declares the parameters.
func (f *settings) declare(s *param.Set) {
	classes := f.task == learn.Classification
	single := f.kind == decisionTree
	f.trees, f.maxSamples, f.classWeight = 1, "none", unweighted
	if !single {
		s.Int(&f.trees, "n_estimators", 100, param.Between(1, maxTrees),
			"Number of trees. More are steadier and take longer.")
	}
	if classes {
		s.Choice(&f.criterion, "criterion", "gini", []string{"gini", "entropy", "log_loss"},
			"What a split is to lower: the chance that two rows differ (gini), or the bits needed to name a row's class. They seldom differ much; gini is faster.")
	} else {
		s.Choice(&f.criterion, "criterion", "squared_error", []string{"squared_error"},
			"What a split is to lower: the mean of the squared errors.")
	}
	s.MaybeInt(&f.maxDepth, "max_depth", param.AtLeast(1),
		"Most questions asked in a row; none lets trees grow until their leaves are pure.")
	s.CountOrShare(&f.minSplit, "min_samples_split", 2, 2,
		"Rows that a node needs before it is split.")
	s.CountOrShare(&f.minLeaf, "min_samples_leaf", 1, 1,
		"Rows that each leaf must hold. More give smoother predictions.")
	s.Float(&f.minWeight, "min_weight_fraction_leaf", 0, param.Between(0, 0.5),
		"Share of all rows' weight that each leaf must hold.")
	s.Mixed(&f.maxFeatures, "max_features", f.defaultFeatures(), []string{"sqrt", "log2", "none"},
		"Columns looked at for each split: a count, a share, the square root or logarithm of their number, or all (none).")
	s.MaybeInt(&f.maxLeaves, "max_leaf_nodes", param.AtLeast(2),
		"Most leaves of a tree; the splits that help most are made first.")
	s.Float(&f.minDecrease, "min_impurity_decrease", 0, param.AtLeast(0),
		"How much a split must lower the impurity, weighed by its share of the rows.")
	if !single {
		s.Bool(&f.bootstrap, "bootstrap", f.kind == randomForest,
			"Draw rows with replacement for each tree; otherwise each tree sees all rows.")
		s.Mixed(&f.maxSamples, "max_samples", "none", []string{"none"},
			"Rows that bootstrap draws for each tree: a count, a share of the rows, or as many as there are (none).")
	}
	if classes {
		choices := []string{unweighted, balanced}
		help := "balanced lets each class count the same in all, however few rows it has: rare classes are found more often, and probabilities no longer match how often classes occur."
		if !single {
			choices = append(choices, subsample)
			help += " balanced_subsample goes by the rows that each tree has drawn."
		}
		s.Choice(&f.classWeight, "class_weight", unweighted, choices, help)
	}
	s.Float(&f.alpha, "ccp_alpha", 0, param.AtLeast(0),
		"What a leaf costs: trees are cut back to where each leaf lowers the impurity by more. 0 cuts nothing.")
}

// defaultFeatures returns max_features' default.
func (f *settings) defaultFeatures() param.Value {
	switch {
	case f.kind == decisionTree:
		return "none"
	case f.task == learn.Classification:
		return "sqrt"
	}
	return 1.0
}

// options says how trees are grown from n rows of p columns.
func (f *settings) options(n, p int) tree.Options {
	leaf := count(f.minLeaf, n)
	opt := tree.Options{
		Random:   f.kind == extraTrees,
		Alone:    f.kind == decisionTree,
		MaxDepth: f.maxDepth, MinSamplesLeaf: leaf,
		MinSamplesSplit:       max(2, count(f.minSplit, n), 2*leaf),
		MaxFeatures:           f.features(p),
		MinWeightFractionLeaf: f.minWeight,
		MaxLeafNodes:          f.maxLeaves,
		MinImpurityDecrease:   f.minDecrease,
		Alpha:                 f.alpha,
	}
	opt.Criterion = f.measure()
	return opt
}

// measure returns the criterion, of which log_loss is another name.
func (f *settings) measure() tree.Criterion {
	switch f.criterion {
	case "entropy", "log_loss":
		return tree.Entropy
	case "squared_error":
		return tree.Squared
	}
	return tree.Gini
}

// count returns how many of n rows a count or a share is, a part of a row as
// one.
func count(v param.Value, n int) int {
	if share, ok := v.(float64); ok {
		return int(math.Ceil(share * float64(n)))
	}
	return v.(int)
}

// features returns how many of p columns each split looks at.
func (f *settings) features(p int) int {
	m := p
	switch v := f.maxFeatures.(type) {
	case string:
		switch v {
		case "sqrt":
			m = int(math.Sqrt(float64(p)))
		case "log2":
			m = int(math.Log2(float64(p)))
		}
	case int:
		m = v
	case float64:
		m = int(v * float64(p))
	}
	return min(max(m, 1), p)
}

// drawn returns how many of n rows bootstrap draws.
func (f *settings) drawn(n int) int {
	switch v := f.maxSamples.(type) {
	case int:
		return v
	case float64:
		return max(1, int(v*float64(n)))
	}
	return n
}
