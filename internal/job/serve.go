package job

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"clicktrain/internal/problem"
)

// Handler does the work of one job in the child process. ctx ends when the
// parent is gone. payload is what the Task's Payload wrote. report tells the
// share of work done, 0 to 1, and what is being done; it may be called from
// many goroutines and as often as is convenient. The function returned writes
// what the Task's Result reads. An error that holds a *problem.Error is told
// to the person; any other is a fault of ours.
type Handler func(ctx context.Context, payload io.Reader, report func(share float64, step string)) (result func(io.Writer) error, err error)

// orphanGrace is how long a handler may take to notice that the parent is gone.
const orphanGrace = 2 * time.Second

// Serve runs one job in the child process that a Runner started, and is to be
// called with the process's standard input and output at once. From then on
// the process ignores the interrupts that a terminal or supervisor sends to
// the parent's whole group, and ends with the parent. The error is for the
// log, and the process should write it to standard error and exit with a
// status other than 0.
func Serve(stdin io.Reader, stdout io.Writer, handle Handler) error {
	signal.Ignore(os.Interrupt, syscall.SIGTERM)
	return serve(stdin, stdout, handle, func(served <-chan struct{}) {
		select {
		case <-served:
		case <-time.After(orphanGrace):
			os.Exit(1)
		}
	})
}

// serve does Serve's work without its effects on the process. Orphaned is
// called where the parent is gone, with a channel that is closed when the
// handler has returned.
func serve(stdin io.Reader, stdout io.Writer, handle Handler, orphaned func(served <-chan struct{})) error {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	served := make(chan struct{})
	defer close(served)
	payload := receive(stdin, func() { cancel(errOrphan); orphaned(served) })
	defer payload.Close()
	out := &reporter{w: stdout, now: time.Now}
	err := guard(func() error {
		result, err := handle(ctx, payload, out.report)
		if err != nil {
			return err
		}
		return out.result(result)
	})
	if err == nil {
		return nil
	}
	p, told := problem.As(err)
	if !told {
		p = crashed(err, "").problem
	}
	if sendErr := out.fault(p); sendErr != nil {
		return errors.Join(err, sendErr)
	}
	if told && p.Kind != problem.Internal {
		return nil
	}
	return err
}

// receive returns the payload that stdin brings. The parent holds stdin open
// for as long as it lives: when stdin ends, receive calls orphaned.
func receive(stdin io.Reader, orphaned func()) *io.PipeReader {
	payload, pump := io.Pipe()
	go func() {
		in := bufio.NewReaderSize(stdin, maxPart)
		_, err := io.Copy(pump, &partReader{r: in, other: unexpected})
		pump.CloseWithError(err)
		_, _ = io.Copy(io.Discard, in)
		orphaned()
	}()
	return payload
}

var errOrphan = errors.New("job: the parent process is gone")

func unexpected(kind byte, _ []byte) error {
	return fmt.Errorf("%w: kind %q from the parent", errProtocol, kind)
}

// reporter sends messages to the parent.
type reporter struct {
	mu    sync.Mutex
	w     io.Writer
	now   func() time.Time
	share float64
	step  string
	last  time.Time // of the last progress
	ended bool      // progress is over
}

// reportEvery is how often progress is sent while the step stays the same.
const reportEvery = 100 * time.Millisecond

// report sends progress, unless some was sent just now. The share never falls.
func (o *reporter) report(share float64, step string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if math.IsNaN(share) {
		share = 0
	}
	o.share = max(o.share, min(share, 1))
	now := o.now()
	if o.ended || step == o.step && now.Sub(o.last) < reportEvery {
		return
	}
	o.step, o.last = step, now
	// If the parent is gone, the process is about to end.
	_ = writeMessage(o.w, kindProgress, encodeProgress(o.share, step))
}

// end stops the progress messages, so that others have the pipe.
func (o *reporter) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ended = true
}

func (o *reporter) result(write func(io.Writer) error) error {
	o.end()
	buffered := bufio.NewWriterSize(&partWriter{w: o.w}, maxPart)
	if write != nil {
		if err := write(buffered); err != nil {
			return fmt.Errorf("write result: %w", err)
		}
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("send result: %w", err)
	}
	return writeMessage(o.w, kindEnd, nil)
}

func (o *reporter) fault(p *problem.Error) error {
	o.end()
	body, err := encodeFault(p)
	if err != nil {
		return fmt.Errorf("encode problem: %w", err)
	}
	return writeMessage(o.w, kindFault, body)
}
