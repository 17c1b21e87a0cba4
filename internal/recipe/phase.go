package recipe

import (
	"fmt"

	"clicktrain/internal/problem"
)

// Phase is when a step happens. A recipe lists its steps in the order of their
// phases, so that what is listed is what happens.
type Phase uint8

// The phases. They happen in the order OnRaw, OnRows, OnColumns, OnMatrix,
// OnBalance.
const (
	OnColumns Phase = iota // each raw column becomes numbers
	OnRaw                  // how raw columns are read
	OnRows                 // which training rows are learned from
	OnMatrix               // prepared columns become others
	OnBalance              // prepared training rows count more or less
)

// rank orders the phases.
func (p Phase) rank() int {
	switch p {
	case OnRaw:
		return 0
	case OnRows:
		return 1
	case OnMatrix:
		return 3
	case OnBalance:
		return 4
	}
	return 2
}

// what says what a step of the phase works on, after "works on".
func (p Phase) what() string {
	switch p {
	case OnRaw:
		return "columns as they are read"
	case OnRows:
		return "training rows before columns are prepared"
	case OnMatrix:
		return "prepared columns"
	case OnBalance:
		return "prepared training rows"
	}
	return "columns one by one"
}

// ordered refuses step i where one of a later phase stands before it.
func (w *walk) ordered(i int, d Definition) error {
	for k, before := range w.done {
		if before.Phase.rank() > d.Phase.rank() {
			return problem.Field(fmt.Sprintf("steps[%d].step", i), "Step %d (%s) works on %s, so it comes before step %d (%s), which works on %s.",
				i+1, d.Title, d.Phase.what(), k+1, before.Title, before.Phase.what()).
				WithHint("Move step %d above step %d.", i+1, k+1)
		}
	}
	w.done = append(w.done, d)
	return nil
}

// Insert returns the recipe with the step put after all steps that happen
// before or with it. A step that is not defined goes to the end, where Resolve
// refuses it.
func (r Recipe) Insert(s Step, defs []Definition) Recipe {
	at := len(r.Steps)
	if d, ok := define(defs, s.Name); ok {
		for at > 0 {
			before, ok := define(defs, r.Steps[at-1].Name)
			if !ok || before.Phase.rank() <= d.Phase.rank() {
				break
			}
			at--
		}
	}
	out := Recipe{Steps: make([]Step, 0, len(r.Steps)+1)}
	out.Steps = append(out.Steps, r.Steps[:at]...)
	out.Steps = append(out.Steps, s)
	out.Steps = append(out.Steps, r.Steps[at:]...)
	return out
}
