package views

// ExplorePage is GET /explore.
type ExplorePage struct {
	Problem *Problem // such as an unknown target; may be nil
	Tiles   []Tile   // rows, columns, missing, duplicates

	Alerts  []ExploreAlert // what to look at first; none is good news and said so
	More    []ExploreAlert // the rest of them, on demand
	Settled *Action        // shows again what was kept as it is; nil where nothing was

	Choice     TargetChoice
	TargetNote string // one sentence about it
	TargetName string // the chosen target; empty when there is none
	Findings   []Finding
	Target     *Chart // how the target is spread; may be nil
	Ranking    *Chart // which columns go with it most; may be nil

	Sorts []Option // orders of the column cards
	Query string   // the names that the cards are limited to; empty is all
	Cards []ColumnCard
	Shown string // which of the columns are shown: "Columns 51 to 100 of 300"
	Pages []PageLink

	Parts []PartPage // what concerns the whole table, where it is quick to draw
	Lazy  []LazyPart // the rest, loaded when it is come to

	Report []Link // the page as a file
}

// TargetChoice chooses the target: from a list or, where there are too many
// columns for one, by its name.
type TargetChoice struct {
	Options []Option // value is the column's index; none where the name is typed
	Typed   string   // the name
	Suggest []string // some of the names
}

// field is the input in which the name is typed.
func (t TargetChoice) field(label string) Field {
	return Field{Name: "named", Label: label, Type: "text", Value: t.Typed, Suggest: t.Suggest,
		Help: "Type the column’s name, as in the file."}
}

// Finding is one sentence about a column, with a link to it.
type Finding struct {
	Column string
	URL    string
	Text   string
}

// ExploreAlert is an alert with what can be done about it.
type ExploreAlert struct {
	Alert
	State   string   // what has been done about it already; may be empty
	Actions []Action // the fix first, then to keep it as is
}

// PageLink is a page of the cards.
type PageLink struct {
	Text, URL string
	Here      bool
}

// LazyPart is a part of a page with an address of its own, which scripts bring
// in when it is scrolled to.
type LazyPart struct {
	ID    string // of the part on its own page
	Title string
	Text  string // of the link
	URL   string
}

// ColumnCard is one column among the others.
type ColumnCard struct {
	Name     string
	URL      string // /explore/columns/3
	Kind     string // Number, Category, Yes or no, Date, Text, Identifier
	Reason   string // why this kind
	SVG      string // a small chart, 240×72; may be empty
	Facts    []Fact // the three numbers that matter for this kind
	Missing  string // "177 missing (20%)" or "none missing"
	Lacking  bool   // values are missing
	Relation string // how it goes with the target: "0.54, strong"; may be empty
	Against  string // a small chart of the target by this column; may be empty
	Label    string // what that chart shows
	Left     string // why trainings leave it out; may be empty
	Alerts   []Alert
	IsTarget bool
}

// ColumnPage is GET /explore/columns/{index}.
type ColumnPage struct {
	Name     string
	Kind     string
	Reason   string
	Finding  string // the column in one sentence
	Tiles    []Tile
	Alerts   []ExploreAlert
	Actions  []Action // leave it out, take it back, predict it
	Left     string   // why trainings leave it out; may be empty
	Charts   []Chart  // its spread and what else is drawn of it alone
	Against  []Chart  // against the target
	Target   string   // the target's name
	Missing  string   // how the target differs where the column is missing; may be empty
	Stats    []Fact   // everything counted for its kind
	Values   Table    // the most frequent values; without heads it is left out
	Previous *Link    // the column before it; may be nil
	Next     *Link
	Up       string // the way back to /explore, with its target and order
}

// PartPage is a part of Explore on a page of its own.
type PartPage struct {
	ID     string
	Title  string
	Lead   string
	Charts []Chart
	Tables []TitledTable
	Empty  string // said where there is nothing else
}

// ChartPage is a chart on a page of its own.
type ChartPage struct {
	Title string
	Back  Link // to the page it is from
	Chart Chart
}

// TitledTable is a table under a heading; Note stands between them.
type TitledTable struct {
	ID    string
	Title string
	Note  string
	Table Table
}

// Link is a text that leads somewhere.
type Link struct{ Text, URL string }

// up is the way back to all columns.
func (c ColumnPage) up() string {
	if c.Up == "" {
		return "/explore"
	}
	return c.Up
}
