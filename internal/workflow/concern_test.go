package workflow

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// priced is a table of prices: weight goes with them strongly, the seller comes
// again, and invoice is the price with a tax.
func priced() string {
	r := rand.New(rand.NewPCG(4, 5))
	var csv strings.Builder
	csv.WriteString("seller_id,weight,invoice,color,price\n")
	for i := range 300 {
		weight := r.Float64()
		price := weight + 0.1*r.NormFloat64()
		fmt.Fprintf(&csv, "%d,%g,%g,%s,%g\n", i%30*3, weight, 1.19*price, []string{"red", "blue"}[r.IntN(2)], price)
	}
	return csv.String()
}

func concernNames(p *Plan) []string {
	var out []string
	for _, c := range p.Concerns {
		out = append(out, c.Code+" "+c.Column)
	}
	slices.Sort(out)
	return out
}

func doubtNames(p *Plan) []string {
	var out []string
	for _, c := range p.Spec.Concerns {
		name := c.Code + " " + c.Column
		if c.Chosen {
			name += " chosen"
		}
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// TestConcernsOfAPlan checks what a plan asks, what its run is to measure, and
// that each answer ends its question.
func TestConcernsOfAPlan(t *testing.T) {
	w := newService(t).New()
	upload(t, w, priced())
	if _, err := w.Aim("price", 0); err != nil {
		t.Fatal(err)
	}
	req := TrainRequest{Algorithm: "ridge"}
	check := func(about string, concerns, doubts []string) *Plan {
		t.Helper()
		p, err := w.Plan(req)
		if err != nil {
			t.Fatal(err)
		}
		if got := concernNames(p); !slices.Equal(got, concerns) {
			t.Errorf("%s: asked %q, want %q", about, got, concerns)
		}
		if got := doubtNames(p); !slices.Equal(got, doubts) {
			t.Errorf("%s: to be measured %q, want %q", about, got, doubts)
		}
		return p
	}
	p := check("at first", []string{"leak invoice", "leak weight", "repeated_id seller_id"}, []string{"leak weight", "repeated_id seller_id"})
	for _, c := range p.Concerns {
		if c.Left != (c.Column == "invoice") {
			t.Errorf("%s is left out: %v", c.Column, c.Left)
		}
		if c.Column == "seller_id" && (c.Shared == 0 || c.Shared > p.Test) {
			t.Errorf("%d of %d test rows are of sellers of training rows", c.Shared, p.Test)
		}
	}
	for _, c := range p.Concerns {
		if c.Column == "weight" {
			if err := w.Settle(c.Key()); err != nil {
				t.Fatal(err)
			}
		}
	}
	check("weight is known beforehand", []string{"leak invoice", "repeated_id seller_id"}, []string{"leak weight chosen", "repeated_id seller_id"})
	if err := w.LeaveOut("weight"); err != nil {
		t.Fatal(err)
	}
	check("weight is left out", []string{"leak invoice", "repeated_id seller_id"}, []string{"repeated_id seller_id"})
	if err := w.TakeBack("invoice"); err != nil {
		t.Fatal(err)
	}
	check("invoice is taken back", []string{"repeated_id seller_id"}, []string{"leak invoice chosen", "repeated_id seller_id"})
	req.Group = "seller_id"
	check("rows of a seller are kept together", nil, []string{"leak invoice chosen"})
	if err := w.LeaveOut("invoice"); err != nil {
		t.Fatal(err)
	}
	check("invoice is left out by choice", nil, nil)
	req.Group = ""
	req.Features = []string{"invoice", "color"}
	check("a request names invoice", []string{"leak invoice", "repeated_id seller_id"}, []string{"leak invoice", "repeated_id seller_id"})
}
