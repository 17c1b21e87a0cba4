package tree

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSweepKernels compares the loops over records with the plain ones, bit by
// bit, and these with what is defined, at numbers of rows around a batch's.
func TestSweepKernels(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 42))
	for _, n := range []int{1, 2, 3, 17, recordRows - 1, recordRows, 2*recordRows + 5} {
		for _, width := range []int{8, 24, 40} {
			const classes = 5
			all := make([]int32, (n+9)*width)
			for i := range all {
				all[i] = Key(random.NormFloat64())
			}
			all[width], all[2*width+1] = math.MinInt32+1, math.MaxInt32
			rows, at := make([]int32, n), make([]int32, width)
			pairs, weights, sums := make([]uint64, n), make([]uint64, n), make([]sum, n)
			for i := range rows {
				rows[i] = int32(random.IntN(n + 9))
				pairs[i] = uint64(1+random.IntN(9)) << (32 * random.IntN(2))
				weights[i] = uint64(1+random.IntN(9))<<32 | uint64(random.IntN(classes))
				sums[i] = sum{random.NormFloat64() * math.Exp(5*random.NormFloat64()), random.Float64()}
			}
			for j := range at {
				at[j] = all[int(rows[random.IntN(n)])*width+j]
			}
			record := func(i int) []int32 { return all[int(rows[i])*width:][:width] }

			lo, hi := slices.Clone(record(0)), slices.Clone(record(0))
			plainLo, plainHi := slices.Clone(lo), slices.Clone(hi)
			extremes(all, rows, width, lo, hi)
			extremesPlain(all, rows, width, plainLo, plainHi)
			zero, one := make([]uint32, width), make([]uint32, width)
			plainZero, plainOne := make([]uint32, width), make([]uint32, width)
			sumPairs(all, rows, width, at, pairs, zero, one)
			sumPairsPlain(all, rows, width, at, pairs, plainZero, plainOne)
			y, w := make([]float64, width), make([]float64, width)
			plainY, plainW := make([]float64, width), make([]float64, width)
			sumTargets(all, rows, width, at, sums, y, w)
			sumTargetsPlain(all, rows, width, at, sums, plainY, plainW)
			counts, plainCounts := make([]uint32, classes*width), make([]uint32, classes*width)
			sumClasses(all, rows, width, at, weights, counts)
			sumClassesPlain(all, rows, width, at, weights, plainCounts)
			if !slices.Equal(lo, plainLo) || !slices.Equal(hi, plainHi) || !slices.Equal(zero, plainZero) || !slices.Equal(one, plainOne) ||
				!slices.Equal(y, plainY) || !slices.Equal(w, plainW) || !slices.Equal(counts, plainCounts) {
				t.Fatalf("%d rows of %d keys: vectors and plain loops differ", n, width)
			}
			for j := range width {
				least, greatest := record(0)[j], record(0)[j]
				var a, b uint32
				var s sum
				of := make([]uint32, classes)
				for i := range rows {
					k := record(i)[j]
					least, greatest = min(least, k), max(greatest, k)
					if k > at[j] {
						continue
					}
					a, b = a+uint32(pairs[i]), b+uint32(pairs[i]>>32)
					s.y, s.w = s.y+sums[i].y, s.w+sums[i].w
					of[uint32(weights[i])] += uint32(weights[i] >> 32)
				}
				if lo[j] != least || hi[j] != greatest {
					t.Errorf("%d rows: column %d is from %d to %d, want %d to %d", n, j, lo[j], hi[j], least, greatest)
				}
				if zero[j] != a || one[j] != b || y[j] != s.y || w[j] != s.w {
					t.Errorf("%d rows, column %d: %d, %d and %v, %v go left, want %d, %d and %v", n, j, zero[j], one[j], y[j], w[j], a, b, s)
				}
				for c := range of {
					if counts[c*width+j] != of[c] {
						t.Errorf("%d rows, column %d: %d of class %d go left, want %d", n, j, counts[c*width+j], c, of[c])
					}
				}
			}
		}
	}
}

// TestSwept checks that a sweep scores the cuts of columns as each would be
// scored alone.
func TestSwept(t *testing.T) {
	random := rand.New(rand.NewPCG(43, 44))
	const n, width = 300, 16
	all, rows := make([]int32, n*width), make([]int32, n)
	for i := range all {
		all[i] = Key(random.NormFloat64())
	}
	for i := range rows {
		rows[i] = int32(i)
	}
	weights := make([]uint32, n)
	for i := range weights {
		weights[i] = 1 + uint32(random.IntN(3))
	}
	for _, k := range []int{0, 2, 5} {
		y := make([]float64, n)
		for i := range y {
			y[i] = random.NormFloat64()
			if k > 0 {
				y[i] = float64(random.IntN(k))
			}
		}
		var c sweeper
		switch k {
		case 0:
			c = newVariance(y, n, 1)
		case 2:
			c = newTwoClass(y, n, 1)
		default:
			c = newManyClass(y, k, n, 1)
		}
		c.startSweeps(width)
		c.begin(rows, rowWeights{whole: weights}, 0)
		for _, part := range []struct{ from, to int }{{0, n}, {7, 90}} {
			node := rows[part.from:part.to]
			c.enter(node, part.from)
			at, keys := make([]int32, width), make([]int32, len(node))
			for j := range at {
				at[j] = Key(random.NormFloat64())
			}
			c.sweep(all, node, width, at)
			for j := range at {
				for i, r := range node {
					keys[i] = all[int(r)*width+j]
				}
				got, want := c.swept(int32(j)), c.toss(keys, at[j])
				if math.Abs(got.num/got.den-want.num/want.den) > 1e-9*math.Abs(want.num/want.den) {
					t.Errorf("%d classes, column %d: swept cut scores %v, want %v", k, j, got.num/got.den, want.num/want.den)
				}
			}
		}
	}
}

// TestSweepDraws checks that each column that is not constant is as likely to
// be split, and that constant ones neither are nor keep others from it.
func TestSweepDraws(t *testing.T) {
	const p, trials = 6, 6000
	for _, m := range []int{1, 3, p} {
		s := &sweep{least: make([]int32, p), greatest: []int32{5, 0, 5, 0, 0, 5}, columns: []int32{0, 1, 2, 3, 4, 5}}
		random := rand.NewPCG(45, uint64(m))
		first, drawn := make([]int, p), 0
		for range trials {
			s.draw(m, random)
			if len(s.drawn) == 0 || len(s.drawn) > m {
				t.Fatalf("of %d columns, %d are drawn", m, len(s.drawn))
			}
			first[s.drawn[0]]++
			drawn += len(s.drawn)
		}
		for j, n := range first {
			if constant := s.greatest[j] == 0; constant != (n == 0) {
				t.Errorf("%d of %d: column %d is drawn %d times", m, p, j, n)
			}
			if m < p && n > 0 && math.Abs(float64(n)-trials/3.0) > 150 {
				t.Errorf("%d of %d: column %d comes first %d times of %d, want a third", m, p, j, n, trials)
			}
		}
		// Of three columns in six, half of m are expected; none counts as one.
		want := map[int]float64{1: 1, 3: 1.5 + 0.05, p: 3}[m] * trials
		if math.Abs(float64(drawn)-want) > 0.03*want {
			t.Errorf("%d of %d: %d columns are drawn in all, want %.0f", m, p, drawn, want)
		}
	}
}
