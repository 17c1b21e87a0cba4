//go:build !linux

package job

// residentMemory knows nothing here: the memory limit only steers the child's
// garbage collector.
func residentMemory(int) (int64, bool) { return 0, false }
