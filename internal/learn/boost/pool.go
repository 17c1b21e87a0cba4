package boost

import "sync"

// poolBytes is about how much memory the histograms of open nodes may take.
// Beyond, a node's are made anew when its turn comes.
const poolBytes = 256 << 20

// pool keeps histograms for reuse. It is safe for use by many goroutines.
type pool struct {
	words int
	wide  bool

	mu   sync.Mutex
	free []*histogram
	out  int // handed out and not put back
}

// get returns a cleared histogram.
func (p *pool) get() *histogram {
	p.mu.Lock()
	p.out++
	var h *histogram
	if n := len(p.free); n > 0 {
		h, p.free = p.free[n-1], p.free[:n-1]
	}
	p.mu.Unlock()
	if h == nil {
		return newHistogram(p.words, p.wide)
	}
	h.clear()
	return h
}

// put takes a histogram back; nil is none.
func (p *pool) put(h *histogram) {
	if h == nil {
		return
	}
	p.mu.Lock()
	p.out--
	p.free = append(p.free, h)
	p.mu.Unlock()
}

// keep reports whether there is room for an open node's histogram.
func (p *pool) keep() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out*p.words*tileBins*16 < poolBytes || p.out < 8
}
