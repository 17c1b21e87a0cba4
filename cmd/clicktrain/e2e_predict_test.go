package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"
)

// sampleRows returns n rows spread over the file as the API takes them, and
// which they are.
func sampleRows(t *testing.T, file []byte, up uploadAnswer, n int) (rows []map[string]any, at []int) {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	head, records := records[0], records[1:]
	for k := range n {
		i := k * len(records) / n
		row := map[string]any{}
		for j, name := range head {
			row[name] = cellJSON(t, up.Types[j].Kind, records[i][j])
		}
		rows, at = append(rows, row), append(at, i)
	}
	return rows, at
}

func cellJSON(t *testing.T, kind, text string) any {
	t.Helper()
	switch {
	case text == "" || text == "NA":
		return nil
	case kind == "numeric":
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			t.Fatal(err)
		}
		return json.Number(text)
	case text == "True" || text == "False":
		return text == "True"
	}
	return text
}

func (c *client) predictRows(t *testing.T, session string, rows []map[string]any) predictAnswer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"rows": rows})
	if err != nil {
		t.Fatal(err)
	}
	var said predictAnswer
	c.send(t, "/api/predict/"+session, string(body)).want(t, 200).json(t, &said)
	if len(said.Predictions) != len(rows) {
		t.Fatalf("%d predictions for %d rows", len(said.Predictions), len(rows))
	}
	return said
}

// checkPredictions checks that each prediction is one of the classes, the most
// probable one, or a number.
func checkPredictions(t *testing.T, j journey, trained trainAnswer, said predictAnswer) {
	t.Helper()
	for i, p := range said.Predictions {
		if j.task == "regression" {
			number(t, p)
			continue
		}
		if !slices.Contains(trained.Classes, p) {
			t.Errorf("prediction %v is none of %v", p, trained.Classes)
		}
		sum, best := 0.0, math.Inf(-1)
		for _, share := range said.Probabilities[i] {
			x := number(t, share)
			sum, best = sum+x, max(best, x)
		}
		if got := number(t, said.Probabilities[i][fmt.Sprint(p)]); math.Abs(sum-1) > 1e-9 || got != best {
			t.Errorf("row %d: %v has probability %g of %v", i, p, got, said.Probabilities[i])
		}
	}
}
