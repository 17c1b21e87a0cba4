package recipe

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// clusterEdges returns the ends of numbers, none missing, and what is midway between
// the centers of n clusters of them, without those that are as good as equal to
// the one before. Where there are no more different numbers than clusters, each
// number is a center; else the centers are those of scikit-learn's KMeans from
// the middles of n bins of one width. Cost: some sums of the numbers, 300 at
// most.
func clusterEdges(x []float64, n int) []float64 {
	sorted := ascending(x)
	low, high := sorted[0], sorted[len(sorted)-1]
	centers := slices.Compact(slices.Clone(sorted))
	if len(centers) > n {
		centers = clusterCenters(x, sorted, n)
	}
	edges, before := []float64{low}, low
	for i, c := range centers {
		e := high
		if i+1 < len(centers) {
			e = 0.5*c + 0.5*centers[i+1]
		}
		if e-before > 1e-8 && e <= high {
			edges = append(edges, e)
		}
		before = max(before, e)
	}
	return edges
}

// clustering is Lloyd's algorithm (1982) for numbers: each goes to the nearest
// center, which becomes the mean of those that came.
type clustering struct {
	rows    []float64 // less their mean
	x       []float64 // the same, ascending
	centers []float64
	spans   []span // of x, one after the other
}

// span is a run of numbers that are nearest to one center.
type span struct {
	center, lo, hi int
	sum            float64
}

// clusterCenters returns n centers of numbers, which it also takes in order, as
// ascending numbers. Squares are those of numbers between -1 and 1: a power of
// two as the unit changes no rounding. The least and the greatest number are as
// far from their first centers but for the rounding of the mean, which
// therefore is numpy's.
func clusterCenters(x, sorted []float64, n int) []float64 {
	low, high := sorted[0], sorted[len(sorted)-1]
	_, exponent := math.Frexp(high - low)
	scaled := func(v float64) float64 { return math.Ldexp(v, -exponent) }
	c := clustering{rows: make([]float64, len(x)), x: make([]float64, len(x))}
	for i, v := range x {
		c.rows[i] = scaled(v)
	}
	mean, variance := pairwiseSum(c.rows)/float64(len(x)), 0.0
	for i, v := range sorted {
		c.rows[i] -= mean
		c.x[i] = scaled(v) - mean
		variance += c.x[i] * c.x[i] / float64(len(sorted))
	}
	edges := uniformEdges(scaled(low), scaled(high), n)
	for i, e := range edges[1:] {
		c.centers = append(c.centers, 0.5*(e+edges[i])-mean)
	}
	c.settle(1e-4 * variance)
	for k := range c.centers {
		c.centers[k] = math.Ldexp(c.centers[k]+mean, exponent)
	}
	slices.Sort(c.centers)
	return c.centers
}

// settle moves the centers until no number changes its own, the squares of
// their ways sum up to the tolerance, or they have moved 300 times.
func (c *clustering) settle(tolerance float64) {
	for range 300 {
		before := c.spans
		c.assign()
		moved := c.move()
		if moved <= tolerance || slices.Equal(before, c.spans) {
			return
		}
	}
}

// assign finds the spans. Of equally near centers the first takes a number.
func (c *clustering) assign() {
	order := make([]int, len(c.centers))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.centers[a], c.centers[b]) })
	order = slices.CompactFunc(order, func(a, b int) bool { return c.centers[a] == c.centers[b] })
	known := make(map[[2]int]float64, len(c.spans))
	for _, s := range c.spans {
		known[[2]int{s.lo, s.hi}] = s.sum
	}
	var spans []span
	for i, lo := 0, 0; i < len(order); i++ {
		hi := len(c.x)
		if i+1 < len(order) {
			a, b := order[i], order[i+1]
			hi = lo + sort.Search(hi-lo, func(k int) bool { return c.nearer(c.x[lo+k], b, a) })
		}
		if lo == hi {
			continue
		}
		s := span{center: order[i], lo: lo, hi: hi}
		var ok bool
		if s.sum, ok = known[[2]int{lo, hi}]; !ok {
			s.sum, _ = sumPresent(c.x[lo:hi])
		}
		spans, lo = append(spans, s), hi
	}
	c.spans = spans
}

// nearer reports whether a number goes to center a rather than to b. Squares of
// distances lack the number's own, and so round as scikit-learn's do.
func (c *clustering) nearer(x float64, a, b int) bool {
	p, q := c.centers[a], c.centers[b]
	d, e := float64(p*p)-2*float64(x*p), float64(q*q)-2*float64(x*q)
	return d < e || d == e && a < b
}

// move makes each center the mean of its numbers, and returns the sum of the
// squares of the ways. A center without numbers gets the one farthest from its
// own center, which no longer counts there; one that so loses its last number
// goes to the largest cluster's sum or center, and finds numbers again as its
// way is long.
func (c *clustering) move() (moved float64) {
	sums, counts := make([]float64, len(c.centers)), make([]float64, len(c.centers))
	for _, s := range c.spans {
		sums[s.center], counts[s.center] = s.sum, float64(s.hi-s.lo)
	}
	var empty []int
	for k, n := range counts {
		if n == 0 {
			empty = append(empty, k)
		}
	}
	for i, f := range c.farthest(len(empty)) {
		k := empty[i]
		sums[f.center] -= f.x
		counts[f.center]--
		sums[k], counts[k] = f.x, 1
	}
	largest := 0
	for k, n := range counts {
		if n > counts[largest] {
			largest = k
		}
	}
	for k, n := range counts {
		if n > 0 {
			sums[k] *= 1 / n
		} else {
			sums[k] = sums[largest] // scikit-learn's, not yet divided if it comes later
		}
		moved += (sums[k] - c.centers[k]) * (sums[k] - c.centers[k])
	}
	c.centers = sums
	return moved
}

// far is a number and how far it is from its center, squared.
type far struct {
	x, distance float64
	center      int
	row         int // the last that has it
}

// farthest returns the n numbers that are farthest from their centers, the
// farthest first and of equally far ones the last row's; none if all are as near
// as can be. Of each span's they are at its ends.
func (c *clustering) farthest(n int) []far {
	if n == 0 {
		return nil
	}
	var all []far
	last := map[float64]int{}
	for _, s := range c.spans {
		for i := s.lo; i < s.hi; i++ {
			if i == s.lo+n && i < s.hi-n {
				i = s.hi - n
			}
			d := c.x[i] - c.centers[s.center]
			all = append(all, far{x: c.x[i], distance: d * d, center: s.center})
			last[c.x[i]] = 0
		}
	}
	for i, v := range c.rows {
		if _, ok := last[v]; ok {
			last[v] = i
		}
	}
	for i := range all {
		all[i].row = last[all[i].x]
	}
	slices.SortStableFunc(all, func(a, b far) int { return cmp.Or(cmp.Compare(b.distance, a.distance), cmp.Compare(b.row, a.row)) })
	if all[0].distance == 0 {
		return nil
	}
	return all[:n]
}

// pairwiseSum adds up numbers as numpy does: from 128 on in halves, and less
// than that in eight sums.
func pairwiseSum(x []float64) float64 {
	if n := len(x); n > 128 {
		half := n / 2
		half -= half % 8
		return pairwiseSum(x[:half]) + pairwiseSum(x[half:])
	}
	sum := 0.0
	if len(x) >= 8 {
		var r [8]float64
		copy(r[:], x)
		for x = x[8:]; len(x) >= 8; x = x[8:] {
			for k := range r {
				r[k] += x[k]
			}
		}
		sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
	}
	for _, v := range x {
		sum += v
	}
	return sum
}
