package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"
)

func listen(t *testing.T, n int, stall time.Duration) net.Listener {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := bound(l, n, stall)
	t.Cleanup(func() { b.Close() })
	return b
}

func dial(t *testing.T, l net.Listener) net.Conn {
	t.Helper()
	c, err := new(net.Dialer).DialContext(t.Context(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func TestBoundConnections(t *testing.T) {
	l := listen(t, 1, time.Second)
	dial(t, l)
	dial(t, l)
	first, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan net.Conn, 1)
	go func() {
		c, err := l.Accept()
		if err == nil {
			second <- c
		}
		close(second)
	}()
	select {
	case <-second:
		t.Fatal("a second connection was accepted beside the first")
	case <-time.After(50 * time.Millisecond):
	}
	first.Close()
	first.Close() // frees one slot, not two
	c, ok := <-second
	if !ok {
		t.Fatal("the second connection was not accepted")
	}
	defer c.Close()
	if n := len(l.(*boundListener).slots); n != 1 {
		t.Errorf("%d slots are taken, want 1", n)
	}
}

func TestCloseEndsAWaitingAccept(t *testing.T) {
	l := listen(t, 1, time.Second)
	dial(t, l)
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	ended := make(chan error, 1)
	go func() { _, err := l.Accept(); ended <- err }()
	l.Close()
	select {
	case err := <-ended:
		if !errors.Is(err, net.ErrClosed) {
			t.Errorf("Accept = %v, want net.ErrClosed", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("Accept goes on after Close")
	}
}

func TestStalledWriteEnds(t *testing.T) {
	l := listen(t, 1, 50*time.Millisecond)
	dial(t, l) // never reads
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Write(make([]byte, 64<<20)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("Write to a stalled reader = %v, want a deadline", err)
	}
}

// TestLongWriteIsWhole checks that a reader who is slower than one deadline in
// all, but never stalls, gets every byte.
func TestLongWriteIsWhole(t *testing.T) {
	l := listen(t, 1, 300*time.Millisecond)
	client := dial(t, l)
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	sent := bytes.Repeat([]byte("0123456789abcdef"), 1<<20) // 16 MiB
	go func() {
		defer c.Close()
		_, _ = c.Write(sent)
	}()
	var got bytes.Buffer
	for begun := time.Now(); ; {
		n, err := io.CopyN(&got, client, 1<<20)
		if errors.Is(err, io.EOF) {
			if time.Since(begun) < 400*time.Millisecond {
				t.Fatal("the test did not last longer than one deadline")
			}
			break
		}
		if err != nil || n == 0 {
			t.Fatal(err)
		}
		time.Sleep(30 * time.Millisecond)
	}
	if !bytes.Equal(got.Bytes(), sent) {
		t.Errorf("got %d bytes, want %d", got.Len(), len(sent))
	}
}
