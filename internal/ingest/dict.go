package ingest

import (
	"bytes"
	"encoding/binary"
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

	misses int            // texts looked up in slots
	recent *[64]shortText // of up to eight bytes, by a mix of these
}

// shortText is a text of up to eight bytes that was looked up lately.
type shortText struct {
	key  uint64 // the bytes; none is zero, so that shorter texts differ
	code int32  // plus one; 0: none
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

// put returns the code of text, which holds no zero byte, and copies it if it
// is new.
func (d *dict) put(text []byte) int32 {
	if d.recent == nil || len(text) > 8 || cap(text) < 8 {
		return d.find(text)
	}
	key := binary.LittleEndian.Uint64(text[:8]) & (1<<(8*len(text)) - 1)
	r := &d.recent[key*0x9e3779b97f4a7c15>>58]
	if r.key != key || r.code == 0 {
		r.key, r.code = key, d.find(text)+1
	}
	return r.code - 1
}

// find is put for texts that were not put lately.
func (d *dict) find(text []byte) int32 {
	const enough = 64 // texts of which some come again
	if d.misses++; d.misses == enough {
		d.recent = new([64]shortText)
	}
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
