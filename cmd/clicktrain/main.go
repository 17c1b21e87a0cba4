// Command clicktrain serves the wizard that takes a person from a CSV file to
// a scikit-learn model. Start it without arguments and open the address it
// prints; clicktrain --help lists the rest.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"clicktrain/internal/config"
)

// version is set when the program is built, with -ldflags "-X main.version=…".
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	if err := run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "clicktrain:", err)
		os.Exit(1)
	}
}

// run is the program: its errors are for the person who started it.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) error {
	c, err := config.Load(args, config.Env{Getenv: getenv, ReadFile: os.ReadFile, Stdout: stdout})
	switch {
	case errors.Is(err, config.ErrHelp):
		return nil
	case err != nil:
		return err
	}
	switch c.Command {
	case config.Version:
		_, err := fmt.Fprintln(stdout, "clicktrain", version)
		return err
	case config.Healthcheck:
		return healthcheck(ctx, c.Addr)
	case config.Worker:
		return work(stdin, stdout)
	}
	return serve(ctx, c, stderr)
}
