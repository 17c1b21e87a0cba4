package train

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/metric"
	"clicktrain/internal/recipe"
)

// Result is what a run found: plain values that can be written out.
type Result struct {
	Task     string      `json:"task"`
	Target   string      `json:"target"`
	Learner  string      `json:"learner"`
	Labels   Labels      `json:"labels"`
	Rows     Rows        `json:"rows"`
	Groups   *GroupSplit // nil where no rows were kept together
	Features []string
	Prepared []string // names of the columns the model saw
	Params   []Setting
	Steps    []recipe.Learned

	// CV is how the folds of the training rows were scored; nil where they were
	// not asked for.
	CV *CrossValidation

	// Of a classification, on the test rows; nil otherwise.
	Classes *ClassScores
	// Of a regression, on the test rows; nil otherwise.
	Numbers *NumberScores

	Tested Tested

	Importance Importance
	Doubts     []Doubt // why the scores may be too good
	Warnings   []string
	Timings    Timings
}

// Rows counts where the rows went.
type Rows struct {
	Train    int `json:"train"`
	Test     int `json:"test"`
	Dropped  int `json:"dropped"`   // training rows left out by the recipe
	NoTarget int `json:"no_target"` // rows without a target, used nowhere
}

// Setting is a parameter as text.
type Setting struct{ Name, Value string }

// Timings are wall times in seconds. Run measures those of its own parts; the
// others are of the process that it ran in, and they all add up to the total.
type Timings struct {
	Start    float64 `json:"start_seconds" doc:"Starting the process and handing the table to it."`
	Prepare  float64 `json:"prepare_seconds"`
	Fit      float64 `json:"fit_seconds"` // the model alone
	Evaluate float64 `json:"evaluate_seconds"`
	Check    float64 `json:"cross_validate_seconds,omitempty"`
	HandOver float64 `json:"handover_seconds" doc:"Handing the model over to the server."`
	Total    float64 `json:"total_seconds" doc:"From the start of the process to its end."`
}

// ClassScores are the scores of a classification. The class of interest, where
// there is one, is the Positive of both reports.
type ClassScores struct {
	Model, Baseline metric.ClassReport
	BaselineClass   int       // what the dummy always says
	BaselineShares  []float64 // the probability of each class that the dummy always tells
	Rows            []int     // of each class, of all with a target
	Trained         int       // the class of interest of the training, and so of its folds

	// Weighted are the scores in which rows count by their weights, beside those
	// of the constant that is best when rows count so; nil without weights.
	Weighted, WeightedBaseline metric.Scores
	WeightedShares             []float64 // as BaselineShares, of rows that count by their weights
}

// NumberScores are the scores of a regression.
type NumberScores struct {
	Model, Baseline metric.RegressReport
	BaselineValue   float64 // what the dummy always says
	Errors          Errors  // of the model
	Predictions     Cloud   // by the true values
	Residuals       Cloud   // errors by the predicted values

	// More is the 95 % interval of how much higher the mean squared error is than
	// the baseline's, row by row; nil where it cannot be told.
	More *metric.Interval

	// As in ClassScores.
	Weighted, WeightedBaseline metric.Scores
}

// Scores returns the model's and the baseline's metrics, in the same order.
func (r *Result) Scores() (model, baseline metric.Scores) {
	if r.Classes != nil {
		return r.Classes.Model.Scores, r.Classes.Baseline.Scores
	}
	return r.Numbers.Model.Scores, r.Numbers.Baseline.Scores
}

// Weighted returns the scores by weights, or nothing.
func (r *Result) Weighted() (model, baseline metric.Scores) {
	if r.Classes != nil {
		return r.Classes.Weighted, r.Classes.WeightedBaseline
	}
	return r.Numbers.Weighted, r.Numbers.WeightedBaseline
}

// Intervals returns the 95 % intervals of the model's scores.
func (r *Result) Intervals() metric.Intervals {
	if r.Classes != nil {
		return r.Classes.Model.Intervals
	}
	return r.Numbers.Model.Intervals
}

// Importance ranks the raw columns by how much the model uses them.
type Importance struct {
	Kind    string // how it was found: impurity or coefficients; empty if unknown
	Columns []ColumnShare
}

// ColumnShare is a raw column's share of what the model uses; shares sum to 1.
type ColumnShare struct {
	Column string
	Share  float64
}

// importance sums, by raw column, the model's own importances, or the sizes of
// its weights times the standard deviation of what they weigh.
func importance(p *Pipeline, x *frame.Matrix) Importance {
	out := Importance{}
	var shares []float64
	switch m := p.Model.(type) {
	case learn.Importances:
		out.Kind, shares = "impurity", m.Importances()
	case learn.Linear:
		out.Kind, shares = "coefficients", effects(m, x)
	default:
		return out
	}
	inputs, total := p.Recipe.Inputs(), 0.0
	byInput := make([]float64, len(inputs))
	for j, from := range p.Recipe.Origin() {
		for _, i := range from { // a column made of several raw ones counts for each alike
			byInput[i] += shares[j] / float64(len(from))
		}
		total += shares[j]
	}
	for i, in := range inputs {
		share := 0.0
		if total > 0 && !math.IsInf(total, 1) {
			share = byInput[i] / total
		}
		out.Columns = append(out.Columns, ColumnShare{in.Name, share})
	}
	slices.SortStableFunc(out.Columns, func(a, b ColumnShare) int {
		switch {
		case a.Share > b.Share:
			return -1
		case a.Share < b.Share:
			return 1
		}
		return strings.Compare(a.Column, b.Column)
	})
	return out
}

// effects returns, for each column of x, the sum over the model's outputs of
// |weight| times the column's standard deviation.
func effects(m learn.Linear, x *frame.Matrix) []float64 {
	weights, _ := m.Coefficients()
	out := make([]float64, x.Cols)
	j := 0
	for _, b := range x.Blocks {
		for k, sd := range deviations(b, x.Rows) {
			for _, w := range weights {
				out[j+k] += math.Abs(w[j+k]) * sd
			}
		}
		j += b.Width
	}
	return out
}

// deviations returns the standard deviation of each column of a block.
func deviations(b frame.Block, n int) []float64 {
	if b.Dense == nil {
		counts := make([]int, b.Width)
		for _, c := range b.Codes {
			if c >= 0 {
				counts[c]++
			}
		}
		out := make([]float64, b.Width)
		for k, c := range counts {
			share := float64(c) / float64(n)
			out[k] = math.Sqrt(share * (1 - share))
		}
		return out
	}
	return []float64{deviation(b.Dense)}
}

// deviation returns the standard deviation of x. The numbers are brought near 1
// by a power of two, lest squares of large ones overflow or of small ones vanish.
func deviation(x []float64) float64 {
	most := 0.0
	for _, v := range x {
		most = max(most, math.Abs(v))
	}
	_, e := math.Frexp(most)
	e = max(e, -1000) // 2^1000 is finite
	unit := math.Ldexp(1, -e)
	mean, ss := 0.0, 0.0
	for i, v := range x {
		d := v*unit - mean
		mean += d / float64(i+1)
		ss += d * (v*unit - mean)
	}
	return math.Ldexp(math.Sqrt(ss/float64(len(x))), e)
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

func lower(title string) string {
	if title == "" {
		return title
	}
	return strings.ToLower(title[:1]) + title[1:]
}
