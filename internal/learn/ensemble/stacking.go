package ensemble

import (
	"context"
	"fmt"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// Stacking returns the learner that learns from what learners like the given
// predict.
func Stacking(all []learn.Learner) learn.Learner {
	return learn.Learner{
		Name:    "stacking",
		Title:   "Stacking",
		Summary: "Learns how far to trust each of several learners; often the best there is, by a little.",
		Cost:    "Fits each member once for each fold and once more: six times as long as its members together.",
		Tasks:   []learn.Task{learn.Classification, learn.Regression},
		Exports: []learn.Format{learn.Sklearn},
		Scale:   true,
		Weighs:  true,
		New:     func(t learn.Task) learn.Estimator { return newStacking(all, t) },
		Model: func(t learn.Task) learn.Model {
			s := stack{members: members(all).of(t)}
			switch {
			case t == learn.Classification:
				return &StackingClassifier{s}
			default:
				return &StackingRegressor{s}
			}
		},
	}
}

type stacking struct {
	team
	finals      members // that can be the final one
	final       string
	cv          int
	passthrough bool
	deal        func(d learn.Data, folds int) ([]int, error) // the fold of each row
}

func newStacking(all members, task learn.Task) *stacking {
	s := &stacking{team: newTeam(all, task), deal: folds}
	for _, l := range s.members {
		if _, ok := l.Model(task).(learn.Proba); ok || task == learn.Regression {
			s.finals = append(s.finals, l)
		}
	}
	return s
}

// Params declares estimators, final_estimator, cv, passthrough, and the
// parameters of each member. The final learner has its defaults.
func (s *stacking) Params(set *param.Set) {
	s.params(set)
	set.Choice(&s.final, "final_estimator", s.finals.prefer(1, "logistic_regression", "ridge")[0], s.finals.names(),
		"Which learner combines what the others predict. A simple one is best.")
	set.Int(&s.cv, "cv", 5, param.Between(2, 20), "How many folds to predict rows in that members have not seen.")
	set.Bool(&s.passthrough, "passthrough", false, "Show the final learner the columns too, beside the predictions.")
	s.nest(set)
}

// Fit predicts each row by members fitted on the other folds, fits the final
// learner on these predictions, and the members on all rows: what these say
// stands for the rows that all folds learn from.
func (s *stacking) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	players, err := s.players()
	if err != nil {
		return nil, err
	}
	fold, err := s.deal(d, s.cv)
	if err != nil {
		return nil, err
	}
	if err := s.checkSize(d, len(players)); err != nil {
		return nil, err
	}
	final := s.combiner()
	m := stack{members: s.members, classes: d.Classes, cv: s.cv, seed: d.Seed, passthrough: s.passthrough, notes: unweighed(append(players, final), d)}
	single := rowsIn(fold, always)
	if len(single) > 0 {
		m.notes = append(m.notes, alone(len(single)))
	}
	steps := len(players)*(s.cv+1) + 1
	var columns []frame.Block
	for i, p := range players {
		said, err := s.predicted(ctx, d, fold, p, i*(s.cv+1), steps)
		if err != nil {
			return nil, err
		}
		model, err := p.fit(ctx, part(d, i*(s.cv+1)+s.cv, steps))
		if err != nil {
			return nil, err
		}
		if len(single) > 0 {
			put(said, single, says(model, d.X.Take(single), d.Classes))
		}
		m.fitted = append(m.fitted, fitted{p.Name, p.Title, model})
		columns = append(columns, said...)
	}
	e := part(d, steps-1, steps)
	e.X, e.Names = m.table(d.X, columns), nil
	model, err := final.fit(ctx, e)
	if err != nil {
		return nil, s.blameFinal(err)
	}
	m.final = fitted{final.Name, final.Title, model}
	if s.task == learn.Classification {
		return &StackingClassifier{m}, nil
	}
	return &StackingRegressor{m}, nil
}

// saidShare is the part of a run's memory that what members say of the rows may
// take. The final learner needs as much again, and more.
const saidShare = 0.25

// checkSize refuses predictions that would not fit into memory, before any is
// made: of more than two classes each member makes a column for each.
func (s *stacking) checkSize(d learn.Data, members int) error {
	columns := int64(members)
	if d.Classes > 2 {
		columns *= int64(d.Classes)
	}
	need, room := 8*columns*int64(d.X.Rows), int64(saidShare*float64(d.Memory))
	if d.Memory == 0 || need <= room {
		return nil
	}
	return problem.Field("estimators", "What %d learners say of %d rows and %d classes would take %d MB; the limit is %d MB.",
		members, d.X.Rows, d.Classes, need>>20, room>>20).
		WithHint("Choose voting, which keeps nothing of it, or fewer learners, rows or classes.")
}

// combiner returns the final learner as a player.
func (s *stacking) combiner() player {
	l, _ := s.finals.find(s.final)
	e := l.New(s.task)
	e.Params(new(param.Set)) // which sets the defaults
	return player{l, e, streamFinal}
}

// blameFinal makes a fault of the final learner one of final_estimator, since
// it has no parameters here.
func (s *stacking) blameFinal(err error) error {
	if e, ok := problem.As(err); ok && e.Field != "" {
		e.Field = "final_estimator"
	}
	return err
}

// predicted returns what the player says of each row when it is fitted on the
// other folds; these are the steps from first on of all.
func (s *stacking) predicted(ctx context.Context, d learn.Data, fold []int, p player, first, steps int) ([]frame.Block, error) {
	var columns []frame.Block
	for f := range s.cv {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		train, test, err := split(part(d, first+f, steps), fold, f)
		if err != nil {
			return nil, err
		}
		model, err := p.fit(ctx, train)
		if err != nil {
			return nil, err
		}
		said := says(model, d.X.Take(test), d.Classes)
		if columns == nil {
			columns = make([]frame.Block, len(said))
			for j := range columns {
				columns[j].Dense = make([]float64, d.X.Rows)
			}
		}
		put(columns, test, said)
	}
	return columns, nil
}

// put writes what was said of the given rows to their places.
func put(columns []frame.Block, rows []int, said []frame.Block) {
	for j, b := range said {
		for k, i := range rows {
			columns[j].Dense[i] = b.Dense[k]
		}
	}
}

// alone tells of classes that have one row each.
func alone(n int) string {
	if n == 1 {
		return "One class has a single row to learn from, so no member predicts it without having seen it."
	}
	return fmt.Sprintf("%d classes have a single row to learn from, so no member predicts these without having seen them.", n)
}

// The ways in which a member speaks, by scikit-learn's names.
const (
	byProba  = "predict_proba"
	byScores = "decision_function"
	byClass  = "predict"
)

// method returns how a model speaks: by probabilities of classes, or else by
// decision values, or else by what it predicts.
func method(m learn.Model, classes int) string {
	if classes > 0 {
		if _, ok := m.(learn.Proba); ok {
			return byProba
		}
		if _, ok := m.(learn.Scores); ok {
			return byScores
		}
	}
	return byClass
}

// says returns a model's columns for the final learner: one for a number and
// for two classes, of which the second one's tells all, k for k.
func says(m learn.Model, X *frame.Matrix, classes int) []frame.Block {
	how := method(m, classes)
	if how == byClass {
		column := make([]float64, X.Rows)
		m.Predict(X, column)
		return []frame.Block{{Dense: column, Width: 1}}
	}
	said := make([]float64, X.Rows*classes)
	if how == byProba {
		m.(learn.Proba).Proba(X, said)
	} else {
		m.(learn.Scores).Scores(X, said)
	}
	first := 0
	if classes == 2 {
		first = 1
	}
	var out []frame.Block
	for c := first; c < classes; c++ {
		column := make([]float64, X.Rows)
		for i := range column {
			column[i] = said[i*classes+c]
		}
		out = append(out, frame.Block{Dense: column, Width: 1})
	}
	return out
}
