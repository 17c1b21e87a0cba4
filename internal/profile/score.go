package profile

import (
	"math"
)

const (
	fewestScored = 2 * folds // rows
)

// score sets the scores of a column from its tally, the last bin of which is
// that of missing values. Bins in order are cut by a tree, others stand alone.
func (o *outcome) score(out *Relation, t *tally, ordered bool, l *line) {
	out.Score, out.MissingScore = undefined, undefined
	if !o.varies || o.rows < fewestScored {
		return
	}
	out.Score = Stat(o.validate(t, ordered))
	if l != nil {
		out.Score = max(out.Score, Stat(l.r2()*l.rows()/float64(o.rows)))
	}
	out.MissingScore = 0
	if n := t.count([]int{t.bins - 1}); n > 0 && n < o.rows {
		out.MissingScore = Stat(o.validate(t.presence(), false))
	}
}

// presence returns the tally of two bins: having a value, and missing.
func (t *tally) presence() *tally {
	p := &tally{bins: 2, k: t.k, v: make([]float64, 2*folds*t.k)}
	if t.n != nil {
		p.n, p.sq = make([]float64, 2*folds), make([]float64, 2*folds)
	}
	for b := range t.bins {
		to := b / (t.bins - 1)
		for i := range folds * t.k {
			p.v[to*folds*t.k+i] += t.v[b*folds*t.k+i]
		}
		for f := range folds {
			if t.n != nil {
				p.n[to*folds+f] += t.n[b*folds+f]
				p.sq[to*folds+f] += t.sq[b*folds+f]
			}
		}
	}
	return p
}

// validate fits on all folds but one and scores that one, for each.
func (o *outcome) validate(t *tally, ordered bool) float64 {
	var total loss
	for f := range folds {
		e := t.without(f)
		leaf := make([]int, t.bins)
		if ordered {
			e.cut(leaf)
		} else {
			for b := range leaf {
				leaf[b] = b
			}
		}
		switch {
		case o.y != nil:
			total.squares(t, e, leaf, f)
		case t.k == 2:
			total.gini(t, e, leaf, f)
		default:
			total.logs(t, e, leaf, f)
		}
	}
	return total.skill()
}

// loss adds up over folds what a column's predictions lose, and what those of
// a column that says nothing would.
type loss struct{ own, base float64 }

// skill returns the share of the base loss that goes away, at least 0.
func (l loss) skill() float64 {
	if !(l.base > 0) {
		return 0
	}
	return min(max(1-l.own/l.base, 0), 1)
}

// squares adds the squared errors of predicting each leaf's mean, of which one
// row at the overall mean is a part.
func (l *loss) squares(t *tally, e *fitted, leaf []int, fold int) {
	n, v := e.leaves(leaf)
	for b := range t.bins {
		k := t.n[b*folds+fold]
		if k == 0 {
			continue
		}
		sum, sq := t.at(b, fold)[0], t.sq[b*folds+fold]
		p := (v[leaf[b]] + e.prior[0]) / (n[leaf[b]] + 1)
		l.own += sq - 2*p*sum + k*p*p
		l.base += sq - 2*e.prior[0]*sum + k*e.prior[0]*e.prior[0]
	}
}

// logs adds the log losses of predicting each leaf's shares, of which one row
// at the overall shares is a part.
func (l *loss) logs(t *tally, e *fitted, leaf []int, fold int) {
	n, v := e.leaves(leaf)
	for b := range t.bins {
		for c, k := range t.at(b, fold) {
			if k == 0 || e.prior[c] == 0 {
				continue
			}
			p := (v[leaf[b]*t.k+c] + e.prior[c]) / (n[leaf[b]] + 1)
			l.own -= k * math.Log(p)
			l.base -= k * math.Log(e.prior[c])
		}
	}
}

// gini adds 1 − (2·AUC − 1) of ranking the rows by their leaf's share, for a
// fold with both classes.
func (l *loss) gini(t *tally, e *fitted, leaf []int, fold int) {
	n, v := e.leaves(leaf)
	bins := make([]ranked, 0, t.bins)
	for b := range t.bins {
		x := t.at(b, fold)
		if x[0]+x[1] > 0 {
			p := (v[leaf[b]*2+1] + e.prior[1]) / (n[leaf[b]] + 1)
			bins = append(bins, ranked{p, x[0], x[1]})
		}
	}
	if auc := area(bins); auc == auc {
		l.own += 2 - 2*auc
		l.base++
	}
}
