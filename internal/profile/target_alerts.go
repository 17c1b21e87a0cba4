package profile

import (
	"fmt"

	"clicktrain/internal/learn"
)

// The thresholds of alerts about a target.
const (
	unbalanced   = 0.1 // rows of the rarest class over those of the most frequent
	veryRare     = 0.01
	fewOfClass   = 30
	manyNoTarget = 0.2
)

// targetAlerts returns what to look at before predicting, the most severe first.
func targetAlerts(r *TargetReport) []Alert {
	var out []Alert
	name := short(r.Target)
	if r.Missing > 0 {
		a := Alert{Code: "missing_target", Severity: Info, Column: r.Target,
			Message: fmt.Sprintf("%s of the rows have no %s (%d of %d).", percent(r.Missing, r.Rows+r.Missing), name, r.Missing, r.Rows+r.Missing),
			Hint:    "They cannot be learned from and are left out."}
		if float64(r.Missing) > manyNoTarget*float64(r.Rows+r.Missing) {
			a.Severity = Warning
		}
		out = append(out, a)
	}
	if r.constant() {
		return bySeverity(append(out, Alert{Code: "constant_target", Severity: Critical, Column: r.Target,
			Message: name + " does not vary, so there is nothing to predict.", Hint: "Choose another column."}))
	}
	for _, i := range r.Ranking {
		if a, ok := r.leakAlert(&r.Relations[i]); ok {
			out = append(out, a)
		}
	}
	out = append(out, r.drifts()...)
	if c := r.Conflicts; c.Groups > 0 {
		a := Alert{Code: "conflicting_labels", Severity: Info, Column: r.Target,
			Message: fmt.Sprintf("%d rows equal another row in all columns that do not name the row or give %s away, but have a different %s.", c.Rows, name, name),
			Hint:    fmt.Sprintf("By these columns at best %s of the rows can be told right; check how they were entered.", percent(r.Rows-c.Lost, r.Rows))}
		if float64(c.Rows) > manyRepeatedRows*float64(r.Rows) {
			a.Severity = Warning
		}
		out = append(out, a)
	}
	return bySeverity(append(out, r.balance()...))
}

func (r *TargetReport) constant() bool {
	if r.Task == learn.Classification {
		return len(r.Classes) < 2
	}
	return r.Rows == 0 || r.Overall[0].Low == r.Overall[0].High && r.Rows > 1
}

// balance returns the alerts about classes with few rows.
func (r *TargetReport) balance() []Alert {
	if len(r.Classes) < 2 {
		return nil
	}
	rare, common, single := r.Classes[0], r.Classes[0], 0
	for _, c := range r.Classes {
		if c.Count < rare.Count {
			rare = c
		}
		if c.Count > common.Count {
			common = c
		}
		if c.Count == 1 {
			single++
		}
	}
	var out []Alert
	ratio := float64(rare.Count) / float64(common.Count)
	if single > 0 {
		out = append(out, Alert{Code: "single_row_class", Severity: Warning, Column: r.Target,
			Message: fmt.Sprintf("%s has %s with one row only, such as %q.", short(r.Target), plural(single, "class", "classes"), short(rare.Value)),
			Hint:    "One row cannot be both learned from and tested on: join it with another class, or leave it out."})
	} else if ratio < unbalanced {
		a := Alert{Code: "imbalance", Severity: Info, Column: r.Target,
			Message: fmt.Sprintf("Of %s, %q is rare: %d rows, against %d of %q.", short(r.Target), short(rare.Value), rare.Count, common.Count, short(common.Value)),
			Hint:    fmt.Sprintf("Always answering %q is right for %s of the rows: judge models by balanced accuracy.", short(common.Value), percent(common.Count, r.Rows))}
		if ratio < veryRare || rare.Count < fewOfClass {
			a.Severity = Warning
		}
		out = append(out, a)
	}
	return out
}
