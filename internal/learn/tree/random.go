package tree

import "math/rand/v2"

// toss cuts a column between the least and the greatest value that the rows
// have, uniformly at random, as scikit-learn's RandomSplitter does.
func (g *Grower) toss(feature int32, rows []int32, random *rand.PCG) (c cut, key int32, same bool) {
	least, greatest := g.load(feature, rows)
	if least == greatest {
		return noCut, 0, true
	}
	key = cutBetween(least, greatest, float64(random.Uint64()>>11)/(1<<53))
	return g.crit.toss(g.keys[:len(rows)], key), key, false
}

// cutBetween returns the key of the number that is the share u, below 1, of the
// way from the number of key least to that of greatest; both sides get rows.
func cutBetween(least, greatest int32, u float64) int32 {
	lo, hi := float64(keyFloat(least)), float64(keyFloat(greatest))
	return max(least, min(Key(lo+u*(hi-lo)), greatest-1))
}
