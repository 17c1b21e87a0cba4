package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// defaults is what a start without flags and variables gives.
func defaults() Config {
	return Config{
		Command: Serve, Addr: ":8000", MaxUploadBytes: 200 << 20,
		SessionIdle: time.Hour, SessionMaxAge: 12 * time.Hour, MaxSessions: 1000, SessionMemory: 1 << 30, TotalMemory: 10 << 30,
		Jobs: 2, JobTime: 10 * time.Minute, JobMemory: 4 << 30,
		CookieSecure: "auto", LogFormat: "text", ShutdownTimeout: 30 * time.Second,
	}
}

// with returns the defaults, changed.
func with(change func(*Config)) Config {
	c := defaults()
	change(&c)
	return c
}

func load(args []string, vars map[string]string) (Config, string, error) {
	var out bytes.Buffer
	c, err := Load(args, Env{
		Getenv: func(name string) string { return vars[name] },
		ReadFile: func(path string) ([]byte, error) {
			if path != "/key" {
				return nil, fs.ErrNotExist
			}
			return bytes.Repeat([]byte{7}, 32), nil
		},
		Stdout: &out,
	})
	return c, out.String(), err
}

func TestLoad(t *testing.T) {
	key := strings.Repeat("k", 32)
	tests := []struct {
		name string
		args string
		vars map[string]string
		want Config
	}{
		{name: "defaults", want: defaults()},
		{name: "serve by name", args: "serve", want: defaults()},
		{name: "flag without a command", args: "--addr 127.0.0.1:9", want: with(func(c *Config) { c.Addr = "127.0.0.1:9" })},
		{name: "variable", vars: map[string]string{"CLICKTRAIN_ADDR": ":81", "CLICKTRAIN_SESSION_IDLE": "90s", "CLICKTRAIN_MAX_UPLOAD_BYTES": "1048576"},
			want: with(func(c *Config) { c.Addr, c.SessionIdle, c.MaxUploadBytes = ":81", 90*time.Second, 1<<20 })},
		{name: "flag over variable", args: "serve --addr=:82", vars: map[string]string{"CLICKTRAIN_ADDR": ":81"},
			want: with(func(c *Config) { c.Addr = ":82" })},
		{name: "empty variable is unset", vars: map[string]string{"CLICKTRAIN_ADDR": ""}, want: defaults()},
		{name: "all flags", args: "--max-upload-bytes 5MB --total-memory 3GiB --session-max-age 1h --max-sessions 7 --session-memory 1MiB --jobs 3 --job-time 1m" +
			" --job-memory 2GiB --cookie-secure always --log-format json --shutdown-timeout 5s --allowed-hosts a.test,b.test --trusted-proxies 10.0.0.0/8",
			want: Config{Command: Serve, Addr: ":8000", MaxUploadBytes: 5e6, SessionIdle: time.Hour, SessionMaxAge: time.Hour, MaxSessions: 7,
				SessionMemory: 1 << 20, TotalMemory: 3 << 30, Jobs: 3, JobTime: time.Minute, JobMemory: 2 << 30, CookieSecure: "always", LogFormat: "json",
				ShutdownTimeout: 5 * time.Second, AllowedHosts: []string{"a.test", "b.test"}, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}},
		{name: "key", vars: map[string]string{"CLICKTRAIN_SESSION_KEY": key}, want: with(func(c *Config) { c.SessionKey = Secret(key) })},
		{name: "key file", args: "--session-key-file /key", want: with(func(c *Config) { c.SessionKeyFile, c.SessionKey = "/key", bytes.Repeat([]byte{7}, 32) })},
		{name: "key over key file", args: "--session-key-file /key", vars: map[string]string{"CLICKTRAIN_SESSION_KEY": key},
			want: with(func(c *Config) { c.SessionKeyFile, c.SessionKey = "/key", Secret(key) })},
		{name: "worker", args: "worker", want: Config{Command: Worker}},
		{name: "worker heeds no variable", args: "worker", vars: map[string]string{"CLICKTRAIN_JOBS": "no"}, want: Config{Command: Worker}},
		{name: "version", args: "version", want: Config{Command: Version}},
		{name: "healthcheck", args: "healthcheck", vars: map[string]string{"CLICKTRAIN_ADDR": ":81"}, want: Config{Command: Healthcheck, Addr: ":81"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _, err := load(strings.Fields(tt.args), tt.vars)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
				t.Errorf("Load(%q) differs (-want +got):\n%s", tt.args, diff)
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	tests := []struct {
		args string
		vars map[string]string
		want string // a part of the error
	}{
		{args: "--addr 8000", want: "host:port"},
		{args: "--nope", want: "--nope"},
		{args: "dance", want: "dance"},
		{args: "--session-idle 0s", want: "--session-idle must be more than 0"},
		{args: "--session-idle soon", want: "session-idle"},
		{args: "--jobs 0", want: "--jobs must be at least 1, got 0"},
		{args: "--max-upload-bytes=-1", want: "is not a number of bytes"},
		{args: "--max-upload-bytes 0", want: "--max-upload-bytes must be at least 1"},
		{args: "--job-memory 9999999999GiB", want: "is not a number of bytes"},
		{args: "--cookie-secure maybe", want: "cookie-secure"},
		{args: "--allowed-hosts http://a.test", want: "is not a host name"},
		{args: "--trusted-proxies 10.0.0.0/99", want: "trusted-proxies"},
		{args: "--session-key-file /gone", want: "--session-key-file"},
		{args: "--session-key abc", want: "unknown flag"},
		{vars: map[string]string{"CLICKTRAIN_SESSION_KEY": "short"}, want: "CLICKTRAIN_SESSION_KEY has 5 bytes"},
		{vars: map[string]string{"CLICKTRAIN_JOBS": "many"}, want: "jobs"},
	}
	for _, tt := range tests {
		t.Run(tt.args, func(t *testing.T) {
			_, _, err := load(strings.Fields(tt.args), tt.vars)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Load(%q, %v) = %v, want an error with %q", tt.args, tt.vars, err, tt.want)
			}
		})
	}
}

func TestHelp(t *testing.T) {
	tests := []struct {
		args string
		want []string
		not  []string
	}{
		{"--help", []string{"serve", "healthcheck", "version", "http://localhost:8000"}, []string{"worker"}},
		{"serve --help", []string{"--max-upload-bytes", "Default 200MiB.", "[CLICKTRAIN_MAX_UPLOAD_BYTES]", "CLICKTRAIN_SESSION_KEY"}, nil},
	}
	for _, tt := range tests {
		_, out, err := load(strings.Fields(tt.args), nil)
		if !errors.Is(err, ErrHelp) {
			t.Errorf("Load(%q) = %v, want ErrHelp", tt.args, err)
		}
		for _, w := range tt.want {
			if !strings.Contains(out, w) {
				t.Errorf("%q does not say %q:\n%s", tt.args, w, out)
			}
		}
		for _, w := range tt.not {
			if strings.Contains(out, w) {
				t.Errorf("%q says %q:\n%s", tt.args, w, out)
			}
		}
	}
}

func TestSecretIsNeverWritten(t *testing.T) {
	c := with(func(c *Config) { c.SessionKey = Secret(strings.Repeat("hush", 8)) })
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("start", "key", c.SessionKey)
	for _, text := range []string{log.String(), fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), c.SessionKey.String()} {
		if strings.Contains(text, "hush") {
			t.Errorf("the key is in %q", text)
		}
		if !strings.Contains(text, "[redacted]") {
			t.Errorf("no key in %q: the test tests nothing", text)
		}
	}
}

func TestLoopback(t *testing.T) {
	for addr, want := range map[string]bool{
		":8000": false, "0.0.0.0:8000": false, "127.0.0.1:8000": true, "127.9.9.9:1": true, "localhost:8000": true,
		"[::1]:8000": true, "[::]:8000": false, "192.0.2.1:80": false, "example.test:80": false,
	} {
		if got := (Config{Addr: addr}).Loopback(); got != want {
			t.Errorf("Loopback(%q) = %t, want %t", addr, got, want)
		}
	}
}

func TestBytesString(t *testing.T) {
	for b, want := range map[Bytes]string{0: "0 bytes", 1000: "1000 bytes", 1 << 10: "1 KiB", 200 << 20: "200 MiB", 4 << 30: "4 GiB", 1<<30 + 1<<20: "1025 MiB"} {
		if got := b.String(); got != want {
			t.Errorf("Bytes(%d) = %q, want %q", int64(b), got, want)
		}
	}
}
