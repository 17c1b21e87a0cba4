package train_test

import (
	"strings"
	"testing"
	"time"

	"clicktrain/internal/catalog"
	"clicktrain/internal/train"
)

// TestTimeLimitKeepsTheModel checks that a run whose time is over has a model and
// its scores, and says so, and that folds which no time is left for are told of.
func TestTimeLimitKeepsTheModel(t *testing.T) {
	f := table(200)
	spec := specOf(f, "random_forest", "class")
	spec.Params, spec.Seconds, spec.Workers, spec.Folds = map[string]any{"n_estimators": 400}, 20, 1, 3
	now := time.Unix(0, 0)
	clock := func() time.Time { now = now.Add(time.Second); return now }
	p, res, err := train.Run(t.Context(), f, spec, catalog.All(), clock, func(float64, string) {})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Warnings) == 0 || !strings.HasPrefix(res.Warnings[0], "The time that a run may take was over") || !strings.Contains(res.Warnings[0], " of 400 trees") {
		t.Errorf("warnings %q", res.Warnings)
	}
	if cv := res.CV; cv == nil || !strings.HasPrefix(cv.Problem, "The time that a run may take was over") {
		t.Errorf("cross-validation without time: %+v", cv)
	}
	if model, _ := res.Scores(); len(model) == 0 {
		t.Error("the model is not scored")
	}
	if b, err := p.MarshalBinary(); err != nil || len(b) == 0 {
		t.Error(err)
	}
	spec.Seconds, spec.Folds = 0, 0
	if _, res = mustRun(t, f, spec); len(res.Warnings) > 0 && strings.Contains(res.Warnings[0], "time") {
		t.Errorf("without a limit it warns %q", res.Warnings)
	}
}
