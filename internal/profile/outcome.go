package profile

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/numeric"
	"clicktrain/internal/problem"
)

const (
	folds         = 3
	foldSeed      = 1
	mostClasses   = 1000 // classes of a target
	scoredClasses = 20   // classes that are scored one by one; the rest count as one
	shownClasses  = 10
)

// outcome is a target in the form that columns are related to.
type outcome struct {
	task    learn.Task
	rows    int     // with a target
	classes []Level // ascending
	names   []string
	shown   []int // of each name, its class among the k

	// cell is, of each row, fold·k + class, or its fold where k is 1, a
	// regression; -1 without a target. The k classes come by falling frequency,
	// and the last may be several in one.
	cell  []int32
	k     int
	class []int32 // of each row, the index into classes; -1 without a target

	// y are a regression's values, less mean and divided by scale, so that
	// their squares neither overflow nor lose digits.
	y           []float64
	mean, scale float64
	varies      bool

	thing []int32 // of each row, what it is about; −1 is not known, nil says no row has another's
}

// newOutcome reads the target column c. by is the column that says which rows
// are about one thing; nil is none.
func newOutcome(c *frame.Column, task learn.Task, by *frame.Column) (*outcome, error) {
	o := &outcome{task: task, k: 1}
	if by != nil {
		o.thing = thingOf(by)
	}
	if task == learn.Regression {
		if !c.Numbers() {
			return nil, problem.New(problem.Invalid, "%s holds texts, of which there is no mean.", short(c.Name)).WithHint("Predict it as classes.")
		}
		o.numbers(c)
		return o, nil
	}
	if o.label(c); len(o.classes) > mostClasses {
		return nil, problem.New(problem.Invalid, "%s has %d different values, too many to be classes: the limit is %d.", short(c.Name), len(o.classes), mostClasses).
			WithHint("Predict it as a number, or choose another column.")
	}
	o.rank()
	return o, nil
}

// numbers makes a regression of the column.
func (o *outcome) numbers(c *frame.Column) {
	o.names, o.shown = []string{c.Name}, []int{0}
	o.cell, o.y = make([]int32, len(c.Num)), make([]float64, len(c.Num))
	var values []float64
	for i, x := range c.Num {
		o.cell[i] = -1
		if x == x {
			values = append(values, x)
			o.cell[i] = 0
		}
	}
	o.rows = len(values)
	o.fold(func(int) int { return 0 }, 1)
	if o.rows == 0 {
		return
	}
	o.mean = numeric.Mean(values)
	for _, x := range values {
		o.scale = max(o.scale, math.Abs(x/2-o.mean/2))
	}
	low, high := slices.Min(values), slices.Max(values)
	if o.varies = low < high && o.scale > 0; !o.varies {
		return
	}
	for i, x := range c.Num {
		o.y[i] = (x/2 - o.mean/2) / o.scale
	}
}

// label numbers the classes of the column.
func (o *outcome) label(c *frame.Column) {
	if !c.Numbers() {
		counts := make([]int, len(c.Levels))
		for _, k := range c.Codes {
			if k >= 0 {
				counts[k]++
			}
		}
		at := make([]int32, len(counts))
		for k, n := range counts {
			if n > 0 {
				at[k] = int32(len(o.classes))
				o.classes = append(o.classes, Level{c.Levels[k], n})
			}
		}
		o.class = make([]int32, len(c.Codes))
		for i, k := range c.Codes {
			o.class[i] = -1
			if k >= 0 {
				o.class[i] = at[k]
				o.rows++
			}
		}
		return
	}
	var s sorter
	distinct := slices.Compact(slices.Clone(s.sorted(c.Num)))
	o.class = make([]int32, len(c.Num))
	if len(distinct) > mostClasses {
		o.classes = make([]Level, len(distinct)) // to be refused
		return
	}
	for _, x := range distinct {
		o.classes = append(o.classes, Level{Value: strconv.FormatFloat(x, 'g', -1, 64)})
	}
	for i, x := range c.Num {
		o.class[i] = -1
		if k, ok := slices.BinarySearch(distinct, x); ok {
			o.class[i] = int32(k)
			o.classes[k].Count++
			o.rows++
		}
	}
}

// rank orders the classes by frequency and sets names, cells and folds.
func (o *outcome) rank() {
	o.varies = len(o.classes) > 1
	order := make([]int, len(o.classes))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(o.classes[b].Count, o.classes[a].Count) })
	o.k = max(min(len(order), scoredClasses+1), 1)
	at := make([]int32, len(order))
	for i, k := range order {
		at[k] = int32(min(i, o.k-1))
	}
	if len(order) == 2 { // the second class is the positive one
		o.names, o.shown = []string{o.classes[1].Value}, []int{int(at[1])}
	} else {
		for i, k := range order[:min(len(order), shownClasses)] {
			o.names, o.shown = append(o.names, o.classes[k].Value), append(o.shown, i)
		}
	}
	o.cell = make([]int32, len(o.class))
	for i, k := range o.class {
		o.cell[i] = -1
		if k >= 0 {
			o.cell[i] = at[k]
		}
	}
	o.fold(func(i int) int { return int(o.cell[i]) }, o.k)
}

// fold deals the rows of each class to the folds in a random order that is the
// same every time, so that folds differ by one row of each class at most. Rows
// of one thing go to the fold of the first of them.
func (o *outcome) fold(class func(int) int, k int) {
	rows := make([]int32, 0, o.rows)
	for i, c := range o.cell {
		if c >= 0 {
			rows = append(rows, int32(i))
		}
	}
	r := rand.New(rand.NewPCG(foldSeed, 0))
	r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	dealt := make([]int, k)
	of := map[int32]int{} // the fold of a thing
	for _, i := range rows {
		c := class(int(i))
		to := dealt[c] % folds
		if o.thing != nil && o.thing[i] >= 0 {
			if first, known := of[o.thing[i]]; known {
				o.cell[i] = int32(first*k + c)
				continue
			}
			of[o.thing[i]] = to
		}
		o.cell[i] = int32(to*k + c)
		dealt[c]++
	}
}

// overall estimates each series over all rows.
func (o *outcome) overall() []Estimate {
	t := o.tally(1)
	for i, c := range o.cell {
		if c >= 0 {
			t.add(o, 0, i, c)
		}
	}
	return o.estimates(t, []int{0})
}
