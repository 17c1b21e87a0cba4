package metric

// Bin compares a range of probabilities with what came of them.
type Bin struct {
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Predicted float64 `json:"predicted"` // the mean probability
	Actual    float64 `json:"actual"`    // the share of rows that are of the class
	Rows      int     `json:"rows"`
}

const calibrationBins = 10

// calibration returns the bins of equal width that hold a probability of the
// class, in order. A probability on an edge belongs to the bin below it, as in
// scikit-learn's calibration_curve.
func calibration(truth []int, proba []float64, class, classes int) []Bin {
	var bins [calibrationBins]Bin
	for i, c := range truth {
		p := proba[i*classes+class]
		k := 0
		for k < calibrationBins-1 && p > edge(k+1) {
			k++
		}
		b := &bins[k]
		b.Rows++
		b.Predicted += p
		if c == class {
			b.Actual++
		}
	}
	var out []Bin
	for k, b := range bins {
		if b.Rows == 0 {
			continue
		}
		n := float64(b.Rows)
		out = append(out, Bin{edge(k), edge(k + 1), b.Predicted / n, b.Actual / n, b.Rows})
	}
	return out
}

func edge(k int) float64 { return float64(k) * (1.0 / calibrationBins) }

// maxTopK is the longest list of guesses that is counted.
const maxTopK = 10

// hitRatios returns for k = 1, 2 … up to 10 the share of rows whose class is
// among the k most probable. Of equal probabilities the later class comes
// first, as in scikit-learn's top_k_accuracy_score.
func hitRatios(truth []int, proba []float64, classes int) []float64 {
	out := make([]float64, min(classes, maxTopK))
	for i, c := range truth {
		row := proba[i*classes : (i+1)*classes]
		ahead := 0
		for j, p := range row {
			if p > row[c] || p == row[c] && j > c {
				ahead++
			}
		}
		for k := ahead; k < len(out); k++ {
			out[k]++
		}
	}
	for k := range out {
		out[k] /= float64(len(truth))
	}
	return out
}
