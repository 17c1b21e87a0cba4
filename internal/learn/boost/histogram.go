package boost

// histogram holds, for each slot and bin, the sums over the rows of one node.
// Sums are whole numbers (see scale), so they do not depend on the order in
// which rows are added, and a node's less one child's are the other's exactly.
// Where all hessians are 1 a bin is one number, narrow, else two, wide.
type histogram struct {
	narrow []uint64
	wide   []pair
}

// pair is the sums of one bin: the gradients, and the hessians with the number
// of rows in the low bits.
type pair struct{ g, h uint64 }

const (
	slotBins = 256
	tileBins = lanes * slotBins
)

// newHistogram returns a histogram of so many words of slots.
func newHistogram(words int, wide bool) *histogram {
	if wide {
		return &histogram{wide: make([]pair, words*tileBins)}
	}
	return &histogram{narrow: make([]uint64, words*tileBins)}
}

func (h *histogram) clear() {
	clear(h.narrow)
	clear(h.wide)
}

// add adds o to the words from lo to hi.
func (h *histogram) add(o *histogram, lo, hi int) {
	if h.wide == nil {
		dst, src := h.narrow[lo*tileBins:hi*tileBins], o.narrow[lo*tileBins:hi*tileBins]
		for i, x := range src {
			dst[i] += x
		}
		return
	}
	dst, src := h.wide[lo*tileBins:hi*tileBins], o.wide[lo*tileBins:hi*tileBins]
	for i, x := range src {
		dst[i].g += x.g
		dst[i].h += x.h
	}
}

// subtract takes o from h.
func (h *histogram) subtract(o *histogram) {
	for i, x := range o.narrow {
		h.narrow[i] -= x
	}
	dst := h.wide[:len(o.wide)]
	for i, x := range o.wide {
		dst[i].g -= x.g
		dst[i].h -= x.h
	}
}

// block is how many rows are gathered before they are added: their words and
// gradients stay in the cache while each word's slots are gone through.
const block = 1024

// gatherer is one worker's buffers.
type gatherer struct {
	words [][]uint64 // by word, the rows' slots
	one   []uint64   // the rows' gradients, narrow
	two   []pair     // or wide
}

func newGatherer(words int) *gatherer {
	g := &gatherer{words: make([][]uint64, words), one: make([]uint64, block), two: make([]pair, block)}
	for w := range g.words {
		g.words[w] = make([]uint64, block)
	}
	return g
}

// sum adds the given rows to h.
func (g *gatherer) sum(h *histogram, t *table, gr *gradients, rows []uint32) {
	last := len(t.slots) - (t.words-1)*lanes // slots of the last word
	for len(rows) > 0 {
		part := rows[:min(block, len(rows))]
		rows = rows[len(part):]
		g.load(t, part)
		if h.wide == nil {
			gr.narrow(g.one, part)
		} else {
			gr.wide(g.two, part)
		}
		for w := range t.words {
			words := g.words[w][:len(part)]
			few := w == t.words-1 && last <= lanes/2
			switch {
			case h.wide == nil && few:
				addFewNarrow((*[tileBins]uint64)(h.narrow[w*tileBins:]), words, g.one)
			case h.wide == nil:
				addNarrow((*[tileBins]uint64)(h.narrow[w*tileBins:]), words, g.one)
			case few:
				addFewWide((*[tileBins]pair)(h.wide[w*tileBins:]), words, g.two)
			default:
				addWide((*[tileBins]pair)(h.wide[w*tileBins:]), words, g.two)
			}
		}
	}
}

// load gathers the words of the given rows; going through them here, with
// little work for each, the processor waits for many rows at once.
func (g *gatherer) load(t *table, rows []uint32) {
	switch t.words {
	case 1:
		w0 := g.words[0][:len(rows)]
		for i, r := range rows {
			w0[i] = t.packed[r]
		}
	case 2:
		w0, w1 := g.words[0][:len(rows)], g.words[1][:len(rows)]
		for i, r := range rows {
			x := t.packed[2*int(r) : 2*int(r)+2]
			w0[i], w1[i] = x[0], x[1]
		}
	case 3:
		w0, w1, w2 := g.words[0][:len(rows)], g.words[1][:len(rows)], g.words[2][:len(rows)]
		for i, r := range rows {
			x := t.packed[3*int(r) : 3*int(r)+3]
			w0[i], w1[i], w2[i] = x[0], x[1], x[2]
		}
	default:
		n := t.words
		for i, r := range rows {
			for w, x := range t.packed[n*int(r) : n*int(r)+n] {
				g.words[w][i] = x
			}
		}
	}
}
