package boost

//go:noescape
func addEight(h *pair, words *uint64, gradients *pair, n int)

//go:noescape
func addFour(h *pair, words *uint64, gradients *pair, n int)

func addWide(h *[tileBins]pair, words []uint64, gradients []pair) {
	if len(words) > 0 {
		addEight(&h[0], &words[0], &gradients[:len(words)][0], len(words))
	}
}

func addFewWide(h *[tileBins]pair, words []uint64, gradients []pair) {
	if len(words) > 0 {
		addFour(&h[0], &words[0], &gradients[:len(words)][0], len(words))
	}
}
