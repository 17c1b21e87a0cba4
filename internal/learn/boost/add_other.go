//go:build !amd64

package boost

func addWide(h *[tileBins]pair, words []uint64, gradients []pair) {
	addWidePlain(h, words, gradients)
}

func addFewWide(h *[tileBins]pair, words []uint64, gradients []pair) {
	addFewWidePlain(h, words, gradients)
}
