package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"clicktrain/internal/config"
)

// What a connection may take; bodies and responses are bounded by their speed.
const (
	headerTime     = 5 * time.Second
	idleTime       = 2 * time.Minute
	maxHeader      = 32 << 10 // bytes
	maxConnections = 512
	writeStall     = 30 * time.Second
)

// serve runs the server until ctx ends, and then until what it is answering is
// answered or the time for that is over.
func serve(ctx context.Context, c config.Config, stderr io.Writer) error {
	log := newLog(c.LogFormat, stderr)
	parts, err := assemble(c, log)
	if err != nil {
		return err
	}
	defer parts.close()
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{
		Handler:           parts.web.Handler(),
		ReadHeaderTimeout: headerTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug), // faults of clients, mostly
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(bound(listener, maxConnections, writeStall)) }()
	sweeping, stopSweeping := context.WithCancel(context.WithoutCancel(ctx))
	swept := make(chan struct{})
	go func() { defer close(swept); parts.web.Run(sweeping) }()
	defer func() { stopSweeping(); <-swept }()

	log.Info("ClickTrain is ready: "+address(listener.Addr()), "version", version)
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	log.Info("stopping", "timeout", c.ShutdownTimeout)
	parts.web.Drain()
	return shutdown(server, c.ShutdownTimeout)
}

// shutdown stops taking requests, waits for those begun, and then cuts off what
// is left.
func shutdown(server *http.Server, timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}

// address returns the URL to open for what is listened on.
func address(a net.Addr) string {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return a.String()
	}
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() || tcp.IP.IsLoopback() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, fmt.Sprint(tcp.Port))
}

func newLog(format string, w io.Writer) *slog.Logger {
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}
