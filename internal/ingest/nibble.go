package ingest

import "encoding/binary"

// Numbers and what stands between them are written with few signs. Two of these
// go into one byte: the low half of it is the first. The codes are those of the
// signs from ',' to '9', the line feed, and one for all other bytes, which
// stand by themselves after the halves.
const (
	lowSign  = ','
	highSign = '9'
	codeLine = 14
	codeElse = 15

	each    = 0x0101010101010101 // a byte in every place of a word
	topBits = 0x80 * each
)

// toNibbles appends text, two signs to a byte, to halves, and the bytes that
// are no such signs to others. It stops, not ok, where more than one in eight
// is. Where text is of signs alone it takes 0.2 ns for a byte.
func toNibbles(halves, others, text []byte) (h, o []byte, ok bool) {
	most := len(text)/8 + 64
	for ; len(text) >= 8; text = text[8:] {
		w := binary.LittleEndian.Uint64(text)
		// A byte with its top bit set in any of these is no sign: it is over
		// '9', over 127, or under ','.
		if ((w+(0x7f-highSign)*each)|w|^(w+(0x80-lowSign)*each))&topBits == 0 {
			w -= lowSign * each
			w = (w | w>>4) & 0x00ff00ff00ff00ff
			w = (w | w>>8) & 0x0000ffff0000ffff
			halves = binary.LittleEndian.AppendUint32(halves, uint32(w|w>>16))
			continue
		}
		var packed uint32
		for i, c := range text[:8] {
			code := codeOf(c)
			if code == codeElse {
				others = append(others, c)
			}
			packed |= uint32(code) << (4 * i)
		}
		halves = binary.LittleEndian.AppendUint32(halves, packed)
		if len(others) > most {
			return halves, others, false
		}
	}
	for i, c := range text {
		code := codeOf(c)
		if code == codeElse {
			others = append(others, c)
		}
		if i&1 == 0 {
			halves = append(halves, code)
		} else {
			halves[len(halves)-1] |= code << 4
		}
	}
	return halves, others, true
}

func codeOf(c byte) byte {
	switch {
	case c-lowSign <= highSign-lowSign:
		return c - lowSign
	case c == '\n':
		return codeLine
	}
	return codeElse
}

// fromNibbles undoes toNibbles: it fills text.
func fromNibbles(text, halves, others []byte) {
	for ; len(text) >= 8; text, halves = text[8:], halves[4:] {
		w := uint64(binary.LittleEndian.Uint32(halves))
		w = (w | w<<16) & 0x0000ffff0000ffff
		w = (w | w<<8) & 0x00ff00ff00ff00ff
		w = (w | w<<4) & 0x0f0f0f0f0f0f0f0f
		binary.LittleEndian.PutUint64(text, w+lowSign*each)
		if (w+(16-codeLine)*each)&(16*each) != 0 {
			others = notSigns(text[:8], others)
		}
	}
	for i := range text {
		text[i] = halves[i/2]>>(4*(i&1))&15 + lowSign
	}
	notSigns(text, others)
}

// notSigns puts the bytes that are no signs in their places, and returns the
// rest of others.
func notSigns(text, others []byte) []byte {
	for i, c := range text {
		switch c - lowSign {
		case codeLine:
			text[i] = '\n'
		case codeElse:
			text[i], others = others[0], others[1:]
		}
	}
	return others
}
