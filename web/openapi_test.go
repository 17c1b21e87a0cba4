package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
)

// description is as much of an OpenAPI document as the tests look at.
type description struct {
	OpenAPI string
	Info    struct{ Title, Version string }
	Paths   map[string]map[string]struct {
		OperationID string
		Summary     string
		Responses   map[string]struct {
			Content map[string]struct{ Schema map[string]any }
		}
	}
}

func (s *site) description(t *testing.T) description {
	t.Helper()
	r := s.get(t, "/openapi.json").want(t, 200)
	var d description
	if err := json.Unmarshal([]byte(r.body), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestEveryAPIRouteIsDescribed compares the router with the description.
func TestEveryAPIRouteIsDescribed(t *testing.T) {
	s := newSite(t)
	d := s.description(t)
	if !strings.HasPrefix(d.OpenAPI, "3.1") || d.Info.Version != "test" {
		t.Errorf("OpenAPI %q of version %q", d.OpenAPI, d.Info.Version)
	}
	routed := 0
	for _, r := range s.echo.Routes() {
		if !strings.HasPrefix(r.Path, "/api/") {
			continue
		}
		routed++
		parts := strings.Split(r.Path, "/")
		for i, p := range parts {
			if name, ok := strings.CutPrefix(p, ":"); ok {
				parts[i] = "{" + name + "}"
			}
		}
		path := strings.Join(parts, "/")
		op, ok := d.Paths[path][strings.ToLower(r.Method)]
		if !ok {
			t.Errorf("%s %s is not described", r.Method, path)
		}
		if op.Summary == "" || op.OperationID == "" {
			t.Errorf("%s %s has no summary or id", r.Method, path)
		}
	}
	described := 0
	for path, ops := range d.Paths {
		if strings.HasPrefix(path, "/api/") {
			described += len(ops)
		}
	}
	if described != routed {
		t.Errorf("%d operations are described and %d routed", described, routed)
	}
}

func TestDescription(t *testing.T) {
	s := withOrders(newSite(t))
	s.documented(huma.Operation{Method: http.MethodGet, Path: "/api/files/{file_id}", Summary: "A file"}, func(c echo.Context) error {
		return c.String(200, c.Param("file_id"))
	})
	if got := s.get(t, "/api/files/f7").want(t, 200).body; got != "f7" {
		t.Errorf("the documented route got %q", got)
	}
	d := s.description(t)
	if d.Paths["/api/files/{file_id}"]["get"].OperationID != "get-api-files-file_id" {
		t.Errorf("paths = %+v", d.Paths)
	}
	order := d.Paths["/api/orders/{session_id}"]["post"].Responses
	if order["200"].Content["application/json"].Schema["$ref"] == nil || order["default"].Content[problemJSON].Schema["$ref"] == nil {
		t.Errorf("responses = %+v", order)
	}
	if removed := d.Paths["/api/orders/{session_id}"]["delete"].Responses["204"]; len(removed.Content) != 0 {
		t.Errorf("204 has content %+v", removed.Content)
	}
}

// TestChoicesAreDescribed looks up what a client would: the parameters of an
// algorithm, and the steps of a recipe.
func TestChoicesAreDescribed(t *testing.T) {
	type schema struct {
		AnyOf, OneOf []struct {
			Ref string `json:"$ref"`
		}
		Ref      string `json:"$ref"`
		Items    *schema
		Required []string

		PatternProperties map[string]any
		Properties        map[string]struct {
			schema
			Const   string
			Default any
			Minimum *float64
		}
	}
	s := newStepSite(t)
	var d struct {
		Components struct{ Schemas map[string]schema }
	}
	if err := json.Unmarshal([]byte(s.get(t, "/openapi.json").want(t, 200).body), &d); err != nil {
		t.Fatal(err)
	}
	all := d.Components.Schemas
	listed := map[string]bool{}
	for _, r := range all["TrainRequest"].Properties["params"].AnyOf {
		listed[strings.TrimPrefix(r.Ref, "#/components/schemas/")] = true
	}
	for _, of := range []string{all["PrepareRequest"].Properties["steps"].Items.Ref, all["Prepared"].Properties["steps"].Items.Ref} {
		if of != "#/components/schemas/Step" {
			t.Errorf("steps are sent or answered as %s", of)
		}
	}
	for _, r := range all["Step"].OneOf {
		listed[strings.TrimPrefix(r.Ref, "#/components/schemas/")] = true
	}
	for name := range listed {
		if _, ok := all[name]; !ok {
			if name != "" { // null
				t.Errorf("%s is named and not there", name)
			}
		}
	}
	for _, l := range s.opts.Workflow.Catalog.Learners {
		for _, task := range l.Tasks {
			if name := "params_" + l.Name + "_" + task.String(); !listed[name] {
				t.Errorf("%s is not listed", name)
			}
		}
	}
	for _, step := range s.opts.Workflow.Catalog.Steps {
		name := "step_" + step.Name
		if got := all[name]; !listed[name] || got.Properties["step"].Const != step.Name || slices.Contains(got.Required, "columns") != step.Named {
			t.Errorf("%s is %+v", name, got)
		}
	}
	if own := all["params_voting_regression"]; len(own.Properties) != 2 || len(own.PatternProperties) < 5 {
		t.Errorf("voting has %d parameters and %d parts", len(own.Properties), len(own.PatternProperties))
	}
	if p := all["params_random_forest_classification"].Properties["n_estimators"]; p.Default != 100.0 || p.Minimum == nil || *p.Minimum != 1 {
		t.Errorf("n_estimators is %+v", p)
	}
}

// TestQueryIsChecked sends what the description of an address does not allow.
func TestQueryIsChecked(t *testing.T) {
	s := newStepSite(t)
	path := "/api/preprocessing/" + s.open(t, people()) + "/prepared.csv"
	for query, want := range map[string]int{
		"": 200, "?escape=none": 200, "?escape=null": 422, "?escape=": 422, "?escape=none&escape=none": 422, "?other=1": 200,
	} {
		r := s.get(t, path+query).want(t, want)
		if want == 422 && r.details(t).Field != "escape" {
			t.Errorf("%s is refused with %s", query, r.body)
		}
	}
}

// TestAnswersOfStepsAreDescribed holds the steps that are answered against the
// schemas of steps.
func TestAnswersOfStepsAreDescribed(t *testing.T) {
	s := newStepSite(t)
	var d struct {
		Components struct {
			Schemas map[string]struct {
				Required   []string
				Properties map[string]any
			}
		}
	}
	if err := json.Unmarshal([]byte(s.get(t, "/openapi.json").want(t, 200).body), &d); err != nil {
		t.Fatal(err)
	}
	var answer struct{ Steps []map[string]any }
	r := s.call(t, "/api/preprocessing/"+s.open(t, people()), `{"steps": [{"step": "impute"}, {"step": "scale", "method": "robust"}, {"step": "encode"}]}`).want(t, 200)
	if err := json.Unmarshal([]byte(r.body), &answer); err != nil || len(answer.Steps) < 3 {
		t.Fatalf("%d steps are answered: %v", len(answer.Steps), err)
	}
	for _, step := range answer.Steps {
		schema := d.Components.Schemas["step_"+step["step"].(string)]
		for member := range step {
			if _, ok := schema.Properties[member]; !ok {
				t.Errorf("%v has %s, which its schema does not know", step, member)
			}
		}
		for _, member := range schema.Required {
			if _, ok := step[member]; !ok {
				t.Errorf("%v lacks %s", step, member)
			}
		}
	}
}
