package boost

const (
	// lookouts is how often a waiter looks before it sleeps: for some 50 µs,
	// which is about what waking up takes and longer than most waits.
	lookouts = 30_000
	// mostSleeps is how many waits at most go by without looking.
	mostSleeps = 64
)

// waiter is how one goroutine waits for others. It looks out for a while before
// it sleeps, but where that was in vain, as on a processor shared with other
// programs, it sleeps at once the next times: twice as many after each look in
// vain, and half as many after each that was not.
type waiter struct{ sleeps, left int }

// await receives from a channel.
func await[T any](w *waiter, from <-chan T) (T, bool) {
	if w.left > 0 {
		w.left--
		x, ok := <-from
		return x, ok
	}
	for range lookouts {
		select {
		case x, ok := <-from:
			w.sleeps /= 2
			return x, ok
		default:
		}
	}
	w.sleeps = min(2*w.sleeps+1, mostSleeps)
	w.left = w.sleeps
	x, ok := <-from
	return x, ok
}
