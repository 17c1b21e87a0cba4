// Package problem owns the errors that a person may read. An error of any
// other type is ours: it is logged, and the person gets a reference to it.
package problem

import (
	"errors"
	"fmt"
)

// Kind says what went wrong, from which the web layer alone picks a status.
type Kind uint8

// The kinds. The zero value is Internal, so that a forgotten kind is safe.
const (
	Internal    Kind = iota
	Malformed        // the request cannot be understood
	Invalid          // understood, but cannot be used
	NotFound         // no such thing, or not yours
	Conflict         // not in this state: another step comes first
	TooLarge         // this body is over the limit
	Unsupported      // not a kind of file or body that is read here
	Quota            // you are over your share
	Busy             // the server is full
	Storage          // your session's storage is full
	Forbidden        // the request came from somewhere it may not come from
)

// Error is a fault told to a person: what and where it is, and how to go on.
type Error struct {
	Kind    Kind
	Field   string // the form field or JSON member, if one is to blame
	Column  string // the data column, if one is to blame
	Line    int    // the line of the file, counted from 1; 0 is none
	Value   string // the value that was refused
	Message string // one sentence: what is wrong, and where
	Hint    string // one sentence: what to do
	Err     error  // the cause, for the log only
}

// Error returns the message followed by the hint.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + " " + e.Hint
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// WithHint returns e with a hint, for use where e is made.
func (e *Error) WithHint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// New returns an error of the given kind.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// Field returns an Invalid error that blames one form field or JSON member.
func Field(name, format string, args ...any) *Error {
	return &Error{Kind: Invalid, Field: name, Message: fmt.Sprintf(format, args...)}
}

// Column returns an Invalid error that blames one data column.
func Column(name, format string, args ...any) *Error {
	return &Error{Kind: Invalid, Column: name, Message: fmt.Sprintf(format, args...)}
}

// As returns the problem in err's chain, if there is one.
func As(err error) (*Error, bool) { return errors.AsType[*Error](err) }
