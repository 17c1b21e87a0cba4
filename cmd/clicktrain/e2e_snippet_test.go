package main

import (
	"strings"
	"testing"
	"time"
)

// TestSnippets runs the snippet of the download page for models that are used
// in Python in different ways: with categories and missing values as they are,
// without probabilities, of many classes, of numbers, and from a file that
// pandas has to be told how to read.
func TestSnippets(t *testing.T) {
	p := launch(t)
	european := "code;price;size;sold\n"
	for i := range 80 {
		european += []string{"007", "012", "100", ""}[i%4] + ";" + []string{"1,5", "1.022,75", "3,25", ""}[i%7%4] + ";" +
			[]string{"S", "M", "L"}[i%3] + ";" + []string{"yes", "no", "yes", "no", "no"}[i%5] + "\n"
	}
	days := "joined;left;at;size;sold\n"
	for i := range 90 {
		joined := time.Date(2021, 1, 5, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i*5)
		days += joined.Format("02/01/2006") + ";" + []string{"", joined.AddDate(0, 2, 1).Format("2006-01-02")}[i*i%4%2] + ";" +
			joined.Format([]string{"2006-01-02", "2006-01-02 15:04"}[i%2]) + ";" + []string{"3", "4", "5.5"}[i%3] + ";" + []string{"yes", "no"}[i/7%2] + "\n"
	}
	const parts = `{"steps": [{"step": "date_parts", "parts": ["year", "month", "elapsed"], "cyclic": true}]}`
	for _, tt := range []struct {
		name, target, learner string
		file, recipe          string
		proba                 bool
		settings              []string
	}{
		{"titanic", "survived", "hist_gradient_boosting", "", "", true, nil},
		{"titanic", "survived", "linear_svm", "", "", false, nil},
		{"penguins", "species", "k_nearest_neighbors", "", "", true, nil},
		{"penguins", "species", "linear_svm", "", "", false, nil},
		{"iris", "species", "voting", "", "", false, []string{"voting.voting=hard"}},
		{"housing", "median_house_value", "ridge", "", "", false, nil},
		{"european", "sold", "hist_gradient_boosting", european, "", true, nil},
		{"days", "sold", "logistic_regression", days, parts, true, nil},
		{"days", "size", "hist_gradient_boosting", days, parts, false, nil},
	} {
		t.Run(tt.name+" "+tt.learner, func(t *testing.T) {
			t.Parallel()
			c, file := p.visitor(t), []byte(tt.file)
			if tt.file == "" {
				file = sampleCSV(t, tt.name)
			}
			c.upload(t, "/upload", tt.name+".csv", file).want(t, 200)
			explored := c.get(t, "/explore").want(t, 200).html(t)
			c.submit(t, explored, "/explore", "", "target="+optionValue(t, explored, "select[name=target]", tt.target)).want(t, 200)
			if tt.recipe != "" {
				c.sendFile(t, "/prepare/load", "recipe", "recipe.json", []byte(tt.recipe)).want(t, 200)
			}
			choosing := c.get(t, "/train").want(t, 200).html(t)
			c.awaitResults(t, c.submit(t, choosing, "/train", "Train", append(tt.settings, "learner="+tt.learner)...).want(t, 200))
			snippet := c.get(t, "/download").want(t, 200).html(t).Find("#snippet").Text()
			if got := strings.Contains(snippet, "predict_proba"); got != tt.proba {
				t.Errorf("the snippet asks for probabilities: %t, want %t:\n%s", got, tt.proba, snippet)
			}
			runSnippet(t, snippet, tt.name+".csv", file, c.get(t, "/download/model.pkl").want(t, 200).body)
		})
	}
}
