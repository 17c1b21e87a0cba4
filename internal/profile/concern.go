package profile

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"clicktrain/internal/frame"
)

// concerns are the codes of alerts about what may make a model's scores too
// good to be true: what stays on a person's way to the scores until it is
// answered. A new kind is added here, where its alert is made (Concerns), and
// where a run measures it (train.Concern).
var concerns = []string{"leak", "leak_missing", "repeated_id", "duplicates", "time_order", "time_drift"}

// Concern reports whether the alert is about what may make scores too good.
func (a Alert) Concern() bool { return slices.Contains(concerns, a.Code) }

// Key names an alert among those of the data by what it is and the names of
// its columns, so that it is the same one when the file is read another way.
func (a Alert) Key() string {
	h := sha256.New()
	for _, c := range append([]string{a.Column}, a.Columns...) {
		fmt.Fprintf(h, "%d:%s", len(c), c)
	}
	return a.Code + " " + hex.EncodeToString(h.Sum(nil)[:12])
}

// Concerns returns what of a table may make the scores of predicting the target
// too good, but for repeated rows, which a Report counts. r is how the columns
// go with the target; nil where that is not known.
func Concerns(f *frame.Frame, target string, r *TargetReport) []Alert {
	var out []Alert
	if r != nil {
		for _, x := range r.Leaks() {
			a, _ := r.leakAlert(x)
			out = append(out, a)
		}
	}
	for _, c := range f.Columns {
		if c.Name == target {
			continue
		}
		if maybeThings(c) {
			if distinct, values := usedValues(c); entity(c, distinct, values) {
				out = append(out, repeatedAlert(c.Name, distinct, values))
			}
		}
		if maybeTime(c) {
			out = append(out, timeOrder(c, order(c.Num))...)
		}
	}
	if r != nil {
		for _, a := range r.drifts() {
			if !slices.ContainsFunc(out, func(b Alert) bool { return b.Code == "time_order" && b.Column == a.Column }) {
				out = append(out, a)
			}
		}
	}
	return bySeverity(out)
}

func repeatedAlert(name string, distinct, values int) Alert {
	return Alert{Code: "repeated_id", Severity: Warning, Column: name, Fix: Fix{Action: GroupBy, Columns: []string{name}},
		Message: fmt.Sprintf("%s names %d things that have %.1f rows each on average.", short(name), distinct, float64(values)/float64(distinct)),
		Hint:    "Keep the rows of one thing on one side of the split, or scores will be too good for things that the model has not met."}
}

// driftScore is how well a date alone must predict the target for the target to
// be said to change with time: a moderate association.
const driftScore = 0.25

// fewestTimes is how many different times rows in their order must have.
const fewestTimes = 5

// maybeTime reports whether a column may say when: dates, but for those of
// birth, and whole numbers called so.
func maybeTime(c *frame.Column) bool {
	words := nameWords(c.Name)
	for _, w := range words {
		switch w {
		case "birth", "born", "birthday", "birthdate", "dob":
			return false
		}
	}
	if c.Kind == frame.Time {
		return true
	}
	return c.Kind == frame.Numeric && c.Whole && len(words) == 1 && slices.Contains([]string{"year", "month", "date", "time", "timestamp"}, words[0])
}

// timeOrder tells that the rows are in order of time.
func timeOrder(c *frame.Column, o Order) []Alert {
	if o == Unordered || !maybeTime(c) || c.Len()-c.MissingCount() < fewestRows {
		return nil
	}
	if n, _ := distinctUpTo(c, fewestTimes); n < fewestTimes {
		return nil
	}
	return []Alert{{Code: "time_order", Severity: Info, Column: c.Name,
		Message: fmt.Sprintf("The rows are in order of time by %s.", short(c.Name)),
		Hint:    "Test rows drawn at random lie among the training rows, not after them: to predict the future, expect less than the scores say."}}
}

// drifts tells of dates that the target changes with.
func (r *TargetReport) drifts() []Alert {
	var out []Alert
	for _, x := range r.Relations {
		if r.Rows >= leakRows && x.Leak.Verdict == Fine && x.Score.Defined() && x.Score >= driftScore && x.When {
			out = append(out, Alert{Code: "time_drift", Severity: Info, Column: x.Column,
				Message: fmt.Sprintf("%s changes with the time by %s, which alone predicts it somewhat (score %s of 1).", short(r.Target), short(x.Column), scoreText(x.Score)),
				Hint:    "Test rows drawn at random lie among the training rows, not after them: to predict the future, expect less than the scores say."})
		}
	}
	return out
}
