//go:build !amd64

package tree

func gatherKeys(dst, all, rows []int32) (least, greatest int32) {
	return gatherPlain(dst, all, rows, all[rows[0]], all[rows[0]])
}

func leftPairs(node []uint64, keys []int32, at int32) uint64 { return pairsPlain(node, keys, at) }

func leftSums(node []sum, keys []int32, at int32) sum { return sumsPlain(node, keys, at) }

func extremesOf(records, rows []int32, stride int, least, greatest []int32) {
	extremesPlain(records, rows, stride, least, greatest)
}

func sumPairsOf(records, rows []int32, stride int, at []int32, node []uint64, zero, one []uint32) {
	sumPairsPlain(records, rows, stride, at, node, zero, one)
}

func sumTargetsOf(records, rows []int32, stride int, at []int32, node []sum, y, w []float64) {
	sumTargetsPlain(records, rows, stride, at, node, y, w)
}

func sumClasses(records, rows []int32, stride int, at []int32, node []uint64, counts []uint32) {
	sumClassesPlain(records, rows, stride, at, node, counts)
}

func descend(nodes []uint64, keys, at, bases []int32, width, steps int) {
	descendPlain(nodes, keys, at, bases, width, steps)
}
