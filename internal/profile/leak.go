package profile

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"clicktrain/internal/frame"
)

// The one rule about columns that tell the target too well to be true. Above
// LeakSure a training does without the column unless a person takes it back;
// from LeakLikely on a person is asked whether it is known before the outcome.
// They are the marks at which DataRobot calls the leakage of a column high and
// moderate.
const (
	LeakSure   = 0.975
	LeakLikely = 0.85
)

// What a leak must rest on, so that chance in few rows is none.
const (
	leakRows     = 30 // with a target
	leakRare     = 10 // rows outside the most frequent class
	leakAlias    = 3  // the same, of a column that is the target under other names
	leakPerValue = 10 // rows of each category on average; with fewer, one thing's rows may be what is recognized
	leakByName   = 0.3
)

// Verdict says what is made of a column that tells of the target.
type Verdict string

// The verdicts.
const (
	Fine      Verdict = ""
	Ask       Verdict = "ask"        // strong but plausible: a person knows whether it is known beforehand
	GivesAway Verdict = "gives_away" // left out unless it is taken back
)

// String is the verdict's name.
func (v Verdict) String() string {
	if v == Fine {
		return "fine"
	}
	return string(v)
}

// Evidence says by what a column tells of the target.
type Evidence string

// The kinds of evidence.
const (
	ByValues  Evidence = ""
	ByMissing Evidence = "missing" // by which of its values are missing
	ByOrder   Evidence = "order"   // by the order of the names of rows
	ByAlias   Evidence = "alias"   // each class has one value of its own
)

// Leak is the verdict on a column, the score that it rests on, and by what the
// column tells. It is the same wherever a column is judged.
type Leak struct {
	Verdict Verdict
	Score   Stat
	By      Evidence
}

// verdictOn applies the rule to a score.
func verdictOn(score Stat) Verdict {
	switch {
	case !score.Defined():
		return Fine
	case score >= LeakSure:
		return GivesAway
	case score >= LeakLikely:
		return Ask
	}
	return Fine
}

// judge sets the verdict on a relation. values is how many categories the
// column has; 0 of numbers, whose few leaves cannot learn rows by heart.
func (o *outcome) judge(x *Relation, values int, alias bool) {
	x.Leak = Leak{Score: x.Score}
	rare := o.rows
	for _, c := range o.classes {
		rare = min(rare, o.rows-c.Count)
	}
	switch {
	case o.rows < leakRows:
		return
	case alias && rare >= leakAlias:
		x.Leak = Leak{GivesAway, x.Score, ByAlias}
		return
	case rare < leakRare:
		return
	}
	if x.Leak.Verdict = verdictOn(x.Score); x.Leak.Verdict == Ask && x.When {
		x.Leak.Verdict = Fine // the time is known; that the target changes with it is told (drifts)
	}
	if x.Leak.Verdict == Fine {
		return
	}
	switch {
	case verdictOn(x.MissingScore) == x.Leak.Verdict:
		x.Leak.Score, x.Leak.By = x.MissingScore, ByMissing
	case x.Kind == frame.ID:
		x.Leak.By = ByOrder
	case values*leakPerValue > o.rows:
		x.Leak.Verdict = Ask
	}
}

// alias reports whether each class has one bin of the tally for itself alone,
// and each bin with rows one class.
func (o *outcome) alias(t *tally) bool {
	if o.y != nil || len(o.classes) < 2 || len(o.classes) > scoredClasses {
		return false
	}
	owner := make([]int, t.k) // of each class, its bin counted from 1
	for b := range t.bins {
		class := -1
		for f := range folds {
			for c, n := range t.at(b, f) {
				switch {
				case n == 0 || c == class:
				case class >= 0 || owner[c] > 0:
					return false
				default:
					class, owner[c] = c, b+1
				}
			}
		}
	}
	return true
}

// Says tells what the column does, with the score that the verdict rests on:
// what comes after its name in a sentence.
func (l Leak) Says(target string) string {
	target = short(target)
	how := "very well"
	if l.Verdict == GivesAway {
		how = "almost perfectly"
	}
	score := fmt.Sprintf("(score %s of 1)", scoreText(l.Score))
	switch l.By {
	case ByAlias:
		return fmt.Sprintf("alone predicts %s %s: each of its values goes with one class %s", target, how, score)
	case ByMissing:
		return fmt.Sprintf("alone predicts %s %s by where it is missing %s", target, how, score)
	case ByOrder:
		return fmt.Sprintf("names the rows, and their order alone predicts %s %s %s", target, how, score)
	}
	return fmt.Sprintf("alone predicts %s %s %s", target, how, score)
}

// Hint says what to do about it.
func (l Leak) Hint() string {
	switch l.By {
	case ByMissing:
		return "It may be filled in only after the outcome. If so, leave it out."
	case ByOrder:
		return "The rows are sorted by the outcome. Leave the column out."
	}
	return "Would you know it before the outcome? If not, leave it out."
}

// scoreText writes a score cut, not rounded, to three digits, so that none is
// told as a mark that it does not reach.
func scoreText(s Stat) string {
	return strconv.FormatFloat(math.Floor(float64(s)*1000+1e-9)/1000, 'f', -1, 64)
}

// Leaks returns the relations that the rule is about, the strongest first.
func (r *TargetReport) Leaks() []*Relation {
	var out []*Relation
	for _, i := range r.Ranking {
		if x := &r.Relations[i]; x.Leak.Verdict != Fine {
			out = append(out, x)
		}
	}
	return out
}

// leakAlert returns the alert of a column that gives the target away or may, by
// its values or by its name.
func (r *TargetReport) leakAlert(x *Relation) (Alert, bool) {
	a := Alert{Code: "leak", Severity: Warning, Column: x.Column, Fix: drop(x.Column), Message: short(x.Column) + " " + x.Leak.Says(r.Target) + ".", Hint: x.Leak.Hint()}
	switch {
	case x.Leak.Verdict == GivesAway:
		a.Severity = Critical
	case x.Leak.Verdict == Ask:
	case x.Score.Defined() && x.Score >= leakByName && r.Rows >= leakRows && x.Kind != frame.ID && sharesName(x.Column, r.Target):
		a.Code, a.Severity = "leak_name", Info
		a.Message = fmt.Sprintf("%s has the name of %s in its own and goes with it (score %s of 1).", short(x.Column), short(r.Target), scoreText(x.Score))
		return a, true
	default:
		return a, false
	}
	if x.Leak.By == ByMissing {
		a.Code = "leak_missing"
	}
	return a, true
}

// sharesName reports whether the words of the target's name follow each other
// in the column's.
func sharesName(column, target string) bool {
	words := func(s string) string { return " " + strings.Join(nameWords(s), " ") + " " }
	w := words(target)
	return len(w) >= 5 && strings.Contains(words(column), w)
}
