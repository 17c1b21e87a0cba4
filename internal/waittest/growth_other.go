//go:build !unix

package waittest

import (
	"testing"
	"time"
)

// processorTime is not known here.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	t.Skip("processor time is not known on this system")
	return 0
}
