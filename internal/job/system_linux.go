package job

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"syscall"
)

// residentMemory returns the bytes of memory that a process has in use, and
// false if it is gone.
func residentMemory(pid int) (int64, bool) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0, false
	}
	fields := bytes.Fields(text) // pages: all, resident, …
	if len(fields) < 2 {
		return 0, false
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	return pages * int64(os.Getpagesize()), err == nil
}

// lowestPriority is the highest niceness.
const lowestPriority = 19

// LowerPriority makes every thread of the process yield to all others. Linux
// keeps the priority by thread, and a new thread takes its creator's, so it
// goes on until a pass finds no thread that it has not lowered. It is done as
// far as the system allows.
func LowerPriority() {
	lowered := map[string]bool{}
	for again := true; again; {
		again = false
		threads, err := os.ReadDir("/proc/self/task")
		if err != nil {
			return
		}
		for _, t := range threads {
			tid, err := strconv.Atoi(t.Name())
			if err != nil || lowered[t.Name()] {
				continue
			}
			lowered[t.Name()], again = true, true
			_ = syscall.Setpriority(syscall.PRIO_PROCESS, tid, lowestPriority)
		}
	}
}
