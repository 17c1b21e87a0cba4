package boost

// The loops that add rows to the bins of one word's slots, each row's gradients
// to one bin of each slot: all eight of them, or the first four. Bins of two
// numbers are added at once where the processor can (addWide, addFewWide), with
// the same result as one after the other (addWidePlain, addFewWidePlain).

func addNarrow(h *[tileBins]uint64, words, gradients []uint64) {
	gradients = gradients[:len(words)]
	for i, w := range words {
		x := gradients[i]
		h[uint8(w)] += x
		h[1*slotBins+int(uint8(w>>8))] += x
		h[2*slotBins+int(uint8(w>>16))] += x
		h[3*slotBins+int(uint8(w>>24))] += x
		h[4*slotBins+int(uint8(w>>32))] += x
		h[5*slotBins+int(uint8(w>>40))] += x
		h[6*slotBins+int(uint8(w>>48))] += x
		h[7*slotBins+int(uint8(w>>56))] += x
	}
}

func addFewNarrow(h *[tileBins]uint64, words, gradients []uint64) {
	gradients = gradients[:len(words)]
	for i, w := range words {
		x := gradients[i]
		h[uint8(w)] += x
		h[1*slotBins+int(uint8(w>>8))] += x
		h[2*slotBins+int(uint8(w>>16))] += x
		h[3*slotBins+int(uint8(w>>24))] += x
	}
}

func addWidePlain(h *[tileBins]pair, words []uint64, gradients []pair) {
	gradients = gradients[:len(words)]
	for i, w := range words {
		x := gradients[i]
		addPair(&h[uint8(w)], x)
		addPair(&h[1*slotBins+int(uint8(w>>8))], x)
		addPair(&h[2*slotBins+int(uint8(w>>16))], x)
		addPair(&h[3*slotBins+int(uint8(w>>24))], x)
		addPair(&h[4*slotBins+int(uint8(w>>32))], x)
		addPair(&h[5*slotBins+int(uint8(w>>40))], x)
		addPair(&h[6*slotBins+int(uint8(w>>48))], x)
		addPair(&h[7*slotBins+int(uint8(w>>56))], x)
	}
}

func addFewWidePlain(h *[tileBins]pair, words []uint64, gradients []pair) {
	gradients = gradients[:len(words)]
	for i, w := range words {
		x := gradients[i]
		addPair(&h[uint8(w)], x)
		addPair(&h[1*slotBins+int(uint8(w>>8))], x)
		addPair(&h[2*slotBins+int(uint8(w>>16))], x)
		addPair(&h[3*slotBins+int(uint8(w>>24))], x)
	}
}

func addPair(p *pair, x pair) {
	p.g += x.g
	p.h += x.h
}
