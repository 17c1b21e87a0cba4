package ingest

import (
	"strings"
	"testing"
)

// TestEveryMarkOfMissing has each text that pandas.read_csv takes for a missing
// value stand among numbers, and once beside texts.
func TestEveryMarkOfMissing(t *testing.T) {
	for _, mark := range []string{
		"", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
	} {
		text := "n,t\n" + strings.Repeat("1,x\n2,y\n", 20) + mark + ",x\n3," + mark + "\n"
		r, err := Read(t.Context(), strings.NewReader(text), "x.csv", Options{})
		if err != nil {
			t.Fatalf("%q: %v", mark, err)
		}
		if n, c := r.Frame.Columns[0], r.Frame.Columns[1]; !n.Numbers() || !n.Missing(40) || n.Missing(41) || c.Missing(40) || !c.Missing(41) {
			t.Errorf("%q among numbers is read as %s, missing %t; beside texts missing %t", mark, n.Kind, n.Missing(40), c.Missing(41))
		}
	}
}
