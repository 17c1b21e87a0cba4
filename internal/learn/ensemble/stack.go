package ensemble

import (
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// stack is what models of both tasks are.
type stack struct {
	members     members // to find learners by name in
	fitted      []fitted
	final       fitted
	classes     int // k, or 0
	cv          int
	seed        uint64
	passthrough bool
	notes       []string
}

// table returns what the final learner sees: the members' columns, and X's
// after them if they pass through.
func (s *stack) table(X *frame.Matrix, columns []frame.Block) *frame.Matrix {
	if s.passthrough {
		columns = append(columns, X.Blocks...)
	}
	return frame.NewMatrix(X.Rows, columns...)
}

// ask returns what the final learner sees of X.
func (s *stack) ask(X *frame.Matrix) *frame.Matrix {
	var columns []frame.Block
	for _, f := range s.fitted {
		columns = append(columns, says(f.Model, X, s.classes)...)
	}
	return s.table(X, columns)
}

// Warnings returns what the members and the final model have to say.
func (s *stack) Warnings() []string {
	return warnings(append(slices.Clone(s.fitted), s.final), s.notes)
}

// Bytes returns about how much memory the members and the final model take that
// say so.
func (s *stack) Bytes() int64 { return bytes(s.fitted) + bytes([]fitted{s.final}) }

// Float32 reports whether a member or the final model reads its columns as
// float32.
func (s *stack) Float32() bool { return inFloat32(s.fitted) || inFloat32([]fitted{s.final}) }

// StackingClassifier predicts as its final model does.
type StackingClassifier struct{ stack }

// StackingRegressor predicts as its final model does.
type StackingRegressor struct{ stack }

// Predict writes the final model's numbers.
func (m *StackingRegressor) Predict(X *frame.Matrix, dst []float64) {
	m.final.Predict(m.ask(X), dst)
}

// Predict writes the final model's classes.
func (m *StackingClassifier) Predict(X *frame.Matrix, dst []float64) {
	m.final.Predict(m.ask(X), dst)
}

// Proba writes the final model's probabilities.
func (m *StackingClassifier) Proba(X *frame.Matrix, dst []float64) {
	m.final.Model.(learn.Proba).Proba(m.ask(X), dst)
}
