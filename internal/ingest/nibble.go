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

// toNibbles writes text, two signs to a byte, to halves, which has half as many
// bytes, rounded up, and appends the bytes that are no such signs to others. It
// stops, not ok, where more than one in eight is.
func toNibbles(halves, others, text []byte) (o []byte, ok bool) {
	most := len(text)/8 + 64
	for len(text) >= 16 && len(halves) >= 8 {
		a, b := binary.LittleEndian.Uint64(text), binary.LittleEndian.Uint64(text[8:])
		if (noSigns(a)|noSigns(b))&topBits == 0 {
			binary.LittleEndian.PutUint64(halves, uint64(signs8(a))|uint64(signs8(b))<<32)
		} else {
			others = eight(halves, others, text[:8])
			others = eight(halves[4:], others, text[8:16])
			if len(others) > most {
				return others, false
			}
		}
		text, halves = text[16:], halves[8:]
	}
	return mixed(halves, others, text), true
}

// noSigns has the top bit set in the places of w's bytes that are no signs:
// they are over '9', over 127, or under ','. A place after the first of them
// may have it set, too.
func noSigns(w uint64) uint64 {
	return (w + (0x7f-highSign)*each) | w | ^(w + (0x80-lowSign)*each)
}

// signs8 packs eight signs.
func signs8(w uint64) uint32 {
	w -= lowSign * each
	w = (w | w>>4) & 0x00ff00ff00ff00ff
	w = (w | w>>8) & 0x0000ffff0000ffff
	return uint32(w | w>>16)
}

// eight packs eight bytes.
func eight(halves, others, text []byte) []byte {
	if w := binary.LittleEndian.Uint64(text); noSigns(w)&topBits == 0 {
		binary.LittleEndian.PutUint32(halves, signs8(w))
		return others
	}
	return mixed(halves, others, text)
}

// mixed packs any bytes.
func mixed(halves, others, text []byte) []byte {
	for i, c := range text {
		code := codeOf(c)
		if code == codeElse {
			others = append(others, c)
		}
		if i&1 == 0 {
			halves[i/2] = code
		} else {
			halves[i/2] |= code << 4
		}
	}
	return others
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
