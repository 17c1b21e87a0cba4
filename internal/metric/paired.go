package metric

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// AUCDifference returns the 95 % interval of how much higher the ROC AUC of a's
// class of interest is than that of b, whose answers are to the same rows: their
// placements go together row by row (DeLong, DeLong and Clarke-Pearson 1988). It
// is false where either cannot be ranked or nothing differs.
func AUCDifference(a, b Answers) (Interval, bool) {
	k, at, n := a.Classes, a.Positive, len(a.Truth)
	if at < 0 || n != len(b.Truth) || rankFault(a.ranks(), a.Proba != nil, n) != "" || rankFault(b.ranks(), b.Proba != nil, n) != "" {
		return Interval{}, false
	}
	x, y := placed(a.Truth, a.ranks(), at, k), placed(b.Truth, b.ranks(), at, k)
	var sides [2][]float64
	for i, c := range a.Truth {
		side := 0
		if c == at {
			side = 1
		}
		sides[side] = append(sides[side], x[i]-y[i])
	}
	if len(sides[0]) < 2 || len(sides[1]) < 2 {
		return Interval{}, false
	}
	middle := mean(sides[1])
	half := z95 * math.Sqrt(variance(sides[0])/float64(len(sides[0]))+variance(sides[1])/float64(len(sides[1])))
	return Interval{middle - half, middle + half}, half > 0
}

// placed returns, for each row, which share of the other side it is on the right
// side of, ties counting a half.
func placed(truth []int, ranks []float64, class, classes int) []float64 {
	r := newRanking(truth, ranks, class, classes)
	ahead, behind := r.placements()
	byScore := [2]map[float64]float64{{}, {}}
	for i, s := range r.negative {
		byScore[0][s] = 1 - behind[i]
	}
	for i, s := range r.positive {
		byScore[1][s] = ahead[i]
	}
	out := make([]float64, len(truth))
	for i, c := range truth {
		side := 0
		if c == class {
			side = 1
		}
		out[i] = byScore[side][ranks[i*classes+class]+0]
	}
	return out
}

// LossDifference returns the 95 % interval of how much higher the log loss of a
// is than that of b, row by row. It is false where either tells no
// probabilities, for fewer than 10 rows and where no row differs.
func LossDifference(a, b Answers, seed uint64) (Interval, bool) {
	n := len(a.Truth)
	if n < minIntervalRows || n != len(b.Truth) || probaFault(a.Proba, n) != "" || probaFault(b.Proba, n) != "" {
		return Interval{}, false
	}
	more := make([]float64, n)
	for i, c := range a.Truth {
		more[i] = rowLoss(a.Proba[i*a.Classes+c]) - rowLoss(b.Proba[i*b.Classes+c])
	}
	in := means([][]float64{more}, a.Truth, a.Classes, seed, pairStream)[0]
	if in == nil {
		return Interval{}, false
	}
	return *in, true
}

// FoldDifference returns the 95 % interval of the mean of differences of two
// models over the folds of a cross-validation. Folds share training rows, so
// that their variance is corrected by ratio, that of test to training rows
// (Nadeau and Bengio 2003). It is false for fewer than two folds and where none
// differs.
func FoldDifference(differences []float64, ratio float64) (Interval, bool) {
	k := float64(len(differences))
	if k < 2 {
		return Interval{}, false
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: k - 1}.Quantile(0.975)
	middle, half := mean(differences), t*math.Sqrt((1/k+ratio)*variance(differences))
	return Interval{middle - half, middle + half}, half > 0
}
