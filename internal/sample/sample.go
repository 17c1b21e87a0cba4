// Package sample holds the built-in data sets, so that a person without a file
// at hand can look around.
//
//   - titanic: the Titanic's passenger list as the seaborn project ships it
//   - penguins: palmerpenguins by Horst, Hill and Gorman (2020), CC0
//   - iris: Fisher (1936), from the UCI Machine Learning Repository
//   - housing: the California census of 1990 by Pace and Barry (1997), with
//     ocean_proximity added by A. Géron
package sample

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
)

//go:embed *.csv.gz
var files embed.FS

// Sample describes a data set.
type Sample struct {
	Name     string // titanic
	Title    string // Titanic
	Question string
	Task     string // what is predicted, in a few words
	Rows     int
	Columns  int
}

// All returns the data sets in the order in which they are offered.
func All() []Sample {
	return []Sample{
		{"titanic", "Titanic", "Who survived the Titanic?", "yes or no", 891, 15},
		{"penguins", "Penguins", "Which species is this penguin?", "one of three", 344, 7},
		{"iris", "Iris", "Which iris is it?", "one of three", 150, 5},
		{"housing", "California housing", "What is a house worth?", "a number", 20640, 10},
	}
}

// Open returns the named data set as CSV.
func Open(name string) ([]byte, error) {
	for _, s := range All() {
		if s.Name != name {
			continue
		}
		packed, err := files.ReadFile(name + ".csv.gz")
		if err != nil {
			return nil, fmt.Errorf("open sample: %w", err)
		}
		z, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return nil, fmt.Errorf("open sample %s: %w", name, err)
		}
		return io.ReadAll(z)
	}
	return nil, fmt.Errorf("no sample %q", name)
}
