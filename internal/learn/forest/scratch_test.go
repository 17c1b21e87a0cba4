package forest

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
)

func readF(path string) []float64 {
	b, err := os.ReadFile(path)
	if err != nil { panic(err) }
	x := make([]float64, len(b)/8)
	for i := range x { x[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:])) }
	return x
}
func cpu() float64 { var r syscall.Rusage; syscall.Getrusage(0, &r); return float64(r.Utime.Sec+r.Stime.Sec) + float64(r.Utime.Usec+r.Stime.Usec)/1e6 }

func TestScratch(t *testing.T) {
	task := os.Getenv("TASK"); if task == "" { t.Skip() }
	x := readF("/tmp/benchdata/"+task+".X"); y := readF("/tmp/benchdata/"+task+".y")
	n, c := 100000, 80000
	cols, test := [][]float64{}, [][]float64{}
	for j := 0; j < 20; j++ { cols = append(cols, x[j*n:j*n+c]); test = append(test, x[j*n+c:(j+1)*n]) }
	k := map[string]int{"binary": 2, "multi": 5, "reg": 0}[task]
	lt := learn.Classification; if k == 0 { lt = learn.Regression }
	workers := 2; if w := os.Getenv("WORKERS"); w != "" { workers, _ = strconv.Atoi(w) }
	set := map[string]any{}
	if s := os.Getenv("SET"); s != "" { for _, kv := range strings.Split(s, ",") { a, b, _ := strings.Cut(kv, "="); set[a] = b } }
	sum, cnt := 0.0, 0.0
	for _, s := range strings.Split(os.Getenv("SEEDS"), ",") {
		seed, _ := strconv.Atoi(s)
		e := Learner.New(lt); var ps param.Set; e.Params(&ps); if err := ps.Decode("x", set); err != nil { t.Fatal(err) }
		t0, c0 := time.Now(), cpu()
		m, err := e.Fit(t.Context(), learn.Data{X: frame.Dense(c, cols...), Y: y[:c], Classes: k, Seed: uint64(seed), Workers: workers})
		if err != nil { t.Fatal(err) }
		w, cp := time.Since(t0).Seconds(), cpu()-c0
		t0 = time.Now(); P := make([]float64, n-c); m.Predict(frame.Dense(n-c, test...), P); pr := time.Since(t0).Seconds()
		score := 0.0
		if k > 0 { for i, v := range P { if v == y[c+i] { score++ } }; score /= float64(n-c) } else {
			mean := 0.0; for _, v := range y[c:] { mean += v }; mean /= float64(n-c); a, b := 0.0, 0.0
			for i, v := range P { d := v-y[c+i]; a += d*d; d = y[c+i]-mean; b += d*d }; score = 1-a/b }
		b, _ := m.MarshalBinary()
		var ens *ensemble; if k > 0 { ens = &m.(*Classifier).ensemble } else { ens = &m.(*Regressor).ensemble }
		nodes := 0; for _, g := range ens.grown { nodes += g.Nodes() }
		fmt.Printf("%s seed %d wall %.3f cpu %.2f pred %.3f score %.5f nodes %d bin %.1f MB\n", task, seed, w, cp, pr, score, nodes/len(ens.grown), float64(len(b))/1e6)
		sum += score; cnt++
	}
	fmt.Printf("mean %.5f\n", sum/cnt)
}
