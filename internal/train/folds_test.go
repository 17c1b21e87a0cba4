package train

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

func TestFoldsKeepShares(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, classes := range []int{0, 2, 5} {
		for _, k := range []int{2, 5, 10} {
			t.Run(fmt.Sprintf("classes=%d/k=%d", classes, k), func(t *testing.T) {
				y, task, labels := make([]float64, 1013), learn.Regression, Labels{}
				if classes > 0 {
					task, labels.Texts = learn.Classification, strings.Split("abcdefg", "")[:classes]
					for i := range y {
						y[i] = float64(int(rng.Float64() * rng.Float64() * float64(classes)))
					}
				}
				fold, got, why, err := Folds(y, nil, task, labels, k, 7)
				if err != nil || got != k || why != "" {
					t.Fatalf("%d folds (%s), %v, want %d", got, why, err, k)
				}
				counts := make([]map[float64]int, k)
				sizes := make([]int, k)
				for i, f := range fold {
					if counts[f] == nil {
						counts[f] = map[float64]int{}
					}
					counts[f][y[i]]++
					sizes[f]++
				}
				if slices.Max(sizes)-slices.Min(sizes) > 1 {
					t.Errorf("fold sizes = %v, want them within 1", sizes)
				}
				for c := range max(classes, 1) {
					for f := range counts {
						if d := counts[f][float64(c)] - counts[0][float64(c)]; d < -1 || d > 1 {
							t.Errorf("class %d has %d rows in fold %d and %d in fold 0", c, counts[f][float64(c)], f, counts[0][float64(c)])
						}
					}
				}
			})
		}
	}
}

func TestFoldsBySeed(t *testing.T) {
	y := make([]float64, 50)
	first, _, _, _ := Folds(y, nil, learn.Regression, Labels{}, 5, 1)
	again, _, _, _ := Folds(y, nil, learn.Regression, Labels{}, 5, 1)
	other, _, _, _ := Folds(y, nil, learn.Regression, Labels{}, 5, 2)
	if !slices.Equal(first, again) || slices.Equal(first, other) {
		t.Error("folds do not depend on the seed alone")
	}
}

// A class of few rows makes the folds fewer, one of a single row is always
// learned from.
func TestFoldsOfRareClasses(t *testing.T) {
	y := append(slices.Repeat([]float64{0}, 40), 1, 1, 1, 2)
	fold, k, why, err := Folds(y, nil, learn.Classification, Labels{Texts: []string{"no", "yes", "maybe"}}, 5, 1)
	if err != nil || k != 3 || why != "class yes has only 3 rows" {
		t.Fatalf("%d folds, %q, %v, want 3 because of yes", k, why, err)
	}
	if fold[43] != -1 {
		t.Errorf("the only row of maybe is tested in fold %d", fold[43])
	}
	if got := slices.Sorted(slices.Values(fold[40:43])); !slices.Equal(got, []int{0, 1, 2}) {
		t.Errorf("the rows of yes are in folds %v", got)
	}
}

func TestFoldsKeepGroups(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var groups []int
	var y []float64
	for g := range 60 {
		for range 1 + rng.IntN(20) {
			groups = append(groups, 1000+g*7)
			y = append(y, float64(rng.IntN(2)))
		}
	}
	for i := range groups { // class 2 is in two groups, class 3 in one
		switch groups[i] {
		case 1000, 1007:
			y[i] = 2
		case 1014:
			y[i] = 3
		}
	}
	fold, k, why, err := Folds(y, groups, learn.Classification, Labels{Texts: []string{"a", "b", "c", "d"}}, 5, 1)
	if err != nil || k != 2 || why != "class c has only 2 groups" {
		t.Fatalf("%d folds, %q, %v, want 2 because of c", k, why, err)
	}
	of := map[int]int{}
	learned := make([]map[float64]bool, k)
	for f := range learned {
		learned[f] = map[float64]bool{}
	}
	for i, f := range fold {
		if was, ok := of[groups[i]]; ok && was != f {
			t.Fatalf("group %d is in folds %d and %d", groups[i], was, f)
		}
		of[groups[i]] = f
		for n := range k {
			if f != n {
				learned[n][y[i]] = true
			}
		}
	}
	for f := range learned {
		if len(learned[f]) != 4 {
			t.Errorf("fold %d learns from classes %v, want all 4", f, learned[f])
		}
	}
}

func TestFoldsThatCannotBe(t *testing.T) {
	_, _, _, err := Folds(make([]float64, 30), make([]int, 30), learn.Regression, Labels{}, 5, 1)
	if p, ok := problem.As(err); !ok || p.Field != "cv" || !strings.Contains(p.Message, "only 1 group") {
		t.Errorf("one group gives %v, want a problem of cv", err)
	}
}
