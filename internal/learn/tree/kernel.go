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

// Records are read in groups of keys, and by so many rows at a
// time: what these hold stays in the first cache until all groups are read.
const recordRows = 256

// extremes lowers least and raises greatest, one of each column, to what the
// records of the rows hold.
func extremes(records, rows []int32, stride int, least, greatest []int32) {
	for len(rows) > 0 {
		n := min(len(rows), recordRows)
		extremesOf(records, rows[:n], stride, least, greatest)
		rows = rows[n:]
	}
}

func extremesPlain(records, rows []int32, stride int, least, greatest []int32) {
	for _, r := range rows {
		for j, k := range records[int(r)*stride : (int(r)+1)*stride] {
			least[j], greatest[j] = min(least[j], k), max(greatest[j], k)
		}
	}
}

// sumPairs adds the pairs of the rows that go left at each column's key to
// the counts of class 0 and of class 1.
func sumPairs(records, rows []int32, stride int, at []int32, node []uint64, zero, one []uint32) {
	for len(rows) > 0 {
		n := min(len(rows), recordRows)
		sumPairsOf(records, rows[:n], stride, at, node[:n], zero, one)
		rows, node = rows[n:], node[n:]
	}
}

func sumPairsPlain(records, rows []int32, stride int, at []int32, node []uint64, zero, one []uint32) {
	for i, r := range rows {
		for j, k := range records[int(r)*stride : (int(r)+1)*stride] {
			w := node[i] & left(k, at[j])
			zero[j] += uint32(w)
			one[j] += uint32(w >> 32)
		}
	}
}

// sumTargets adds the targets and the weights of the rows that go left at each
// column's key, row by row.
func sumTargets(records, rows []int32, stride int, at []int32, node []sum, y, w []float64) {
	for len(rows) > 0 {
		n := min(len(rows), recordRows)
		sumTargetsOf(records, rows[:n], stride, at, node[:n], y, w)
		rows, node = rows[n:], node[n:]
	}
}

func sumTargetsPlain(records, rows []int32, stride int, at []int32, node []sum, y, w []float64) {
	for i, r := range rows {
		for j, k := range records[int(r)*stride : (int(r)+1)*stride] {
			s := sum{y[j], w[j]}
			s.add(&node[i], left(k, at[j]))
			y[j], w[j] = s.y, s.w
		}
	}
}

// sumClassesPlain adds the weights of the rows that go left at each column's
// key to the counts of their classes, stride numbers each.
func sumClassesPlain(records, rows []int32, stride int, at []int32, node []uint64, counts []uint32) {
	for i, r := range rows {
		of := counts[int(uint32(node[i]))*stride:][:stride]
		for j, k := range records[int(r)*stride : (int(r)+1)*stride] {
			of[j] += uint32(node[i] >> 32 & left(k, at[j]))
		}
	}
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
