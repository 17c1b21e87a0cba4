package views

// ExplorePage is GET /explore.
type ExplorePage struct {
	Problem *Problem // such as an unknown target; may be nil
	Tiles   []Tile   // rows, columns, missing, duplicates
	Alerts  []Alert  // what to look at first; none is good news and said so

	Targets    []Option // the target chooser: value is the column's index, the first is none
	Sorts      []Option // orders of the column cards
	TargetName string   // the chosen target; empty when there is none
	Target     *Chart   // how the target is spread; may be nil
	TargetNote string   // one sentence about it

	Cards       []ColumnCard
	Preview     Table
	Correlation Chart   // the heat map
	Pairs       Table   // the strongest pairs
	Charts      []Chart // missing pattern, duplicates and what else concerns the whole file
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
	Relation string // how it goes with the target: "association 0.54"; may be empty
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
	Alerts   []Alert
	Charts   []Chart // its spread, then against the target
	Stats    []Fact  // everything counted for its kind
	Values   Table   // the most frequent values; without heads it is left out
	Previous *Link   // the column before it; may be nil
	Next     *Link
	Up       string // the way back to /explore, with its target and order
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
