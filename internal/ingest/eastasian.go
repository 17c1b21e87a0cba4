package ingest

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
)

// script counts the characters of a text.
type script struct {
	wide   int // of East Asian scripts
	joined int // of these, next to another
	hangul int
	half   int // kana of half width
}

// scriptOf decodes text and counts its characters. ok is false where it does
// not decode.
func scriptOf(text []byte, enc encoding.Encoding) (s script, ok bool) {
	decoded, err := enc.NewDecoder().Bytes(text)
	if err != nil {
		return s, false
	}
	before := false
	for len(decoded) > 0 {
		c, n := utf8.DecodeRune(decoded)
		decoded = decoded[n:]
		if c == utf8.RuneError || c >= 0x80 && c < 0xa0 {
			return s, false
		}
		hangul := c >= 0xac00 && c < 0xd7b0
		now := hangul || c >= 0x3000 && c < 0xa000 || c >= 0xff01 && c < 0xff61
		if now {
			s.wide++
			if before {
				s.joined++
			}
		}
		if hangul {
			s.hangul++
		}
		if c >= 0xff61 && c < 0xffa0 {
			s.half++
		}
		before = now
	}
	return s, true
}

// eastAsian names the encoding of Japanese and Korean text, which the detector
// misses where there is little of it, or "". Text with an accent here and there
// decodes too, but to lone characters, and other encodings turn into kana of
// half width and into few hangul.
func eastAsian(text []byte) string {
	if s, ok := scriptOf(text, japanese.ShiftJIS); ok && s.wide >= 4 && 2*s.joined >= s.wide && 8*s.half <= s.wide {
		return "shift_jis"
	}
	if s, ok := scriptOf(text, korean.EUCKR); ok && s.wide >= 8 && 2*s.joined >= s.wide && 20*s.hangul >= 19*s.wide {
		return "euc-kr"
	}
	return ""
}
