package main

import (
	"net"
	"sync"
	"time"
)

// writePiece is how many bytes are written under one deadline.
const writePiece = 64 << 10

// bound returns a listener that holds at most n connections open at once; more
// wait to be accepted. A connection whose other side takes nothing for the
// stall's length is closed.
func bound(l net.Listener, n int, stall time.Duration) net.Listener {
	return &boundListener{Listener: l, slots: make(chan struct{}, n), done: make(chan struct{}), stall: stall}
}

type boundListener struct {
	net.Listener
	slots chan struct{}
	done  chan struct{}
	once  sync.Once
	stall time.Duration
}

// Accept waits for a free slot and then for a connection.
func (l *boundListener) Accept() (net.Conn, error) {
	select {
	case l.slots <- struct{}{}:
	case <-l.done:
		return nil, net.ErrClosed
	}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.slots
		return nil, err
	}
	return &boundConn{Conn: c, free: sync.OnceFunc(func() { <-l.slots }), stall: l.stall}, nil
}

// Close stops accepting.
func (l *boundListener) Close() error {
	l.once.Do(func() { close(l.done) })
	return l.Listener.Close()
}

// boundConn gives each piece that is written a deadline of its own, so that a
// long download is fine and a stalled one is not.
type boundConn struct {
	net.Conn
	free  func()
	stall time.Duration
}

// Write writes b piece by piece.
func (c *boundConn) Write(b []byte) (n int, err error) {
	for len(b) > 0 && err == nil {
		var k int
		if err = c.SetWriteDeadline(time.Now().Add(c.stall)); err == nil {
			k, err = c.Conn.Write(b[:min(len(b), writePiece)])
			n, b = n+k, b[k:]
		}
	}
	return n, err
}

// Close closes the connection and frees its slot.
func (c *boundConn) Close() error {
	c.free()
	return c.Conn.Close()
}
