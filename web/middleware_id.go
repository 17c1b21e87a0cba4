package web

import (
	"context"
	"crypto/rand"

	"github.com/labstack/echo/v4"
)

// idKey is the request context's key of the request's id.
type idKey struct{}

// identify gives each request an id: the caller's own, if it is short and
// plain, or a new one. It is answered in X-Request-Id and stands in the log.
func identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Request().Header.Get(echo.HeaderXRequestID)
		if !plainID(id) {
			id = rand.Text()
		}
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), idKey{}, id)))
		return next(c)
	}
}

// requestID returns the request's id.
func requestID(c echo.Context) string { return idFrom(c.Request().Context()) }

// idFrom returns the id of the request that ctx belongs to, or "".
func idFrom(ctx context.Context) string {
	id, _ := ctx.Value(idKey{}).(string)
	return id
}

// plainID reports whether a caller's id can be logged and answered as it is.
func plainID(id string) bool {
	if len(id) == 0 || len(id) > 64 {
		return false
	}
	for _, r := range []byte(id) {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
		default:
			return false
		}
	}
	return true
}
