package tree

import (
	"context"
	"math/bits"
	"math/rand/v2"
)

// split is a cut of a column; feature -1 is none.
type split struct {
	cut
	feature int32
	key     int32 // of columns of keys: what goes left has at most this
}

// split looks for the best split of node n as scikit-learn's BestSplitter
// does: columns are drawn without replacement until MaxFeatures were drawn, and
// on until one of them was not constant. Columns found constant are remembered
// for the nodes below. The bins of the winner are left in
// g.bins, or its keys in g.kept where splits are random.
func (g *Grower) split(ctx context.Context, n *pending, random *rand.PCG) (split, error) {
	if g.sweep != nil {
		return g.sweep.split(ctx, n, random)
	}
	best := split{feature: -1, cut: noCut}
	rows, f := g.rows[n.from:n.to], g.features
	known := n.constants // constants found above
	total := known       // and found here
	drawn := 0           // of the known ones, drawn here
	end := len(f)        // columns at end and beyond were looked at
	for visited := 0; end > total && (visited < g.opt.MaxFeatures || visited <= total-known+drawn); {
		visited++
		j := drawn + below(random, end-(total-known)-drawn)
		if j < known {
			f[drawn], f[j] = f[j], f[drawn]
			drawn++
			continue
		}
		j += total - known
		feature := f[j]
		col := &g.cols.cols[feature]
		if g.cells += len(rows); g.cells > checkEvery {
			g.cells = 0
			if err := ctx.Err(); err != nil {
				return best, err
			}
		}
		c, key, same := g.look(col, n, feature, random)
		if same {
			f[j], f[total] = f[total], f[j]
			total++
			continue
		}
		end--
		f[end], f[j] = f[j], f[end]
		if c.beats(&best.cut) {
			best = split{c, feature, key}
			g.bins, g.spare = g.spare, g.bins
			if g.opt.Random {
				g.keys, g.kept = g.kept, g.keys
			}
			if c.perfect {
				break
			}
		}
	}
	// The order of the known constants is the ancestors' business.
	copy(f[:known], g.constants[:known])
	copy(g.constants[known:total], f[known:total])
	n.constants = total
	return best, nil
}

// look returns the cut of a column that counts for node n: the best, or a
// random one. Columns of keys give the greatest key that goes left, others
// leave their bins in g.spare. same reports that all rows have one value.
func (g *Grower) look(col *column, n *pending, feature int32, random *rand.PCG) (c cut, key int32, same bool) {
	rows := g.rows[n.from:n.to]
	switch {
	case g.opt.Random:
		return g.toss(feature, rows, random)
	case col.order != nil:
		return g.scan(col, g.orders[feature][n.from:n.to])
	}
	col.load(g.spare, rows)
	bins := g.spare[:len(rows)]
	if constant(bins) {
		return noCut, 0, true
	}
	return g.crit.best(bins, len(col.lo)), 0, false
}

// constant reports whether all bins are the same.
func constant(bins []uint16) bool {
	first := bins[0]
	for _, b := range bins {
		if b != first {
			return false
		}
	}
	return true
}

// below draws a whole number from 0 to n-1. For n up to 2³² the bias is below
// 2⁻³².
func below(random *rand.PCG, n int) int {
	hi, _ := bits.Mul64(random.Uint64(), uint64(n))
	return int(hi)
}
