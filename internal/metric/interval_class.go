package metric

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Intervals returns 95 % intervals of the scores of a report of the answers: of
// shares by Wilson's formula; of scores that are made of the confusion matrix,
// of ROC AUC, average precision, log loss and Brier score by 1000 draws from
// seed, in which each class keeps its number of rows. Above 20,000 rows ROC AUC
// is taken from DeLong's variance and average precision from a binomial one,
// above 5000 means are taken as normal. Fewer than 10 rows have none, and a
// score that no draw moves has none either. It reads the answers only.
func (a Answers) Intervals(seed uint64) Intervals {
	a.check()
	n, out := len(a.Truth), Intervals{}
	if n < minIntervalRows {
		return out
	}
	t := newTable(a.Truth, a.Predicted, nil, a.Classes)
	a.shares(t, out)
	a.cells(t, seed, out)
	if probaFault(a.Proba, n) == "" {
		a.losses(t, seed, out)
	}
	if ranks := a.ranks(); rankFault(ranks, a.Proba != nil, n) == "" {
		a.ranked(t, ranks, seed, out)
	}
	return out
}

// shares adds the intervals of scores that are shares of rows.
func (a Answers) shares(t *table, out Intervals) {
	out[Accuracy] = Wilson(int(t.right), int(t.n))
	out["recall"] = out[Accuracy] // weighted by the classes' rows it is the same
	if a.Positive < 0 {
		return
	}
	s := t.against(a.Positive)
	for _, share := range []struct {
		name       string
		part, rest float64
	}{{PrecisionOfInterest, s.tp, s.fp}, {RecallOfInterest, s.tp, s.fn}, {"specificity", s.tn, s.fp}} {
		out.put(share.name, Wilson(int(share.part), int(share.part+share.rest)), share.part+share.rest > 0)
	}
}

// cellScores are those that are drawn from the confusion matrix.
var cellScores = []string{"balanced_accuracy", "precision", "f1_score", "precision_macro", "f1_macro", "mcc", F1OfInterest, "f05_score", "f2_score"}

// cellWork bounds the cells that are drawn in all.
const cellWork = 4_000_000

// cells adds the intervals of scores that are made of the confusion matrix. To
// draw rows is to draw how many of each class are predicted as each other.
func (a Answers) cells(t *table, seed uint64, out Intervals) {
	k := a.Classes
	var held [][]int // by class, which predictions it has
	total, least := 0, math.MaxInt
	for c, row := range t.cells {
		var at []int
		for p, n := range row {
			if n > 0 {
				at = append(at, p)
			}
		}
		held = append(held, at)
		total += len(at)
		if t.truth[c] > 0 {
			least = min(least, int(t.truth[c]))
		}
	}
	n := max(draws/5, min(draws, cellWork/max(total, 1)))
	d := resample(seed, cellStream, n, len(cellScores), func() func(*rand.PCG, []float64) {
		truth, said, hit := t.truth, make([]float64, k), make([]float64, k)
		return func(rng *rand.PCG, to []float64) {
			clear(said)
			for c, at := range held {
				left, rows := truth[c], truth[c]
				hit[c] = 0
				for i, p := range at {
					x := rows
					if i < len(at)-1 && rows > 0 {
						x = distuv.Binomial{N: rows, P: min(t.cells[c][p]/left, 1), Src: rng}.Rand()
					}
					left -= t.cells[c][p]
					rows -= x
					said[p] += x
					if p == c {
						hit[c] = x
					}
				}
			}
			sumCells(truth, said, hit, t.n, a.Positive, to)
		}
	})
	for i, name := range cellScores {
		rows := int(t.n)
		if slices.Contains([]string{"balanced_accuracy", "precision_macro", "f1_macro", "mcc"}, name) {
			rows = least
		}
		if a.Positive >= 0 && i >= len(cellScores)-3 {
			rows = int(t.truth[a.Positive])
		}
		in, ok := d.interval(i, rows)
		out.put(name, in, ok)
	}
	if in, ok := out["balanced_accuracy"]; ok {
		out["mean_per_class_error"] = Interval{1 - in.High, 1 - in.Low}
		out["recall_macro"] = in
	}
	if t.right == t.n {
		a.spotless(t, out)
	}
}

// sumCells writes the scores of cellScores, from each class's rows, predictions
// and hits; those of the class of interest are NaN where there is none.
func sumCells(truth, said, hit []float64, n float64, positive int, to []float64) {
	var balanced, known, present, precision, f1, macroP, macroF, right, dot, varTruth, varSaid float64
	for c, rows := range truth {
		if rows+said[c] == 0 {
			continue
		}
		present++
		p := 0.0
		if said[c] > 0 {
			p = hit[c] / said[c]
		}
		f := 2 * hit[c] / (rows + said[c])
		if rows > 0 {
			known++
			balanced += hit[c] / rows
		}
		precision, f1, macroP, macroF = precision+p*rows, f1+f*rows, macroP+p, macroF+f
		right, dot, varTruth, varSaid = right+hit[c], dot+rows*said[c], varTruth+rows*rows, varSaid+said[c]*said[c]
	}
	copy(to, []float64{balanced / known, precision / n, f1 / n, macroP / present, macroF / present,
		(right*n - dot) / (math.Sqrt(n*n-varTruth) * math.Sqrt(n*n-varSaid)), math.NaN(), math.NaN(), math.NaN()})
	if positive < 0 {
		return
	}
	tp, fp, fn := hit[positive], said[positive]-hit[positive], truth[positive]-hit[positive]
	if tp+fp+fn > 0 {
		for i, beta := range []float64{1, 0.5, 2} {
			to[len(to)-3+i] = fBeta(tp, fp, fn, beta)
		}
	}
}

// spotless adds the intervals of a model without a mistake, which no draw moves:
// the score that it would have if each class were found only as often as its
// number of rows lets one say, and its rows were taken for all others alike.
func (a Answers) spotless(t *table, out Intervals) {
	k, known := a.Classes, float64(used(t.truth))
	said, hit := make([]float64, k), make([]float64, k)
	if known < 2 {
		return
	}
	for c, rows := range t.truth {
		hit[c] = rows * Wilson(int(rows), int(rows)).Low
		for p := range said {
			switch {
			case p == c:
				said[p] += hit[c]
			case t.truth[p] > 0:
				said[p] += (rows - hit[c]) / (known - 1)
			}
		}
	}
	low := make([]float64, len(cellScores))
	sumCells(t.truth, said, hit, t.n, a.Positive, low)
	for i, name := range cellScores {
		out.put(name, Interval{low[i], 1}, !math.IsNaN(low[i]))
	}
	out["recall_macro"], out["mean_per_class_error"] = out["balanced_accuracy"], Interval{0, 1 - low[0]}
}

// losses adds the intervals of log loss and Brier score.
func (a Answers) losses(t *table, seed uint64, out Intervals) {
	names, of := []string{"log_loss"}, [][]float64{make([]float64, len(a.Truth))}
	if a.Classes == 2 {
		names, of = append(names, "brier"), append(of, make([]float64, len(a.Truth)))
	}
	for i, c := range a.Truth {
		of[0][i] = rowLoss(a.Proba[i*a.Classes+c])
		if a.Classes == 2 {
			d := 1 - a.Proba[2*i+c]
			of[1][i] = d * d
		}
	}
	in := means(of, a.Truth, a.Classes, seed, lossStream)
	for i, name := range names {
		if in[i] != nil {
			out[name] = Interval{max(in[i].Low, 0), in[i].High}
		}
	}
}
