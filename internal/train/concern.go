package train

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"clicktrain/internal/frame"
)

// Concern is something that was found in the table before a run and may make
// its scores too good to be true.
type Concern struct {
	Code   string `json:"code"`             // as profile.Alert has it
	Column string `json:"column,omitempty"` // empty is the whole table
	Found  string `json:"found"`            // a sentence: what was found in the table
	Hint   string `json:"hint,omitempty"`   // a sentence: what to do
	Chosen bool   `json:"chosen,omitempty"` // a person has the column used all the same
}

// Doubt is a concern that holds for a run, as it was measured there.
type Doubt struct {
	Concern
	Message string `json:"message"`        // a sentence: what is so in this run
	Rows    int    `json:"rows,omitempty"` // test rows concerned
	Of      int    `json:"of,omitempty"`   // test rows in all
}

// The shares of test rows from which it is told that they are like training
// rows, and up to which it is that they are later than these.
const (
	noticedCopies  = 0.05
	noticedThings  = 0.05
	laterThanTimes = 0.5
)

// doubts measures in the run what was found in the table. Copies are looked for
// in any case: rows that differ in the table may be equal in the features.
func (r *run) doubts() []Doubt {
	var out []Doubt
	for _, c := range r.spec.Concerns {
		d, holds := Doubt{Concern: c, Of: len(r.test)}, false
		switch c.Code {
		case "leak", "leak_missing":
			holds = r.learnedFrom(&d)
		case "repeated_id":
			holds = r.metAgain(&d)
		case "time_order", "time_drift":
			holds = r.notLater(&d)
		}
		if holds {
			out = append(out, d)
		}
	}
	if d, holds := r.copied(); holds {
		out = append(out, d)
	}
	return out
}

// learnedFrom tells that the model learned from a column that tells too much.
func (r *run) learnedFrom(d *Doubt) bool {
	if !slices.Contains(r.spec.Features, d.Column) {
		return false
	}
	d.Rows = d.Of
	d.Message = strings.TrimSuffix(d.Found, ".") + ", and the model learned from it."
	if d.Chosen {
		d.Message = strings.TrimSuffix(d.Found, ".") + ", and the model learned from it, as was chosen."
	}
	return true
}

// metAgain tells of test rows that are about things which training rows are
// about too.
func (r *run) metAgain(d *Doubt) bool {
	c := r.frame.Column(d.Column)
	if c == nil {
		return false
	}
	d.Rows = MetAgain(c, r.target.Rows, r.train, r.test)
	if !noticed(d.Rows, d.Of) {
		return false
	}
	name := shortName(d.Column)
	d.Message = fmt.Sprintf("%d of %d test rows (%s) are of a %s that training rows are of too: the scores may be too good for one that the model has not met.",
		d.Rows, d.Of, percent(d.Rows, d.Of), name)
	d.Hint = fmt.Sprintf("Keep the rows of one %s together, and train again.", name)
	return true
}

// MetAgain counts the test rows whose value in the column a training row has
// too. train and test are positions in rows, the rows of the column.
func MetAgain(c *frame.Column, rows, train, test []int) int {
	met := make(map[float64]bool)
	for _, i := range train {
		if !c.Missing(rows[i]) {
			met[cellKey(c, rows[i])] = true
		}
	}
	n := 0
	for _, i := range test {
		if !c.Missing(rows[i]) && met[cellKey(c, rows[i])] {
			n++
		}
	}
	return n
}

// notLater tells of test rows that are of the time of the training rows.
func (r *run) notLater(d *Doubt) bool {
	c := r.frame.Column(d.Column)
	if c == nil || !c.Numbers() {
		return false
	}
	last := math.Inf(-1)
	for _, i := range r.train {
		if x := c.Num[r.target.Rows[i]]; x > last { // false for missing
			last = x
		}
	}
	for _, i := range r.test {
		if c.Num[r.target.Rows[i]] <= last {
			d.Rows++
		}
	}
	if float64(d.Of-d.Rows) >= laterThanTimes*float64(d.Of) {
		return false
	}
	d.Message = fmt.Sprintf("The test rows are not later than the training rows: by %s, %d of %d lie among them. The scores may be too good for the time to come.",
		shortName(d.Column), d.Rows, d.Of)
	d.Hint = d.Found
	return true
}

// noticed reports whether so many of the test rows are told of.
func noticed(n, of int) bool { return n > 0 && float64(n) >= noticedThings*float64(of) }

func percent(n, of int) string { return fmt.Sprintf("%.0f %%", 100*float64(n)/float64(of)) }

// shortName cuts a column's name for use in a sentence.
func shortName(name string) string {
	const most = 40
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}
