package job

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
)

// Self returns a command that runs this program with the given arguments, for
// Options.Command. On Linux it is the very file that is running, even if the
// one on disk has been replaced.
func Self(args ...string) func(context.Context) *exec.Cmd {
	return func(ctx context.Context) *exec.Cmd {
		path, err := os.Executable()
		if runtime.GOOS == "linux" {
			path, err = "/proc/self/exe", nil
		}
		cmd := exec.CommandContext(ctx, path, args...)
		cmd.Args[0] = os.Args[0]
		cmd.Err = errors.Join(cmd.Err, err)
		return cmd
	}
}
