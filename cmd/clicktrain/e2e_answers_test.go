package main

import "encoding/json"

// The parts of the API's answers that the tests look at.
type (
	uploadAnswer struct {
		SessionID string `json:"session_id"`
		FileName  string
		Shape     [2]int
		Columns   []string
		Types     []struct{ Name, Kind, Reason string } `json:"column_types"`
		Preview   []map[string]any
		Reading   struct {
			Records, Blank, Comment, Skipped int
			Loaded                           int                     `json:"rows_loaded"`
			SetAside                         int                     `json:"rows_set_aside"`
			Aside                            []struct{ Line int }    `json:"set_aside"`
			Notices                          []struct{ Code string } `json:"notices"`
		}
	}
	trainAnswer struct {
		RunID     string `json:"run_id"`
		Algorithm string
		Task      string
		Message   string
		Metrics   map[string]any
		Baseline  map[string]any
		Rows      struct{ Train, Test, Dropped int }
		Classes   []any
		Confusion [][]int `json:"confusion_matrix"`
		Features  []string
		Warnings  []string
		Timings   map[string]json.Number
	}
	runAnswer struct {
		Name     string
		RunID    string `json:"run_id"`
		State    string
		Progress float64
		Step     string
		Result   *trainAnswer
		Problem  *problemAnswer
	}
	predictAnswer struct {
		Predictions   []any
		Probabilities []map[string]json.Number
		Warnings      []struct {
			Column, Value, Message string
			Count                  int
		}
	}
	problemAnswer struct {
		Type, Title, Detail, Field, Column, Value, Hint string
		Status, Line                                    int
	}
)
