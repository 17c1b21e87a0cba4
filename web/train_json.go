package web

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"clicktrain/internal/job"
	"clicktrain/internal/metric"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/train"
	"clicktrain/internal/workflow"
)

// trainRequest asks for a training.
type trainRequest struct {
	Algorithm string          `json:"algorithm" doc:"One of those that are described here, such as random_forest."`
	Target    string          `json:"target_column" doc:"The column to predict."`
	Task      string          `json:"task,omitempty" doc:"classification or regression; the one that suits the target where it is left out."`
	Params    json.RawMessage `json:"params,omitempty" doc:"The algorithm's parameters, by scikit-learn's names."`
	TestSize  *float64        `json:"test_size,omitempty" doc:"The share of rows that are set aside for scoring, 0.05 to 0.9; 0.2 where it is left out."`
	Seed      *int64          `json:"seed,omitempty" doc:"The same seed gives the same split and the same model; 42 where it is left out."`
	Features  []string        `json:"features,omitempty" doc:"The columns to learn from. Where they are left out, all that can be used and do not give the target away."`
	Group     string          `json:"group_column,omitempty" doc:"Rows of one value of this column are kept on one side of the split, such as a patient's. It is not learned from."`
	Copies    bool            `json:"keep_copies_together,omitempty" doc:"Rows that are equal in all columns that are learned from are kept on one side of the split. Not together with group_column."`
	Weights   string          `json:"weight_column,omitempty" doc:"How much each row counts while the model learns: a column of numbers, none missing and none below 0. It is not learned from. Metrics count each row once; weighted_metrics stand beside them."`
	Positive  any             `json:"positive,omitempty" doc:"The class of interest, in the target's own values: what curves, thresholds, gains and some metrics are of. Where it is left out, the rarer of two classes, and of equals the second in sorted order; of more classes none."`
	Folds     int             `json:"cv,omitempty" doc:"Cross-validate the training rows in so many folds, 2 to 10; 0 or nothing for none. The model and its scores on the test rows stay the same."`
}

// trained is the result of a training.
type trained struct {
	RunID     string        `json:"run_id"`
	Algorithm string        `json:"algorithm"`
	Task      string        `json:"task"`
	Target    string        `json:"target_column"`
	Message   string        `json:"message"`
	Metrics   scoreRecord   `json:"metrics" doc:"On the test rows. What is undefined is null, with the reason beside it."`
	Baseline  scoreRecord   `json:"baseline" doc:"The same metrics of a model that always gives the same answer: the most frequent class or the mean of all training rows with a target, whatever the recipe leaves out."`
	Intervals intervalMap   `json:"intervals" doc:"95 % intervals of the metrics, by name: what other test rows would have given. Those that cannot be told are absent."`
	Headline  string        `json:"headline_metric" doc:"The metric that suits the question: roc_auc of two classes, average_precision where one has below 5 % of the rows, log_loss of more classes, rmse of numbers."`
	Better    *bool         `json:"better_than_baseline" doc:"Whether the model is better than the baseline by more than the noise; null where the test rows are too few to tell."`
	Worse     []string      `json:"worse_than_baseline" doc:"The metrics in which the model does worse than the baseline."`
	Weighted  scoreRecord   `json:"weighted_metrics,omitempty" doc:"The metrics in which test rows count by weight_column, as scikit-learn's sample_weight has it; only where it was named."`
	WeightedB scoreRecord   `json:"weighted_baseline,omitempty" doc:"The same of the answer that is best when rows count so."`
	Positive  any           `json:"positive" doc:"The class of interest: roc_auc, average_precision, specificity, f05_score, f2_score, gini, ks, the metrics that end in _positive, curves, thresholds and gains are of it. Null where there is none."`
	Rows      trainedRows   `json:"rows"`
	Groups    *groupSplit   `json:"groups,omitempty" doc:"Only where rows were kept together: no value of the column, or no copy of a row, is in both parts."`
	Weights   string        `json:"weight_column,omitempty" doc:"By which rows were counted while the model learned; only where one was named."`
	Classes   []any         `json:"classes,omitempty" doc:"In the order of the probabilities."`
	Confusion [][]int       `json:"confusion_matrix,omitempty" doc:"Rows are the truth, columns the prediction."`
	Features  []string      `json:"features"`
	LeftOut   []leftOut     `json:"left_out"`
	Params    record        `json:"params"`
	Columns   []columnShare `json:"feature_importance" doc:"How much the model uses each column; shares sum to 1."`
	CV        *crossChecked `json:"cross_validation,omitempty" doc:"Only where it was asked for."`
	Warnings  []string      `json:"warnings"`
	Doubts    []doubt       `json:"doubts" doc:"Why the scores may be too good, as measured in this run; warnings has their messages too."`
	Timings   train.Timings `json:"timings"`
	Reports   *reports      `json:"reports,omitempty" doc:"Everything that was computed of the test rows; only at GET /api/runs/{run_id}."`
}

// doubt is a reason why the scores may be too good.
type doubt struct {
	Code    string `json:"code" enum:"leak,leak_missing,repeated_id,duplicates,time_order,time_drift"`
	Column  string `json:"column" doc:"Empty where it is about whole rows."`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Rows    int    `json:"rows" doc:"Test rows concerned."`
	Of      int    `json:"of" doc:"Test rows in all."`
	Chosen  bool   `json:"chosen" doc:"The column was taken back, kept as it is or asked for, although it tells too much."`
}

type trainedRows struct {
	Train   int `json:"train"`
	Test    int `json:"test"`
	Dropped int `json:"dropped" doc:"Training rows left out for missing values."`
	Without int `json:"without_target" doc:"Rows without a target, used nowhere."`
}

type groupSplit struct {
	Column string `json:"column" doc:"Empty where copies of rows were kept together."`
	Train  int    `json:"train" doc:"Values, or kinds of row, in the training rows."`
	Test   int    `json:"test" doc:"Values, or kinds of row, in the test rows."`
	Alone  int    `json:"without_value" doc:"Rows that lack a value; each counts as one of its own."`
}

type columnShare struct {
	Column string  `json:"column"`
	Share  float64 `json:"share"`
}

// scoreRecord is a set of scores as a JSON object.
type scoreRecord metric.Scores

// MarshalJSON writes the scores in order.
func (s scoreRecord) MarshalJSON() ([]byte, error) { return metric.Scores(s).MarshalJSON() }

// Schema describes the scores: an object of numbers, or null with a reason.
func (scoreRecord) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
}

// intervalMap is the intervals of scores, by name.
type intervalMap metric.Intervals

// Schema describes the intervals: an object with both ends for each.
func (intervalMap) Schema(huma.Registry) *huma.Schema {
	end := &huma.Schema{Type: huma.TypeNumber}
	one := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"low": end, "high": end}, Required: []string{"low", "high"}}
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: one}
}

// runStatus is where a run stands.
type runStatus struct {
	RunID    string   `json:"run_id"`
	Name     string   `json:"name" doc:"What it was called by PATCH or on the page; empty where it was not."`
	State    string   `json:"state" enum:"queued,running,succeeded,failed,cancelled"`
	Progress float64  `json:"progress" doc:"The share done, 0 to 1; it never falls."`
	Step     string   `json:"step"`
	Position int      `json:"queue_position" doc:"1 is next; 0 where the run does not wait."`
	ETA      *float64 `json:"eta_seconds" doc:"The time left; null where it cannot be told."`
	Created  string   `json:"created"`
	Started  *string  `json:"started"`
	Finished *string  `json:"finished"`
	Result   *trained `json:"result,omitempty"`
	Problem  *details `json:"problem,omitempty"`
	Deleted  bool     `json:"deleted,omitempty" doc:"Only in the answer to DELETE: the run was over, and is gone with its model."`
}

// describeTraining adds what the types do not say to the API's description:
// the parameters of each algorithm, and the asynchronous answer.
func (s *Server) describeTraining(op *huma.Operation) {
	s.respond(op, http.StatusAccepted, schemaOf[runStatus](s))
	op.Responses["202"].Description = "Started, where the request has Prefer: respond-async. Location is the run."
	var about strings.Builder
	about.WriteString("Trains in a process of its own and answers when it is done. With `Prefer: respond-async` it answers at once with 202 and the run's address.\n\nParameters:\n")
	for _, l := range s.opts.Workflow.Catalog.Learners {
		for _, t := range l.Tasks {
			about.WriteString("\n- `" + l.Name + "` (" + t.String() + "): ")
			own, parts := splitFieldsByPart(learnerFields(l, t))
			for i, f := range own {
				if i > 0 {
					about.WriteString("; ")
				}
				def := param.Text(f.Default)
				if f.Default == nil {
					def = "null"
				}
				about.WriteString("`" + f.Name + "` = " + def + ", " + f.Wants())
			}
			for i, p := range parts {
				about.WriteString([]string{"; and those of its parts, as `part__parameter`: ", ", "}[min(i, 1)] + "`" + p.name + "`")
			}
		}
	}
	op.Description = about.String()
}

// train is the JSON twin of submitTrain.
func (s *Server) train(ctx context.Context, in *struct {
	Session string `path:"session_id"`
	Prefer  string `header:"Prefer" doc:"respond-async for an answer at once."`
	Body    trainRequest
}) (*answer[any], error) {
	ws, err := s.byID(in.Session)
	if err != nil {
		return nil, err
	}
	params, err := decodeParams(in.Body.Params)
	if err != nil {
		return nil, err
	}
	q := in.Body
	if q.Target == "" {
		return nil, problem.Field("target_column", "No target is named.").WithHint("Name the column to predict.")
	}
	positive, err := classText(q.Positive)
	if err != nil {
		return nil, err
	}
	run, err := ws.Train(workflow.TrainRequest{
		Algorithm: q.Algorithm, Target: q.Target, Task: q.Task, Params: params, TestSize: q.TestSize, Seed: q.Seed, Features: q.Features,
		Group: q.Group, Copies: q.Copies, Weights: q.Weights, Folds: q.Folds, Positive: positive,
	})
	if err != nil {
		return nil, err
	}
	if strings.Contains(in.Prefer, "respond-async") {
		return &answer[any]{Status: http.StatusAccepted, Location: "/api/runs/" + run.ID, RetryAfter: 1, Body: s.newRunStatus(run)}, nil
	}
	end, err := run.Wait(ctx)
	if err != nil {
		return nil, err
	}
	if end.Problem != nil {
		return nil, end.Problem
	}
	t := run.Trained()
	if t == nil {
		return nil, problem.New(problem.Conflict, "Another file was uploaded meanwhile, and the model went with the old one.")
	}
	return ok[any](newTrained(t)), nil
}

// decodeParams keeps numbers as they were written: 1.0 is a share, 1 a count.
func decodeParams(raw json.RawMessage) (map[string]any, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var params map[string]any
	if err := dec.Decode(&params); err != nil {
		return nil, problem.Field("params", "params must be an object.").WithHint(`Send an object such as {"n_estimators": 200}.`)
	}
	return params, nil
}

func newTrained(t *workflow.Trained) trained {
	res := t.Result
	model, baseline := res.Scores()
	out := trained{
		RunID: t.ID, Algorithm: res.Learner, Task: res.Task, Target: res.Target, Message: "Model trained successfully",
		Metrics: scoreRecord(model), Baseline: scoreRecord(baseline),
		Rows:     trainedRows{Train: res.Rows.Train, Test: res.Rows.Test, Dropped: res.Rows.Dropped, Without: res.Rows.NoTarget},
		Features: res.Features, LeftOut: []leftOut{}, Params: record{}, Columns: []columnShare{}, Warnings: []string{}, Doubts: []doubt{}, Timings: res.Timings,
		Weights: t.Plan.Spec.Weights,
	}
	if g := res.Groups; g != nil {
		out.Groups = &groupSplit{g.Column, g.Train, g.Test, g.Alone}
	}
	weighted, weightedBase := res.Weighted()
	out.Weighted, out.WeightedB = scoreRecord(weighted), scoreRecord(weightedBase)
	if out.Intervals = intervalMap(res.Intervals()); out.Intervals == nil {
		out.Intervals = intervalMap{}
	}
	out.Headline, out.Worse = res.Headline().Name, res.Worse()
	if v := res.Verdict(); v.Sure {
		out.Better = &v.Better
	}
	if text := worseText(res); text != "" {
		out.Warnings = append(out.Warnings, text)
	}
	if c := res.Classes; c != nil && c.Model.Positive >= 0 {
		out.Positive = res.Labels.Value(c.Model.Positive)
	}
	if res.Classes != nil {
		out.Classes, out.Confusion = res.Labels.Values(), res.Classes.Model.Confusion
	}
	out.CV = newCrossChecked(res.CV)
	for _, l := range t.Plan.Left {
		out.LeftOut = append(out.LeftOut, leftOut(l))
	}
	for _, p := range t.Pipeline.Params {
		out.Params = append(out.Params, member{p.Name, param.JSON(p.Value)})
	}
	for _, c := range res.Importance.Columns {
		out.Columns = append(out.Columns, columnShare(c))
	}
	for _, n := range t.Plan.Notes {
		out.Warnings = append(out.Warnings, n.Message)
	}
	for _, l := range t.Plan.Left {
		out.Warnings = append(out.Warnings, stopped(l.Column+" was left out: "+l.Reason))
	}
	for _, d := range t.Doubts() {
		out.Warnings = append(out.Warnings, d.Message)
		out.Doubts = append(out.Doubts, doubt{Code: d.Code, Column: d.Column, Message: d.Message, Hint: d.Hint, Rows: d.Rows, Of: d.Of, Chosen: d.Chosen})
	}
	out.Warnings = append(out.Warnings, res.Warnings...)
	return out
}

func (s *Server) newRunStatus(r *workflow.Run) runStatus {
	at := r.State()
	out := runStatus{
		RunID: r.ID, Name: r.Name(), State: string(at.State), Progress: at.Progress, Step: at.Step, Position: at.QueuePosition,
		Created: moment(at.Created),
	}
	if !at.Started.IsZero() {
		text := moment(at.Started)
		out.Started = &text
	}
	if !at.Finished.IsZero() {
		text := moment(at.Finished)
		out.Finished = &text
	}
	if at.ETA > 0 {
		seconds := at.ETA.Seconds()
		out.ETA = &seconds
	}
	if t := r.Trained(); t != nil && at.State == job.Succeeded {
		result := newTrained(t)
		out.Result = &result
	}
	if at.Problem != nil && at.State == job.Failed {
		out.Problem = detailsOf(statusOf[at.Problem.Kind], at.Problem, "") // its words are for the owner, whoever is to blame
	}
	return out
}

// moment writes a time as RFC 3339 has it.
func moment(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z07:00") }

// stopped ends a text with a full stop, unless it ends a sentence already.
func stopped(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}
