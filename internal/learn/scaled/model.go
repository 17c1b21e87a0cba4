package scaled

import (
	"fmt"

	"clicktrain/internal/codec"
	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// Model turns the predictions of a model of the scaled target back.
type Model struct {
	inner       learn.Model
	mean, scale float64
	rows        int  // that they were learned from
	plain       bool // the target was not scaled
}

// LinearModel is a Model whose inner one weighs its columns.
type LinearModel struct{ Model }

// wrap returns m as what its inner model can do.
func wrap(m Model) learn.Model {
	if _, ok := m.inner.(learn.Linear); ok {
		return &LinearModel{m}
	}
	return &m
}

// Predict writes the inner model's predictions, in units of the target.
func (m *Model) Predict(X *frame.Matrix, dst []float64) {
	m.inner.Predict(X, dst)
	if m.plain {
		return
	}
	for i, v := range dst {
		dst[i] = float64(v*m.scale) + m.mean // rounded twice, as numpy does
	}
}

// Warnings returns what the inner model has to say.
func (m *Model) Warnings() []string {
	if w, ok := m.inner.(learn.Warner); ok {
		return w.Warnings()
	}
	return nil
}

// Coefficients returns the weights and the intercept in units of the target.
func (m *LinearModel) Coefficients() (weights [][]float64, intercepts []float64) {
	weights, intercepts = m.inner.(learn.Linear).Coefficients()
	if m.plain {
		return weights, intercepts
	}
	for r, row := range weights {
		scaled := make([]float64, len(row))
		for j, w := range row {
			scaled[j] = w * m.scale
		}
		weights[r] = scaled
		intercepts[r] = intercepts[r]*m.scale + m.mean
	}
	return weights, intercepts
}

// MarshalBinary writes the scale before the inner model.
func (m *Model) MarshalBinary() ([]byte, error) {
	inner, err := m.inner.MarshalBinary()
	if err != nil {
		return nil, err
	}
	var w codec.Writer
	w.Bool(m.plain)
	w.Int(m.rows)
	w.Float(m.mean)
	w.Float(m.scale)
	w.Bytes(inner)
	return w.Data, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *Model) UnmarshalBinary(b []byte) error {
	r := codec.NewReader(b)
	plain, rows, mean, scale, inner := r.Bool(), r.Int(), r.Float(), r.Float(), r.Bytes()
	if err := r.End(); err != nil {
		return fmt.Errorf("scaled target: %w", err)
	}
	if mean-mean != 0 || !(scale > 0) || scale-scale != 0 {
		return fmt.Errorf("scaled target: mean %v, scale %v", mean, scale)
	}
	if err := m.inner.UnmarshalBinary(inner); err != nil {
		return err
	}
	m.plain, m.rows, m.mean, m.scale = plain, rows, mean, scale
	return nil
}

// Sklearn returns the model as a TransformedTargetRegressor, or as the inner
// one where the target was not scaled.
func (m *Model) Sklearn(labels pickle.Array, features int) *pickle.Object {
	inner := m.inner.(pickle.Sklearner).Sklearn(labels, features)
	if m.plain {
		return inner
	}
	scaler := pickle.Estimator("sklearn.preprocessing._data", "StandardScaler",
		pickle.Attr{Name: "with_mean", Value: true},
		pickle.Attr{Name: "with_std", Value: true},
		pickle.Attr{Name: "copy", Value: true},
		pickle.Attr{Name: "n_features_in_", Value: 1},
		pickle.Attr{Name: "n_samples_seen_", Value: m.rows},
		pickle.Attr{Name: "mean_", Value: pickle.Floats([]float64{m.mean})},
		pickle.Attr{Name: "var_", Value: pickle.Floats([]float64{m.scale * m.scale})},
		pickle.Attr{Name: "scale_", Value: pickle.Floats([]float64{m.scale})})
	return pickle.Estimator("sklearn.compose._target", "TransformedTargetRegressor",
		pickle.Attr{Name: "regressor", Value: inner},
		pickle.Attr{Name: "transformer", Value: scaler},
		pickle.Attr{Name: "func", Value: nil},
		pickle.Attr{Name: "inverse_func", Value: nil},
		pickle.Attr{Name: "check_inverse", Value: true},
		pickle.Attr{Name: "regressor_", Value: inner},
		pickle.Attr{Name: "transformer_", Value: scaler},
		pickle.Attr{Name: "_training_dim", Value: 1},
		pickle.Attr{Name: "n_features_in_", Value: features})
}
