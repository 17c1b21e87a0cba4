package measure

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
)

// PeakMB returns the process's peak resident memory in MB, 0 where the system
// does not tell.
func PeakMB() float64 { return status("VmHWM") }

// ForgetPeak gives free memory back to the system, makes what is resident now
// the process's peak and returns it in MB. The next PeakMB less this is what
// was added in between.
func ForgetPeak() float64 {
	debug.FreeOSMemory()
	// Where the system refuses, the peak stays and shows as memory added.
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o200)
	return status("VmRSS")
}

// status returns a line of the process's status, in MB.
func status(name string) float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		var kb float64
		if n, _ := fmt.Sscanf(line, name+": %f kB", &kb); n == 1 {
			return kb / 1000
		}
	}
	return 0
}
