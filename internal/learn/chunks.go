package learn

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Chunks hands out the rows 0 to n in runs of at most size, to as many workers
// as there are processors; newWorker is called once for each. What a worker
// writes must depend on its rows alone. One run is worked on the caller's own
// goroutine.
func Chunks(n, size int, newWorker func() func(lo, hi int)) {
	var next atomic.Int64
	work := func() {
		do := newWorker()
		for {
			lo := (int(next.Add(1)) - 1) * size
			if lo >= n {
				return
			}
			do(lo, min(lo+size, n))
		}
	}
	var group sync.WaitGroup
	for range min((n+size-1)/size, runtime.GOMAXPROCS(0)) - 1 {
		group.Go(work)
	}
	work()
	group.Wait()
}
