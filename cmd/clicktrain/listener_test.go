package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener on connections within the process, whose deadlines go by
// the clock of a bubble.
type pipes struct {
	dialed chan net.Conn
	closed chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.dialed:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.closed); return nil }
func (p *pipes) Addr() net.Addr { return nil }

// dial returns the client's side of a new connection.
func (p *pipes) dial(t *testing.T) net.Conn {
	t.Helper()
	here, there := net.Pipe()
	t.Cleanup(func() { here.Close() })
	p.dialed <- there
	return here
}

func newPipes() *pipes {
	return &pipes{dialed: make(chan net.Conn, 8), closed: make(chan struct{})}
}

func accept(t *testing.T, l net.Listener) net.Conn {
	t.Helper()
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBoundConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		l := bound(p, 1, time.Second)
		p.dial(t)
		p.dial(t)
		first := accept(t, l)
		var second net.Conn
		go func() { second, _ = l.Accept() }()
		synctest.Wait()
		if second != nil {
			t.Fatal("a second connection was accepted beside the first")
		}
		first.Close()
		first.Close() // frees one slot, not two
		synctest.Wait()
		if second == nil {
			t.Fatal("the second connection was not accepted")
		}
		if n := len(l.(*boundListener).slots); n != 1 {
			t.Errorf("%d slots are taken, want 1", n)
		}
		second.Close()
	})
}

func TestCloseEndsAWaitingAccept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		l := bound(p, 1, time.Second)
		p.dial(t)
		c := accept(t, l)
		defer c.Close()
		var err error
		go func() { _, err = l.Accept() }()
		synctest.Wait()
		l.Close()
		synctest.Wait()
		if !errors.Is(err, net.ErrClosed) {
			t.Errorf("Accept = %v, want net.ErrClosed", err)
		}
	})
}

func TestStalledWriteEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		l := bound(p, 1, time.Minute)
		p.dial(t) // never reads
		c := accept(t, l)
		defer c.Close()
		if _, err := c.Write(make([]byte, 1<<20)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("Write to a stalled reader = %v, want a deadline", err)
		}
	})
}

// TestLongWriteIsWhole checks that a reader who is slower than one deadline in
// all, but never stalls, gets every byte.
func TestLongWriteIsWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		l := bound(p, 1, time.Minute)
		client := p.dial(t)
		c := accept(t, l)
		sent := bytes.Repeat([]byte("0123456789abcdef"), 1<<14) // 256 KiB
		go func() {
			defer c.Close()
			_, _ = c.Write(sent)
		}()
		begun := time.Now()
		var got bytes.Buffer
		for {
			n, err := io.CopyN(&got, client, writePiece/2)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || n == 0 {
				t.Fatal(err)
			}
			time.Sleep(25 * time.Second)
		}
		if time.Since(begun) < 2*time.Minute {
			t.Fatal("the test did not last longer than one deadline")
		}
		if !bytes.Equal(got.Bytes(), sent) {
			t.Errorf("got %d bytes, want %d", got.Len(), len(sent))
		}
	})
}
