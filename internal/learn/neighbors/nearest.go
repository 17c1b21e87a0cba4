package neighbors

import "math"

// nearest keeps the k nearest rows offered so far, as a heap with the farthest
// on top. Of rows at the same distance the lower is nearer.
type nearest struct {
	k    int
	dist []float64
	row  []int32
}

func newNearest(k int) *nearest {
	return &nearest{k: k, dist: make([]float64, 0, k), row: make([]int32, 0, k)}
}

func (n *nearest) reset() { n.dist, n.row = n.dist[:0], n.row[:0] }

// limit returns the distance above which a row is not among the nearest.
func (n *nearest) limit() float64 {
	if len(n.dist) < n.k {
		return math.Inf(1)
	}
	return n.dist[0]
}

// after reports whether entry a is farther than the row at distance d.
func (n *nearest) after(a int, d float64, row int32) bool {
	return n.dist[a] > d || n.dist[a] == d && n.row[a] > row
}

// offer adds a row if it is among the k nearest.
func (n *nearest) offer(d float64, row int32) {
	if len(n.dist) < n.k {
		n.dist, n.row = append(n.dist, d), append(n.row, row)
		for i := len(n.dist) - 1; i > 0; {
			up := (i - 1) / 2
			if !n.after(i, n.dist[up], n.row[up]) {
				break
			}
			n.swap(i, up)
			i = up
		}
		return
	}
	if n.after(0, d, row) {
		n.dist[0], n.row[0] = d, row
		n.sift(0, n.k)
	}
}

// sift moves entry i down to where it belongs among the first size.
func (n *nearest) sift(i, size int) {
	for {
		down := 2*i + 1
		if down >= size {
			return
		}
		if right := down + 1; right < size && n.after(right, n.dist[down], n.row[down]) {
			down = right
		}
		if !n.after(down, n.dist[i], n.row[i]) {
			return
		}
		n.swap(i, down)
		i = down
	}
}

func (n *nearest) swap(i, j int) {
	n.dist[i], n.dist[j] = n.dist[j], n.dist[i]
	n.row[i], n.row[j] = n.row[j], n.row[i]
}

// sort orders the rows from the nearest on; reset must follow.
func (n *nearest) sort() {
	for size := len(n.dist) - 1; size > 0; size-- {
		n.swap(0, size)
		n.sift(0, size)
	}
}
