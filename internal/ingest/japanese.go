package ingest

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// isShiftJIS reports whether text is Japanese in Shift JIS: it decodes without
// a fault, most of its wide characters stand next to another one, and kana of
// half width, which other encodings turn into, are few. A short text with one
// accent also decodes, to a lone character, and is not taken for it.
func isShiftJIS(text []byte) bool {
	decoded, err := japanese.ShiftJIS.NewDecoder().Bytes(text)
	if err != nil {
		return false
	}
	wide, joined, half := 0, 0, 0
	before := false
	for len(decoded) > 0 {
		c, n := utf8.DecodeRune(decoded)
		decoded = decoded[n:]
		if c == utf8.RuneError || c >= 0x80 && c < 0xa0 {
			return false
		}
		now := c >= 0x3000 && c < 0xa000 || c >= 0xff01 && c < 0xff61
		if now {
			wide++
			if before {
				joined++
			}
		}
		if c >= 0xff61 && c < 0xffa0 {
			half++
		}
		before = now
	}
	return wide >= 4 && 2*joined >= wide && 8*half <= wide
}
