package waittest

import (
	"testing"
	"time"
)

// growthFactor is how much larger the larger of two inputs is, and mostGrowth
// how much more work it may take: midway between what is in proportion and
// what goes by the square.
const (
	growthFactor = 8
	mostGrowth   = 22
	growthTries  = 4
)

// Linear fails where work on 8n things takes far more than 8 times the work on
// n. It is measured as processor time of this process, of which a busy machine
// gives less and never more, and a few tries must all have been too much.
func Linear(t *testing.T, n int, work func(n int)) {
	t.Helper()
	growth := 0.0
	for range growthTries {
		small := used(t, func() { work(n) })
		large := used(t, func() { work(growthFactor * n) })
		if growth = float64(large) / float64(max(small, 1)); growth <= mostGrowth {
			return
		}
	}
	t.Errorf("%d times as much takes %.0f times the work", growthFactor, growth)
}

// used returns the processor time of a call.
func used(t *testing.T, f func()) time.Duration {
	t.Helper()
	before := processorTime(t)
	f()
	return processorTime(t) - before
}
