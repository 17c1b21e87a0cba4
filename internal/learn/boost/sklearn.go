package boost

import (
	"encoding/binary"
	"math"
	"slices"

	"clicktrain/internal/export/pickle"
)

const (
	family = "sklearn.ensemble._hist_gradient_boosting."
	losses = "sklearn._loss.loss"
)

// Sklearn returns the model as a fitted HistGradientBoostingClassifier.
func (m *Classifier) Sklearn(labels pickle.Array, features int) *pickle.Object {
	return m.object("HistGradientBoostingClassifier", features).Set(
		pickle.Attr{Name: "class_weight", Value: m.classWeight.Pickle()},
		pickle.Attr{Name: "classes_", Value: labels})
}

// Sklearn returns the model as a fitted HistGradientBoostingRegressor.
func (m *Regressor) Sklearn(_ pickle.Array, features int) *pickle.Object {
	var q pickle.Value
	if m.loss == quantileLoss {
		q = m.quantile
	}
	return m.object("HistGradientBoostingRegressor", features).Set(pickle.Attr{Name: "quantile", Value: q})
}

// object returns the estimator, less what is of one task only. Columns of
// categories are to reach it as codes, NaN where there is none.
func (e *ensemble) object(class string, p int) *pickle.Object {
	var categorical, mask, signs pickle.Value
	if len(e.levels) > 0 {
		indices, is := pickle.List{}, make([]bool, p)
		for _, c := range e.levels {
			indices, is[c.index] = append(indices, c.index), true
		}
		categorical, mask = indices, pickle.Bools(is)
	}
	if len(e.signs) > 0 {
		list := slices.Repeat(pickle.List{0}, p)
		for _, s := range e.signs {
			list[s.index] = int(s.sign)
		}
		signs = list
	}
	return pickle.Estimator(family+"gradient_boosting", class, e.params(categorical, signs)...).Set(
		pickle.Attr{Name: "n_features_in_", Value: p},
		pickle.Attr{Name: "_n_features", Value: p},
		pickle.Attr{Name: "n_trees_per_iteration_", Value: len(e.start)},
		pickle.Attr{Name: "_loss", Value: e.lossObject()},
		pickle.Attr{Name: "_bin_mapper", Value: e.binMapper(p)},
		pickle.Attr{Name: "_baseline_prediction", Value: pickle.Floats(e.start, 1, len(e.start))},
		pickle.Attr{Name: "_predictors", Value: e.predictors()},
		pickle.Attr{Name: "is_categorical_", Value: mask},
		pickle.Attr{Name: "_preprocessor", Value: nil},
		pickle.Attr{Name: "_is_categorical_remapped", Value: mask},
		pickle.Attr{Name: "do_early_stopping_", Value: e.stopped},
		pickle.Attr{Name: "train_score_", Value: pickle.Floats(nil)},
		pickle.Attr{Name: "validation_score_", Value: pickle.Floats(nil)},
	)
}

// params returns the parameters of both tasks.
func (e *ensemble) params(categorical, signs pickle.Value) []pickle.Attr {
	maybe := func(x int) pickle.Value {
		if x == 0 {
			return nil
		}
		return x
	}
	var stop pickle.Value = stopAuto
	if e.stop != stopAuto {
		stop = e.stop == stopYes
	}
	return []pickle.Attr{
		{Name: "loss", Value: e.loss},
		{Name: "learning_rate", Value: e.rate},
		{Name: "max_iter", Value: e.rounds},
		{Name: "max_leaf_nodes", Value: maybe(e.maxLeaves)},
		{Name: "max_depth", Value: maybe(e.maxDepth)},
		{Name: "min_samples_leaf", Value: e.minLeaf},
		{Name: "l2_regularization", Value: e.l2},
		{Name: "max_features", Value: e.features},
		{Name: "max_bins", Value: e.bins},
		{Name: "categorical_features", Value: categorical},
		{Name: "monotonic_cst", Value: signs},
		{Name: "interaction_cst", Value: nil},
		{Name: "warm_start", Value: false},
		{Name: "early_stopping", Value: stop},
		{Name: "scoring", Value: "loss"},
		{Name: "validation_fraction", Value: e.fraction},
		{Name: "n_iter_no_change", Value: e.patience},
		{Name: "tol", Value: e.tol},
		{Name: "verbose", Value: 0},
		{Name: "random_state", Value: int(e.seed & 0xffffffff)}, // what scikit-learn takes
	}
}

// lossObject returns the loss, which turns sums into predictions.
func (e *ensemble) lossObject() *pickle.Call {
	call := func(class string, args ...pickle.Value) *pickle.Call {
		return &pickle.Call{Func: pickle.Global{Module: losses, Name: class}, Args: append(pickle.Tuple{nil}, args...)}
	}
	switch e.loss {
	case absoluteError:
		return call("AbsoluteError")
	case quantileLoss:
		return call("PinballLoss", e.quantile)
	case poissonLoss:
		return call("HalfPoissonLoss")
	case gammaLoss:
		return call("HalfGammaLoss")
	case squaredError:
		return call("HalfSquaredError")
	}
	if e.classes == 2 {
		return call("HalfBinomialLoss")
	}
	return call("HalfMultinomialLoss", e.classes)
}

// binMapper returns the bins: of numbers those that splits tell apart, and of
// categories all that the training data could have.
func (e *ensemble) binMapper(p int) *pickle.Object {
	cuts, is, bins := make(pickle.List, p), make([]byte, p), make([]uint32, p)
	for j := range p {
		cuts[j], bins[j] = pickle.Floats(nil), 1
	}
	for u, c := range e.thresholds() {
		j := e.used[u].index
		cuts[j], bins[j] = pickle.Floats(c), uint32(len(c)+1)
	}
	known := slices.Repeat(pickle.List{nil}, p)
	for _, c := range e.levels {
		codes := make([]float64, c.levels)
		for i := range codes {
			codes[i] = float64(i)
		}
		cuts[c.index], bins[c.index], is[c.index] = pickle.Floats(codes), uint32(c.levels), 1
		known[c.index] = cuts[c.index]
	}
	mask := pickle.Array{DType: "|u1", Shape: []int{p}, Data: is}
	var isParam, knownParam pickle.Value
	if len(e.levels) > 0 {
		isParam, knownParam = mask, known
	}
	return pickle.Estimator(family+"binning", "_BinMapper",
		pickle.Attr{Name: "n_bins", Value: e.bins + 1},
		pickle.Attr{Name: "subsample", Value: sampleRows},
		pickle.Attr{Name: "is_categorical", Value: isParam},
		pickle.Attr{Name: "known_categories", Value: knownParam},
		pickle.Attr{Name: "random_state", Value: nil},
		pickle.Attr{Name: "n_threads", Value: nil},
		pickle.Attr{Name: "is_categorical_", Value: mask},
		pickle.Attr{Name: "missing_values_bin_idx_", Value: e.bins},
		pickle.Attr{Name: "bin_thresholds_", Value: cuts},
		pickle.Attr{Name: "n_bins_non_missing_", Value: uints(bins, p)},
	)
}

func uints(x []uint32, shape ...int) pickle.Array {
	data := make([]byte, 0, 4*len(x))
	for _, v := range x {
		data = binary.LittleEndian.AppendUint32(data, v)
	}
	return pickle.Array{DType: "<u4", Shape: shape, Data: data}
}

// predictors returns the trees, a list for each round.
func (e *ensemble) predictors() pickle.List {
	cuts := e.thresholds()
	k := len(e.start)
	out := make(pickle.List, 0, len(e.trees)/k)
	for r := 0; r < len(e.trees); r += k {
		round := make(pickle.List, k)
		for i, t := range e.trees[r : r+k] {
			round[i] = e.predictor(t, cuts)
		}
		out = append(out, round)
	}
	return out
}

// nodeFields are the fields of scikit-learn's node records since 1.4.
var nodeFields = pickle.List{
	pickle.Tuple{"value", "<f8"}, pickle.Tuple{"count", "<u4"}, pickle.Tuple{"feature_idx", "<i8"},
	pickle.Tuple{"num_threshold", "<f8"}, pickle.Tuple{"missing_go_to_left", "|u1"},
	pickle.Tuple{"left", "<u4"}, pickle.Tuple{"right", "<u4"}, pickle.Tuple{"gain", "<f8"},
	pickle.Tuple{"depth", "<u4"}, pickle.Tuple{"is_leaf", "|u1"}, pickle.Tuple{"bin_threshold", "|u1"},
	pickle.Tuple{"is_categorical", "|u1"}, pickle.Tuple{"bitset_idx", "<u4"},
}

// predictor returns one tree.
func (e *ensemble) predictor(t *tree, cuts [][]float64) *pickle.Object {
	s := t.stats()
	var nodes []byte
	le := binary.LittleEndian
	inner := 0
	for i := range t.nodes {
		n := &t.nodes[i]
		r := record{count: s.counts[i], value: s.values[i], depth: s.depths[i], gain: -1, leaf: true}
		if !n.isLeaf() {
			r.leaf, r.gain, r.lostLeft = false, float64(t.gains[inner]), n.lostLeft()
			r.feature, r.left, r.right = e.used[n.column()].index, uint32(i+1), uint32(n.right)
			inner++
			if n.isSet() {
				r.isSet, r.set = true, uint32(n.set())
			} else {
				r.threshold, r.bin = math.Inf(1), uint8(place(cuts[n.column()], n))
				if n.key != splitNaN {
					r.threshold = keyFloat(n.key)
				}
			}
		}
		nodes = r.append(le, nodes)
	}
	var sets []uint32
	for _, set := range t.sets {
		set.remove(missing)
		for _, word := range set {
			sets = append(sets, uint32(word), uint32(word>>32))
		}
	}
	bits := uints(sets, len(t.sets), 8)
	return &pickle.Object{Class: pickle.Global{Module: family + "predictor", Name: "TreePredictor"}, Attrs: []pickle.Attr{
		{Name: "nodes", Value: pickle.Array{DType: nodeFields, Shape: []int{len(t.nodes)}, Data: nodes}},
		{Name: "binned_left_cat_bitsets", Value: bits},
		{Name: "raw_left_cat_bitsets", Value: bits},
	}}
}

// record is a node as scikit-learn keeps it.
type record struct {
	value, threshold, gain    float64
	count, left, right, depth uint32
	set                       uint32
	feature                   int
	bin                       uint8
	lostLeft, leaf, isSet     bool
}

func (r *record) append(le binary.AppendByteOrder, b []byte) []byte {
	flag := func(x bool) byte {
		if x {
			return 1
		}
		return 0
	}
	b = le.AppendUint64(b, math.Float64bits(r.value))
	b = le.AppendUint32(b, r.count)
	b = le.AppendUint64(b, uint64(r.feature))
	b = le.AppendUint64(b, math.Float64bits(r.threshold))
	b = append(b, flag(r.lostLeft))
	b = le.AppendUint32(b, r.left)
	b = le.AppendUint32(b, r.right)
	b = le.AppendUint64(b, math.Float64bits(r.gain))
	b = le.AppendUint32(b, r.depth)
	b = append(b, flag(r.leaf), r.bin, flag(r.isSet))
	return le.AppendUint32(b, r.set)
}

// stats is what each node's rows are like.
type stats struct {
	counts, depths []uint32
	values         []float64 // of inner nodes, the mean of what their rows are given
}

// stats returns the statistics of all nodes.
func (t *tree) stats() stats {
	n := len(t.nodes)
	s := stats{make([]uint32, n), make([]uint32, n), make([]float64, n)}
	for i := range t.nodes {
		if nd := &t.nodes[i]; !nd.isLeaf() {
			s.depths[i+1], s.depths[nd.right] = s.depths[i]+1, s.depths[i]+1
		}
	}
	for i := n - 1; i >= 0; i-- { // children come after their parents
		nd := &t.nodes[i]
		if nd.isLeaf() {
			s.counts[i], s.values[i] = t.counts[nd.leaf()], t.values[nd.leaf()]
			continue
		}
		l, r := i+1, int(nd.right)
		s.counts[i] = s.counts[l] + s.counts[r]
		share := float64(s.counts[l]) / max(float64(s.counts[i]), 1)
		s.values[i] = s.values[r] + share*(s.values[l]-s.values[r])
	}
	return s
}
