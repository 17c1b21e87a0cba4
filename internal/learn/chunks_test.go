package learn_test

import (
	"testing"

	"clicktrain/internal/learn"
)

func TestChunksCoverEachRowOnce(t *testing.T) {
	for _, n := range []int{0, 1, 9, 10, 11, 1000} {
		seen := make([]int, n)
		learn.Chunks(n, 10, func() func(lo, hi int) {
			return func(lo, hi int) {
				if hi-lo > 10 || hi <= lo {
					t.Errorf("a run from %d to %d", lo, hi)
				}
				for i := lo; i < hi; i++ {
					seen[i]++
				}
			}
		})
		for i, times := range seen {
			if times != 1 {
				t.Fatalf("row %d of %d is handed out %d times", i, n, times)
			}
		}
	}
}
