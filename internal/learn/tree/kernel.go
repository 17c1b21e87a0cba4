package tree

import "math"

// The loops of random splits, which read every row of a node for every column
// looked at. Each returns the same bits with vector instructions as without.

// gatherPlain writes all[r] of each row r into dst and returns the least and
// the greatest of them and of those given.
func gatherPlain(dst, all, rows []int32, least, greatest int32) (int32, int32) {
	dst = dst[:len(rows)]
	for i, r := range rows {
		k := all[r]
		dst[i] = k
		least, greatest = min(least, k), max(greatest, k)
	}
	return least, greatest
}

// left is all ones where key k goes left of key at, else 0: without a jump,
// which would be as hard to foresee as a coin.
func left(k, at int32) uint64 { return uint64((int64(k) - int64(at) - 1) >> 63) }

// pairsPlain sums up the pairs of the rows that go left.
func pairsPlain(node []uint64, keys []int32, at int32) (sum uint64) {
	keys = keys[:len(node)]
	for i, w := range node {
		sum += w & left(keys[i], at)
	}
	return sum
}

// sumsPlain sums up the rows that go left: every fourth row by itself, and
// these four sums in pairs.
func sumsPlain(node []sum, keys []int32, at int32) sum {
	var s [4]sum
	keys = keys[:len(node)]
	n := len(node) &^ 3
	for i := 0; i < n; i += 4 {
		for j := range s {
			s[j].add(&node[i+j], left(keys[i+j], at))
		}
	}
	total := sum{(s[0].y + s[2].y) + (s[1].y + s[3].y), (s[0].w + s[2].w) + (s[1].w + s[3].w)}
	for i := n; i < len(node); i++ {
		total.add(&node[i], left(keys[i], at))
	}
	return total
}

// add adds r where in is all ones, and 0 where it is 0.
func (s *sum) add(r *sum, in uint64) {
	s.y += math.Float64frombits(math.Float64bits(r.y) & in)
	s.w += math.Float64frombits(math.Float64bits(r.w) & in)
}

// countLeft returns how many keys go left.
func countLeft(keys []int32, at int32) int {
	n := uint64(0)
	for _, k := range keys {
		n -= left(k, at)
	}
	return int(n)
}
