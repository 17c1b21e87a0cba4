package web

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
	"clicktrain/internal/workflow"
)

// snippet is Python that loads the model and predicts the first row of the
// person's own file, with the answer to expect.
// file is the model's name as it was downloaded.
func snippet(t *workflow.Trained, d *workflow.Data, file string) string {
	inputs, f := t.Pipeline.Recipe.Inputs(), d.Frame()
	var b strings.Builder
	amounts := amountColumns(inputs, d)
	if len(amounts) > 0 {
		b.WriteString("import pickle\nimport re\n\nimport pandas as pd\n\n\n" + numberFunction + "\n\n")
	} else {
		b.WriteString("import pickle\n\nimport pandas as pd\n\n")
	}
	b.WriteString("with open(" + pythonText(file) + ", \"rb\") as file:\n    model = pickle.load(file)\n\n")
	b.WriteString("row = pd.DataFrame([{\n")
	for _, in := range inputs {
		fmt.Fprintf(&b, "    %s: %s,\n", pythonText(in.Name), pythonValue(f.Column(in.Name)))
	}
	b.WriteString("}])" + objectColumns(inputs, f) + "\n")
	b.WriteString("print(model.predict(row)[0])" + expected(t, f) + "\n")
	if tellsProbabilities(t.Pipeline) {
		b.WriteString("print(dict(zip(model.classes_, model.predict_proba(row)[0])))\n")
	}
	b.WriteString("\n# The same for a whole file, read as it was read here:\n")
	if hasNotice(d, "unreadable", "renamed", "dropped_columns") {
		b.WriteString("# (the Data page lists what was changed while reading; change it in the file too)\n")
	}
	if t.Pipeline.Recipe.Exact() {
		b.WriteString("# (with pandas before 3 also pass float_precision=\"round_trip\": the last digits of numbers count)\n")
	}
	fmt.Fprintf(&b, "rows = pd.read_csv(%s%s)\n", pythonText(d.Name), readArguments(inputs, d))
	b.WriteString("predictions = model.predict(rows)\n")
	return b.String()
}

// tellsProbabilities reports whether the model in Python has predict_proba: a
// hard vote's shares are no probabilities there.
func tellsProbabilities(p *train.Pipeline) bool {
	_, tells := p.Model.(learn.Proba)
	votes := slices.ContainsFunc(p.Params, func(v param.Named) bool { return v.Name == "voting" && v.Value == "hard" })
	return tells && p.Labels.Len() > 0 && !votes
}

// amountColumns returns how Python reads the number columns of the model whose
// cells have signs around the number: of a currency, for percent, or
// parentheses for minus.
func amountColumns(inputs []recipe.Input, d *workflow.Data) []string {
	var out []string
	for _, in := range inputs {
		at := slices.IndexFunc(d.Table.Notices, func(n ingest.Notice) bool {
			return n.Column == in.Name && slices.Contains([]string{"currency", "percent", "parentheses"}, n.Code)
		})
		if at < 0 || in.Kind != frame.Numeric {
			continue
		}
		reads := "number"
		if d.Table.Notices[at].Decimal == ',' {
			reads = `lambda text: number(text, ",")`
		}
		out = append(out, pythonText(in.Name)+": "+reads)
	}
	return out
}

// numberFunction is Python that reads such cells as they are read here.
const numberFunction = `def number(text, decimal="."):  # "$1,200.50" is 1200.5, "(5 %)" is -5
    digits = re.sub("[^0-9" + decimal + "]", "", text).replace(decimal, ".")
    if not digits:
        return float("nan")
    return -float(digits) if re.search("[(\u2212-]", text) else float(digits)
`

// objectColumns gives columns of texts whose only value is missing the type
// that they have in a whole file; pandas would take them for numbers.
func objectColumns(inputs []recipe.Input, f *frame.Frame) string {
	var types []string
	for _, in := range inputs {
		if c := f.Column(in.Name); !c.Numbers() && c.Missing(0) {
			types = append(types, pythonText(in.Name)+": object")
		}
	}
	if len(types) == 0 {
		return ""
	}
	return ".astype({" + strings.Join(types, ", ") + "})"
}

// expected is a comment with this program's own answer for the row.
func expected(t *workflow.Trained, f *frame.Frame) string {
	p, err := t.Pipeline.Predict(f, []int{0})
	if err != nil {
		return ""
	}
	if labels := t.Pipeline.Labels; labels.Len() > 0 {
		return "  # " + oneLine(labels.Text(int(p.Values[0])))
	}
	return "  # " + strconv.FormatFloat(p.Values[0], 'g', 10, 64)
}

// oneLine keeps a text of the file inside its comment.
func oneLine(s string) string { return strings.Trim(pythonText(s), `"`) }

// readArguments are what pandas.read_csv must be told to read the file as it
// was read here.
func readArguments(inputs []recipe.Input, d *workflow.Data) string {
	dialect := d.Table.Dialect
	var b strings.Builder
	if dialect.Delimiter != ',' && dialect.Delimiter != 0 {
		b.WriteString(", sep=" + pythonText(string(rune(dialect.Delimiter))))
	}
	thousands := slices.ContainsFunc(d.Table.Notices, func(n ingest.Notice) bool { return n.Code == "thousands" && n.Decimal == '.' })
	switch {
	case dialect.Decimal == ',':
		b.WriteString(`, decimal=",", thousands="."`)
	case thousands:
		b.WriteString(`, thousands=","`)
	}
	if columns := amountColumns(inputs, d); len(columns) > 0 {
		b.WriteString(", converters={" + strings.Join(columns, ", ") + "}")
	}
	if words := missingWords(inputs, d); words != "" {
		b.WriteString(", na_values=" + words)
	}
	if dialect.Encoding != "utf-8" && dialect.Encoding != "" {
		b.WriteString(", encoding=" + pythonText(dialect.Encoding))
	}
	switch {
	case dialect.Units && dialect.Line > 1: // the lines before the header, and the one after it
		fmt.Fprintf(&b, ", skiprows=[*range(%d), %d]", dialect.Line-1, dialect.Line)
	case dialect.Units:
		b.WriteString(", skiprows=[1]")
	case dialect.Line > 1:
		fmt.Fprintf(&b, ", skiprows=%d", dialect.Line-1)
	}
	if dialect.Last > 0 {
		fmt.Fprintf(&b, `, skipfooter=%d, engine="python"`, dialect.Last)
	}
	if dialect.Quote != '"' && dialect.Quote != 0 {
		b.WriteString(", quotechar=" + pythonText(string(rune(dialect.Quote))))
	}
	if dialect.Escape == '\\' {
		b.WriteString(`, escapechar="\\", doublequote=False`)
	}
	if !dialect.Header {
		names := make([]string, len(d.Frame().Columns))
		for i, c := range d.Frame().Columns {
			names[i] = pythonText(c.Name)
		}
		b.WriteString(", header=None, names=[" + strings.Join(names, ", ") + "]")
	}
	var types []string
	for _, in := range inputs {
		if in.DType != "" {
			types = append(types, pythonText(in.Name)+": "+pythonText(in.DType))
		}
	}
	if len(types) > 0 {
		b.WriteString(", dtype={" + strings.Join(types, ", ") + "}")
	}
	return b.String()
}

// pythonValue is the first value of a column as a Python literal, of the type
// that pandas.read_csv gives the column.
func pythonValue(c *frame.Column) string {
	switch {
	case c.Missing(0):
		return `float("nan")`
	case c.Kind == frame.Time:
		return pythonText(dateText(c, 0))
	case c.Numbers():
		return numberText(c.Num[0])
	case c.IsPandasBool():
		return c.Levels[c.Codes[0]]
	}
	return pythonText(c.Levels[c.Codes[0]])
}

// pythonText is a text as a Python literal of printable ASCII, so that no
// value of a file can end the literal or hide in it.
func pythonText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case r > 0x7f && !strconv.IsPrint(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// hasNotice reports whether the reader told one of the given things.
func hasNotice(d *workflow.Data, codes ...string) bool {
	return slices.ContainsFunc(d.Table.Notices, func(n ingest.Notice) bool { return slices.Contains(codes, n.Code) })
}

// missingMarks are words that stand for a missing number here, but not in
// pandas.
var missingMarks = []string{"?", "-", "--", ".", `\N`}

// missingWords is the na_values for the model's columns: the words among their
// numbers if the file has cells that need them, and what the person said stands
// for missing.
func missingWords(inputs []recipe.Input, d *workflow.Data) string {
	var words []string
	looked := false
	var columns []string
	for _, in := range inputs {
		var list []string
		if c := d.Frame().Column(in.Name); in.Kind == frame.Numeric && c.MissingCount() > 0 {
			if !looked {
				words, looked = wordsIn(d), true
			}
			list = append(list, words...)
		}
		for _, m := range append(slices.Clone(d.Chosen.Missing[in.Name]), groupedMarks(in, d)...) {
			if !slices.Contains(list, m) {
				list = append(list, m)
			}
		}
		if len(list) > 0 {
			for i, w := range list {
				list[i] = pythonText(w)
			}
			columns = append(columns, pythonText(in.Name)+": ["+strings.Join(list, ", ")+"]")
		}
	}
	if len(columns) == 0 {
		return ""
	}
	return "{" + strings.Join(columns, ", ") + "}"
}

// groupedMarks are the whole numbers that the person said stand for missing, as
// they stand in cells with marks between thousands: pandas compares those with
// the text, and all others by their value.
func groupedMarks(in recipe.Input, d *workflow.Data) []string {
	mark := byte(',')
	if d.Table.Dialect.Decimal == ',' {
		mark = '.'
	} else if !hasNotice(d, "thousands") {
		return nil
	}
	var out []string
	for _, m := range d.Chosen.Missing[in.Name] {
		n, err := strconv.ParseInt(m, 10, 64)
		if err != nil || in.Kind != frame.Numeric || n > -1000 && n < 1000 {
			continue
		}
		b := []byte(m)
		for i := len(b) - 3; i > 0 && b[i-1] != '-'; i -= 3 {
			b = slices.Insert(b, i, mark)
		}
		out = append(out, string(b))
	}
	return out
}

// wordsIn returns the missing marks that stand in the file's cells.
func wordsIn(d *workflow.Data) []string {
	var out []string
	for _, w := range missingMarks {
		if hasCell(d.Table.Raw, d.Table.Dialect.Delimiter, w) {
			out = append(out, w)
		}
	}
	return out
}

// hasCell reports whether a cell of the file is the word and nothing else.
func hasCell(raw *ingest.Raw, delimiter byte, word string) bool {
	for part := range raw.Parts() {
		if partHasCell(part, delimiter, word) {
			return true
		}
	}
	return false
}

// partHasCell is hasCell for lines of the file.
func partHasCell(lines []byte, delimiter byte, word string) bool {
	ends := []byte{delimiter, '\n', '\r'}
	for rest := lines; ; {
		i := bytes.Index(rest, []byte(word))
		if i < 0 {
			return false
		}
		j := i + len(word)
		before := i == 0 || bytes.IndexByte(ends, rest[i-1]) >= 0
		after := j == len(rest) || bytes.IndexByte(ends, rest[j]) >= 0
		if before && after {
			return true
		}
		rest = rest[i+1:]
	}
}
