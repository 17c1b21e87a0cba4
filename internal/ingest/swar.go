package ingest

import "math/bits"

// tens are the powers of ten that leadingDigits may shift by.
var tens = [...]uint64{1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000}

// signs are the factors of numbers without and with a minus.
var signs = [...]float64{1, -1}

// leadingDigits returns the number that the digits at the start of eight bytes
// make, the first of them the lowest, and how many there are; no digit is 0.
// It looks at all bytes at once, so it takes as long for one digit as for
// eight (Lemire 2022, "parsing series of integers with SIMD", in one word).
func leadingDigits(w uint64) (value uint64, n int) {
	const (
		zeros = 0x3030303030303030
		tops  = 0x8080808080808080
	)
	w ^= zeros // a digit is its value now, and all else over 9
	n = bits.TrailingZeros64((w+0x7676767676767676|w)&tops) >> 3
	w <<= uint(64 - 8*n) // zeros before the digits
	w = (w*10 + w>>8) & 0x00ff00ff00ff00ff
	w = (w*100 + w>>16) & 0x0000ffff0000ffff
	return (w*10_000 + w>>32) & 0xffffffff, n
}

// cellLength returns how many of eight bytes stand before the first delimiter
// or line end, 8 if there is none.
func cellLength(w uint64, delimiter byte) int {
	return bits.TrailingZeros64((zeroByte(w^uint64(delimiter)*each)|zeroByte(w^'\n'*each)|zeroByte(w^'\r'*each))&topBits) >> 3
}

// zeroByte has the top bit set in the place of the first zero byte of w, in no
// place before it, and perhaps in others after it.
func zeroByte(w uint64) uint64 { return (w - each) &^ w }
