package workflow

import (
	"context"
	"slices"

	"clicktrain/internal/profile"
	"clicktrain/internal/train"
)

// Concern is a reason why the scores of a training may be too good, which no
// one has answered.
type Concern struct {
	profile.Alert
	Left   bool // the column is left out for it, unless it is taken back
	Shared int  // of a column that names things: test rows about things of training rows
}

// concern finds what may make the plan's scores too good: what is to be
// answered before, and what the run is to measure. rows and test are the sides
// of its split.
func (p *Plan) concern(ctx context.Context, m *Moment, target train.Target, rows, test []int) error {
	p.Answered = m.choices.settled
	f, chosen := m.frame(), m.choices
	var against *profile.TargetReport
	if p.Goal.Task != 0 {
		var err error
		if against, err = m.data.against(ctx, p.Goal, p.Spec.Group); err != nil {
			return err
		}
	}
	found := profile.Concerns(f, p.Goal.Target, against)
	if known := m.data.Known(); known != nil && p.Groups == nil {
		for _, a := range known.Alerts {
			if a.Code == "duplicates" {
				found = append(found, a)
			}
		}
	}
	used := make(map[string]bool, len(p.Spec.Features))
	for _, name := range p.Spec.Features {
		used[name] = true
	}
	for _, a := range found {
		c := Concern{Alert: a}
		settled := slices.Contains(chosen.settled, a.Key())
		known := settled
		switch a.Code {
		case "leak", "leak_missing":
			taken := slices.Contains(chosen.taken, takenBack{p.Goal.Target, a.Column}) || slices.Contains(p.Request.Keep, a.Column)
			c.Left = !used[a.Column] && p.given[a.Column]
			if !used[a.Column] && !c.Left {
				continue
			}
			known = settled || taken
		case "repeated_id":
			if c.Shared = train.MetAgain(f.Column(a.Column), target.Rows, rows, test); c.Shared == 0 {
				continue
			}
		}
		if !known {
			p.Concerns = append(p.Concerns, c)
		}
		if a.Column != "" && (used[a.Column] || !isLeak(a)) && (!settled || isLeak(a)) {
			p.Spec.Concerns = append(p.Spec.Concerns, train.Concern{Code: a.Code, Column: a.Column, Found: a.Message, Hint: a.Hint, Chosen: known})
		}
	}
	return nil
}

func isLeak(a profile.Alert) bool { return a.Code == "leak" || a.Code == "leak_missing" }

// Doubts returns why the scores of the run may be too good, but for what the
// person had answered when it began.
func (t *Trained) Doubts() []train.Doubt {
	return slices.DeleteFunc(slices.Clone(t.Result.Doubts), func(d train.Doubt) bool {
		key := profile.Alert{Code: d.Code, Column: d.Column}.Key()
		return !d.Chosen && slices.Contains(t.Plan.Answered, key)
	})
}
