package workflow

import (
	"testing"
	"time"
)

// TestTimeBeforeTheFitCounts checks that reading the table is part of the time
// that a run may take, and that no time left is not taken for time without end.
func TestTimeBeforeTheFitCounts(t *testing.T) {
	for _, tt := range []struct {
		seconds float64
		passed  time.Duration
		want    float64
	}{{0, time.Hour, 0}, {600, 0, 600}, {600, 90 * time.Second, 510}, {600, time.Hour, 1e-3}} {
		if got := remaining(tt.seconds, tt.passed); got != tt.want {
			t.Errorf("of %v s, after %v, %v are left, want %v", tt.seconds, tt.passed, got, tt.want)
		}
	}
}
