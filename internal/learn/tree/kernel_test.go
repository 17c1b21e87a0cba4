package tree

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestKernels compares the loops of random splits with the plain ones, bit by
// bit, at every length up to some vectors' and with keys at the ends.
func TestKernels(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 32))
	all := make([]int32, 500)
	for i := range all {
		all[i] = Key(random.NormFloat64())
	}
	all[3], all[4] = math.MinInt32+1, math.MaxInt32
	for n := 1; n < 100; n++ {
		rows, pairs, sums := make([]int32, n), make([]uint64, n), make([]sum, n)
		for i := range rows {
			rows[i] = int32(random.IntN(len(all)))
			pairs[i] = uint64(random.Uint32()%9) << (32 * (i % 2))
			sums[i] = sum{random.NormFloat64() * math.Exp(5*random.NormFloat64()), random.Float64()}
		}
		got, want := make([]int32, n), make([]int32, n)
		lo, hi := gatherKeys(got, all, rows)
		wantLo, wantHi := gatherPlain(want, all, rows, all[rows[0]], all[rows[0]])
		if lo != wantLo || hi != wantHi {
			t.Fatalf("%d rows: keys are %d to %d, want %d to %d", n, lo, hi, wantLo, wantHi)
		}
		for i := range want {
			if got[i] != want[i] || got[i] != all[rows[i]] {
				t.Fatalf("%d rows: key %d is %d, want %d", n, i, got[i], all[rows[i]])
			}
		}
		for _, at := range []int32{lo, hi, got[n/2], 0, math.MinInt32, math.MaxInt32} {
			if a, b := leftPairs(pairs, got, at), pairsPlain(pairs, got, at); a != b {
				t.Fatalf("%d rows at %d: pairs %x, want %x", n, at, a, b)
			}
			if a, b := leftSums(sums, got, at), sumsPlain(sums, got, at); a != b {
				t.Fatalf("%d rows at %d: sums %v, want %v", n, at, a, b)
			}
			var exact sum
			count := 0
			for i, k := range got {
				if k <= at {
					exact.y += sums[i].y
					exact.w += sums[i].w
					count++
				}
			}
			if s := sumsPlain(sums, got, at); math.Abs(s.w-exact.w) > 1e-12*exact.w || countLeft(got, at) != count {
				t.Fatalf("%d rows at %d: %d of weight %v go left, want %d of %v", n, at, countLeft(got, at), s.w, count, exact.w)
			}
		}
	}
}
