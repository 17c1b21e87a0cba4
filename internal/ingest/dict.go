package ingest

import (
	"bytes"
	"hash/maphash"
)

// dict numbers the distinct texts of a column in the order of their coming.
// All texts stand in one arena, so it makes no string for any of them. The
// hash has a random seed: crafted texts cannot make it slow.
type dict struct {
	seed  maphash.Seed
	slots []int32 // a code plus one; 0 is free; a power of two of them
	texts []span
	arena []byte
}

// span is a text in the arena.
type span struct {
	start, end int
	hash       uint64
	class      class // isMissing, isSoft or isNumber, which here means a value
}

// text returns the text with the given code.
func (d *dict) text(code int32) []byte {
	s := d.texts[code]
	return d.arena[s.start:s.end]
}

// put returns the code of text, which it copies if it is new.
func (d *dict) put(text []byte) int32 {
	if d.slots == nil {
		d.seed = maphash.MakeSeed()
		d.slots = make([]int32, 32)
	}
	h := maphash.Bytes(d.seed, text)
	mask := uint64(len(d.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		code := d.slots[i] - 1
		if code < 0 {
			return d.add(text, h, i)
		}
		s := &d.texts[code]
		if s.hash == h && bytes.Equal(d.arena[s.start:s.end], text) {
			return code
		}
	}
}

func (d *dict) add(text []byte, h, slot uint64) int32 {
	code := int32(len(d.texts))
	start := len(d.arena)
	d.arena = append(d.arena, text...)
	d.texts = append(d.texts, span{start, len(d.arena), h, missingness(trimBlanks(text))})
	d.slots[slot] = code + 1
	if 4*len(d.texts) > 3*len(d.slots) {
		d.grow()
	}
	return code
}

func (d *dict) grow() {
	d.slots = make([]int32, 2*len(d.slots))
	mask := uint64(len(d.slots) - 1)
	for code, s := range d.texts {
		i := s.hash & mask
		for d.slots[i] != 0 {
			i = (i + 1) & mask
		}
		d.slots[i] = int32(code) + 1
	}
}
