package web

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/sample"
)

// TestAssociationsByTheAPI compares with what scipy 1.17 says of iris:
// spearmanr(petal_length, petal_width) is 0.9376668. The petal's length by
// species has η² = 0.9413717 (Fisher's analysis of variance).
func TestAssociationsByTheAPI(t *testing.T) {
	s := newStepSite(t)
	data, err := sample.Open("iris")
	if err != nil {
		t.Fatal(err)
	}
	id := s.open(t, string(data))
	type grid struct {
		Columns, Numbers, Categories []string
		Values                       [][]*float64
	}
	var got struct {
		Spearman grid
		Cramer   grid `json:"cramers_v"`
		Ratio    grid `json:"correlation_ratio"`
		Top      []struct {
			Col1, Col2, Measure string
			Value               float64
		}
	}
	r := s.get(t, "/api/eda/"+id+"/associations").want(t, 200)
	if err := json.Unmarshal([]byte(r.body), &got); err != nil {
		t.Fatal(err)
	}
	length, width := slices.Index(got.Spearman.Columns, "petal_length"), slices.Index(got.Spearman.Columns, "petal_width")
	if length < 0 || width < 0 || len(got.Spearman.Values) != 4 {
		t.Fatalf("spearman = %+v", got.Spearman)
	}
	if v := got.Spearman.Values[length][width]; v == nil || math.Abs(*v-0.9376668) > 1e-7 {
		t.Errorf("spearman of the petals = %v, want 0.9376668", *v)
	}
	if len(got.Ratio.Categories) != 1 || len(got.Ratio.Values) != 4 {
		t.Fatalf("correlation ratio = %+v", got.Ratio)
	}
	if v := got.Ratio.Values[slices.Index(got.Ratio.Numbers, "petal_length")][0]; v == nil || math.Abs(*v-math.Sqrt(0.9413717)) > 1e-6 {
		t.Errorf("correlation ratio of petal_length = %v, want %v", *v, math.Sqrt(0.9413717))
	}
	if len(got.Cramer.Columns) != 1 || len(got.Cramer.Values) != 1 {
		t.Errorf("cramers_v = %+v, want the species alone", got.Cramer)
	}
	if len(got.Top) == 0 || got.Top[0].Value < 0.93 || got.Top[0].Measure == "" {
		t.Errorf("top = %+v", got.Top)
	}
	s.get(t, "/api/eda/"+strings.Repeat("A", len(id))+"/associations").want(t, 404)
}

// A table of one column has nothing to compare, and lists that are empty.
func TestAssociationsOfOneColumn(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, "x\n1\n2\n3\n4\n")
	body := s.get(t, "/api/eda/"+id+"/associations").want(t, 200).body
	if want := `"cramers_v":{"columns":[],"values":[]},"correlation_ratio":{"numbers":["x"],"categories":[],"values":[[]]}`; !json.Valid([]byte(body)) || !strings.Contains(body, want) {
		t.Errorf("the answer is %s, want %s in it", body, want)
	}
}
