package recipe

import (
	"encoding/binary"
	"fmt"
	"math"

	"clicktrain/internal/problem"
)

// numberOp is an operation that takes a column of numbers and leaves one, in
// which what was missing still is. It knows its own words, so that nothing else
// has to tell such operations apart.
type numberOp interface {
	op
	step() string                   // the name of its step in the catalogue
	word() string                   // what a branch's name calls it
	describe() (text, value string) // see Learned
	sound() bool                    // its numbers are such that apply may use them
}

// rewrite returns the numbers of v, and where to put what they become: the same
// memory if it is v's own.
func (v *values) rewrite() (from, to []float64) {
	from = v.num
	if !v.own {
		v.num, v.own = make([]float64, len(from)), true
	}
	return from, v.num
}

// tooFar says that a number x of a column leaves the range of numbers where
// something is done to it: "scaled".
func tooFar(column string, x float64, done string) error {
	return problem.Column(column, "%s is %s in one row, too far from the training rows to be %s.", column, number(x), done).
		WithHint("Check the value.")
}

// allFinite reports whether each of x is a finite number.
func allFinite(x ...float64) bool {
	for _, v := range x {
		if !finite(v) {
			return false
		}
	}
	return true
}

// gather returns a number of each of some operations alike.
func gather[T op](columns []op, f func(T) float64) []float64 {
	out := make([]float64, len(columns))
	for i, c := range columns {
		out[i] = f(c.(T))
	}
	return out
}

// More bytes that tell operations apart; see binary.go for the first.
const (
	tagFillConstant = iota + 64
	tagOneHotGrouped
	tagMinMax
	tagMaxAbs
	tagRobust
	tagPower
	tagLog
	tagSpread
	tagBin
	tagCap
	tagEach
	tagMember
	tagNative
	tagTarget
	tagCurve
	tagGap
	tagTerms
	tagDates
)

func (r *reader) laterOp(tag byte) op {
	switch tag {
	case tagFillConstant:
		return &fillText{Constant, r.text()}
	case tagOneHotGrouped:
		return r.groupedOneHot()
	case tagMinMax:
		return &minMax{n: r.rows(), low: r.float(), high: r.float()}
	case tagMaxAbs:
		return &maxAbs{n: r.rows(), most: r.float()}
	case tagRobust:
		return &robust{center: r.float(), spread: r.float()}
	case tagPower:
		return r.power()
	case tagLog:
		return log1p{}
	case tagSpread:
		return r.spread()
	case tagBin:
		return r.bins()
	case tagCap:
		return &limits{rule: Rule(r.byte()), low: r.float(), high: r.float()}
	case tagEach:
		return r.each()
	case tagMember:
		return r.member()
	case tagNative:
		return &native{r.categories()}
	case tagTarget:
		return r.target()
	case tagCurve:
		return r.curve()
	case tagGap:
		return gap{}
	case tagDates:
		return r.dates()
	case tagTerms:
		return r.terms()
	default:
		r.fail(fmt.Errorf("recipe: stored operation %d", tag))
		return nil
	}
}

func (r *reader) rows() int { return r.count(math.MaxInt32) }

func appendCount(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }
