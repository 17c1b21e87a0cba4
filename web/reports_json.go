package web

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"clicktrain/internal/train"
)

// crossChecked is a cross-validation of the training rows.
type crossChecked struct {
	Asked    int          `json:"folds_asked"`
	Folds    []foldRows   `json:"folds" doc:"How many rows each fold learned from and was scored on."`
	Fewer    string       `json:"fewer_because,omitempty" doc:"Why there are fewer folds than were asked for."`
	Problem  string       `json:"problem,omitempty" doc:"Why the training rows could not be cross-validated."`
	Metrics  spreadRecord `json:"metrics"`
	Baseline spreadRecord `json:"baseline"`
}

type foldRows struct {
	Train int `json:"train"`
	Test  int `json:"test"`
}

func newCrossChecked(cv *train.CrossValidation) *crossChecked {
	if cv == nil {
		return nil
	}
	out := &crossChecked{Asked: cv.Asked, Folds: []foldRows{}, Fewer: cv.Fewer, Problem: cv.Problem, Metrics: cv.Model(), Baseline: cv.Baseline()}
	for _, f := range cv.Folds {
		out.Folds = append(out.Folds, foldRows{f.Train, f.Test})
	}
	return out
}

// spreadRecord is the scores over folds as a JSON object, by name.
type spreadRecord []train.Spread

// spreadValue is one of them; what is undefined is null.
type spreadValue struct {
	Mean   *float64   `json:"mean"`
	SD     *float64   `json:"sd"`
	Each   []*float64 `json:"folds"`
	Reason string     `json:"reason,omitempty"`
}

// MarshalJSON writes the scores in order.
func (r spreadRecord) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, s := range r {
		v := spreadValue{Reason: s.Reason}
		if s.Reason == "" {
			v.Mean, v.SD = &s.Mean, &s.SD
		}
		for _, x := range s.Each {
			var at *float64
			if x.Defined() {
				at = &x.Score
			}
			v.Each = append(v.Each, at)
		}
		text, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", s.Name, err)
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:%s", s.Name, text)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Schema describes the scores: an object for each, by name.
func (spreadRecord) Schema(r huma.Registry) *huma.Schema {
	one := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{
		"mean":   {Type: huma.TypeNumber, Nullable: true, Description: "Over the folds; null where it is undefined in one."},
		"sd":     {Type: huma.TypeNumber, Nullable: true, Description: "The standard deviation over the folds."},
		"folds":  {Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeNumber, Nullable: true}},
		"reason": {Type: huma.TypeString, Description: "Why it is undefined."},
	}}
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: one}
}

// reports is all that was computed of the test rows.
type reports struct {
	Model    openObject `json:"model"`
	Baseline openObject `json:"baseline"`
}

// newReports returns the reports of a result.
func newReports(res *train.Result) *reports {
	if res.Classes != nil {
		return &reports{openObject{res.Classes.Model}, openObject{res.Classes.Baseline}}
	}
	return &reports{openObject{res.Numbers.Model}, openObject{res.Numbers.Baseline}}
}

// openObject is a JSON object whose members are not listed in the description.
type openObject struct{ value any }

// MarshalJSON writes the value.
func (o openObject) MarshalJSON() ([]byte, error) { return json.Marshal(o.value) }

// Schema describes any object.
func (openObject) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true,
		Description: "Scores; of classes also the confusion matrix, each class against the rest, curves, thresholds, gains and calibration. What is undefined is null, with a reason."}
}
