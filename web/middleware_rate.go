package web

import (
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
)

// The rates that one client address may keep up.
const (
	requestsPerSecond = 50
	requestBurst      = 200
	uploadsPerSecond  = 0.5 // 30 a minute
	uploadBurst       = 30
	trackedClients    = 50_000 // addresses remembered, at most
)

// limitRate refuses clients who ask too often.
func (s *Server) limitRate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		path := c.Request().URL.Path
		if isHealth(path) {
			return next(c)
		}
		client, now := clientKey(c.RealIP()), s.opts.Now()
		wait := s.requests.take(client, now)
		if wait == 0 && isUpload(c.Request()) {
			wait = s.uploads.take(client, now)
		}
		if wait == 0 {
			return next(c)
		}
		seconds := int(math.Ceil(wait.Seconds()))
		c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(seconds))
		return problem.New(problem.Quota, "Too many requests came from your address.").
			WithHint("Wait %d s and try again.", seconds)
	}
}

// clientKey is the address that a client is counted under. An IPv6 client owns
// a whole /64, so all of it counts as one.
func clientKey(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if ip = ip.Unmap(); ip.Is4() {
		return ip.String()
	}
	network, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return network.String()
}

// isUpload reports whether a request brings a file.
func isUpload(r *http.Request) bool {
	return r.Method == http.MethodPost && (r.URL.Path == "/upload" || r.URL.Path == "/api/upload")
}

// bucket is what is left of one client's allowance at a time.
type bucket struct {
	tokens float64
	at     time.Time
}

// limiter hands out tokens: rate a second to each client, with up to burst
// saved. It remembers the clients of two generations and forgets the older
// when the newer is full, so its memory is bounded.
type limiter struct {
	rate, burst float64
	size        int // clients in a generation

	mu         sync.Mutex
	young, old map[string]bucket
}

func newLimiter(rate, burst float64, clients int) *limiter {
	return &limiter{rate: rate, burst: burst, size: clients / 2, young: map[string]bucket{}}
}

// take takes a token. It returns 0, or how long until there will be one.
func (l *limiter) take(client string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, known := l.young[client]
	if !known {
		if b, known = l.old[client]; !known {
			b = bucket{tokens: l.burst, at: now}
		}
		if len(l.young) >= l.size {
			l.young, l.old = make(map[string]bucket), l.young
		}
	}
	if passed := now.Sub(b.at).Seconds(); passed > 0 {
		b.tokens, b.at = min(l.burst, b.tokens+passed*l.rate), now
	}
	var wait time.Duration
	if b.tokens >= 1 {
		b.tokens--
	} else {
		wait = time.Duration((1 - b.tokens) / l.rate * float64(time.Second))
	}
	l.young[client] = b
	return max(wait, 0)
}
