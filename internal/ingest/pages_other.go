//go:build !linux

package ingest

// adviseHuge does nothing where the system takes no such advice.
func adviseHuge[T byte | float64 | int32]([]T) {}
