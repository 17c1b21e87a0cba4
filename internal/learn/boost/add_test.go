package boost

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestAddWide compares the loops that add rows to wide bins with the plain ones
// and with sums made one by one: rows in bins of their own and in few, the
// first and the last bin, sums that wrap, and any number of rows.
func TestAddWide(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 42))
	for _, n := range []int{0, 1, 2, 7, 100, block} {
		for _, mask := range []uint64{^uint64(0), 0x0101010101010101, 0} {
			words, gradients := make([]uint64, n), make([]pair, n)
			for i := range words {
				words[i] = random.Uint64() & mask
				gradients[i] = pair{random.Uint64(), random.Uint64()}
			}
			for lanes, loops := range map[int][2]func(*[tileBins]pair, []uint64, []pair){
				8: {addWide, addWidePlain}, 4: {addFewWide, addFewWidePlain},
			} {
				var want [tileBins]pair
				for i, w := range words {
					for l := range lanes {
						bin := &want[l*slotBins+int(uint8(w>>(8*l)))]
						bin.g += gradients[i].g
						bin.h += gradients[i].h
					}
				}
				for k, add := range loops {
					t.Run(fmt.Sprintf("%d rows, %d lanes, mask %x, loop %d", n, lanes, mask, k), func(t *testing.T) {
						var got [tileBins]pair
						add(&got, words, gradients)
						if got != want {
							t.Error("bins differ from sums made one by one")
						}
					})
				}
			}
		}
	}
}
