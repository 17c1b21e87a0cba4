package tree

// Importances returns how much each of p columns lowers the impurity, weighed
// by the rows it is lowered for, as shares that sum to 1; all 0 for a tree of
// one leaf. Cost: O(nodes · classes in a node), and memory for the classes in
// the nodes on one path.
func (t *Tree) Importances(p int) []float64 {
	out := make([]float64, p)
	var total float64
	w := walker{tree: t}
	falls := make([]float64, len(t.nodes))
	for i := len(t.nodes) - 1; i >= 0; i-- { // children come before their parents, the left one last
		if nd := t.nodes[i]; nd.isLeaf() {
			w.leaf(nd.leaf())
		} else {
			falls[i] = w.join()
		}
	}
	for i, nd := range t.nodes {
		if nd.isLeaf() {
			continue
		}
		out[nd.feature] += falls[i]
		total += falls[i]
	}
	for j := range out {
		if total > 0 {
			out[j] /= total
		}
	}
	return out
}

// walker joins nodes from the leaves up. It holds those that wait for their
// sibling, the last one on top.
type walker struct {
	tree  *Tree
	stack []held
	spare [][]share // room of nodes that are joined
}

// held is what is known of a node: of a regression its mean, of classes which
// it has, ascending, and how much each weighs.
type held struct {
	weight, impurity, mean float64
	classes                []share
}

type share struct {
	class  uint32
	weight float64
}

// leaf adds leaf l.
func (w *walker) leaf(l int32) {
	t := w.tree
	if t.Classes == 0 {
		h := held{weight: t.leafWeight(l), mean: t.value[l]}
		if t.impurity != nil {
			h.impurity = t.impurity[l]
		}
		w.stack = append(w.stack, h)
		return
	}
	h := held{classes: w.room()}
	for k := t.from[l]; k < t.from[l+1]; k++ {
		x := t.classWeight(k)
		h.classes = append(h.classes, share{t.counts[k].class, x})
		h.weight += x
	}
	h.impurity = t.Criterion.of(h.classes, h.weight)
	w.stack = append(w.stack, h)
}

// join makes the two nodes on top their parent, and returns by how much it
// lowers the impurity.
func (w *walker) join() float64 {
	n := len(w.stack)
	l, r := w.stack[n-1], w.stack[n-2]
	h := held{weight: l.weight + r.weight}
	if w.tree.Classes == 0 {
		a, b := l.weight/h.weight, r.weight/h.weight
		d := l.mean - r.mean
		h.mean = a*l.mean + b*r.mean
		h.impurity = a*l.impurity + b*r.impurity + a*b*d*d
	} else {
		h.classes = merge(w.room(), l.classes, r.classes)
		h.impurity = w.tree.Criterion.of(h.classes, h.weight)
		w.spare = append(w.spare, l.classes[:0], r.classes[:0])
	}
	w.stack = append(w.stack[:n-2], h)
	return h.weight*h.impurity - l.weight*l.impurity - r.weight*r.impurity
}

// room returns an empty list, with the room of one that is not needed any more.
func (w *walker) room() []share {
	n := len(w.spare)
	if n == 0 {
		return nil
	}
	last := w.spare[n-1]
	w.spare = w.spare[:n-1]
	return last
}

// merge appends the classes of two nodes to dst, in order.
func merge(dst, a, b []share) []share {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].class < b[0].class:
			dst, a = append(dst, a[0]), a[1:]
		case a[0].class > b[0].class:
			dst, b = append(dst, b[0]), b[1:]
		default:
			dst = append(dst, share{a[0].class, a[0].weight + b[0].weight})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(dst, a...), b...)
}

// of returns the impurity of a node of classes that weigh so much in all.
func (c Criterion) of(classes []share, weight float64) float64 {
	var squares, bits float64
	for _, s := range classes {
		f := s.weight / weight
		squares += f * f
		if c == Entropy {
			bits -= xlog2(f)
		}
	}
	if c == Entropy {
		return max(0, bits)
	}
	return max(0, 1-squares)
}
