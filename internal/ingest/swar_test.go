package ingest

import (
	"encoding/binary"
	"math/rand/v2"
	"strconv"
	"testing"
)

func TestLeadingDigits(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	check := func(b []byte) {
		t.Helper()
		n := 0
		for n < len(b) && b[n] >= '0' && b[n] <= '9' {
			n++
		}
		want := 0
		if n > 0 {
			want, _ = strconv.Atoi(string(b[:n]))
		}
		if v, got := leadingDigits(binary.LittleEndian.Uint64(b)); got != n || v != uint64(want) {
			t.Fatalf("leadingDigits(%q) = %d of %d digits, want %d of %d", b, v, got, want, n)
		}
	}
	for n := range 9 {
		for c := range 256 {
			b := []byte("98765432")
			if n < 8 {
				b[n] = byte(c)
			}
			check(b)
		}
	}
	for range 20_000 {
		b := make([]byte, 8)
		for i := range b {
			if b[i] = byte('0' + rng.IntN(10)); rng.IntN(6) == 0 {
				b[i] = byte(rng.Uint32())
			}
		}
		check(b)
	}
}

func TestCellLength(t *testing.T) {
	for text, want := range map[string]int{
		",bcdefgh": 0, "abc,-,,,": 3, "a\nbcdefg": 1, "ab\r\ncdef": 2, "abcdefg,": 7, "abcdefgh": 8, "--------": 8, "é\xff+-\v\x0e\t ": 8,
	} {
		if got := cellLength(binary.LittleEndian.Uint64([]byte(text)), ','); got != want {
			t.Errorf("cellLength(%q) = %d, want %d", text, got, want)
		}
	}
}
