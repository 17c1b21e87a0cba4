package tree

import "golang.org/x/sys/cpu"

//go:noescape
func gatherAVX2(dst, all, rows *int32, n int, least, greatest *[8]int32)

//go:noescape
func pairsAVX2(node *uint64, keys *int32, n int, at int64) uint64

//go:noescape
func sumsAVX2(node *sum, keys *int32, n int, at int64, out *[4]float64)

//go:noescape
func walkAVX2(nodes *node, rows *int32, p int, ids *[16]int32)

// walkMany is Walk of as many rows as vectors take, and returns how many these
// are. Sixteen go down at a time, so that the processor waits for many nodes at
// once; rows that are at their leaf stay there.
func (t *Tree) walkMany(dst, rows []int32, p int) int {
	if !cpu.X86.HasAVX2 {
		return 0
	}
	i := 0
	var ids [16]int32
	for ; i+16 <= len(dst); i += 16 {
		walkAVX2(&t.nodes[0], &rows[i*p : (i+16)*p][0], p, &ids)
		for j, id := range ids {
			dst[i+j] = t.nodes[id].leaf()
		}
	}
	return i
}

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
