package tree

import "math/rand/v2"

// toss cuts a column between the least and the greatest value that the rows
// have, uniformly at random, as scikit-learn's RandomSplitter does.
func (g *Grower) toss(feature int32, rows []int32, random *rand.PCG) (c cut, key int32, same bool) {
	least, greatest := g.load(feature, rows)
	if least == greatest {
		return noCut, 0, true
	}
	lo, hi := float64(keyFloat(least)), float64(keyFloat(greatest))
	u := float64(random.Uint64()>>11) / (1 << 53)
	key = max(least, min(Key(lo+u*(hi-lo)), greatest-1)) // both sides get rows
	return g.crit.toss(g.keys[:len(rows)], key), key, false
}
