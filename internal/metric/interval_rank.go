package metric

import (
	"math"
	"math/rand/v2"
	"slices"
)

// ranked adds the intervals of ROC AUC and average precision.
func (a Answers) ranked(t *table, ranks []float64, seed uint64, out Intervals) {
	if a.Positive >= 0 {
		r := newRanking(a.Truth, ranks, a.Positive, a.Classes)
		auc, ap := r.intervals(seed)
		if auc != nil {
			out["roc_auc"], out["gini"] = *auc, Interval{2*auc.Low - 1, 2*auc.High - 1}
		}
		if ap != nil {
			out["average_precision"] = *ap
		}
	}
	if a.Classes != 2 && used(t.truth) == a.Classes {
		in, ok := a.oneVsRest(ranks, t)
		out.put("roc_auc_ovr", in, ok)
	}
}

// intervals returns the intervals of ROC AUC and average precision, or nil.
func (r ranking) intervals(seed uint64) (auc, ap *Interval) {
	m, n := len(r.positive), len(r.negative)
	if m < 2 || n < 2 {
		return nil, nil
	}
	at, least := r.auc().Score, min(m, n)
	if m+n > rankedRows {
		sd := math.Sqrt(r.delong())
		low, high := logitInterval(at, sd)
		p := r.averagePrecision().Score
		lowP, highP := logitInterval(p, math.Sqrt(p*(1-p)/float64(m))) // Boyd, Eng and Page 2013
		auc, ap = &Interval{low, high}, &Interval{lowP, highP}
	} else {
		d := r.draw(seed)
		if in, ok := d.interval(0, least); ok {
			auc = &in
		}
		if in, ok := d.interval(1, least); ok {
			ap = &in
		}
	}
	if auc == nil || auc.Low == auc.High {
		auc, ap = r.apart(at), nil
	}
	return auc, ap
}

// groups returns for each positive and each negative row its place in the order
// of distinct scores, from the highest, and how many these are.
func (r ranking) groups() (positive, negative []int32, n int) {
	positive, negative = make([]int32, 0, len(r.positive)), make([]int32, 0, len(r.negative))
	r.walk(func(_ float64, tp, fp int) {
		for len(positive) < tp {
			positive = append(positive, int32(n))
		}
		for len(negative) < fp {
			negative = append(negative, int32(n))
		}
		n++
	})
	return positive, negative, n
}

// draw resamples the rows, each side by itself, and returns ROC AUC and average
// precision. A draw costs O(n).
func (r ranking) draw(seed uint64) drawn {
	positive, negative, groups := r.groups()
	m, n := float64(len(positive)), float64(len(negative))
	return resample(seed, rankStream, draws, 2, func() func(*rand.PCG, []float64) {
		counts := make([][2]int32, groups)
		return func(rng *rand.PCG, to []float64) {
			clear(counts)
			pick(rng, len(positive), func(at int) { counts[positive[at]][0]++ })
			pick(rng, len(negative), func(at int) { counts[negative[at]][1]++ })
			tp, fp, area := int64(0), int64(0), int64(0)
			precision := 0.0
			for _, c := range counts {
				hits, alarms := int64(c[0]), int64(c[1])
				area += alarms * (2*tp + hits)
				tp, fp = tp+hits, fp+alarms
				if hits > 0 {
					precision += float64(hits) * float64(tp) / float64(tp+fp)
				}
			}
			to[0], to[1] = float64(area)/2/m/n, precision/m
		}
	})
}

// delong returns the variance of ROC AUC (DeLong, DeLong and Clarke-Pearson
// 1988): from how large a share of the other side each row is ahead of.
func (r ranking) delong() float64 {
	ahead, behind := r.placements()
	return variance(ahead)/float64(len(ahead)) + variance(behind)/float64(len(behind))
}

// placements returns for each positive row, from the highest score, the share of
// negatives that it is ahead of, and for each negative row the share of
// positives that are ahead of it; ties count a half.
func (r ranking) placements() (ahead, behind []float64) {
	m, n := float64(len(r.positive)), float64(len(r.negative))
	lastTP, lastFP := 0, 0
	r.walk(func(_ float64, tp, fp int) {
		for range tp - lastTP {
			ahead = append(ahead, (n-float64(fp+lastFP)/2)/n)
		}
		for range fp - lastFP {
			behind = append(behind, float64(tp+lastTP)/2/m)
		}
		lastTP, lastFP = tp, fp
	})
	return ahead, behind
}

// variance is that of a sample, of n − 1.
func variance(x []float64) float64 {
	center, sum := mean(x), 0.0
	for _, v := range x {
		sum += (v - center) * (v - center)
	}
	return sum / float64(len(x)-1)
}

// logitInterval is the interval of a share with a standard error, normal in its
// log-odds, so that it stays between 0 and 1.
func logitInterval(share, se float64) (low, high float64) {
	if !(share > 0 && share < 1) {
		return share, share
	}
	logit, half := math.Log(share/(1-share)), z95*se/(share*(1-share))
	return 1 / (1 + math.Exp(half-logit)), 1 / (1 + math.Exp(-half-logit))
}

// apart is the interval of a ROC AUC that no draw moves, such as 1: the scores
// from which it is not further than 1.96 standard errors, by the variance that
// Hanley and McNeil's formula gives there (Newcombe 2006, method 5). It is nil
// where the rows are all ranked alike, which nothing can be told from.
func (r ranking) apart(at float64) *Interval {
	if at > 0 && at < 1 {
		return nil
	}
	m, n := float64(len(r.positive)), float64(len(r.negative))
	rows := (m+n)/2 - 1
	far := func(x float64) bool { // x is further from 1 than chance explains
		v := x * (1 - x) * (1 + rows*(1-x)/(2-x) + rows*x/(1+x)) / (m * n)
		return 1-x > z95*math.Sqrt(v)
	}
	low, high := 0.0, 1.0
	for range 60 {
		if middle := (low + high) / 2; far(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	if at == 0 {
		return &Interval{0, 1 - low}
	}
	return &Interval{low, 1}
}

// oneVsRest is the interval of the mean ROC AUC of each class against the rest.
// Each row adds to it by what it adds to the ROC AUC of each class, and the
// classes keep their rows, as DeLong has it for two.
func (a Answers) oneVsRest(ranks []float64, t *table) (Interval, bool) {
	n, k := len(a.Truth), a.Classes
	adds, order, score := make([]float64, n), make([]int, n), 0.0
	for i := range order {
		order[i] = i
	}
	for c := range k {
		at := func(i int) float64 { return ranks[i*k+c] }
		slices.SortFunc(order, func(i, j int) int { // the highest first
			switch x, y := at(i), at(j); {
			case x > y:
				return -1
			case x < y:
				return 1
			}
			return 0
		})
		m, rest := t.truth[c], t.n-t.truth[c]
		for lo, tp, fp := 0, 0.0, 0.0; lo < n; {
			hi, hits := lo, 0.0
			for ; hi < n && at(order[hi]) == at(order[lo]); hi++ {
				if a.Truth[order[hi]] == c {
					hits++
				}
			}
			alarms := float64(hi-lo) - hits
			for _, i := range order[lo:hi] {
				if a.Truth[i] == c {
					adds[i] += (rest - fp - alarms/2) / rest / m
				} else {
					adds[i] += (tp + hits/2) / m / rest
				}
			}
			score += alarms * (tp + hits/2) / m / rest
			tp, fp, lo = tp+hits, fp+alarms, hi
		}
	}
	parts := make([][]float64, k)
	for i, c := range a.Truth {
		parts[c] = append(parts[c], adds[i]/float64(k))
	}
	v := 0.0
	for _, part := range parts {
		if len(part) > 1 {
			v += variance(part) * float64(len(part))
		}
	}
	score /= float64(k)
	if 1-score < 1e-12 { // no row is out of order
		least := slices.Min(t.truth)
		m := ranking{make([]float64, int(least)), make([]float64, int(t.n-least))}
		return *m.apart(1), true
	}
	low, high := logitInterval(score, math.Sqrt(v))
	return Interval{low, high}, low < high
}
