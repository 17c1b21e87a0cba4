package ingesttest

import (
	"bytes"
	"math/rand/v2"
	"slices"
)

// Mutations makes broken files out of the cases.
type Mutations struct{ bases [][]byte }

// NewMutations takes the start of every case that is not big.
func NewMutations() *Mutations {
	const most = 64 << 10
	m := new(Mutations)
	for _, c := range All() {
		if !c.Big {
			b := c.Text()
			m.bases = append(m.bases, slices.Clip(b[:min(len(b), most)]))
		}
	}
	return m
}

// hostile are bytes that mean something to a reader of CSV files.
var hostile = []string{"\"", "'", "\\", ",", ";", "\t", "|", "\n", "\r", "\r\n", "\n\n", "\x00", "\x1a", "\xff", "\xef\xbb\xbf", "#", "sep=;\n", "\"\"", "\",\"", " ", "\u00a0", "-", "e", "1e999", "NaN", "=", "\xff\xfe"}

// Make returns mutation number n, of at most 64 KiB: the same bytes for the
// same number.
func (m *Mutations) Make(n uint64) []byte {
	rng := rand.New(rand.NewPCG(n, 77))
	b := m.start(rng)
	for range 1 + rng.IntN(6) {
		b = m.mutate(rng, b)
	}
	return b[:min(len(b), 64<<10)]
}

// start returns a copy of a case, mostly cut to a few KiB.
func (m *Mutations) start(rng *rand.Rand) []byte {
	b := m.bases[rng.IntN(len(m.bases))]
	if len(b) > 2048 && rng.IntN(50) > 0 {
		b = b[:256+rng.IntN(1792)]
	}
	return bytes.Clone(b)
}

// mutate changes b in one way.
func (m *Mutations) mutate(rng *rand.Rand, b []byte) []byte {
	if len(b) == 0 {
		return []byte(hostile[rng.IntN(len(hostile))])
	}
	at := rng.IntN(len(b))
	to := at + rng.IntN(len(b)-at)
	switch rng.IntN(8) {
	case 0: // flip a bit
		b[at] ^= 1 << rng.IntN(8)
	case 1: // cut the end off
		b = b[:at]
	case 2: // leave a piece out
		b = append(b[:at:at], b[to:]...)
	case 3: // repeat a piece
		b = slices.Concat(b[:to], b[at:])
	case 4: // put a piece of another case in
		other := m.start(rng)
		other = other[rng.IntN(len(other)+1):]
		b = slices.Concat(b[:at], other, b[at:])
	case 5: // put a hostile text in
		b = slices.Concat(b[:at], []byte(hostile[rng.IntN(len(hostile))]), b[at:])
	case 6: // swap one mark for another
		old, mark := hostile[rng.IntN(9)], hostile[rng.IntN(10)]
		b = bytes.ReplaceAll(b, []byte(old), []byte(mark))
	case 7: // repeat a hostile text
		b = slices.Concat(b[:at], bytes.Repeat([]byte(hostile[rng.IntN(len(hostile))]), 1+rng.IntN(2000)), b[at:])
	}
	return b
}
