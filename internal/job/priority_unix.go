//go:build unix && !linux

package job

import "syscall"

// lowerPriority makes the process yield to all others, as far as the system
// allows.
func lowerPriority() { _ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, 19) }
