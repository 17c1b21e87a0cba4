package boost

import "clicktrain/internal/problem"

const (
	// mostScores bounds rows times classes, each of which takes 16 bytes.
	mostScores = 200_000_000
	// mostLeaves bounds the leaves of all trees, each of which takes some 50
	// bytes, and a tree by itself as much as three.
	mostLeaves = 50_000_000
)

// checkSize refuses what would take more memory than a run has, before any of
// it is taken: scores of all rows for all classes, and leaves.
func (b *booster) checkSize(rows, classes int) error {
	if classes > 2 && rows > mostScores/classes {
		return problem.New(problem.Invalid, "%d training rows of %d classes make %d scores; histogram gradient boosting takes at most %d.",
			rows, classes, rows*classes, mostScores).WithHint("Use fewer rows, merge rare classes, or choose another algorithm.")
	}
	trees, leaves := b.rounds, max(1, rows/b.minLeaf)
	if classes > 2 {
		trees *= classes
	}
	if b.maxLeaves > 0 {
		leaves = min(leaves, b.maxLeaves)
	}
	if b.maxDepth > 0 && b.maxDepth < 30 {
		leaves = min(leaves, 1<<b.maxDepth)
	}
	if trees > mostLeaves/(leaves+3) {
		return problem.Field("max_iter", "%d trees of up to %d leaves each are possible, and too large: the limit is %d leaves in all.", trees, leaves, mostLeaves).
			WithHint("Choose a lower max_iter or max_leaf_nodes.")
	}
	return nil
}
