package train

import (
	"context"

	"clicktrain/internal/frame"
)

// CrossValidate is the part of Run that cross-validates, by itself.
func CrossValidate(ctx context.Context, f *frame.Frame, s Spec, cat Catalog, folds int, report Report) (*CrossValidation, error) {
	if _, _, _, err := cat.estimator(s); err != nil {
		return nil, err
	}
	t, err := CheckTarget(f, s.Target, s.Task)
	if err != nil {
		return nil, err
	}
	r := run{cat: cat, spec: s, target: t, frame: f}
	if err := r.start(); err != nil {
		return nil, err
	}
	return r.crossValidate(ctx, folds, report)
}
