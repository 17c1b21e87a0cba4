package train

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

// grouped returns groups of the given sizes, their rows in turn.
func grouped(sizes ...int) Groups {
	g := Groups{Count: len(sizes)}
	for k, n := range sizes {
		g.Of = append(g.Of, slices.Repeat([]int{k}, n)...)
	}
	return g
}

// sides returns on which sides each group has rows.
func sides(t *testing.T, g Groups, train, test []int) (tested []bool) {
	t.Helper()
	tested, trained := make([]bool, g.Count), make([]bool, g.Count)
	for _, i := range test {
		tested[g.Of[i]] = true
	}
	for _, i := range train {
		trained[g.Of[i]] = true
	}
	for k := range tested {
		if tested[k] == trained[k] {
			t.Fatalf("group %d: in test %v, in training %v, want one of them", k, tested[k], trained[k])
		}
	}
	if len(train)+len(test) != len(g.Of) || !slices.IsSorted(train) || !slices.IsSorted(test) {
		t.Fatalf("%d and %d of %d rows, or not in order", len(train), len(test), len(g.Of))
	}
	return tested
}

func TestSplitGroupsKeepsGroupsAndShares(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, testSize := range []float64{0.1, 0.2, 0.5} {
		for _, classes := range []int{1, 2, 5} {
			t.Run(fmt.Sprintf("test_size=%g/classes=%d", testSize, classes), func(t *testing.T) {
				var sizes []int
				for range 200 {
					sizes = append(sizes, 1+int(rng.ExpFloat64()*8))
				}
				g := grouped(sizes...)
				y, total := make([]float64, len(g.Of)), make([]int, classes)
				for i := range y {
					y[i] = math.Floor(rng.Float64() * rng.Float64() * float64(classes)) // uneven classes
					total[int(y[i])]++
				}
				task := learn.Regression
				if classes > 1 {
					task = learn.Classification
				}
				train, test, err := SplitGroups(y, g, task, testSize, 3)
				if err != nil {
					t.Fatal(err)
				}
				sides(t, g, train, test)
				if got := float64(len(test)) / float64(len(y)); math.Abs(got-testSize) > 0.02 {
					t.Errorf("share of test rows = %.3f, want about %g", got, testSize)
				}
				for k := range total {
					n := 0
					for _, i := range test {
						if int(y[i]) == k {
							n++
						}
					}
					if got := float64(n) / float64(total[k]); math.Abs(got-testSize) > 0.05 {
						t.Errorf("class %d: share of test rows = %.3f, want about %g", k, got, testSize)
					}
				}
			})
		}
	}
}

func TestSplitGroupsBySeed(t *testing.T) {
	g := grouped(slices.Repeat([]int{3}, 50)...)
	y := make([]float64, len(g.Of))
	_, first, _ := SplitGroups(y, g, learn.Regression, 0.2, 1)
	_, again, _ := SplitGroups(y, g, learn.Regression, 0.2, 1)
	_, other, _ := SplitGroups(y, g, learn.Regression, 0.2, 2)
	if !slices.Equal(first, again) {
		t.Error("the same seed gave two splits")
	}
	if slices.Equal(first, other) {
		t.Error("two seeds gave the same split")
	}
}

// Neither side is made of the large groups alone.
func TestSplitGroupsMixesSizes(t *testing.T) {
	sizes := append(slices.Repeat([]int{100}, 10), slices.Repeat([]int{2}, 500)...)
	g := grouped(sizes...)
	train, test, err := SplitGroups(make([]float64, len(g.Of)), g, learn.Regression, 0.2, 9)
	if err != nil {
		t.Fatal(err)
	}
	tested, large, small := sides(t, g, train, test), 0, 0
	for k, yes := range tested {
		switch {
		case yes && sizes[k] == 100:
			large++
		case yes:
			small++
		}
	}
	if large != 2 || small != 100 {
		t.Errorf("test has %d large and %d small groups, want 2 of 10 and 100 of 500", large, small)
	}
}

func TestSplitGroupsLearnsEveryClassItTests(t *testing.T) {
	// Class 1 is in group 3 alone.
	g := grouped(5, 5, 5, 5)
	y := make([]float64, 20)
	for i := 15; i < 20; i++ {
		y[i] = 1
	}
	for seed := range uint64(20) {
		train, test, err := SplitGroups(y, g, learn.Classification, 0.25, seed)
		if err != nil {
			t.Fatal(err)
		}
		if tested := sides(t, g, train, test); tested[3] || len(test) == 0 {
			t.Errorf("seed %d: groups in test = %v, want one other than 3", seed, tested)
		}
	}
}

func TestSplitGroupsRefusesWhatCannotBeSplit(t *testing.T) {
	y := []float64{0, 0, 0, 1, 1, 1} // each group is a class
	_, _, err := SplitGroups(y, grouped(3, 3), learn.Classification, 0.5, 1)
	if p, ok := problem.As(err); !ok || p.Field != "group_column" {
		t.Fatalf("err = %v, want a problem of group_column", err)
	}
	// Without classes one of the two is set aside, whatever the share.
	for _, testSize := range []float64{0.05, 0.5, 0.9} {
		train, test, err := SplitGroups(make([]float64, 6), grouped(3, 3), learn.Regression, testSize, 1)
		if err != nil || len(train) != 3 || len(test) != 3 {
			t.Errorf("test size %g: %d and %d rows, %v, want 3 and 3", testSize, len(train), len(test), err)
		}
	}
}

func TestCheckGroup(t *testing.T) {
	nan := math.NaN()
	f := frame.New(
		&frame.Column{Name: "id", Kind: frame.Numeric, Num: []float64{7, 8, 7, nan, nan, 8}},
		&frame.Column{Name: "city", Kind: frame.Category, Codes: []int32{1, 1, 0, 0, -1, 1}, Levels: []string{"Bern", "Ulm"}},
		&frame.Column{Name: "same", Kind: frame.Numeric, Num: []float64{1, 1, 1, 1, 1, 1}},
	)
	target := Target{Rows: []int{0, 1, 2, 3, 4}}
	tests := []struct {
		column string
		want   Groups
	}{
		{"id", Groups{Of: []int{0, 1, 0, 2, 3}, Count: 4, Alone: 2}},
		{"city", Groups{Of: []int{0, 0, 1, 1, 2}, Count: 3, Alone: 1}},
	}
	for _, tt := range tests {
		got, err := CheckGroup(f, tt.column, target)
		if err != nil || !slices.Equal(got.Of, tt.want.Of) || got.Count != tt.want.Count || got.Alone != tt.want.Alone {
			t.Errorf("CheckGroup(%s) = %+v, %v, want %+v", tt.column, got, err, tt.want)
		}
	}
	for _, column := range []string{"same", "absent"} {
		if _, err := CheckGroup(f, column, target); err == nil {
			t.Errorf("CheckGroup(%s) gave no error", column)
		}
	}
}
