package numeric

// Select returns the number that would be at place k if x were sorted, and
// reorders x so that no number above it stands before that place and none below
// it after (Hoare 1961, with the middle of three for a pivot). x must hold no
// NaN. The cost is O(n) on average.
func Select(x []float64, k int) float64 {
	for lo, hi := 0, len(x)-1; lo < hi; {
		a, b, c := x[lo], x[lo+(hi-lo)/2], x[hi]
		pivot := max(min(a, b), min(max(a, b), c))
		i, j := lo, hi
		for i <= j {
			for x[i] < pivot {
				i++
			}
			for x[j] > pivot {
				j--
			}
			if i <= j {
				x[i], x[j] = x[j], x[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return x[k]
		}
	}
	return x[k]
}
