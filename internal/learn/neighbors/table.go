package neighbors

import (
	"context"
	"math"
	"slices"
	"sync"

	"clicktrain/internal/frame"
)

// table is n rows of q numbers and g codes, to search in. Its parts do not
// change, so that many can search at once.
type table struct {
	rows    int       // n
	numbers int       // q
	groups  int       // g
	dense   []float64 // n×q, row by row
	codes   []int32   // n×g, row by row
	layout  layout

	tree   func() *tree   // built when first asked for
	blocks func() *blocks // likewise
	plain  func() *table  // the same rows as numbers only, likewise
}

// newTable copies X's rows. It returns ctx's error soon after its end.
func newTable(ctx context.Context, X *frame.Matrix) (*table, error) {
	t := &table{rows: X.Rows, layout: layoutOf(X)}
	t.prepare()
	t.dense, t.codes = make([]float64, t.rows*t.numbers), make([]int32, t.rows*t.groups)
	for lo := 0; lo < t.rows; lo += copyRows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		hi := min(lo+copyRows, t.rows)
		X.Gather(t.dense[lo*t.numbers:hi*t.numbers], t.codes[lo*t.groups:hi*t.groups], lo, hi)
	}
	return t, nil
}

// copyRows is how many rows are copied before the context is looked at again.
const copyRows = 4096

// prepare derives what the layout tells.
func (t *table) prepare() {
	for _, width := range t.layout {
		if width == 0 {
			t.numbers++
		} else {
			t.groups++
		}
	}
	t.tree = sync.OnceValue(func() *tree { return newTree(t) })
	t.blocks = sync.OnceValue(func() *blocks { return newBlocks(t) })
	t.plain = sync.OnceValue(t.asNumbers)
}

// asNumbers returns the same rows with one-hot blocks written out.
func (t *table) asNumbers() *table {
	X := t.matrix()
	plain := &table{rows: t.rows, layout: make(layout, X.Cols)}
	plain.prepare()
	plain.dense = make([]float64, t.rows*X.Cols)
	frame.Dense(X.Rows, X.Columns()...).Gather(plain.dense, nil, 0, t.rows)
	return plain
}

// matrix returns the rows as the Matrix that they came from.
func (t *table) matrix() *frame.Matrix {
	blocks := make([]frame.Block, len(t.layout))
	i, j := 0, 0
	for k, width := range t.layout {
		if width == 0 {
			column := make([]float64, t.rows)
			for r := range column {
				column[r] = t.dense[r*t.numbers+i]
			}
			blocks[k] = frame.Block{Dense: column}
			i++
			continue
		}
		codes := make([]int32, t.rows)
		for r := range codes {
			codes[r] = t.codes[r*t.groups+j]
		}
		blocks[k] = frame.Block{Codes: codes, Width: width}
		j++
	}
	return frame.NewMatrix(t.rows, blocks...)
}

// match returns a table and a Matrix of the same layout that mean the same as t
// and X: one-hot blocks are written out where only one of the two has them.
func (t *table) match(X *frame.Matrix) (*table, *frame.Matrix) {
	if slices.Equal(t.layout, layoutOf(X)) {
		return t, X
	}
	if t.groups > 0 {
		t = t.plain()
	}
	return t, frame.Dense(X.Rows, X.Columns()...)
}

// query is a row to find neighbors of.
type query struct {
	dense []float64
	codes []int32
}

// query returns row i as a query.
func (t *table) query(i int) query {
	return query{t.dense[i*t.numbers:][:t.numbers], t.codes[i*t.groups:][:t.groups]}
}

// differ returns what two rows' codes add to their distance: 1 for each column
// of a one-hot block that is 1 in one of them alone.
func differ(a, b []int32) float64 {
	count := 0
	b = b[:len(a)]
	for j, c := range a {
		if c != b[j] {
			count += 2
			if c < 0 || b[j] < 0 {
				count--
			}
		}
	}
	return float64(count)
}

// square returns the squared Euclidean distance of row i, or any number above
// limit if that is above limit. Sums only grow, so it can stop early.
func (t *table) square(i int, q query, limit float64) float64 {
	sum := 0.0
	if t.groups > 0 {
		sum = differ(q.codes, t.codes[i*t.groups:][:t.groups])
	}
	row := t.dense[i*t.numbers:][:t.numbers]
	at := q.dense[:len(row)]
	for len(row) >= 4 && len(at) >= 4 {
		a, b, c, d := row[0]-at[0], row[1]-at[1], row[2]-at[2], row[3]-at[3]
		sum = float64(float64(sum+float64(a*a))+float64(b*b)) + float64(c*c)
		sum += float64(d * d)
		if sum > limit {
			return sum
		}
		row, at = row[4:], at[4:]
	}
	for j, x := range row {
		d := x - at[j]
		sum += float64(d * d)
	}
	return sum
}

// absolute is square for the Manhattan distance.
func (t *table) absolute(i int, q query, limit float64) float64 {
	sum := 0.0
	if t.groups > 0 {
		sum = differ(q.codes, t.codes[i*t.groups:][:t.groups])
	}
	row := t.dense[i*t.numbers:][:t.numbers]
	at := q.dense[:len(row)]
	for j, x := range row {
		sum += math.Abs(x - at[j])
		if sum > limit {
			break
		}
	}
	return sum
}

// measure returns the distance of row i as the power has it: squared for 2.
func (t *table) measure(power, i int, q query, limit float64) float64 {
	if power == 1 {
		return t.absolute(i, q, limit)
	}
	return t.square(i, q, limit)
}

// scan looks at every row.
func (t *table) scan(power int, q query, best *nearest) {
	for i := range t.rows {
		best.offer(t.measure(power, i, q, best.limit()), int32(i))
	}
}
