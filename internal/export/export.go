// Package export writes a fitted pipeline as a file that other programs open.
package export

import (
	"fmt"
	"io"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// Format is a kind of file.
type Format struct {
	Name      learn.Format // as in the API's ?format=
	Title     string
	Summary   string // what it is for
	File      string // the name it is offered under
	MediaType string
	Tested    string // the versions it is proven with
	write     func(io.Writer, *train.Pipeline) error
}

// The range of scikit-learn versions that the test suite loads files with.
const (
	OldestSklearn = "1.4.2"
	NewestSklearn = "1.9.1"
)

// Formats lists the files a pipeline can leave as.
func Formats() []Format {
	return []Format{{
		Name: learn.Sklearn, Title: "scikit-learn pipeline",
		Summary:   "A Pipeline for Python: it takes your raw columns, missing values and all, and can be inspected, fitted again and built on.",
		File:      "trained_model.pkl",
		MediaType: "application/octet-stream",
		Tested:    "scikit-learn " + OldestSklearn + " to " + NewestSklearn,
		write:     writeSklearn,
	}}
}

// Find returns the named format; an empty name is the first.
func Find(name string) (Format, error) {
	all := Formats()
	if name == "" {
		return all[0], nil
	}
	for _, f := range all {
		if string(f.Name) == name {
			return f, nil
		}
	}
	return Format{}, problem.Field("format", "There is no format %q.", name).WithHint("Choose pkl.")
}

// Write writes p in the format.
func (f Format) Write(w io.Writer, p *train.Pipeline) error { return f.write(w, p) }

// writeSklearn writes sklearn.pipeline.Pipeline([prepare, model]), with a step
// between them for models of float32.
func writeSklearn(w io.Writer, p *train.Pipeline) error {
	m, ok := p.Model.(pickle.Sklearner)
	if !ok {
		return problem.New(problem.Invalid, "%s cannot be written for scikit-learn.", p.Learner)
	}
	var labels pickle.Array
	if p.Task == learn.Classification {
		labels = p.Labels.Array()
	}
	width := len(p.Recipe.Names())
	steps := pickle.List{pickle.Tuple{"prepare", p.Recipe.Sklearn()}}
	if f, ok := p.Model.(learn.Float32); ok && f.Float32() {
		steps = append(steps, pickle.Tuple{"clip", recipe.InFloat32(width)})
	}
	steps = append(steps, pickle.Tuple{"model", m.Sklearn(labels, width)})
	pipe := pickle.Estimator("sklearn.pipeline", "Pipeline",
		pickle.Attr{Name: "steps", Value: steps},
		pickle.Attr{Name: "transform_input", Value: nil},
		pickle.Attr{Name: "memory", Value: nil},
		pickle.Attr{Name: "verbose", Value: false},
		pickle.Attr{Name: "_export_info", Value: pickle.Dict{
			{Key: "writer", Value: "ClickTrain"},
			{Key: "target", Value: p.Target},
			{Key: "task", Value: p.Task.String()},
			{Key: "train_rows", Value: p.TrainRows},
			{Key: "test_rows", Value: p.TestRows},
			{Key: "seed", Value: int(p.Seed)},
			{Key: "sklearn_tested", Value: pickle.List{OldestSklearn, NewestSklearn}},
		}},
	)
	if err := pickle.Write(w, pipe); err != nil {
		return fmt.Errorf("write the pickle: %w", err)
	}
	return nil
}
