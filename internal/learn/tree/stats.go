package tree

// stats are what the training rows of each node were, summed up from the
// leaves.
type stats struct {
	rows     []int64
	weight   []float64
	impurity []float64 // by the tree's criterion

	// What a node would predict: k class fractions, or one mean.
	values []float64
	width  int
}

// stats computes every node's statistics. Cost: O(nodes · k).
func (t *Tree) stats() stats {
	n, k := len(t.nodes), max(1, t.Classes)
	s := stats{
		rows: make([]int64, n), weight: make([]float64, n), impurity: make([]float64, n),
		values: make([]float64, n*k), width: k,
	}
	for i := n - 1; i >= 0; i-- { // children come before their parents
		nd := t.nodes[i]
		if nd.isLeaf() {
			t.leafStats(&s, i, nd.leaf())
			continue
		}
		l, r := i+1, int(nd.right)
		s.rows[i] = s.rows[l] + s.rows[r]
		s.weight[i] = s.weight[l] + s.weight[r]
		if t.Classes == 0 {
			s.joinValues(i, l, r)
		} else {
			s.joinCounts(i, l, r)
		}
	}
	if t.Classes > 0 {
		s.fractions(t.Criterion)
	}
	return s
}

// leafStats fills node i, which is leaf l. Class values are counts yet.
func (t *Tree) leafStats(s *stats, i int, l int32) {
	s.rows[i] = int64(t.rows[l])
	if t.Classes == 0 {
		s.weight[i] = t.leafWeight(l)
		s.values[i] = t.value[l]
		if t.impurity != nil {
			s.impurity[i] = t.impurity[l]
		}
		return
	}
	for k := t.from[l]; k < t.from[l+1]; k++ {
		w := t.classWeight(k)
		s.values[i*s.width+int(t.counts[k].class)] = w
		s.weight[i] += w
	}
}

// joinCounts adds the class counts of children l and r.
func (s *stats) joinCounts(i, l, r int) {
	k := s.width
	for c := range k {
		s.values[i*k+c] = s.values[l*k+c] + s.values[r*k+c]
	}
}

// joinValues combines the means and variances of children l and r.
func (s *stats) joinValues(i, l, r int) {
	a, b := s.weight[l]/s.weight[i], s.weight[r]/s.weight[i]
	d := s.values[l] - s.values[r]
	s.values[i] = a*s.values[l] + b*s.values[r]
	s.impurity[i] = a*s.impurity[l] + b*s.impurity[r] + a*b*d*d
}

// fractions turns counts into shares and sets the impurities.
func (s *stats) fractions(criterion Criterion) {
	for i, w := range s.weight {
		var squares, bits float64
		row := s.values[i*s.width : (i+1)*s.width]
		for c := range row {
			row[c] /= w
			squares += row[c] * row[c]
			if criterion == Entropy {
				bits -= xlog2(row[c])
			}
		}
		s.impurity[i] = max(0, 1-squares)
		if criterion == Entropy {
			s.impurity[i] = max(0, bits)
		}
	}
}
