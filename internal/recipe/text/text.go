// Package text is the step that turns free text into numbers.
package text

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// Definition is the step's entry in the catalog.
var Definition = recipe.Definition{
	Name: "tfidf", Title: "Words of texts (TF-IDF)",
	Summary: "Makes a column for each of the most frequent words of a text: how often it occurs, and more where few rows have it.",
	Cost:    "max_features columns for each text, in memory and in the model; the order of words is lost. The file needs scikit-learn 1.5 or newer, and its set_output cannot be used.",
	Role:    recipe.Encoding,
	Kinds:   []frame.Kind{frame.Text},
	Opens:   []frame.Kind{frame.Text},
	New:     func() recipe.Action { return new(tfidf) },
}

// The numbers of words in a term.
var ranges = []string{"1-1", "1-2", "2-2", "1-3"}

// tfidf works as scikit-learn's TfidfVectorizer does, with a dense result.
type tfidf struct {
	most           int
	words          string
	least, topmost param.Value
	lowercase      bool
	sublinear      bool
}

func (a *tfidf) Params(s *param.Set) {
	s.Int(&a.most, "max_features", 100, param.Between(1, 2000), "How many terms become columns: the most frequent ones.")
	s.Choice(&a.words, "ngram_range", ranges[0], ranges,
		"How many words next to each other make a term, from and to: 1-2 takes single words and pairs.")
	s.CountOrShare(&a.least, "min_df", 1, 1, "How many training rows must have a term, a count or a share such as 0.01.")
	s.CountOrShare(&a.topmost, "max_df", 1.0, 1, "How many training rows may have a term, a count or a share such as 0.5: leaves out words that all texts have.")
	s.Bool(&a.lowercase, "lowercase", true, "Takes capital and small letters as the same.")
	s.Bool(&a.sublinear, "sublinear_tf", false, "Counts a term that occurs n times 1 + log(n) times.")
}

func (a *tfidf) Next(f recipe.Form) (recipe.Form, error) {
	if f.Raw.Kind == frame.ID {
		return f, problem.Column(f.Raw.Name, "%s names the rows, so its words say nothing about rows to come.", f.Raw.Name).
			WithHint("Leave the column out.")
	}
	if err := f.CheckTexts(); err != nil {
		return f, err
	}
	f.Holds = recipe.Words
	return f, nil
}

func (a *tfidf) Fit(c *recipe.Column) error {
	t := recipe.Terms{Lowercase: a.lowercase, Sublinear: a.sublinear, Most: a.most, From: int(a.words[0] - '0'), To: int(a.words[2] - '0')}
	t.MinCount, t.MinShare = countOrShare(a.least)
	t.MaxCount, t.MaxShare = countOrShare(a.topmost)
	return c.Terms(t)
}

func countOrShare(v param.Value) (count int, share float64) {
	count, _ = v.(int)
	share, _ = v.(float64)
	return count, share
}
