package workflow

import (
	"bufio"
	"context"
	"encoding/csv"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/recipe"
)

// PreparedTable is the data as the recipe prepares it: the training rows that
// it keeps and the test rows, in the file's order.
type PreparedTable struct {
	*fittedRecipe
	target *frame.Column // nil where none is chosen
	at     []int         // rows of the table
	kept   map[int]int   // training rows, each with its place in data.X
}

// PreparedTable prepares the data with the stored recipe, but for the steps
// that balance classes, which make a training of other rows. Training rows are
// as a learner gets them: encoded by the target of other rows than their own.
func (m *Moment) PreparedTable(ctx context.Context) (*PreparedTable, error) {
	p, err := m.fitRecipe(ctx, m.unbalanced(), m.goal.Target, recipe.Want{})
	if err != nil {
		return nil, err
	}
	t := &PreparedTable{fittedRecipe: p, target: p.frame.Column(m.goal.Target), kept: make(map[int]int, len(p.data.Kept))}
	t.at = slices.Concat(p.data.Kept, p.test)
	slices.Sort(t.at)
	for i, row := range p.data.Kept {
		t.kept[row] = i
	}
	return t, nil
}

// unbalanced returns the recipe without the steps that balance classes.
func (m *Moment) unbalanced() recipe.Recipe {
	return recipe.Recipe{Steps: slices.DeleteFunc(slices.Clone(m.Recipe().Steps), func(s recipe.Step) bool {
		return slices.ContainsFunc(m.service.Catalog.Steps, func(d recipe.Definition) bool {
			return d.Name == s.Name && d.Phase == recipe.OnBalance
		})
	})}
}

// csvRows is how many rows are prepared at a time.
const csvRows = 4096

// WriteCSV writes the table with a header. Its first column, part, says which
// rows are for training and which were set aside for the test; the target is
// the last. With safe, texts that a spreadsheet would run as formulas begin
// with an apostrophe; numbers stay as they are.
func (t *PreparedTable) WriteCSV(w io.Writer, safe bool) error {
	text := func(s string) string { return s }
	if safe {
		text = harmless
	}
	buffered := bufio.NewWriter(w)
	out := csv.NewWriter(buffered)
	names := t.fitted.Names()
	head := []string{unused("part", names)}
	for _, n := range names {
		head = append(head, text(n))
	}
	if t.target != nil {
		head = append(head, text(t.target.Name))
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for chunk := range slices.Chunk(t.at, csvRows) {
		x, _, err := t.fitted.Transform(t.frame, chunk)
		if err != nil {
			return err
		}
		row, record := make([]float64, x.Cols), make([]string, len(head))
		for i, at := range chunk {
			if k, learned := t.kept[at]; learned {
				record[0] = "train"
				t.data.X.Row(row, k)
			} else {
				record[0] = "test"
				x.Row(row, i)
			}
			for j, v := range row {
				record[j+1] = numberText(v)
			}
			if t.target != nil {
				record[len(record)-1] = text(cellText(t.target, at))
			}
			if err := out.Write(record); err != nil {
				return err
			}
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return buffered.Flush()
}

// unused returns the name, with underscores before it while others have it.
func unused(name string, names []string) string {
	for slices.Contains(names, name) {
		name = "_" + name
	}
	return name
}

func numberText(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// cellText is a cell of a raw column.
func cellText(c *frame.Column, row int) string {
	switch {
	case c.Missing(row):
		return ""
	case c.Numbers():
		return numberText(c.Num[row])
	}
	return c.Levels[c.Codes[row]]
}

// harmless puts an apostrophe before a text that a spreadsheet would take for
// a formula (CWE-1236).
func harmless(s string) string {
	if s == "" || !strings.ContainsAny(string([]rune(s)[:1]), "=+-@\t\r\x00＝＋－＠") {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}
