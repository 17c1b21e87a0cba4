package rows

import (
	"encoding/binary"
	"math"

	"clicktrain/internal/param"
	"clicktrain/internal/recipe"
)

// DropDuplicates is the catalog's entry for leaving out rows that repeat
// others.
var DropDuplicates = recipe.Definition{
	Name: "drop_duplicates", Title: "Leave out repeated rows",
	Summary: "Trains on the first only of rows that are equal in each of the columns.",
	Cost:    "Rows that happen to be equal are left out too. Test rows and rows to come are kept.",
	Phase:   recipe.OnRows,
	Kinds:   recipe.EveryKind(),
	New:     func() recipe.Action { return new(dropDuplicates) },
}

type dropDuplicates struct{ target bool }

func (a *dropDuplicates) Params(s *param.Set) {
	s.Bool(&a.target, "target", true, "Rows are equal only if their targets are too.")
}

// LeaveOut marks the rows that are equal to an earlier one. Missing values are
// equal to each other. It takes memory for the distinct rows.
func (a *dropDuplicates) LeaveOut(r recipe.Rows) ([]bool, error) {
	out := make([]bool, len(r.At))
	seen := make(map[string]bool, len(r.At))
	var key []byte
	number := func(x float64) {
		if x != x {
			x = math.NaN()
		}
		key = binary.LittleEndian.AppendUint64(key, math.Float64bits(x+0))
	}
	for i, row := range r.At {
		key = key[:0]
		for _, c := range r.Columns {
			if c.Numbers() {
				number(c.Num[row])
				continue
			}
			key = binary.LittleEndian.AppendUint32(key, uint32(c.Codes[row]))
		}
		if a.target && r.Y != nil {
			number(r.Y[i])
		}
		if out[i] = seen[string(key)]; !out[i] {
			seen[string(key)] = true
		}
	}
	return out, nil
}
