package tree

import (
	"context"
	"math/bits"
	"math/rand/v2"
)

// criterion measures splits by what they do to the targets.
type criterion interface {
	// begin takes the in-bag rows and their weights (nil: all 1) and returns
	// an empty tree.
	begin(rows []int32, weights []uint32) *Tree
	// enter makes the given in-bag rows, which start at from, the node at hand,
	// and reports whether their targets are all the same.
	enter(rows []int32, from int) (pure bool)
	// best returns the best cut of the node's rows, whose bins, of n, are given and
	// not all the same.
	best(bins []uint16, n int) cut
	// partition moves what is kept of the rows as the rows are.
	partition(from, to int, bins []uint16, left uint16)
	// leaf adds the node's rows, which start at from, to t as a leaf.
	leaf(t *Tree, rows []int32, from int)
}

// cut separates adjacent bins left and right of a column. Its score is num/den,
// kept as a fraction so that cuts are compared without dividing, and only
// within one node.
type cut struct {
	num, den    float64
	left, right uint16
	perfect     bool // no other cut can be better
}

// noCut scores less than any cut.
var noCut = cut{num: -1, den: 1}

// split is a cut of a column; feature -1 is none.
type split struct {
	cut
	feature int32
}

// split looks for the best split of node n as scikit-learn's BestSplitter
// does: columns are drawn without replacement until MaxFeatures were drawn, and
// on until one of them was not constant. Columns found constant are remembered
// for the nodes below. The bins of the winner are left in g.bins.
func (g *Grower) split(ctx context.Context, n *pending, random *rand.PCG) (split, error) {
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
		g.cols.cols[feature].load(g.spare, rows)
		if g.cells += len(rows); g.cells > checkEvery {
			g.cells = 0
			if err := ctx.Err(); err != nil {
				return best, err
			}
		}
		bins := g.spare[:len(rows)]
		if constant(bins) {
			f[j], f[total] = f[total], f[j]
			total++
			continue
		}
		end--
		f[end], f[j] = f[j], f[end]
		if c := g.crit.best(bins, len(g.cols.cols[feature].lo)); c.num*best.den > best.num*c.den {
			best = split{c, feature}
			g.bins, g.spare = g.spare, g.bins
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
