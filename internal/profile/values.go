package profile

import "slices"

// runs counts the distinct values of the ascending s and returns the most
// frequent ones.
func runs(s []float64) (distinct int, top []Value) {
	top = make([]Value, 0, topKept+1)
	least := 0 // rows of the last of a full top
	for from := 0; from < len(s); {
		to := from + 1
		for x := s[from]; to < len(s) && s[to] == x; to++ {
		}
		distinct++
		if n := to - from; n > least {
			at := len(top)
			for at > 0 && top[at-1].Count < n {
				at--
			}
			top = slices.Insert(top, at, Value{Stat(s[from]), n})
			if len(top) > topKept {
				top = top[:topKept]
			}
			if len(top) == topKept {
				least = top[topKept-1].Count
			}
		}
		from = to
	}
	return distinct, top
}

// smallest returns the first distinct values of the ascending s.
func smallest(s []float64) []Value {
	var out []Value
	for i, x := range s {
		if i > 0 && x == s[i-1] {
			out[len(out)-1].Count++
			continue
		}
		if len(out) == topKept {
			break
		}
		out = append(out, Value{Stat(x), 1})
	}
	return out
}

// largest returns the last distinct values of the ascending s, the last first.
func largest(s []float64) []Value {
	var out []Value
	for i := len(s) - 1; i >= 0; i-- {
		if i < len(s)-1 && s[i] == s[i+1] {
			out[len(out)-1].Count++
			continue
		}
		if len(out) == topKept {
			break
		}
		out = append(out, Value{Stat(s[i]), 1})
	}
	return out
}

// order tells how numbers follow each other, NaN left out. It stops at the
// first that rules out all orders.
func order(v []float64) Order {
	var up, down, same bool
	last, any := 0.0, false
	for _, x := range v {
		switch {
		case x != x:
			continue
		case !any:
			any = true
		case x > last:
			up = true
		case x < last:
			down = true
		default:
			same = true
		}
		if up && down {
			return Unordered
		}
		last = x
	}
	switch {
	case up && same:
		return Rising
	case up:
		return Increasing
	case down && same:
		return Falling
	case down:
		return Decreasing
	}
	return Unordered
}
