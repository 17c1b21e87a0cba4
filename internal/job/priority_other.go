//go:build !unix

package job

// lowerPriority does nothing here.
func lowerPriority() {}
