package web

import (
	"slices"

	"clicktrain/internal/profile"
)

// alert is something to look at. Columns and Fix say more than a person is
// told: what one step would put right.
type alert struct {
	Code     string   `json:"code"`
	Severity string   `json:"severity" enum:"info,warning,critical"`
	Column   string   `json:"column"`
	Message  string   `json:"message"`
	Hint     string   `json:"hint"`
	Columns  []string `json:"columns" doc:"All columns concerned."`
	Fix      *fix     `json:"fix" doc:"The step that would put it right, or null."`
	Concern  bool     `json:"concern" doc:"It may make scores too good: trainings and their results tell it until it is answered."`
	Key      string   `json:"key" doc:"Names the finding, to settle it."`
	Settled  bool     `json:"settled" doc:"It was to stay as it is."`
}

type fix struct {
	Action  string   `json:"action" enum:"drop_column,keep_as_text,mark_missing,group_by"`
	Columns []string `json:"columns"`
	Value   string   `json:"value,omitempty" doc:"The first of values."`
	Values  []string `json:"values,omitempty" doc:"What to take for missing."`
}

func (x *explored) newAlerts(list []profile.Alert) []alert {
	out := []alert{}
	for _, a := range list {
		out = append(out, x.newAlert(a))
	}
	return out
}

func (x *explored) newAlert(a profile.Alert) alert {
	out := alert{Code: a.Code, Severity: string(a.Severity), Column: a.Column, Message: a.Message, Hint: a.Hint, Columns: a.Columns,
		Concern: a.Concern(), Key: a.Key(), Settled: slices.Contains(x.Settled, a.Key())}
	if out.Columns == nil {
		out.Columns = []string{}
		if a.Column != "" {
			out.Columns = []string{a.Column}
		}
	}
	if a.Fix.Action != profile.NoAction {
		out.Fix = &fix{Action: string(a.Fix.Action), Columns: a.Fix.Columns, Values: a.Fix.Values}
		if len(a.Fix.Values) > 0 {
			out.Fix.Value = a.Fix.Values[0]
		}
	}
	return out
}

// targetStats is how the columns go with the target.
type targetStats struct {
	Column    string          `json:"column"`
	Task      string          `json:"task" enum:"classification,regression"`
	Reason    string          `json:"reason"`
	Suspects  []suspectColumn `json:"suspects" doc:"Columns that alone predict the target almost perfectly, by the verdict gives_away."`
	Rows      int             `json:"rows" doc:"Rows that have a target."`
	Missing   int             `json:"missing" doc:"Rows that have none."`
	Classes   []valueCount    `json:"classes" doc:"The classes and their rows; none of a regression."`
	Series    []string        `json:"series" doc:"What the values of bins tell, in their order: shares of these classes, or the mean of the target."`
	Overall   []estimate      `json:"overall" doc:"Of each series, over all rows."`
	Ranking   []rankedColumn  `json:"ranking" doc:"The other columns, the one that tells most first."`
	Conflicts *conflicts      `json:"conflicts" doc:"Rows that are equal but for their class; null of a regression."`
}

type suspectColumn struct {
	Column string `json:"column"`
	Reason string `json:"reason"`
}

// estimate is a share or mean with its 95 % interval.
type estimate struct {
	Value profile.Stat `json:"value"`
	Low   profile.Stat `json:"low" doc:"Of the 95 % confidence interval: Wilson's for shares, the normal one for means."`
	High  profile.Stat `json:"high"`
}

type rankedColumn struct {
	Column       string       `json:"column"`
	Kind         string       `json:"kind" enum:"numeric,category,boolean,datetime,text,id"`
	Score        profile.Stat `json:"score" doc:"How well the column alone predicts rows it was not fitted on: 0 is no better than guessing, 1 is perfect."`
	MissingScore profile.Stat `json:"missing_score" doc:"The same for knowing only which values are missing."`
	Verdict      string       `json:"verdict" enum:"fine,ask,gives_away" doc:"gives_away is left out unless it is taken back, ask may be known only after the outcome."`
	Finding      string       `json:"finding" doc:"The strongest contrast, in words."`
	Bins         []targetBin  `json:"bins"`
}

// targetBin is the rows with like values of a column.
type targetBin struct {
	Label   string       `json:"label"`
	From    profile.Stat `json:"from" doc:"The least value of a number or date, in seconds since 1970; null of a category."`
	To      profile.Stat `json:"to"`
	Rest    bool         `json:"rest" doc:"All categories that have no bin of their own."`
	Missing bool         `json:"missing" doc:"The rows without a value."`
	Count   int          `json:"count"`
	Values  []estimate   `json:"values" doc:"One for each series."`
}

type conflicts struct {
	Groups  int          `json:"groups"`
	Rows    int          `json:"rows"`
	Ceiling profile.Stat `json:"ceiling" doc:"The accuracy that no model can exceed on these rows."`
}

// newTarget tells how the columns go with the goal.
func newTarget(x *explored) *targetStats {
	out := &targetStats{Column: x.Goal.Target, Task: x.Goal.Task.String(), Reason: x.Goal.Reason, Suspects: []suspectColumn{},
		Classes: []valueCount{}, Series: []string{}, Overall: []estimate{}, Ranking: []rankedColumn{}}
	for _, l := range x.Suspects {
		out.Suspects = append(out.Suspects, suspectColumn(l))
	}
	if x.against.TargetReport != nil {
		out.relate(x.against)
	}
	return out
}

func (t *targetStats) relate(a against) {
	t.Rows, t.Missing, t.Overall = a.Rows, a.Missing, estimates(a.Overall)
	t.Series = append(t.Series, a.Series...)
	for _, c := range a.Classes {
		t.Classes = append(t.Classes, valueCount{c.Value, c.Count})
	}
	if len(a.Classes) > 0 {
		t.Conflicts = &conflicts{a.Conflicts.Groups, a.Conflicts.Rows, a.Conflicts.Ceiling}
	}
	for _, i := range a.Ranking {
		r := &a.Relations[i]
		c := rankedColumn{Column: r.Column, Kind: r.Kind.String(), Score: r.Score, MissingScore: r.MissingScore, Verdict: r.Leak.Verdict.String(), Finding: a.finding(r, r.Groups), Bins: []targetBin{}}
		for _, g := range r.Groups {
			c.Bins = append(c.Bins, targetBin{groupName(g, r), g.Low, g.High, g.Rest, g.Missing, g.Count, estimates(g.Values)})
		}
		t.Ranking = append(t.Ranking, c)
	}
}

func estimates(list []profile.Estimate) []estimate {
	out := make([]estimate, len(list))
	for i, e := range list {
		out[i] = estimate(e)
	}
	return out
}
