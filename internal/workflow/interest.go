package workflow

import "clicktrain/internal/train"

// SetPositive scores the run anew for another class of interest, by its label's
// text, and keeps it so. It refuses a run that has no model, numbers, and what
// is no class.
func (r *Run) SetPositive(class string) error {
	t, err := r.workspace.Trained(r.ID)
	if err != nil {
		return err
	}
	at, err := t.Result.Labels.Find(class)
	if err != nil {
		return err
	}
	if c := t.Result.Classes; c != nil && c.Model.Positive == at {
		return nil
	}
	res, err := t.Result.For(at, r.Plan.Spec.Seed)
	if err != nil {
		return err
	}
	return r.keep(res)
}

// keep puts a result in the place of the one that the run made.
func (r *Run) keep(res *train.Result) error {
	w := r.workspace
	w.mu.Lock()
	defer w.mu.Unlock()
	if !r.kept {
		return errNoRun() // it was deleted meanwhile
	}
	r.made.result = res
	return nil
}
