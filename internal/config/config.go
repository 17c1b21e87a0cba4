// Package config reads ClickTrain's settings: flags over CLICKTRAIN_*
// environment variables over defaults. It owns their names, units and checks;
// nothing else reads the environment.
package config

import (
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"time"
)

// Command is what the program was started for.
type Command string

// The commands.
const (
	Serve       Command = "serve"       // the server; what runs where no command is named
	Worker      Command = "worker"      // one job read from standard input, for the server's own use
	Version     Command = "version"     // print the version
	Healthcheck Command = "healthcheck" // ask a running server how it is
)

// Config is every setting. Only Command, and for Healthcheck Addr, means
// something where the command is not Serve.
type Config struct {
	Command Command `kong:"-"`

	// Addr is the host and port to listen on; an empty host is every address.
	Addr string `default:":8000" placeholder:"HOST:PORT" help:"Address to listen on, as host:port. An empty host listens on every address."`
	// AllowedHosts are the host names that requests may be addressed to,
	// without ports. None allows any on an open address, and only this
	// machine's own names on a loopback address.
	AllowedHosts []string `placeholder:"NAME" help:"Host names that requests may be addressed to. Without any, a loopback address takes requests for localhost only, and any other address takes all."`
	// TrustedProxies are the networks whose X-Forwarded-For is believed.
	TrustedProxies []netip.Prefix `placeholder:"CIDR" help:"Networks of reverse proxies whose X-Forwarded-For header names the client, such as 10.0.0.0/8."`

	// MaxUploadBytes is the largest file taken, in bytes.
	MaxUploadBytes Bytes `default:"200MiB" placeholder:"BYTES" help:"Largest file taken, in bytes; 200MiB and 1GB are understood."`

	// SessionIdle is how long a session is kept without a request.
	SessionIdle time.Duration `default:"60m" placeholder:"DURATION" help:"How long a session is kept without a request, such as 90m."`
	// SessionMaxAge is how long a session is kept in any case.
	SessionMaxAge time.Duration `default:"12h" placeholder:"DURATION" help:"How long a session is kept at most."`
	// MaxSessions is the number of sessions held at once.
	MaxSessions int `default:"1000" placeholder:"N" help:"Sessions held at once."`
	// SessionMemory is the memory that one session's data and models may take, in bytes.
	SessionMemory Bytes `default:"1GiB" placeholder:"BYTES" help:"Memory that one session's data and models may take, in bytes."`
	// TotalMemory is the memory that all sessions' data and models may take, in bytes.
	TotalMemory Bytes `default:"10GiB" placeholder:"BYTES" help:"Memory that all sessions' data and models may take together, in bytes."`

	// Jobs is the number of training runs at once.
	Jobs int `default:"2" placeholder:"N" help:"Training runs at once; further ones queue."`
	// JobTime is how long one training run may take.
	JobTime time.Duration `default:"10m" placeholder:"DURATION" help:"How long one training run may take."`
	// JobMemory is the memory of one training run's process, in bytes.
	JobMemory Bytes `default:"4GiB" placeholder:"BYTES" help:"Memory that one training run may take, in bytes."`

	// CookieSecure is auto, always or never: whether the session cookie is
	// for HTTPS only. Auto decides by each request.
	CookieSecure string `default:"auto" enum:"auto,always,never" placeholder:"WHEN" help:"Whether the session cookie is for HTTPS only: auto (when the request came by HTTPS), always or never."`
	// SessionKeyFile holds the session key; CLICKTRAIN_SESSION_KEY goes before it.
	SessionKeyFile string `placeholder:"PATH" help:"File with at least 32 random bytes that sign and encrypt session cookies; or set CLICKTRAIN_SESSION_KEY. Without either a key is made at each start."`
	// SessionKey is the key itself; empty makes one at each start.
	SessionKey Secret `kong:"-"`

	// LogFormat is text or json.
	LogFormat string `default:"text" enum:"text,json" placeholder:"FORMAT" help:"How log lines are written: text or json."`
	// ShutdownTimeout is how long a stopping server waits for requests and runs.
	ShutdownTimeout time.Duration `default:"30s" placeholder:"DURATION" help:"How long to wait for requests and runs when stopping."`
}

// Loopback reports whether the address is reachable from this machine only.
func (c Config) Loopback() bool {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// check refuses settings that parse but cannot be meant.
func (c Config) check() error {
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		return fmt.Errorf("--addr: %q is not host:port, such as :8000", c.Addr)
	}
	for _, d := range []struct {
		flag  string
		value time.Duration
	}{
		{"session-idle", c.SessionIdle}, {"session-max-age", c.SessionMaxAge},
		{"job-time", c.JobTime}, {"shutdown-timeout", c.ShutdownTimeout},
	} {
		if d.value <= 0 {
			return fmt.Errorf("--%s must be more than 0, got %v", d.flag, d.value)
		}
	}
	for _, n := range []struct {
		flag  string
		value int64
	}{
		{"max-upload-bytes", int64(c.MaxUploadBytes)}, {"max-sessions", int64(c.MaxSessions)},
		{"session-memory", int64(c.SessionMemory)},
		{"total-memory", int64(c.TotalMemory)}, {"jobs", int64(c.Jobs)}, {"job-memory", int64(c.JobMemory)},
	} {
		if n.value < 1 {
			return fmt.Errorf("--%s must be at least 1, got %d", n.flag, n.value)
		}
	}
	for _, h := range c.AllowedHosts {
		if h == "" || strings.ContainsAny(h, "/:@ ") && !strings.HasPrefix(h, "[") {
			return fmt.Errorf("--allowed-hosts: %q is not a host name without scheme and port", h)
		}
	}
	return nil
}

// minKey is the least length of a session key, in bytes.
const minKey = 32

// Secret is a setting that is never written out.
type Secret []byte

// LogValue hides the secret from logs.
func (Secret) LogValue() slog.Value { return slog.StringValue("[redacted]") }

// String hides the secret from formatting.
func (Secret) String() string { return "[redacted]" }

// GoString hides the secret from %#v.
func (Secret) GoString() string { return "[redacted]" }
