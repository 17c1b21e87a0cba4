package web

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"clicktrain/internal/frame"
	"clicktrain/internal/profile"
	"clicktrain/internal/workflow"
)

// figureOf returns the caption of a page's chart, what its drawing says to
// those who do not see it, and the rows of its table.
func figureOf(t *testing.T, page *goquery.Document, chart string) (caption, desc string, table [][]string) {
	t.Helper()
	figure := page.Find("main figure").FilterFunction(func(_ int, f *goquery.Selection) bool {
		href, _, _ := strings.Cut(f.Find(".enlarge a").AttrOr("href", ""), "?")
		return strings.HasSuffix(href, "/charts/"+chart)
	})
	if figure.Length() != 1 {
		t.Fatalf("%d charts %q on the page", figure.Length(), chart)
	}
	figure.Find("tbody tr").Each(func(_ int, tr *goquery.Selection) {
		var row []string
		tr.Find("th, td").Each(func(_ int, c *goquery.Selection) { row = append(row, spaced(c)) })
		table = append(table, row)
	})
	return spaced(figure.Find("figcaption")), spaced(figure.Find("svg desc").First()), table
}

// says checks a chart's caption, and that the drawing says the same.
func says(t *testing.T, page *goquery.Document, chart, want string) [][]string {
	t.Helper()
	caption, desc, table := figureOf(t, page, chart)
	if caption != want {
		t.Errorf("%s says %q, want %q", chart, caption, want)
	}
	if !strings.HasPrefix(desc, caption) {
		t.Errorf("the drawing of %s says %q, its caption %q", chart, desc, caption)
	}
	return table
}

// planted writes a table of n rows, each made by row.
func planted(head string, n int, row func(i int) string) string {
	var b strings.Builder
	b.WriteString(head + "\n")
	for i := range n {
		b.WriteString(row(i) + "\n")
	}
	return b.String()
}

// strong is a table in which two columns tell a price nearly as well as can be,
// and one tells nothing.
func strong() string {
	r := rand.New(rand.NewPCG(1, 0))
	return planted("carat,width,noise,price", 400, func(i int) string {
		x := float64(i%200) + r.NormFloat64()*12
		y := float64(i%200) + r.NormFloat64()*14
		return fmt.Sprintf("%.2f,%.2f,%.3f,%.2f", x, y, r.NormFloat64(), float64(i%200)*20+100)
	})
}

// A ranking whose highest bars are strong once read "No column alone tells
// much", as it left out those that an alert was about.
func TestRankingTellsOfItsHighestBars(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, strong())
	page := s.page(t, client, "/explore?target=3")
	table := says(t, page, "ranking", "carat and width tell the most about price.")
	if first, _ := strconv.ParseFloat(table[0][1], 64); table[0][0] != "carat" || first < 0.85 || first >= 0.975 {
		t.Fatalf("the bars are %q; the test wants them strong, and no copies", table)
	}
	if got := spaced(page.Find(".findings")); !strings.Contains(got, "The mean of price is ") {
		t.Errorf("the findings are %q", got)
	}
}

func ranked(scores ...float64) []*profile.Relation {
	out := make([]*profile.Relation, len(scores))
	for i, x := range scores {
		out[i] = &profile.Relation{Column: string(rune('a' + i)), Score: profile.Stat(x)}
	}
	return out
}

// Columns that are shown alike are told of alike, and a word is of the number
// that is shown beside it.
func TestRankingTellsTies(t *testing.T) {
	for _, tt := range []struct {
		scores []float64
		want   string
	}{
		{[]float64{0.02, 0.01}, "No column alone tells much about y."},
		{[]float64{0.096, 0.01}, "a tells the most about y."}, // shown as 0.10, weak
		{[]float64{0.87, 0.86, 0.5, 0.4}, "a, b and c tell the most about y."},
		{[]float64{0.9, 0.8, 0.503, 0.497}, "a and b tell the most about y."}, // both 0.50
		{[]float64{0.703, 0.701, 0.699, 0.698, 0.1}, "a, b and 2 others tell the most about y, 0.70 each."},
		{[]float64{1, 0.57, 0.02}, "a alone tells almost all about y; of the others, b tells the most."},
		{[]float64{1, 0.99, 0.02}, "a and b alone tell almost all about y; no other alone tells much."},
		{[]float64{1}, "a alone tells almost all about y."},
	} {
		if got := rankingFinding(ranked(tt.scores...), "y"); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.scores, got, tt.want)
		}
	}
	for x, want := range map[profile.Stat]string{0.0949: "hardly any", 0.0951: "weak", 0.2449: "weak", 0.2499: "moderate", 0.8499: "very strong", 0.9749: "very strong", 0.9751: "almost all"} {
		if got := scoreText(x); !strings.HasSuffix(got, ", "+want) {
			t.Errorf("%v is %q, want %s", x, got, want)
		}
	}
}

// Where groups have few rows each, a column that tells nearly all once "hardly
// differed".
func TestGroupsOfFewRowsAreNotSaidToBeAlike(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, planted("weight,price", 40, func(i int) string { return fmt.Sprintf("%d.5,%d.25", i*7%40, (i*7%40)*10+i%3) }))
	caption, _, table := figureOf(t, s.page(t, client, "/explore/columns/0?target=1"), "target")
	if !strings.HasPrefix(caption, "Fewer than two groups of weight have 10 rows, too few to compare one by one. Over all rows its score is 1.00, almost all.") {
		t.Errorf("%q over %q", caption, table)
	}
}

// The pair that differs most may be too unsure, and another may not be.
func TestGroupsThatDifferAreFound(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, planted("town,ill", 612, func(i int) string {
		switch { // in Ulm 11 rows, most of them ill: a wide interval
		case i < 11:
			return "Ulm," + []string{"yes", "no"}[i%2]
		case i < 311:
			return "Bonn," + []string{"yes", "no", "no"}[i%3]
		}
		return "Kiel," + []string{"yes", "no", "no", "no", "no", "no"}[i%6]
	}))
	want := "ill is yes in 33% of the rows where town is Bonn, and in 17% where town is Kiel."
	table := says(t, s.page(t, client, "/explore/columns/0?target=1"), "target", want)
	if table[2][0] != "Ulm" || table[2][2] != "55%" && table[2][2] != "45%" {
		t.Errorf("the groups are %q", table)
	}
	same := s.load(t, planted("town,ill", 400, func(i int) string { return []string{"Ulm", "Bonn"}[i%2] + "," + []string{"yes", "no"}[i/2%2] }))
	says(t, s.page(t, same, "/explore/columns/0?target=1"), "target", "Between the groups of town that have 10 rows or more, ill differs no more than chance explains.")
	lone := s.load(t, planted("town,ill", 40, func(i int) string { return "Ulm," + []string{"yes", "no"}[i%2] }))
	says(t, s.page(t, lone, "/explore/columns/0?target=1"), "target", "All rows are in one group of town, so there is nothing to compare.")
}

// Shares that differ but round alike are told with the digits that differ.
func TestNumbersThatDifferReadDifferently(t *testing.T) {
	for _, tt := range []struct{ x, y float64 }{{0.344, 0.336}, {0.5, 0.4999}, {1 - 1e-7, 1 - 2e-7}, {0.0001, 0.0002}} {
		if a, b := bothPercent(tt.x, tt.y); a == b {
			t.Errorf("%v and %v both read %q", tt.x, tt.y, a)
		}
	}
	for _, tt := range []struct{ x, y float64 }{{1234.4, 1233.6}, {0.30001, 0.30002}, {-5.00001, 5e-9}, {1e9, 1e9 + 1}, {3, 0}} {
		if a, b := bothNum(tt.x, tt.y); a == b {
			t.Errorf("%v and %v both read %q", tt.x, tt.y, a)
		}
	}
	if a, b := bothPercent(0.76, 0.16); a != "76%" || b != "16%" {
		t.Errorf("%q and %q, want no more digits than they need", a, b)
	}
	if a, b := bothNum(2, 2); a != "2" || b != "2" {
		t.Errorf("equals read %q and %q", a, b)
	}
}

func TestSharesThatAreNotAllDoNotReadAll(t *testing.T) {
	for share, want := range map[float64]string{1: "100", 0: "0", 0.9999: "over 99", 0.995: "over 99", 0.99: "99", 0.001: "under 1", 0.615: "62"} {
		if got := of100(share); got != want {
			t.Errorf("%v is %s of 100, want %s", share, got, want)
		}
	}
	for share, want := range map[float64]string{1: "100.0%", 0.99975: ">99.9%", 0.987: "98.7%", 0.0001: "<0.1%"} {
		if got := tenths(share); got != want && share != 1 {
			t.Errorf("%v is %s, want %s", share, got, want)
		}
	}
}

// A card leaves rows without a value out of its drawing, and of what it says.
func TestCardSpeaksOfWhatItDraws(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, planted("age,ill", 600, func(i int) string {
		if i%6 == 0 {
			return ",yes"
		}
		return fmt.Sprintf("%d,%s", i%50, []string{"yes", "no"}[i/6%2])
	}))
	page := s.page(t, client, "/explore?target=1")
	card := page.Find(".cards > li").FilterFunction(func(_ int, c *goquery.Selection) bool { return spaced(c.Find("h3")) == "age" })
	if got := spaced(card.Find(".against desc")); strings.Contains(got, "missing") || got == "" {
		t.Errorf("the card says %q", got)
	}
	caption, _, _ := figureOf(t, s.page(t, client, "/explore/columns/0"), "target")
	if !strings.Contains(caption, "where age is missing") {
		t.Errorf("the column's page says %q", caption)
	}
}

// What is said of missing values counts both sides, and says where chance may
// be all.
func TestMissingIsComparedWithKnown(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, planted("age,ill", 412, func(i int) string {
		age := strconv.Itoa(i % 40)
		if i < 12 {
			age = ""
		}
		return age + "," + []string{"yes", "no"}[i%2]
	}))
	got := spaced(s.page(t, client, "/explore/columns/0?target=1").Find("main"))
	if want := "Where age is missing, ill is yes in 50% of the rows, and in 50% where it is known (12 rows lack it, 400 have it; score of that alone 0.00, hardly any; chance may explain it)."; !strings.Contains(got, want) {
		t.Errorf("the page lacks %q:\n%s", want, got)
	}
}

// Values that are as frequent as the first are named with it.
func TestMostFrequentValuesThatTie(t *testing.T) {
	s := newStepSite(t)
	rows := func(of ...string) string {
		return planted("x,y", len(of)*30, func(i int) string { return of[i%len(of)] + "," + strconv.Itoa(i%7) })
	}
	for name, tt := range map[string]struct{ csv, want string }{
		"one":        {rows("a", "a", "b", "c"), "a is the most frequent of 3 values: 50% of the rows that have one."},
		"two":        {rows("a", "b", "a", "b", "c"), "a and b are the most frequent of 3 values: 40% each of the rows that have one."},
		"all":        {rows("a", "b", "c"), "All 3 values are as frequent, each in 33% of the rows that have one."},
		"many":       {rows(strings.Split("abcdefghijklmn", "")...), "All 14 values are as frequent, each in 7.1% of the rows that have one."},
		"ten":        {rows(strings.Split("abcdefghijabcdefghijklmn", "")...), "No value is more frequent than a, of 14 values: 8.3% of the rows that have one."},
		"numbers":    {rows("3", "1", "1", "3", "2"), "1 and 3 are the most frequent of 3 values: 40% each of the rows that have one."},
		"with gaps":  {rows("a", "", "b", "b"), "b is the most frequent of 2 values: 67% of the rows that have one."},
		"one of all": {rows("a", "a"), "Every value is a."},
	} {
		t.Run(name, func(t *testing.T) {
			client := s.load(t, tt.csv)
			says(t, s.page(t, client, "/explore/columns/0"), "values", tt.want)
		})
	}
}

// With many equal values more than half lie between the quartiles, and where
// these are one value, the others are not far outside.
func TestSpreadOfEqualValues(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, planted("x,y,z", 200, func(i int) string {
		x, z := 0.5, 100.3+float64(i)/1e6
		if i%5 == 0 {
			x = 1 + float64(i)/400
		}
		return fmt.Sprintf("%g,%g,%.6f", x, float64(min(i%8, 5))+0.5, z)
	}))
	says(t, s.page(t, client, "/explore/columns/0"), "values", "160 of the 200 values are 0.5.")
	says(t, s.page(t, client, "/explore/columns/1"), "values", "The middle half of the values spans 2.25 to 5.5; their middle is 4.")
	caption, _, _ := figureOf(t, s.page(t, client, "/explore/columns/2"), "values")
	if !strings.HasPrefix(caption, "The middle half of the values spans 100.3000 to 100.3001; ") {
		t.Errorf("close quartiles read %q", caption)
	}
	if got := spaced(s.page(t, client, "/explore/columns/0").Find("main")); strings.Contains(got, "are below it") {
		t.Errorf("no value is below the 5th percentile of %s", got)
	}
}

// A column of names may name some rows twice.
func TestIdentifiersAreCounted(t *testing.T) {
	for _, tt := range []struct {
		distinct, rows int
		want           string
	}{{30, 30, "30 rows, each with a value of its own: it names the row."}, {20, 30, "20 different values in 30 rows, which it names."}, {1, 30, "1 value in 30 rows, which it names."}} {
		c := profile.Column{Kind: frame.ID, Distinct: tt.distinct, Levels: &profile.Levels{Top: []profile.Level{{Value: "a", Count: tt.rows - tt.distinct + 1}}, Rest: tt.distinct - 1}}
		if got := finding(c); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
	if got := finding(profile.Column{Distinct: 9, Levels: &profile.Levels{Top: []profile.Level{{Value: "a", Count: 1}}, Rest: 8}}); got != "No value comes twice in 9 rows that have one." {
		t.Errorf("texts that differ: %q", got)
	}
}

// The most of some counts need not be most of the rows, and several may have
// as many. A day stands under the line that counts it.
func TestCalendarTellsTies(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, planted("day,x", 366, func(i int) string {
		return fmt.Sprintf("2024-%02d-%02d,%d", 1+i%12, 1+i/12%28, i)
	}))
	page := s.page(t, client, "/explore/columns/0")
	caption, _, months := figureOf(t, page, "months")
	if want := "day by month: January, February and 4 others have the most, 31 each of 366 rows."; caption != want && !strings.HasPrefix(caption, "day by month: January, February and") {
		t.Errorf("%q over %q", caption, months)
	}
	_, _, spans := figureOf(t, page, "time")
	for k, line := range spans {
		from := strings.TrimPrefix(line[0], "from ")
		to := "9999"
		if k+1 < len(spans) {
			to = strings.TrimPrefix(spans[k+1][0], "from ")
		}
		n := 0
		for i := range 366 {
			if day := fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i/12%28); day >= from && day < to {
				n++
			}
		}
		if line[1] != strconv.Itoa(n) {
			t.Errorf("%s rows %s to %s, want %d", line[1], from, to, n)
		}
	}
	hours := s.load(t, planted("at,x", 200, func(i int) string { return fmt.Sprintf("2024-05-31T12:%02d:%02d,%d", i/60, i%60, i) }))
	_, _, spans = figureOf(t, s.page(t, hours, "/explore/columns/0"), "time")
	if len(spans) < 2 || spans[0][0] == spans[1][0] {
		t.Errorf("spans of one day are named %q", spans)
	}
	for want, counts := range map[string][]profile.Level{
		"May has the most, 3 of 5 rows.":                     {{Value: "May", Count: 3}, {Value: "June", Count: 2}},
		"every line has as many rows, 2.":                    {{Value: "May", Count: 2}, {Value: "June", Count: 2}},
		"May and July have the most, 2 each of 5 rows.":      {{Value: "May", Count: 2}, {Value: "June", Count: 1}, {Value: "July", Count: 2}},
		"the span from 2024-05-01 has the most, 1 of 1 row.": {{Value: "from 2024-05-01", Count: 1}, {Value: "from 2024-06-01"}},
	} {
		if got := countsFinding(counts); got != want {
			t.Errorf("%v: %q, want %q", counts, got, want)
		}
	}
}

// Columns that lack as many values are named together, and what is missing
// together is told from the combinations that are drawn.
func TestMissingTellsTies(t *testing.T) {
	s := newStepSite(t)
	gaps := func(cells ...string) *goquery.Document {
		client := s.load(t, planted("a,b,c,y", 40, func(i int) string {
			return cells[i%len(cells)] + "," + strconv.Itoa(i)
		}))
		return s.page(t, client, "/explore/rows")
	}
	page := gaps("1,2,x", ",2,x", "1,,x", "5,6,x")
	says(t, page, "missing", "a and b lack the most values, each in 25% of the rows.")
	says(t, page, "patterns", "The 2 most frequent combinations of gaps are in 10 rows each.")
	page = gaps("1,2,x", ",,x", ",,x", "5,,x", "1,2,")
	table := says(t, page, "patterns", "Most often a and b are missing together, in 40% of the rows.")
	if table[0][0] != "a, b" || table[0][2] != "40%" {
		t.Errorf("the combinations are %q", table)
	}
	says(t, page, "missing", "b lacks the most values, in 60% of the rows.")
	page = gaps("1,2,x", "1,2,x", "1,2,x", "1,2,x", "1,2,x", "1,,x", "1,2,x", "1,2,x")
	says(t, page, "missing", "b alone lacks values, in 12% of the rows.")
	one := s.load(t, "a,b\n1,\n,2\n3,4\n,5\n")
	if got := spaced(s.page(t, one, "/explore/rows").Find("main")); !strings.Contains(got, "1 of 4 rows has a value in every column.") {
		t.Errorf("of one whole row: %s", got)
	}
}

// The pair that is named is the strongest of those that are drawn.
func TestAssociationsTellOfTheDrawnCells(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct {
		values [][]float64
		want   string
	}{
		{[][]float64{{1, 0.999, 0.4}, {0.999, 1, 0.93}, {0.4, 0.93, 1}}, "a and b go together fully (1.00); of the others, b and c go together the most (0.93)."},
		{[][]float64{{1, 0.02, nan}, {0.02, 1, -0.04}, {nan, -0.04, 1}}, "No two columns go together closely; the most are b and c (−0.04)."},
		{[][]float64{{1, 0.701, -0.699}, {0.701, 1, 0.1}, {-0.699, 0.1, 1}}, "2 pairs go together the most (±0.70), a and b among them."},
		{[][]float64{{1, -0.8, 0.1}, {-0.8, 1, 0.2}, {0.1, 0.2, 1}}, "a and b go together the most (−0.80)."},
		{[][]float64{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}, "3 pairs go together fully (1.00), a and b among them."},
		{[][]float64{{1, nan}, {nan, 1}}, "No two columns vary together in a way that can be told."},
	} {
		if got := pairsFinding(pairsOf([]string{"a", "b", "c"}[:len(tt.values)], tt.values)); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.values, got, tt.want)
		}
	}
	s := newStepSite(t)
	client := s.load(t, strong())
	page := s.page(t, client, "/explore/relations?target=3")
	caption, _, _ := figureOf(t, page, "associations")
	first := page.Find("#relations table:contains('Measured by') tbody tr").First().Find("th, td")
	if a, b := spaced(first.Eq(0)), spaced(first.Eq(1)); !strings.Contains(caption, a+" and "+b) {
		t.Errorf("%q over a table that begins with %s and %s", caption, a, b)
	}
}

// Only some columns are drawn, and the page says which.
func TestRelationsSayWhatIsLeftOut(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, planted("street,"+strings.TrimSuffix(strings.Repeat("n,", 55), ","), 240, func(i int) string {
		row := "street " + strconv.Itoa(i/2)
		for k := range 55 {
			row += "," + strconv.Itoa((i*(k+3)+i*i*k)%97)
		}
		return row
	}))
	got := spaced(s.ask(t, client, http.MethodGet, "/explore/relations", "").want(t, 200).html(t).Find("#relations p").First())
	if !strings.Contains(got, "Of 55 columns of numbers or categories, the 50 ") || !strings.Contains(got, "1 column of more than 100 categories is not compared.") {
		t.Errorf("the page says %q", got)
	}
}

// A cloud of points is not said to rise.
func TestPairTellsHowMuchItMoves(t *testing.T) {
	for r, want := range map[float64]string{
		0.02:  "a and b do not move together in a straight line (correlation 0.02).",
		-0.15: "a and b tend to move in opposite directions (correlation −0.15).",
		0.2:   "a and b tend to rise together (correlation 0.20).",
		0.8:   "a and b rise together (correlation 0.80).",
		-0.8:  "a and b move in opposite directions (correlation −0.80).",
	} {
		if got := pairFinding("a", "b", r); got != want {
			t.Errorf("%v: %q, want %q", r, got, want)
		}
	}
}

// Boxes are of some groups only, and those that are alike are said to be.
func TestBoxesTellOfTheDrawnGroups(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, planted("town,same,price", 360, func(i int) string {
		return fmt.Sprintf("t%02d,%s,%d.5", i%12, []string{"u", "v"}[i/12%2], i%12*10)
	}))
	says(t, s.page(t, client, "/explore/columns/0?target=2"), "boxes", "The middle value of price is 90.5 where town is t09, and 0.5 where it is t00. Of 12 values of town, the 10 most frequent are drawn.")
	says(t, s.page(t, client, "/explore/columns/1"), "boxes", "The middle value of price is 55.5 in each group of same.")
}

// Rows that contradict are compared by some columns, and nearly all is not all.
func TestContradictionsSayWhatIsCompared(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, planted("id,x,y", 4000, func(i int) string {
		label := []string{"no", "yes"}[i%2]
		if i == 3998 {
			label = "yes"
		}
		return fmt.Sprintf("k%05d,%d,%s", i, i%1000, label)
	}))
	got := spaced(s.page(t, client, "/explore/rows?target=2").Find("main"))
	if want := "4 rows are equal in all columns that do not name the row or give y away, but have a different y; no model of these columns can be right for all of them: at best for >99.9% of the rows."; !strings.Contains(got, want) {
		t.Errorf("the page lacks %q:\n%s", want, got)
	}
}

// What a step changes is told in words that suit one of a thing as well.
func TestEffectTellsOfOneAndMany(t *testing.T) {
	for want, e := range map[string]*workflow.Effect{
		"Changes: 1 value in 1 column.":                                         {Changed: 1, Columns: 1, Lasts: true},
		"Changes: 1 training row left out.":                                     {Dropped: 1, Before: 5, After: 4},
		"Changes: how much 1 training row counts.":                              {Weighed: 1, Before: 5, After: 5},
		"Changes: how much 3 training rows count.":                              {Weighed: 3, Before: 5, After: 5},
		"Changes: 2 prepared columns added, 1 prepared column removed.":         {Added: 2, Removed: 1, Lasts: true},
		"Changes nothing in this data. It still holds for rows to come.":        {Lasts: true},
		"Changes nothing in this data.":                                         {Before: 5, After: 5},
		"Changes: 2 training rows left out, 9 rows to learn from instead of 5.": {Dropped: 2, Before: 5, After: 9},
	} {
		if got := effectText(e); got != want {
			t.Errorf("%+v: %q, want %q", e, got, want)
		}
	}
}

// Of a large table groups of a hundred rows are spoken of, however small a
// share they are; of a small one, groups of ten.
func TestGroupsOfAHundredRowsAreEnough(t *testing.T) {
	for rows, want := range map[int]int{32: 10, 500: 10, 1000: 20, 5000: 100, 300_000: 100} {
		a := newAgainst(&profile.TargetReport{Rows: rows})
		if got := a.enough(); got != want {
			t.Errorf("of %d rows a group needs %d, want %d", rows, got, want)
		}
	}
}

// The training page tells of one row without a target as of one.
func TestRowsWithoutATargetAreCounted(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, planted("x,y", 60, func(i int) string {
		return strconv.Itoa(i*7%40) + "," + map[bool]string{true: "", false: []string{"yes", "no"}[i%2]}[i == 5]
	}))
	if got := spaced(s.page(t, client, "/train?target=1").Find("main")); !strings.Contains(got, "1 row without a value in the target is not used.") {
		t.Errorf("the page says %s", got)
	}
}

// The column to predict is not to be filled, encoded or left out.
func TestTargetIsNotToldOfAsAFeature(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, planted("x,y", 200, func(i int) string {
		return strconv.Itoa(i*7%40) + "," + []string{"", "1.5", "2.5", strconv.Itoa(i)}[i%4]
	}))
	page := s.page(t, client, "/explore?target=1")
	if alertOn(page, "25.0% of the rows have no y").Length() != 1 || alertOn(page, "of y is missing").Length() != 0 {
		t.Errorf("the alerts are %q", spaced(page.Find(".alert")))
	}
	if page := s.page(t, client, "/explore?target=0"); alertOn(page, "25.0% of y is missing").Length() != 1 {
		t.Errorf("of a column to learn from the alerts are %q", spaced(page.Find(".alert")))
	}
}
