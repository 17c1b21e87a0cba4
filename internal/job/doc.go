// Package job runs heavy work in child processes of the same binary, so that
// the server's own work stays fast, a cancelled job is gone at once, and a
// job's crash or hunger for memory is its own.
//
// A Runner bounds how many jobs run and wait, and takes turns between owners.
// Submit hands it a Task and gets a Job, whose State is read at any time. The
// child calls LowerPriority, so that the server's answers come first, and then
// Serve, which reads the task's payload from standard input and writes progress
// and the result to standard output. What payload and result hold is known to
// the callers alone.
package job
