package job

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"time"

	"clicktrain/internal/problem"
)

const (
	memoryPoll = 200 * time.Millisecond
	stderrEnds = 4 << 10
	// pipeDelay is how long a dead child's pipes may stay open.
	pipeDelay = 5 * time.Second
	// gcShare is the share of the memory limit at which the child's garbage
	// collector starts to work harder.
	gcShare = 0.85
)

// execute runs the job's child process to its end.
func (r *Runner) execute(j *Job) outcome {
	ctx, cancelTimer := context.WithTimeoutCause(j.ctx, r.opts.TimeLimit, errTime)
	defer cancelTimer()
	r.opts.Log.Info("job started", "job_id", j.ID)
	c := &child{job: j, opts: r.opts, ctx: ctx, stderr: &ends{limit: stderrEnds}}
	err := c.run()
	return c.outcome(err)
}

// child is a running child process.
type child struct {
	job    *Job
	opts   Options
	ctx    context.Context
	stderr *ends
	fault  *problem.Error // as the child told it
}

// run starts the process, feeds it, reads it and waits for its end.
func (c *child) run() error {
	if c.job.task.Payload == nil || c.job.task.Result == nil {
		return errNoTask
	}
	if c.ctx.Err() != nil {
		return context.Cause(c.ctx)
	}
	cmd := c.opts.Command(c.ctx)
	cmd.Env = append(cmd.Env, fmt.Sprintf("GOMEMLIMIT=%d", int64(gcShare*float64(c.opts.MemoryLimit))))
	cmd.Stderr = c.stderr
	cmd.WaitDelay = pipeDelay
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return fmt.Errorf("open worker's stdin: %w", err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("open worker's stdout: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start worker: %w", err)
	}
	return c.attend(cmd, stdin, stdout)
}

// attend looks after a started process until it is gone.
func (c *child) attend(cmd *exec.Cmd, stdin io.Writer, stdout io.Reader) error {
	var helpers sync.WaitGroup
	gone := make(chan struct{})
	helpers.Go(func() { c.watchMemory(cmd.Process.Pid, gone) })
	helpers.Go(func() { c.feed(stdin) })
	readErr := c.read(stdout)
	if readErr != nil {
		// The child has told its fault or broken off: there is nothing more to
		// wait for. A child that has ended is not affected.
		c.drain(stdout)
	}
	waitErr := cmd.Wait() // closes stdin too, which ends feed
	close(gone)
	helpers.Wait()
	return errors.Join(readErr, waitErr)
}

// feed writes the payload. A fault of the payload's own kills the job; one of
// the pipe means that the child is gone, which is told elsewhere.
func (c *child) feed(stdin io.Writer) {
	parts := &partWriter{w: stdin}
	buffered := bufio.NewWriterSize(parts, maxPart)
	err := guard(func() error { return c.job.task.Payload(buffered) })
	if err == nil {
		err = buffered.Flush()
	}
	if parts.err != nil {
		return
	}
	if err != nil {
		c.job.cancel(fmt.Errorf("write payload: %w", err))
		return
	}
	_ = writeMessage(stdin, kindEnd, nil) // as above
}

// read handles the child's messages until the result has been taken in. It
// returns nil only after the child's end message.
func (c *child) read(stdout io.Reader) error {
	parts := &partReader{r: bufio.NewReaderSize(stdout, maxPart), other: c.message}
	return guard(func() error {
		// Wait for the first byte or the end: Result is not called for a job
		// that fails before it has a result.
		first := bufio.NewReaderSize(parts, maxPart)
		if _, err := first.Peek(1); err != nil && err != io.EOF {
			return err
		}
		if err := c.job.task.Result(first); err != nil {
			return fmt.Errorf("read result: %w", err)
		}
		_, err := io.Copy(io.Discard, first)
		return err
	})
}

// errFault ends the reading where the child tells a fault.
var errFault = errors.New("job: the worker told a problem")

func (c *child) message(kind byte, body []byte) error {
	if kind == kindProgress {
		share, step, err := decodeProgress(body)
		if err == nil {
			c.job.progress(share, step)
		}
		return err
	}
	p, err := decodeFault(body)
	if err != nil {
		return err
	}
	c.fault = p
	return errFault
}

// drain reads until the child closes its end, or kills it where what it wrote
// made no sense.
func (c *child) drain(stdout io.Reader) {
	if c.fault == nil {
		c.job.cancel(errAbandoned)
	}
	_, _ = io.Copy(io.Discard, stdout)
}

// errAbandoned is the cause where a child is killed for what it wrote; why is
// in the error of reading.
var errAbandoned = errors.New("job: worker abandoned")

// watchMemory kills a child that grows over its limit.
func (c *child) watchMemory(pid int, gone <-chan struct{}) {
	tick := time.NewTicker(memoryPoll)
	defer tick.Stop()
	for {
		select {
		case <-gone:
			return
		case <-tick.C:
			if n, ok := residentMemory(pid); ok && n > c.opts.MemoryLimit {
				c.job.cancel(errMemory)
				return
			}
		}
	}
}

// outcome tells how the job ended. What ended it from outside comes first: the
// rest follows from that.
func (c *child) outcome(err error) outcome {
	cause := context.Cause(c.ctx)
	stderr := c.stderr.String()
	switch {
	case cause != nil && cause != errAbandoned:
		o := stopped(cause, c.opts)
		o.stderr = stderr
		return o
	case c.fault != nil && c.fault.Kind != problem.Internal:
		return outcome{state: Failed, reason: Refused, problem: c.fault}
	case c.fault == nil && err == nil:
		return outcome{state: Succeeded}
	case outOfMemory(stderr):
		return stopped(errMemory, c.opts)
	}
	return crashed(err, stderr)
}

// ends keeps the beginning and the end of what is written to it: of a Go
// program that dies the first lines name the fault, and of any other program
// the last ones do.
type ends struct {
	limit      int // bytes of each
	mu         sync.Mutex
	head, tail []byte
	between    bool // something between them was not kept
}

// Write never fails.
func (e *ends) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := min(e.limit-len(e.head), len(p))
	e.head = append(e.head, p[:n]...)
	e.tail = append(e.tail, p[n:]...)
	if over := len(e.tail) - e.limit; over > 0 {
		e.tail, e.between = append(e.tail[:0], e.tail[over:]...), true
	}
	return len(p), nil
}

// String returns what was kept.
func (e *ends) String() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.between {
		return string(e.head) + "\n…\n" + string(e.tail)
	}
	return string(e.head) + string(e.tail)
}
