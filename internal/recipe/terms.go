package recipe

import (
	"math"
	"slices"
	"strings"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/problem"
)

// tfidfStep is the name of the step in the catalog.
const tfidfStep = "tfidf"

// Terms says which terms of texts become columns, in scikit-learn's words.
type Terms struct {
	Lowercase bool
	From, To  int     // how many words a term has at least and at most
	Most      int     // the most frequent terms are kept, so many at most
	MinCount  int     // rows that have the term at least; 0 where it is a share
	MinShare  float64 //
	MaxCount  int     // rows that have it at most; 0 where it is a share
	MaxShare  float64 //
	Sublinear bool    // a term that occurs n times in a text counts 1 + log(n)
}

// bounds returns in how many of n rows a term must occur at least and at most.
func (t Terms) bounds(n int) (least, most float64) {
	least, most = float64(t.MinCount), float64(t.MaxCount)
	if t.MinCount == 0 {
		least = t.MinShare * float64(n)
	}
	if t.MaxCount == 0 {
		most = t.MaxShare * float64(n)
	}
	return least, most
}

// terms turns a text into a column for each of some terms: how often it occurs
// times how rare it is among training rows, all divided by the length of the
// row's vector, as scikit-learn's TfidfVectorizer does. A text without any is
// all zeros.
type terms struct {
	asked Terms
	known []string  // ascending by code point
	idf   []float64 // log((1+n)/(1+rows with the term)) + 1
}

// weight is what one term of a text counts.
type weight struct {
	term   int32
	amount float64
}

func (o *terms) apply(v *values, _ *Seen) error {
	index := make(map[string]int32, len(o.known))
	for i, t := range o.known {
		index[t] = int32(i)
	}
	cols := make([][]float64, len(o.known))
	for j := range cols {
		cols[j] = make([]float64, len(v.codes))
	}
	weights, done := make([][]weight, len(v.levels)), make([]bool, len(v.levels))
	for i, code := range v.codes {
		if code < 0 {
			continue
		}
		if !done[code] {
			weights[code], done[code] = o.weigh(v.levels[code], index), true
		}
		for _, w := range weights[code] {
			cols[w.term][i] = w.amount
		}
	}
	v.several(cols)
	return nil
}

// weigh returns the weights of a text's terms, in their order.
func (o *terms) weigh(text string, index map[string]int32) []weight {
	var out []weight
	o.asked.tokens().each(text, func(term string) {
		if k, ok := index[term]; ok {
			out = append(out, weight{k, 1})
		}
	})
	slices.SortFunc(out, func(a, b weight) int { return int(a.term - b.term) })
	distinct := out[:0]
	for _, w := range out {
		if n := len(distinct); n > 0 && distinct[n-1].term == w.term {
			distinct[n-1].amount++
			continue
		}
		distinct = append(distinct, w)
	}
	squares := 0.0
	for i := range distinct {
		w := &distinct[i]
		if o.asked.Sublinear {
			w.amount = math.Log(w.amount) + 1
		}
		w.amount *= o.idf[w.term]
		squares += float64(w.amount * w.amount)
	}
	length := math.Sqrt(squares)
	for i := range distinct {
		distinct[i].amount /= length
	}
	return distinct
}

func (t Terms) tokens() tokens { return tokens{t.Lowercase, t.From, t.To} }

func (o *terms) like() string { return "terms" }

// alone says that scikit-learn's vectorizer takes one column.
func (o *terms) alone() {}

func (o *terms) step() string       { return tfidfStep }
func (o *terms) word() string       { return "tfidf" }
func (o *terms) suffixes() []string { return o.known }

func (o *terms) describe() (text, value string) {
	return "Texts turned into a column for each of some terms (TF-IDF)", shortList(o.known)
}

func (o *terms) after(s shape) (shape, bool) {
	t := o.asked
	ok := s.holds == Texts && !s.holes && len(o.known) > 0 && len(o.idf) == len(o.known) && allFinite(o.idf...) &&
		t.From >= 1 && t.From <= t.To && t.To <= maxTermWords && slices.IsSorted(o.known) && len(o.known) <= maxMade
	for _, x := range o.idf {
		ok = ok && x >= 1 && x < 100 // so that no product overflows
	}
	return shape{holds: Several, width: len(o.known)}, ok
}

// maxTermWords is how many words a term may have.
const maxTermWords = 3

// stages returns the vectorizer behind what hands it a list of texts.
func (o *terms) stages(_ []op, names []string) []*pickle.Object {
	list := function(pickle.Global{Module: "numpy", Name: "ravel"}, nil)
	if names != nil {
		list.Set(pickle.Attr{Name: "feature_names_in_", Value: pickle.Strings(names)})
	}
	return []*pickle.Object{list, o.sklearn(nil)}
}

func (o *terms) sklearn([]op) *pickle.Object {
	t := o.asked
	var least, most pickle.Value = t.MinShare, t.MaxShare
	if t.MinCount > 0 {
		least = t.MinCount
	}
	if t.MaxCount > 0 {
		most = t.MaxCount
	}
	vocabulary := make(pickle.Dict, len(o.known))
	for i, term := range o.known {
		vocabulary[i] = pickle.Pair{Key: term, Value: i}
	}
	shared := []pickle.Attr{
		{Name: "norm", Value: "l2"}, {Name: "use_idf", Value: true}, {Name: "smooth_idf", Value: true}, {Name: "sublinear_tf", Value: t.Sublinear},
	}
	idf := pickle.Estimator("sklearn.feature_extraction.text", "TfidfTransformer", shared...).Set(
		pickle.Attr{Name: "idf_", Value: pickle.Floats(o.idf)}, pickle.Attr{Name: "n_features_in_", Value: len(o.known)})
	return pickle.Estimator("sklearn.feature_extraction.text", "TfidfVectorizer",
		pickle.Attr{Name: "input", Value: "content"},
		pickle.Attr{Name: "encoding", Value: "utf-8"},
		pickle.Attr{Name: "decode_error", Value: "strict"},
		pickle.Attr{Name: "strip_accents", Value: nil},
		pickle.Attr{Name: "lowercase", Value: t.Lowercase},
		pickle.Attr{Name: "preprocessor", Value: nil},
		pickle.Attr{Name: "tokenizer", Value: nil},
		pickle.Attr{Name: "analyzer", Value: "word"},
		pickle.Attr{Name: "stop_words", Value: nil},
		pickle.Attr{Name: "token_pattern", Value: `(?u)\b\w\w+\b`},
		pickle.Attr{Name: "ngram_range", Value: pickle.Tuple{t.From, t.To}},
		pickle.Attr{Name: "max_df", Value: most},
		pickle.Attr{Name: "min_df", Value: least},
		pickle.Attr{Name: "max_features", Value: t.Most},
		pickle.Attr{Name: "vocabulary", Value: nil},
		pickle.Attr{Name: "binary", Value: false},
		pickle.Attr{Name: "dtype", Value: pickle.Global{Module: "numpy", Name: "float64"}},
		pickle.Attr{Name: "fixed_vocabulary_", Value: false},
		pickle.Attr{Name: "vocabulary_", Value: vocabulary},
		pickle.Attr{Name: "_stop_words_id", Value: 0},
		pickle.Attr{Name: "_tfidf", Value: idf}).Set(shared...)
}

func (o *terms) append(b []byte) []byte {
	t := o.asked
	b = append(b, tagTerms, byte(indicator(t.Lowercase)), byte(indicator(t.Sublinear)))
	for _, n := range []int{t.From, t.To, t.Most, t.MinCount, t.MaxCount, len(o.known)} {
		b = appendCount(b, n)
	}
	b = appendFloats(b, t.MinShare, t.MaxShare)
	for i, term := range o.known {
		b = appendFloats(appendText(b, term), o.idf[i])
	}
	return b
}

func (r *reader) terms() *terms {
	t := Terms{Lowercase: r.byte() != 0, Sublinear: r.byte() != 0}
	for _, n := range []*int{&t.From, &t.To, &t.Most, &t.MinCount, &t.MaxCount} {
		*n = r.rows()
	}
	n := r.length()
	t.MinShare, t.MaxShare = r.float(), r.float()
	o := &terms{asked: t}
	for range n {
		o.known, o.idf = append(o.known, r.text()), append(o.idf, r.float())
	}
	return o
}

// Terms learns which terms become columns and how rare they are, and makes the
// column these. A missing text is one without words. It refuses what would take
// too much memory, together with the columns of other texts.
func (c *Column) Terms(t Terms) error {
	if !c.filled() {
		if err := c.learned(&fillText{strategy: Constant}); err != nil {
			return err
		}
	}
	rows, total := countTerms(t, &c.values)
	n := len(c.values.codes)
	o := &terms{asked: t, known: t.choose(n, rows, total)}
	if len(o.known) == 0 {
		p := problem.Column(c.Name, "No term is left of %s: %d of its terms occur, none of them in as many rows as asked for.", c.Name, len(rows))
		p.Field = "min_df"
		return p.WithHint("Let min_df be 1 and max_df 1.0, or leave the column out.")
	}
	for _, term := range o.known {
		o.idf = append(o.idf, math.Log(float64(1+n)/float64(1+rows[term]))+1)
	}
	return c.learned(o)
}

// filled reports whether an operation has filled missing values.
func (c *Column) filled() bool {
	return slices.ContainsFunc(c.ops, func(o op) bool { _, ok := o.(*fillText); return ok })
}

// countTerms returns in how many rows each term occurs, and how often in all.
func countTerms(t Terms, v *values) (rows, total map[string]int) {
	rows, total = map[string]int{}, map[string]int{}
	for code, n := range levelCounts(v.texts) {
		if n == 0 {
			continue
		}
		here := map[string]int{}
		t.tokens().each(v.levels[code], func(term string) { here[term]++ })
		for term, times := range here {
			rows[term] += n
			total[term] += n * times
		}
	}
	return rows, total
}

// choose returns the terms to keep, ascending: of those that occur in as many
// rows as allowed the most frequent, of equally frequent ones the first.
func (t Terms) choose(n int, rows, total map[string]int) []string {
	least, most := t.bounds(n)
	var known []string
	for term, k := range rows {
		if float64(k) >= least && float64(k) <= most {
			known = append(known, strings.Clone(term)) // and no text it is cut from
		}
	}
	slices.Sort(known)
	if len(known) > t.Most {
		slices.SortStableFunc(known, func(a, b string) int { return total[b] - total[a] })
		known = known[:t.Most]
		slices.Sort(known)
	}
	return slices.Clip(known)
}

// CheckTexts returns a *problem.Error unless pandas reads the column as texts.
func (f Form) CheckTexts() error {
	name := f.Raw.Name
	if f.Holds != Texts {
		return problem.Column(name, "%s holds no texts.", name).WithHint("Choose columns of free text.")
	}
	if s, _ := sourceOf(f.Raw); s != textSource {
		return problem.Column(name, "The values of %s are yes and no to pandas, not texts.", name).WithHint("Choose encode for it.")
	}
	return nil
}
