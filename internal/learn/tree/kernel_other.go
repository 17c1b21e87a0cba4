//go:build !amd64

package tree

func gatherKeys(dst, all, rows []int32) (least, greatest int32) {
	return gatherPlain(dst, all, rows, all[rows[0]], all[rows[0]])
}

func leftPairs(node []uint64, keys []int32, at int32) uint64 { return pairsPlain(node, keys, at) }

func leftSums(node []sum, keys []int32, at int32) sum { return sumsPlain(node, keys, at) }

func descend(nodes []uint64, keys, at, bases []int32, width, steps int) {
	descendPlain(nodes, keys, at, bases, width, steps)
}
