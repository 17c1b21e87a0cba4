package workflow

import (
	"fmt"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/train"
)

// carry takes what the person chose on the table before to f, which is the
// same file read another way, and tells of what f has no column for. What was
// not chosen is suggested anew.
func carry(before *frame.Frame, goal Goal, c choices, f *frame.Frame) (Goal, choices, []ingest.Notice) {
	var lost []ingest.Notice
	lose := func(format string, args ...any) {
		lost = append(lost, ingest.Notice{Code: "choice_dropped", Message: fmt.Sprintf(format, args...)})
	}
	kept := choices{settled: c.settled}
	for _, name := range c.leftOut {
		if f.Index(name) < 0 {
			lose("You left %s out of training; the table has no such column any more.", cut(name))
			continue
		}
		kept.leftOut = append(kept.leftOut, name)
	}
	for _, t := range c.taken {
		if f.Index(t.target) >= 0 && f.Index(t.column) >= 0 {
			kept.taken = append(kept.taken, t)
		}
	}
	next := suggestGoal(f)
	if goal.Chosen {
		if g, err := carryGoal(before, goal, f); err == nil {
			next = g
		} else if f.Index(goal.Target) < 0 {
			lose("You chose to predict %s; the table has no such column any more.", cut(goal.Target))
		} else {
			lose("You chose to predict %s, which cannot be predicted read this way.", cut(goal.Target))
		}
	}
	if c.group != "" {
		kept.group = c.group
		if f.Index(c.group) < 0 {
			kept.group = ""
			lose("You kept rows of one %s together; the table has no such column any more.", cut(c.group))
		} else if canGroup(f, c.group, next.Target) != nil {
			kept.group = ""
			lose("You kept rows of one %s together, which cannot be done read this way.", cut(c.group))
		}
	}
	kept.copies = c.copies
	if c.weights != "" && c.weights != next.Target {
		kept.weights = c.weights
		if f.Index(c.weights) < 0 {
			kept.weights = ""
			lose("You counted rows by %s; the table has no such column any more.", cut(c.weights))
		} else if f.Column(c.weights).Kind != frame.Numeric {
			kept.weights = ""
			lose("You counted rows by %s, which does not hold numbers read this way.", cut(c.weights))
		}
	}
	return next, kept, lost
}

// carryGoal is the goal on f, with the task that it had unless the target's
// kind is another.
func carryGoal(before *frame.Frame, goal Goal, f *frame.Frame) (Goal, error) {
	task := goal.Task
	if a, b := before.Column(goal.Target), f.Column(goal.Target); b == nil || a.Kind != b.Kind {
		task = 0
	}
	g, err := goalFor(f, goal.Target, task)
	if err != nil {
		return Goal{}, err
	}
	g.Chosen = true
	return g, nil
}

// canGroup says why rows cannot be kept together by a column.
func canGroup(f *frame.Frame, column, target string) error {
	if err := checkGroup(TrainRequest{Group: column}, target); err != nil {
		return err
	}
	all := train.Target{Rows: make([]int, f.Rows)}
	for i := range all.Rows {
		all.Rows[i] = i
	}
	_, err := train.CheckGroup(f, column, all)
	return err
}

// cut shortens a column's name for use in a sentence.
func cut(name string) string {
	const most = 60
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}
