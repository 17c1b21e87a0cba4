// Package ensemble owns the learners that are made of others: Voting, which
// averages what its members predict, and Stacking, which learns from what its
// members predict of rows that they have not seen (Wolpert 1992). They combine
// the learners that they are given and know none by itself; their models are
// scikit-learn's VotingClassifier, VotingRegressor, StackingClassifier and
// StackingRegressor.
package ensemble

import (
	"context"
	"math/rand/v2"
	"slices"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// members are the learners that an ensemble can be made of.
type members []learn.Learner

// find returns the named learner.
func (m members) find(name string) (learn.Learner, bool) {
	i := slices.IndexFunc(m, func(l learn.Learner) bool { return l.Name == name })
	if i < 0 {
		return learn.Learner{}, false
	}
	return m[i], true
}

// of returns those that can do the task.
func (m members) of(task learn.Task) members {
	var out members
	for _, l := range m {
		if l.Can(task) {
			out = append(out, l)
		}
	}
	return out
}

func (m members) names() []string {
	names := make([]string, len(m))
	for i, l := range m {
		names[i] = l.Name
	}
	return names
}

// prefer returns the preferred names that are among the members, or else the
// first count.
func (m members) prefer(count int, names ...string) []string {
	var out []string
	for _, name := range names {
		if _, ok := m.find(name); ok {
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		out = m.names()[:min(count, len(m))]
	}
	return out[:min(count, len(out))]
}

// team holds the estimators of all members, of which the chosen take part.
type team struct {
	task       learn.Task
	members    members
	estimators []learn.Estimator // of each member
	chosen     []string
}

func newTeam(all members, task learn.Task) team {
	t := team{task: task, members: all.of(task)}
	for _, l := range t.members {
		t.estimators = append(t.estimators, l.New(task))
	}
	return t
}

// params declares which members take part.
func (t *team) params(s *param.Set) {
	def := t.members.prefer(3, "logistic_regression", "ridge", "random_forest", "hist_gradient_boosting")
	s.List(&t.chosen, "estimators", def, t.members.names(), "Which learners to combine. Those that err in different ways help each other most.")
}

// nest declares the parameters of each member under its name.
func (t *team) nest(s *param.Set) {
	for i, l := range t.members {
		s.Nest(l.Name, t.estimators[i].Params)
	}
}

// The random streams of a seed: one for each member, in the order of all.
const streamFinal = 1 << 20

func derive(seed, stream uint64) uint64 { return rand.NewPCG(seed, stream).Uint64() }

// player is a member that takes part.
type player struct {
	learn.Learner
	estimator learn.Estimator
	stream    uint64
}

// players returns the chosen members in the order chosen.
func (t *team) players() ([]player, error) {
	if len(t.chosen) == 0 {
		return nil, problem.Field("estimators", "No learners to combine are chosen.").WithHint("Choose two or more.")
	}
	var out []player
	for _, name := range t.chosen {
		i := slices.Index(t.members.names(), name)
		out = append(out, player{t.members[i], t.estimators[i], uint64(i)})
	}
	return out, nil
}

// fit fits the player, on whose part of the work d.Progress is told. A fault of
// one of its parameters blames the parameter by its name here.
func (p *player) fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	d.Seed = derive(d.Seed, p.stream)
	d.Clock = d.Clock.Of(p.Title)
	if !p.Weighs {
		d.Weights = nil
	}
	m, err := p.estimator.Fit(ctx, d)
	if e, ok := problem.As(err); ok {
		told := *e
		told.Message = p.Title + ": " + e.Message
		if e.Field != "" {
			told.Field = p.Name + "__" + e.Field
		}
		return nil, &told
	}
	return m, err
}

// part returns d with the progress of step i of n, and an even share of the time
// that is left.
func part(d learn.Data, i, n int) learn.Data {
	d.Clock = d.Clock.Part(1 / float64(n-i))
	if tell := d.Progress; tell != nil {
		d.Progress = func(share float64) { tell((float64(i) + share) / float64(n)) }
	}
	return d
}

// fitted is a player's model.
type fitted struct {
	name, title string
	learn.Model
}

// warnings returns what the models have to say, each under its learner's title.
func warnings(all []fitted, own []string) []string {
	out := slices.Clone(own)
	for _, f := range all {
		if w, ok := f.Model.(learn.Warner); ok {
			for _, text := range w.Warnings() {
				out = append(out, f.title+": "+text)
			}
		}
	}
	return out
}

// inFloat32 reports whether one of the models reads its columns as float32.
func inFloat32(all []fitted) bool {
	for _, f := range all {
		if m, ok := f.Model.(learn.Float32); ok && m.Float32() {
			return true
		}
	}
	return false
}

// bytes returns about how much memory those of the models take that are larger
// than when written.
func bytes(all []fitted) int64 {
	var n int64
	for _, f := range all {
		if m, ok := f.Model.(learn.Sized); ok {
			n += m.Bytes()
		}
	}
	return n
}

// unweighed says which players took no notice of weights.
func unweighed(players []player, d learn.Data) []string {
	var out []string
	for _, p := range players {
		if d.Weights != nil && !p.Weighs {
			out = append(out, p.Title+" takes no row weights: it counted every row once.")
		}
	}
	return out
}
