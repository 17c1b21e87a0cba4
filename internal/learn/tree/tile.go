package tree

import (
	"context"
	"math/rand/v2"
)

// tileCells is the most numbers of a tile: 64 KiB.
const tileCells = 1 << 14

// tile holds the keys of a small node's rows, so that what is below the node
// grows out of the cache. The node's rows are then known by
// their place in it.
type tile struct {
	most  int     // rows that fit; 0 if tiles are of no use
	width int     // rows held; 0 outside of a tile
	keys  []int32 // of column j from j·most on, or as records
	names []int32 // which rows they are
}

func newTile(stride int) tile {
	most := tileCells / stride
	if most < localRows {
		return tile{}
	}
	return tile{most: most, keys: make([]int32, most*stride), names: make([]int32, most)}
}

// growTile adds node n, of at most g.tile.most rows, and all below it to t.
func (g *Grower) growTile(ctx context.Context, t *Tree, n pending, random *rand.PCG) error {
	rows := g.rows[n.from:n.to]
	all := g.records
	g.fillTile(n, rows)
	names := g.tile.names[:len(rows)]
	for i, r := range rows {
		names[i], rows[i] = r, int32(i)
	}
	g.tile.width = len(rows)
	g.crit.rename(names)
	defer func() {
		g.tile.width, g.records = 0, all
		g.crit.rename(nil)
	}()
	bottom := len(g.stack)
	g.stack = append(g.stack, n)
	for len(g.stack) > bottom {
		n := g.stack[len(g.stack)-1]
		g.stack = g.stack[:len(g.stack)-1]
		if err := g.node(ctx, t, n, random); err != nil {
			return err
		}
	}
	return nil
}

// fillTile copies the keys of the rows of node n.
func (g *Grower) fillTile(n pending, rows []int32) {
	if g.records == nil {
		for _, f := range g.features[n.constants:] {
			g.load(f, rows)
			copy(g.tile.keys[int(f)*g.tile.most:], g.keys[:len(rows)])
		}
		return
	}
	for i, r := range rows {
		copy(g.tile.keys[i*g.stride:(i+1)*g.stride], g.records[int(r)*g.stride:])
	}
	g.records = g.tile.keys
}
