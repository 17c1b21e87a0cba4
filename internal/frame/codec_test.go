package frame

import (
	"bytes"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func sample() *Frame {
	long := make([]float64, 3*chunk+7)
	codes := make([]int32, len(long))
	for i := range long {
		long[i] = float64(i) / 3
		codes[i] = int32(i%4) - 1
	}
	long[1], long[2] = math.NaN(), math.Copysign(0, -1)
	return New(
		&Column{Name: "a,\n\"é", Kind: Numeric, Reason: "numbers", Num: long, Whole: true},
		&Column{Name: "b", Kind: Category, Codes: codes, Levels: []string{"", "x\x00y", "é"}},
	)
}

func TestFrameSurvivesWriteAndRead(t *testing.T) {
	want := sample()
	var b bytes.Buffer
	if err := want.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got, cmpopts.EquateNaNs()); d != "" {
		t.Errorf("read back (-want +got):\n%s", d)
	}
	if !math.Signbit(got.Columns[0].Num[2]) {
		t.Error("negative zero lost its sign")
	}
}

func TestReadRefusesWhatIsNoTable(t *testing.T) {
	var b bytes.Buffer
	small := New(&Column{Name: "c", Kind: Category, Codes: []int32{0, -1, 1}, Levels: []string{"p", "q"}})
	if err := small.Write(&b); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	for n := range whole {
		if _, err := Read(bytes.NewReader(whole[:n])); err == nil {
			t.Errorf("Read of the first %d of %d bytes gave no error", n, len(whole))
		}
	}
	bad := bytes.Clone(whole)
	bad[len(bad)-4] = 9 // the last code: no such level
	if _, err := Read(bytes.NewReader(bad)); err == nil {
		t.Error("Read accepted a code without a level")
	}
}

func TestMatrixViewsAgree(t *testing.T) {
	m := NewMatrix(3, Block{Dense: []float64{1, 2, 3}}, Block{Codes: []int32{1, -1, 0}, Width: 2}, Block{Dense: []float64{7, 8, 9}})
	want := [][]float64{{1, 0, 1, 7}, {2, 0, 0, 8}, {3, 1, 0, 9}}
	cols := m.Columns()
	for i, row := range want {
		got := make([]float64, m.Cols)
		m.Row(got, i)
		if d := cmp.Diff(row, got); d != "" {
			t.Errorf("Row(%d): %s", i, d)
		}
		for j := range row {
			if cols[j][i] != row[j] {
				t.Errorf("Columns()[%d][%d] = %v, want %v", j, i, cols[j][i], row[j])
			}
		}
	}
	taken := m.Take([]int{2, 0})
	got := make([]float64, m.Cols)
	taken.Row(got, 0)
	if d := cmp.Diff(want[2], got); d != "" {
		t.Errorf("Take: %s", d)
	}
}
