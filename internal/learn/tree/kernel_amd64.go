package tree

import "golang.org/x/sys/cpu"

//go:noescape
func gatherAVX2(dst, all, rows *int32, n int, least, greatest *[8]int32)

//go:noescape
func pairsAVX2(node *uint64, keys *int32, n int, at int64) uint64

//go:noescape
func sumsAVX2(node *sum, keys *int32, n int, at int64, out *[4]float64)

//go:noescape
func descendAVX2(nodes *uint64, keys, at, bases *int32, n, bits, steps int)

// vectorRows is the fewest rows for which vectors are worth their start.
const vectorRows = 16

func gatherKeys(dst, all, rows []int32) (least, greatest int32) {
	least = all[rows[0]]
	greatest = least
	n := 0
	if len(rows) >= vectorRows && cpu.X86.HasAVX2 {
		n = len(rows) &^ 7
		var lo, hi [8]int32
		gatherAVX2(&dst[:n][0], &all[0], &rows[0], n, &lo, &hi)
		for i := range lo {
			least, greatest = min(least, lo[i]), max(greatest, hi[i])
		}
	}
	return gatherPlain(dst[n:], all, rows[n:], least, greatest)
}

func leftPairs(node []uint64, keys []int32, at int32) uint64 {
	if len(node) < vectorRows || !cpu.X86.HasAVX2 {
		return pairsPlain(node, keys, at)
	}
	n := len(node) &^ 3
	return pairsAVX2(&node[0], &keys[:n][0], n, int64(at)) + pairsPlain(node[n:], keys[n:len(node)], at)
}

func leftSums(node []sum, keys []int32, at int32) sum {
	if len(node) < vectorRows || !cpu.X86.HasAVX2 {
		return sumsPlain(node, keys, at)
	}
	n := len(node) &^ 3
	var s [4]float64
	sumsAVX2(&node[0], &keys[:n][0], n, int64(at), &s)
	total := sum{s[0] + s[2], s[1] + s[3]}
	for i := n; i < len(node); i++ {
		total.add(&node[i], left(keys[i], at))
	}
	return total
}

func descend(nodes []uint64, keys, at, bases []int32, width, steps int) {
	if !cpu.X86.HasAVX2 {
		descendPlain(nodes, keys, at, bases, width, steps)
		return
	}
	descendAVX2(&nodes[0], &keys[0], &at[0], &bases[:len(at)][0], len(at), width, steps)
}
