package numeric

import "math"

// CramersV returns the bias-corrected Cramér's V of a contingency table of the
// given number of columns, by rows: 0 where the two do not depend on each
// other, 1 where each tells the other. Empty rows and columns do not count. It
// is NaN where either has one value only, and where the correction leaves
// nothing to divide by, as in a table of two rows.
// Bergsma (2013), "A bias-correction for Cramér's V and Tschuprow's T".
func CramersV(table []float64, columns int) float64 {
	rows := len(table) / columns
	byRow, byColumn := make([]float64, rows), make([]float64, columns)
	n := 0.0
	for i, x := range table {
		byRow[i/columns] += x
		byColumn[i%columns] += x
		n += x
	}
	r, k := positive(byRow), positive(byColumn)
	if r < 2 || k < 2 || n < 2 {
		return math.NaN()
	}
	// χ²/n as Σ (x − e)²/(e·n), e being the count expected.
	phi2 := 0.0
	for i, a := range byRow {
		for j, b := range byColumn {
			if e := a * b / n; e > 0 {
				d := table[i*columns+j] - e
				phi2 += d * d / e
			}
		}
	}
	phi2 = max(0, phi2/n-(k-1)*(r-1)/(n-1))
	least := min(k-(k-1)*(k-1)/(n-1), r-(r-1)*(r-1)/(n-1)) - 1
	if !(least > 0) {
		return math.NaN()
	}
	return min(math.Sqrt(phi2/least), 1)
}

func positive(v []float64) float64 {
	n := 0.0
	for _, x := range v {
		if x > 0 {
			n++
		}
	}
	return n
}

// CorrelationRatio returns η = √(SS between / SS total) of numbers in groups,
// from the rows, the sum and the sum of squares of each group: 0 where all
// groups have the same mean, 1 where each has one value. It is NaN where there
// are fewer than two groups or the numbers do not vary. The numbers should be
// centered, as differences of their squares are taken.
func CorrelationRatio(n, sum, squares []float64) float64 {
	var rows, all, total float64
	for g, k := range n {
		rows += k
		all += sum[g]
		total += squares[g]
	}
	if positive(n) < 2 {
		return math.NaN()
	}
	mean := all / rows
	spread := total - rows*mean*mean
	if !(spread > 1e-12*total) {
		return math.NaN()
	}
	between := 0.0
	for g, k := range n {
		if k > 0 {
			d := sum[g]/k - mean
			between += k * d * d
		}
	}
	return min(math.Sqrt(between/spread), 1)
}
