package forest_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/forest"
	"clicktrain/internal/learn/learntest"
)

// scored is what scikit-learn's forests reach on a data set; testdata/golden.py
// wrote the file, which names the versions used.
type scored struct {
	Learner     string
	Name        string
	Classes     int
	Test        []int
	Scores      []float64 // accuracy or R², by seed
	Trees       int       // 0 where importances are not compared
	Importances []float64 // of a forest of so many trees
}

// TestScores compares the mean test score over five seeds with
// scikit-learn's, on the same split, and the importances of forests of many
// trees.
func TestScores(t *testing.T) {
	b, err := os.ReadFile("testdata/forest.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Sets []scored }
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	for _, s := range file.Sets {
		t.Run(s.Learner+"/"+s.Name, func(t *testing.T) {
			l := learners[slices.IndexFunc(learners, func(l learn.Learner) bool { return l.Name == s.Learner })]
			train, test := readSplit(t, s)
			var got float64
			for seed := range s.Scores {
				train.Seed = uint64(seed)
				got += score(learntest.Fit(t, l, train, nil), test) / float64(len(s.Scores))
			}
			want := mean(s.Scores)
			t.Logf("score %.4f, scikit-learn's %.4f", got, want)
			near := 0.005
			if l.Name == forest.DecisionTree.Name {
				near = 0.01 // columns that tie are drawn, and one tree is all there is
			}
			if math.Abs(got-want) > near {
				t.Errorf("mean score %.4f, scikit-learn's is %.4f", got, want)
			}
			if s.Trees == 0 {
				return
			}
			m := learntest.Fit(t, l, train, map[string]any{"n_estimators": s.Trees})
			for j, v := range m.(learn.Importances).Importances() {
				if math.Abs(v-s.Importances[j]) > 0.015 {
					t.Errorf("importance of column %d is %.3f, scikit-learn's %.3f", j, v, s.Importances[j])
				}
			}
		})
	}
}

// readSplit returns the training and the test rows of a set.
func readSplit(t *testing.T, s scored) (train, test learn.Data) {
	t.Helper()
	f, err := os.Open("testdata/" + s.Name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	records = records[1:]
	cols := make([][]float64, len(records[0]))
	var trainRows []int
	for i, r := range records {
		for j, text := range r {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil {
				t.Fatal(err)
			}
			cols[j] = append(cols[j], v)
		}
		if _, isTest := slices.BinarySearch(s.Test, i); !isTest {
			trainRows = append(trainRows, i)
		}
	}
	p := len(cols) - 1
	X := frame.Dense(len(records), cols[:p]...)
	take := func(rows []int) learn.Data {
		d := learn.Data{X: X.Take(rows), Classes: s.Classes, Workers: 2}
		for _, r := range rows {
			d.Y = append(d.Y, cols[p][r])
		}
		return d
	}
	return take(trainRows), take(s.Test)
}

// score returns the accuracy, or R².
func score(m learn.Model, d learn.Data) float64 {
	got := learntest.Predict(m, d.X)
	if d.Classes > 0 {
		right := 0
		for i, v := range got {
			if v == d.Y[i] {
				right++
			}
		}
		return float64(right) / float64(len(got))
	}
	var off, spread float64
	center := mean(d.Y)
	for i, v := range got {
		off += (v - d.Y[i]) * (v - d.Y[i])
		spread += (d.Y[i] - center) * (d.Y[i] - center)
	}
	return 1 - off/spread
}

func mean(x []float64) float64 {
	var sum float64
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}
