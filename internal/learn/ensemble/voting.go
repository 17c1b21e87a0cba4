package ensemble

import (
	"context"
	"math"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// Voting returns the learner that averages what learners like the given
// predict.
func Voting(all []learn.Learner) learn.Learner {
	return learn.Learner{
		Name:    "voting",
		Title:   "Voting",
		Summary: "Lets several learners vote, or averages their numbers; steadier than each alone.",
		Cost:    "Takes as long, and as much space, as its members together.",
		Tasks:   []learn.Task{learn.Classification, learn.Regression},
		Exports: []learn.Format{learn.Sklearn},
		Scale:   true,
		Weighs:  true,
		New:     func(t learn.Task) learn.Estimator { return &voting{team: newTeam(all, t)} },
		Model: func(t learn.Task) learn.Model {
			if t == learn.Classification {
				return &VotingClassifier{vote: vote{members: members(all).of(t)}}
			}
			return &VotingRegressor{vote: vote{members: members(all).of(t)}}
		},
	}
}

type voting struct {
	team
	how     string
	weights []float64
}

// The ways to vote.
const (
	soft = "soft"
	hard = "hard"
)

// Params declares estimators, voting for classes, weights, and the parameters
// of each member.
func (v *voting) Params(s *param.Set) {
	v.params(s)
	if v.task == learn.Classification {
		s.Choice(&v.how, "voting", soft, []string{soft, hard},
			"soft averages the members' probabilities; hard counts their predicted classes, and the share of votes stands for a probability.")
	}
	s.Floats(&v.weights, "weights", []float64{}, param.AtLeast(0), "How much each member counts, in the order of estimators; empty counts all the same.")
	v.nest(s)
}

// Fit fits the members one after the other, each with all workers.
func (v *voting) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	players, err := v.players()
	if err != nil {
		return nil, err
	}
	if err := v.check(players); err != nil {
		return nil, err
	}
	m := vote{members: v.members, classes: d.Classes, how: v.how, weights: v.weights, notes: unweighed(players, d)}
	for i, p := range players {
		model, err := p.fit(ctx, part(d, i, len(players)))
		if err != nil {
			return nil, err
		}
		m.fitted = append(m.fitted, fitted{p.Name, p.Title, model})
	}
	if v.task == learn.Classification {
		return &VotingClassifier{m}, nil
	}
	return &VotingRegressor{m}, nil
}

// check refuses weights that do not fit the members, and members that cannot
// vote softly.
func (v *voting) check(players []player) error {
	total := 0.0
	for _, w := range v.weights {
		total += w
	}
	if n := len(v.weights); n > 0 && n != len(players) {
		return problem.Field("weights", "weights must hold one number for each of the %d members, got %d.", len(players), n).WithHint("Give one for each of estimators, or none.")
	} else if n > 0 && !(total > 0 && total <= math.MaxFloat64) {
		return problem.Field("weights", "The weights of the members sum to %g, which says nothing of how they count.", total).
			WithHint("Give each member a number such as 1 or 2; at least one must be above 0.")
	}
	if v.how != soft {
		return nil
	}
	for _, p := range players {
		if _, ok := p.Model(v.task).(learn.Proba); !ok {
			return problem.Field("estimators", "%s tells no probabilities, so it cannot take part in soft voting.", p.Title).
				WithHint("Set voting to hard, or leave it out.")
		}
	}
	return nil
}

// vote is what models of both tasks are.
type vote struct {
	members members // to find learners by name in
	fitted  []fitted
	classes int // k, or 0
	how     string
	weights []float64
	notes   []string
}

// weight returns how much member i counts, as a share of all.
func (v *vote) weight(i int) float64 {
	if len(v.weights) == 0 {
		return 1 / float64(len(v.fitted))
	}
	total := 0.0
	for _, w := range v.weights {
		total += w
	}
	return v.weights[i] / total
}

// Warnings returns what the members have to say.
func (v *vote) Warnings() []string { return warnings(v.fitted, v.notes) }

// Bytes returns about how much memory the members take that say so.
func (v *vote) Bytes() int64 { return bytes(v.fitted) }

// Float32 reports whether a member reads its columns as float32.
func (v *vote) Float32() bool { return inFloat32(v.fitted) }

// VotingClassifier predicts the class that most members' weight is for.
type VotingClassifier struct{ vote }

// Proba writes the weighted mean of the members' probabilities, or each class's
// share of the votes.
func (m *VotingClassifier) Proba(X *frame.Matrix, dst []float64) {
	k := m.classes
	clear(dst)
	buf := make([]float64, len(dst))
	for i, f := range m.fitted {
		w := m.weight(i)
		if m.how == hard {
			class := buf[:X.Rows]
			f.Predict(X, class)
			for r, c := range class {
				dst[r*k+int(c)] += w
			}
			continue
		}
		f.Model.(learn.Proba).Proba(X, buf)
		for j, p := range buf {
			dst[j] += w * p
		}
	}
}

// Predict writes the class of the largest share; of equals, the first.
func (m *VotingClassifier) Predict(X *frame.Matrix, dst []float64) {
	k := m.classes
	p := make([]float64, X.Rows*k)
	m.Proba(X, p)
	for i := range dst {
		dst[i] = float64(first(p[i*k:][:k]))
	}
}

// tie is how much two shares may differ and still be the same, for the rounding
// of their sums.
const tie = 1e-12

// first returns the index of the first of the largest numbers.
func first(x []float64) int {
	best := 0
	for c, v := range x {
		if v > x[best]+tie {
			best = c
		}
	}
	return best
}

// VotingRegressor predicts the weighted mean of the members' numbers.
type VotingRegressor struct{ vote }

// Predict writes the means.
func (m *VotingRegressor) Predict(X *frame.Matrix, dst []float64) {
	clear(dst)
	buf := make([]float64, len(dst))
	for i, f := range m.fitted {
		w := m.weight(i)
		f.Predict(X, buf)
		for j, y := range buf {
			dst[j] += w * y
		}
	}
}
