//go:build unix && !linux

package job

import "syscall"

// LowerPriority makes the process yield to all others, as far as the system
// allows.
func LowerPriority() { _ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, 19) }
