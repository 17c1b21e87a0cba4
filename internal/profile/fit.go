package profile

import (
	"cmp"
	"math"
	"slices"
)

const (
	treeDepth  = 4
	smallLeaf  = 5   // rows of a leaf at least
	smallShare = 100 // or this part of the rows, in a small table
)

// fitted is a tally of the rows outside one fold.
type fitted struct {
	bins, k int
	n       []float64 // of each bin
	v       []float64 // bins × k
	prior   []float64 // the share of each class, or the mean
}

// without returns the tally less one fold.
func (t *tally) without(fold int) *fitted {
	e := &fitted{bins: t.bins, k: t.k, n: make([]float64, t.bins), v: make([]float64, t.bins*t.k), prior: make([]float64, t.k)}
	total := 0.0
	for b := range t.bins {
		for f := range folds {
			if f == fold {
				continue
			}
			e.n[b] += t.rows(b, f)
			for c, x := range t.at(b, f) {
				e.v[b*t.k+c] += x
				e.prior[c] += x
			}
		}
		total += e.n[b]
	}
	for c := range e.prior {
		e.prior[c] /= max(total, 1)
	}
	return e
}

// leaves sums n and v over the bins of each leaf.
func (e *fitted) leaves(leaf []int) (n, v []float64) {
	n, v = make([]float64, e.bins), make([]float64, e.bins*e.k)
	for b, l := range leaf {
		n[l] += e.n[b]
		for c := range e.k {
			v[l*e.k+c] += e.v[b*e.k+c]
		}
	}
	return n, v
}

// cut grows a tree on the bins but the last, that of missing values, and sets
// each bin's leaf, numbered by its first bin.
func (e *fitted) cut(leaf []int) {
	total := 0.0
	for _, n := range e.n {
		total += n
	}
	least := min(smallLeaf, 1+math.Floor(total/smallShare))
	e.grow(leaf, 0, e.bins-1, treeDepth, least)
	leaf[e.bins-1] = e.bins - 1
}

func (e *fitted) grow(leaf []int, from, to, depth int, least float64) {
	at := from
	if depth > 0 {
		at = e.split(from, to, least)
	}
	if at == from {
		for b := from; b < to; b++ {
			leaf[b] = from
		}
		return
	}
	e.grow(leaf, from, at, depth-1, least)
	e.grow(leaf, at, to, depth-1, least)
}

// split returns where to cut the bins so that Σ v²/n of both sides is largest,
// which makes the Gini impurity or the variance smallest; or from, for not.
func (e *fitted) split(from, to int, least float64) int {
	right, left := make([]float64, e.k), make([]float64, e.k)
	var n, m float64
	for b := from; b < to; b++ {
		n += e.n[b]
		for c := range e.k {
			right[c] += e.v[b*e.k+c]
		}
	}
	at, best := from, 0.0
	for c := range e.k {
		best += right[c] * right[c] / max(n, 1)
	}
	best += 1e-12 * (1 + best)
	for b := from; b < to-1; b++ {
		m += e.n[b]
		var l, r float64
		for c := range e.k {
			x := e.v[b*e.k+c]
			left[c] += x
			right[c] -= x
			l += left[c] * left[c]
			r += right[c] * right[c]
		}
		if e.n[b] == 0 || m < least || n-m < least {
			continue
		}
		if gain := l/m + r/(n-m); gain > best {
			at, best = b+1, gain
		}
	}
	return at
}

// ranked is rows of either class at one predicted share.
type ranked struct{ p, negative, positive float64 }

// area returns the area under the ROC curve, ties counting half, or NaN where
// a class has no rows.
func area(rows []ranked) float64 {
	slices.SortFunc(rows, func(a, b ranked) int { return cmp.Compare(a.p, b.p) })
	var below, negative, positive, sum float64
	for i := 0; i < len(rows); {
		var n, p float64
		for at := rows[i].p; i < len(rows) && rows[i].p == at; i++ {
			n += rows[i].negative
			p += rows[i].positive
		}
		sum += p * (below + n/2)
		below += n
		negative += n
		positive += p
	}
	if negative == 0 || positive == 0 {
		return math.NaN()
	}
	return sum / (negative * positive)
}

// line sums, for each fold, what fitting a straight line needs. x is scaled to
// −1 … 1.
type line struct {
	mid, half float64
	sums      [folds]lineSums
}

type lineSums struct{ n, x, y, xx, xy, yy float64 }

// newLine returns sums for a column of the ascending values v, or nil where no
// line is fitted.
func newLine(o *outcome, v []float64) *line {
	if o.y == nil || len(v) < fewestScored || v[0] == v[len(v)-1] {
		return nil
	}
	l := &line{mid: v[0]/2 + v[len(v)-1]/2, half: v[len(v)-1]/2 - v[0]/2}
	if !(l.half > 0) {
		return nil
	}
	return l
}

func (l *line) add(x, y float64, fold int) {
	x = (x/2 - l.mid/2) / l.half * 2
	s := &l.sums[fold]
	s.n++
	s.x += x
	s.y += y
	s.xx += x * x
	s.xy += x * y
	s.yy += y * y
}

// rows returns how many were added.
func (l *line) rows() float64 {
	n := 0.0
	for _, s := range l.sums {
		n += s.n
	}
	return n
}

// r2 returns the share of the squared error that a line fitted on the other
// folds saves, over the rows with a value.
func (l *line) r2() float64 {
	var total loss
	for f, test := range l.sums {
		var t lineSums
		for g, s := range l.sums {
			if g != f {
				t.n, t.x, t.y, t.xx, t.xy = t.n+s.n, t.x+s.x, t.y+s.y, t.xx+s.xx, t.xy+s.xy
			}
		}
		if t.n == 0 || test.n == 0 {
			continue
		}
		mx, my := t.x/t.n, t.y/t.n
		b := 0.0
		if xx := t.xx - t.n*mx*mx; xx > 1e-12*t.xx {
			b = (t.xy - t.n*mx*my) / xx
		}
		a := my - b*mx
		total.own += test.yy + test.n*a*a + b*b*test.xx - 2*a*test.y - 2*b*test.xy + 2*a*b*test.x
		total.base += test.yy - 2*my*test.y + test.n*my*my
	}
	return total.skill()
}
