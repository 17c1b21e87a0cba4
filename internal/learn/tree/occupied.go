package tree

import "math/bits"

// occupied is a set of bins.
type occupied [MaxBins / 64]uint64

// add adds bin b.
func (o *occupied) add(b uint16) { o[b>>6] |= 1 << (b & 63) }

// lowest returns the least bin in word w, the k-th of a set.
func lowest(k int, w uint64) uint16 { return uint16(k<<6 + bits.TrailingZeros64(w)) }

// few is the most rows that are sorted by insertion.
const few = 16

// order returns the positions 0 … len(bins)-1, at most few, sorted by bin: a
// key is a bin in the upper half and the position in the lower.
func order(keys *[few]uint32, bins []uint16) []uint32 {
	for i, b := range bins {
		k := uint32(b)<<16 | uint32(i)
		j := i
		for ; j > 0 && keys[j-1] > k; j-- {
			keys[j] = keys[j-1]
		}
		keys[j] = k
	}
	return keys[:len(bins)]
}
