package recipe

import (
	"fmt"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// Prepared are prepared training rows while a step on prepared columns is
// fitted: the columns that take part in it. The step calls one of its methods.
type Prepared struct {
	x       *frame.Matrix
	names   []string
	target  *target
	workers int
	op      matrixOp // what was learned
}

// maxMade is how many columns a step may make of prepared columns, and
// maxBytes how much memory they may take.
const (
	maxMade  = 5000
	maxBytes = 1 << 30
)

// checkMade refuses a step that would make too many columns, or too much of
// them.
func (p *Prepared) checkMade(what string, columns int, hint string) error {
	if columns > maxMade {
		return problem.New(problem.Invalid, "%s of %d prepared columns would make %d; the limit is %d.", what, p.x.Cols, columns, maxMade).WithHint("%s", hint)
	}
	if bytes := 8 * int64(columns) * int64(p.x.Rows); bytes > maxBytes {
		return problem.New(problem.Invalid, "%s would make %d columns of %d rows, which take %d MB; the limit is %d MB.",
			what, columns, p.x.Rows, bytes>>20, maxBytes>>20).WithHint("%s", hint)
	}
	return nil
}

// onMatrix takes the prepared rows through the steps on prepared columns.
func (f *fitting) onMatrix(d *Data) error {
	d.X = f.matrixOf()
	f.known = nil
	for i, s := range f.plan.steps {
		action, ok := s.Action.(MatrixAction)
		if !ok {
			continue
		}
		if err := f.ctx.Err(); err != nil {
			return err
		}
		m := matrixStep{columns: f.columnsFrom(s.columns)}
		if m.columns != nil && len(m.columns) == 0 {
			continue
		}
		p := &Prepared{x: d.X, names: f.names, target: f.target, workers: f.workers}
		if m.columns != nil {
			p.x, p.names = columnsOf(d.X, m.columns), chosen(f.names, m.columns)
		}
		if err := action.FitMatrix(p); err != nil {
			return atStep(i, err)
		}
		m.op = p.op
		x, err := m.apply(d.X)
		if err != nil {
			return atStep(i, err)
		}
		d.X = x
		f.matrix = append(f.matrix, m)
		f.names, f.origin = m.names(f.names), m.origin(f.origin)
	}
	return nil
}

// columnsFrom returns the prepared columns that are made of the named raw
// columns alone, nil if those are all.
func (f *fitting) columnsFrom(raw []string) []int {
	named := make(map[string]bool, len(raw))
	for _, name := range raw {
		named[name] = true
	}
	columns := []int{}
	for j, from := range f.origin {
		all := true
		for _, i := range from {
			all = all && named[f.inputs[i].Name]
		}
		if all {
			columns = append(columns, j)
		}
	}
	if len(columns) == len(f.origin) {
		return nil
	}
	return columns
}

// The bytes that tell operations on prepared columns apart.
const (
	tagPick = iota + 1
	tagPolynomial
	tagPCA
)

func (r *reader) matrixOp() matrixOp {
	switch tag := r.byte(); tag {
	case tagPick:
		return r.pick()
	case tagPolynomial:
		return r.polynomial()
	case tagPCA:
		return r.pca()
	default:
		r.fail(fmt.Errorf("recipe: stored operation %d on prepared columns", tag))
		return nil
	}
}

// joint reads a joint operation.
func (r *reader) joint() jointOp {
	tag := r.byte()
	if tag == jointNeighbors {
		return r.neighbors()
	}
	r.fail(fmt.Errorf("recipe: stored joint operation %d", tag))
	return nil
}

// The bytes that tell joint operations apart.
const jointNeighbors = 1
