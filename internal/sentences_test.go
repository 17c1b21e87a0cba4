package internal

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// told are the sources of which docs/sentences.md has every sentence that a
// number or a name is filled into.
var told = []string{
	"web/explore_words.go", "web/explore_target.go", "web/explore_text.go", "web/explore_parts.go", "web/explore_relations.go",
	"web/explore_calendar.go", "web/explore_column.go", "web/results_residuals.go",
	"internal/profile/alerts.go", "internal/profile/disguised.go", "internal/profile/together.go", "internal/workflow/suggest.go",
}

// untold are texts of those sources that say nothing of data, or whose data is
// that of the alert they stand under.
var untold = map[string]bool{
	"Leave one of them out; if … is what you predict, the other gives it away.": true,
	"… is … in ….": true, // words that may stand for missing, with their rows
}

var (
	filled   = regexp.MustCompile(`%[-+.0-9]*[a-zA-Z]`)
	word     = regexp.MustCompile(`[A-Za-z]{2,}`)
	quoted   = regexp.MustCompile("`[^`]+`")
	testName = regexp.MustCompile("`([a-z]+)\\.(Test[A-Za-z0-9]+)`")
)

// TestSentences holds docs/sentences.md to the source: what it says is said, is
// tested, and leaves out nothing.
func TestSentences(t *testing.T) {
	doc, err := os.ReadFile("../docs/sentences.md")
	if err != nil {
		t.Fatal(err)
	}
	literals, byFile, tests := sources(t)
	listed := map[string]bool{}
	rows := 0
	for line := range strings.Lines(string(doc)) {
		for _, name := range testName.FindAllStringSubmatch(line, -1) {
			if !tests[name[1]+"."+name[2]] {
				t.Errorf("docs/sentences.md names the test %s of package %s, which does not exist", name[2], name[1])
			}
		}
		cells := strings.Split(line, " | ")
		if len(cells) != 3 || !strings.HasPrefix(line, "| `") {
			continue
		}
		rows++
		for _, q := range quoted.FindAllString(cells[0], -1) {
			sentence := strings.Trim(q, "`")
			listed[sentence] = true
			if !literals[sentence] && !literals[strings.TrimSpace(sentence)] && !begins(literals, sentence) {
				t.Errorf("docs/sentences.md has %q, which no source says: write it as the source does, with … for what is filled in", sentence)
			}
		}
		if !testName.MatchString(cells[2]) {
			t.Errorf("docs/sentences.md names no test for %s", cells[0])
		}
	}
	if rows < 40 {
		t.Errorf("%d lines of docs/sentences.md were read", rows)
	}
	for _, file := range told {
		if len(byFile[file]) == 0 {
			t.Errorf("%s says nothing; is it still there?", file)
		}
		for _, s := range byFile[file] {
			if !listed[s] && !untold[s] && strings.Contains(s, "…") && len(word.FindAllString(s, -1)) >= 3 {
				t.Errorf("%s says %q, which docs/sentences.md lacks: add it, with a test on data that would make it false", file, s)
			}
		}
	}
}

// begins reports whether a sentence, without spaces at its ends, begins some
// literal, or is one but for spaces.
func begins(literals map[string]bool, sentence string) bool {
	for l := range literals {
		if strings.HasPrefix(strings.TrimSpace(l), strings.TrimSpace(sentence)) {
			return true
		}
	}
	return false
}

// sources returns the texts of the source with … for what is filled in, those
// of each file, and the tests as package.Test.
func sources(t *testing.T) (literals map[string]bool, byFile map[string][]string, tests map[string]bool) {
	t.Helper()
	literals, byFile, tests = map[string]bool{}, map[string][]string{}, map[string]bool{}
	fset := token.NewFileSet()
	walk := func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		f, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(filepath.ToSlash(path), "../")
		if strings.HasSuffix(path, "_test.go") {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
					tests[filepath.Base(filepath.Dir(path))+"."+fn.Name.Name] = true
				}
			}
			return nil
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if s, err := strconv.Unquote(l.Value); err == nil {
					s = strings.ReplaceAll(filled.ReplaceAllString(s, "…"), "%%", "%")
					literals[s] = true
					byFile[name] = append(byFile[name], s)
				}
			}
			return true
		})
		return nil
	}
	for _, root := range []string{"../web", "../internal"} {
		if err := filepath.WalkDir(root, walk); err != nil {
			t.Fatal(err)
		}
	}
	return literals, byFile, tests
}
