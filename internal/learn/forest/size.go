package forest

import (
	"clicktrain/internal/learn/tree"
	"clicktrain/internal/problem"
)

// treesShare is the part of a run's memory that trees may take; the rest is for
// the table, the columns as they are searched, and the encoded model.
const treesShare = 0.5

// checkSize refuses more trees like the first one than there is memory for, as
// soon as that one is grown, so that the answer does not depend on the number
// of workers. t numbers the grown tree; memory is 0 where it is not known.
func (e *ensemble) checkSize(t int, grown *tree.Tree, memory int64) error {
	room := int64(treesShare * float64(memory))
	each := grown.Bytes() + 8*int64(e.columns) // with its importances
	if t > 0 || memory == 0 || int64(e.trees) <= room/each {
		return nil
	}
	if e.kind == decisionTree || room < each {
		return problem.Field("max_depth", "A tree on these rows has %d nodes and takes more than the %d MB that it may.", grown.Nodes(), room>>20).
			WithHint("Set max_depth or max_leaf_nodes, or train on fewer rows.")
	}
	return problem.Field("n_estimators", "%d trees would take %.0f MB, as the first has %d nodes; the limit is %d MB.",
		e.trees, float64(each)*float64(e.trees)/(1<<20), grown.Nodes(), room>>20).
		WithHint("Choose %d trees or fewer, or set max_depth, max_leaf_nodes or min_samples_leaf so that trees are smaller.", room/each)
}

// Bytes returns about how much memory the model takes.
func (e *ensemble) Bytes() int64 {
	n := 8 * int64(len(e.importances))
	for _, t := range e.grown {
		n += t.Bytes()
	}
	return n
}
