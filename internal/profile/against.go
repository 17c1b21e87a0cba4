package profile

import (
	"context"
	"runtime"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

// TargetReport tells how each column of a table goes with the one to be
// predicted. Rows without a target are left out of it.
type TargetReport struct {
	Target  string
	Task    learn.Task
	Group   string // the column whose rows of one value are never on both sides of a score; empty is none
	Rows    int    // rows that have a target
	Missing int    // rows that have none

	// Classes are the target's classes and their rows, ascending; a regression
	// has none.
	Classes []Level

	// Series names what the Values of groups tell, in their order: the share of
	// the positive class (the second of two), the share of each class (of the
	// 10 most frequent of many), or the mean of a numeric target.
	Series  []string
	Overall []Estimate // of each series, over all rows

	Relations []Relation // one for each other column, in the table's order
	Ranking   []int      // positions in Relations by falling score; ties keep their order
	Conflicts Conflicts
	Alerts    []Alert // the most severe first
}

// Relation tells how a column goes with the target.
type Relation struct {
	Column string
	Kind   frame.Kind
	When   bool // it may say of what time a row is

	// Score says how well the column alone predicts rows it was not fitted on,
	// from 0, no better than guessing, to 1. A tree of depth 4, or the rates of
	// the categories, is fitted on two thirds of the rows and scored on the
	// rest, three times. Of two classes it is the Gini coefficient 2·AUC − 1,
	// of more the share of the log loss that goes away, and of numbers R², of
	// the tree or of a straight line. Rows of one thing, by the report's Group,
	// are in one third. It is undefined where the target does not vary or is
	// known in fewer than six rows.
	Score Stat
	// MissingScore is the score of knowing only which values are missing; 0
	// where none or all are.
	MissingScore Stat
	// Leak says whether it tells the target too well to be true.
	Leak Leak

	// Groups cut the rows by the column: each value of a number with at most
	// 10, tenths of the rows otherwise, or the 10 most frequent categories, the
	// rest of them, and missing values last. Empty groups are left out.
	Groups []Group
}

// Group is the part of the rows with like values.
type Group struct {
	Label     string // the category, or the first and last name of the row
	Low, High Stat   // least and greatest value of a number or date
	Rest      bool   // all the categories that have no group of their own
	Missing   bool   // rows without a value
	Count     int
	Values    []Estimate // one for each series
}

// Estimate is a share or a mean with its 95 % confidence interval: Wilson's for
// shares, the normal one for means.
type Estimate struct{ Value, Low, High Stat }

// Conflicts counts rows that are equal in all columns but have different
// classes. Columns that name the row or give the target away are not compared.
type Conflicts struct {
	Groups  int
	Rows    int
	Lost    int     // of these, as many as any model of these columns gets wrong at least
	Ceiling Stat    // the accuracy that no model of these columns can exceed on these rows
	Example [][]int // rows, counted from 0, of up to 10 groups, up to 5 of each
}

// Against tells how the columns of f go with the target, for which task 0
// means the one TaskFor finds. It changes and keeps no part of f but texts, is
// the same at every call, and takes about 60 ms for 100,000 rows of 20 columns
// on two cores. A target that is unknown, or of no use for the task, is refused
// with a *problem.Error.
//
// Where columns name things that have several rows each, such as patients, the
// scores are of things that were not learned from: by the column that names the
// fewest. AgainstBy takes another column.
func Against(ctx context.Context, f *frame.Frame, target string, task learn.Task) (*TargetReport, error) {
	return AgainstBy(ctx, f, target, task, "")
}

// AgainstBy is Against with the column that says which rows are about one
// thing; empty is the one that Against would choose.
func AgainstBy(ctx context.Context, f *frame.Frame, target string, task learn.Task, group string) (*TargetReport, error) {
	c := f.Column(target)
	if c == nil {
		return nil, problem.New(problem.Invalid, "There is no column %q.", short(target)).WithHint("Choose one of the table's columns.")
	}
	if task == 0 {
		why := ""
		if task, why = TaskFor(c); task == 0 {
			return nil, problem.New(problem.Invalid, "%s cannot be predicted: %s.", short(target), why).WithHint("Choose another column.")
		}
	}
	by := f.Column(group)
	if by == nil || group == target {
		by = coarsest(f, Entities(f), target)
	}
	o, err := newOutcome(c, task, by)
	if err != nil {
		return nil, err
	}
	r := &TargetReport{Target: target, Task: task, Rows: o.rows, Missing: f.Rows - o.rows, Classes: o.classes, Series: o.names,
		Conflicts: Conflicts{Ceiling: undefined}}
	if by != nil {
		r.Group = by.Name
	}
	r.Overall = o.overall()
	if r.Relations, err = relate(ctx, f, c, o); err != nil {
		return nil, err
	}
	r.Ranking = ranking(r.Relations)
	if task == learn.Classification {
		if r.Conflicts, err = conflicts(ctx, f, r, o); err != nil {
			return nil, err
		}
	}
	r.Alerts = targetAlerts(r)
	return r, nil
}

// relate relates all columns but the target, several side by side.
func relate(ctx context.Context, f *frame.Frame, target *frame.Column, o *outcome) ([]Relation, error) {
	var columns []*frame.Column
	for _, c := range f.Columns {
		if c != target {
			columns = append(columns, c)
		}
	}
	out := make([]Relation, len(columns))
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range min(runtime.GOMAXPROCS(0), len(columns)) {
		g.Go(func() error {
			var s sorter
			for {
				j := int(next.Add(1)) - 1
				if j >= len(columns) {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				out[j] = o.relation(columns[j], &s)
			}
		})
	}
	return out, g.Wait()
}

func ranking(relations []Relation) []int {
	out := make([]int, len(relations))
	for i := range out {
		out[i] = i
	}
	score := func(i int) float64 {
		if s := relations[i].Score; s.Defined() {
			return float64(s)
		}
		return -1
	}
	slices.SortStableFunc(out, func(i, j int) int {
		switch a, b := score(i), score(j); {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	return out
}
