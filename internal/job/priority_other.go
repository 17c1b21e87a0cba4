//go:build !unix

package job

// LowerPriority does nothing here.
func LowerPriority() {}
