package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
)

// checkHost refuses requests addressed to a name that is not ours: a foreign
// name that resolves to this machine would otherwise let another site's page
// read this one. Health checks may use any name.
func (s *Server) checkHost(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if isHealth(c.Request().URL.Path) || s.ownHost(c.Request().Host) {
			return next(c)
		}
		return &echo.HTTPError{
			Code: http.StatusMisdirectedRequest,
			Internal: problem.New(problem.Forbidden, "This server does not answer to that host name.").
				WithHint("Open it by its own name, or add the name to --allowed-hosts."),
		}
	}
}

func (s *Server) ownHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if len(s.opts.AllowedHosts) == 0 {
		return !s.opts.Loopback || loopbackName(host)
	}
	for _, h := range s.opts.AllowedHosts {
		if strings.EqualFold(strings.Trim(h, "[]"), host) {
			return true
		}
	}
	return false
}

func loopbackName(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// isHTTPS reports whether the browser's side of the request was HTTPS: by our
// own TLS, or by the word of a proxy on this machine, on a private network or
// in TrustedProxies. A caller who makes it up changes nothing but the flags of
// its own cookies.
func (s *Server) isHTTPS(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	if !strings.EqualFold(r.Header.Get(echo.HeaderXForwardedProto), "https") {
		return false
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	ip := peer.Addr().Unmap()
	return ip.IsLoopback() || ip.IsPrivate() || s.trusts(ip)
}

func (s *Server) trusts(ip netip.Addr) bool {
	for _, p := range s.opts.TrustedProxies {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// clientIP returns how a request's client address is found: the connection's
// own, or what a trusted proxy says it is.
func clientIP(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	opts := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		_, network, err := net.ParseCIDR(p.Masked().String())
		if err == nil {
			opts = append(opts, echo.TrustIPRange(network))
		}
	}
	return echo.ExtractIPFromXFFHeader(opts...)
}
