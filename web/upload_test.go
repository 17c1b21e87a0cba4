package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// smallSite takes files of up to 2 MiB.
func smallSite(t *testing.T) *site {
	t.Helper()
	return newStepSite(t, func(o *Options) {
		o.MaxUpload = 2 << 20
		o.Workflow.Limits.Ingest.Bytes = o.MaxUpload
	})
}

// intact checks that a browser and a caller have what they had loaded.
func (s *site) intact(t *testing.T, client *http.Client, id string) {
	t.Helper()
	page := s.ask(t, client, "GET", "/", "").want(t, 200).html(t)
	if got := page.Find("header .file").Text(); !strings.Contains(got, "people.csv") {
		t.Errorf("the page is of the file %q", got)
	}
	if body := s.ask(t, client, "GET", "/explore", "").want(t, 200).body; !strings.Contains(body, "income") {
		t.Error("the table is gone from Explore")
	}
	var held held
	if err := json.Unmarshal([]byte(s.get(t, "/api/sessions/"+id).want(t, 200).body), &held); err != nil {
		t.Fatal(err)
	}
	if held.FileName != "people.csv" || held.Shape != [2]int{80, 5} {
		t.Errorf("the session holds %+v", held)
	}
}

// TestRefusedFiles sends what is no table by the page and by the API: both say
// what it is, with one status, and lose nothing.
func TestRefusedFiles(t *testing.T) {
	s := smallSite(t)
	client, id := s.load(t, people()), s.open(t, people())
	sessions, bytes := s.sessions.Len(), s.opts.Workflow.Held()
	tests := []struct {
		name, file, data string
		status           int
		sentence         string
	}{
		{"empty", "a.csv", "", 422, "The selected file is empty."},
		{"blank lines", "a.csv", "\n\n  \n", 422, "The selected file is empty."},
		{"header alone", "a.csv", "name,age,town\n", 422, "The file has 3 columns but no rows of data."},
		{"quotes alone", "a.csv", `""""`, 422, "The file has only quote characters."},
		{"PNG", "a.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", 415, "it looks like a PNG image."},
		{"Excel", "a.csv", "PK\x03\x04\x14\x00\x06\x00\x08\x00[Content_Types].xml", 415, "an Excel workbook"},
		{"old Excel", "a.csv", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", 415, "an old Excel"},
		{"web page", "a.csv", "<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table>", 415, "it is a web page"},
		{"JSON", "a.csv", `[{"a": 1}, {"a": 2}]`, 415, "it is JSON."},
		{"binary", "a.csv", strings.Repeat("\x00\x01\x02\x03", 1000), 415, "it holds binary data."},
		{"by its content, whatever its name", "a.png", "\x7fELF\x02\x01\x01", 415, "it looks like a program."},
		{"over the limit", "a.csv", "a,b\n" + strings.Repeat("1.5,2.5\n", 300_000), 413, "smaller than 2 MB."},
		{"far over the limit", "a.csv", "a,b\n" + strings.Repeat("1.5,2.5\n", 600_000), 413, "The file is larger than 2 MiB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s.clock.add(time.Minute) // the rate of uploads is not what is tested
			s.send(t, plain, "/api/upload", tt.file, tt.data).told(t, tt.status, tt.sentence)
			s.send(t, client, "/upload", tt.file, tt.data).told(t, tt.status, tt.sentence)
			s.send(t, plain, "/upload", tt.file, tt.data).told(t, tt.status, tt.sentence)
			s.intact(t, client, id)
			if n, b := s.sessions.Len(), s.opts.Workflow.Held(); n != sessions || b != bytes {
				t.Errorf("%d sessions hold %d bytes, before it were %d with %d", n, b, sessions, bytes)
			}
		})
	}
}

// TestFileWithoutName sends a file as a part that has no name for it.
func TestFileWithoutName(t *testing.T) {
	s := newStepSite(t)
	body := "--x\r\nContent-Disposition: form-data; name=\"file\"\r\nContent-Type: text/csv\r\n\r\na,b\n1,x\n2,y\n\r\n--x--\r\n"
	r := s.ask(t, plain, "POST", "/api/upload", body, "Content-Type: multipart/form-data; boundary=x").want(t, 201)
	if !strings.Contains(r.body, `"filename":"data.csv","encoding_detected":"utf-8","delimiter":",","shape":[2,2]`) {
		t.Errorf("it was read as %.300s", r.body)
	}
}

// TestNoFile sends forms without a file.
func TestNoFile(t *testing.T) {
	s := smallSite(t)
	client, id := s.load(t, people()), s.open(t, people())
	nothing, kind := form(t, "", "", nil)
	other, otherKind := form(t, "attachment", "a.csv", []byte(people()))
	unnamed, unnamedKind := form(t, "file", "", nil)
	tests := []struct{ name, body, kind, sentence string }{
		{"no part", nothing, kind, "No file was sent."},
		{"another part", other, otherKind, "No file was sent."},
		{"nothing chosen", unnamed, unnamedKind, "No file was sent."},
		{"no form", `{"file": "a,b"}`, "Content-Type: application/json", "No file was sent."},
		{"no type", people(), "X-Nothing: 1", "No file was sent."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s.ask(t, plain, "POST", "/api/upload", tt.body, tt.kind).told(t, 422, tt.sentence)
			s.ask(t, client, "POST", "/upload", tt.body, tt.kind).told(t, 422, tt.sentence)
			s.intact(t, client, id)
		})
	}
	cut := other[:len(other)-40]
	cut = strings.Replace(cut, `name="attachment"`, `name="file"`, 1)
	s.ask(t, plain, "POST", "/api/upload", cut, otherKind).told(t, 400, "broke off")
	many := strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n", 30) + "--x--\r\n"
	s.ask(t, plain, "POST", "/api/upload", many, "Content-Type: multipart/form-data; boundary=x").told(t, 422, "more than 20 parts")
	s.intact(t, client, id)
}

// uploadRead is the part of an upload's answer that tests look at.
type uploadRead struct {
	FileName string
	Shape    [2]int
	Reading  reading
}

func readUpload(t *testing.T, r response) (up uploadRead) {
	t.Helper()
	if err := json.Unmarshal([]byte(r.want(t, http.StatusCreated).body), &up); err != nil {
		t.Fatal(err)
	}
	return up
}

// TestRaggedRows checks that a row with too many cells is set aside, that one
// with too few is filled up, and that both are named and counted.
func TestRaggedRows(t *testing.T) {
	s := smallSite(t)
	data := "a,b,c\n1,2,3\n4,5\n6,7,8\n9,10,11,12\n13,14,15\n"
	up := readUpload(t, s.send(t, plain, "/api/upload", "r.csv", data))
	r := up.Reading
	if up.Shape != [2]int{4, 3} || r.Records != 5 || r.RowsLoaded != 4 || r.RowsSetAside != 1 {
		t.Errorf("shape %v, reading %+v", up.Shape, r)
	}
	if len(r.SetAside) != 1 || r.SetAside[0] != (setAside{5, "4 cells, but 3 columns"}) {
		t.Errorf("set aside are %+v", r.SetAside)
	}
	if n := r.Notices; len(n) == 0 || n[0].Code != "padded_rows" || n[0].Line != 3 {
		t.Errorf("notices = %+v", r.Notices)
	}
	page := s.send(t, follower(t), "/upload", "r.csv", data).want(t, 200).html(t).Find("main").Text()
	for _, want := range []string{"line 3", "Line 5:", "4 cells, but 3 columns", "Rows set aside"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// TestNewUpload checks that a file takes the place of the one before, with all
// that was made of it, and that a first one makes a session.
func TestNewUpload(t *testing.T) {
	s := smallSite(t)
	if s.get(t, "/").want(t, 200); s.sessions.Len() != 0 {
		t.Error("a visit makes a session")
	}
	client := s.load(t, people())
	s.post(t, client, "/prepare", "step=impute&strategy=mean").want(t, 200)
	s.send(t, client, "/upload", "other.csv", "u,v,w\n1,x,2\n2,y,3\n3,x,5\n").want(t, 200)
	page := s.ask(t, client, "GET", "/prepare", "").want(t, 200).html(t)
	if s.sessions.Len() != 1 || page.Find("ol.recipe li").Length() != 0 || !strings.Contains(page.Find("header .file").Text(), "other.csv") {
		t.Errorf("%d sessions; Prepare shows %s", s.sessions.Len(), page.Find("header .file, ol.recipe").Text())
	}
}

// TestSamples loads each built-in table by its button.
func TestSamples(t *testing.T) {
	s := newStepSite(t)
	landing := s.get(t, "/").html(t)
	names := landing.Find(`form[action="/sample"] button[name=name]`)
	if names.Length() != 4 {
		t.Fatalf("the page offers %d samples", names.Length())
	}
	for _, b := range names.EachIter() {
		name := b.AttrOr("value", "")
		page := s.post(t, follower(t), "/sample", "name="+name).want(t, 200).html(t)
		if !strings.Contains(page.Find("header .file").Text(), name) {
			t.Errorf("%s led to %q", name, page.Find("header .file").Text())
		}
	}
	s.post(t, follower(t), "/sample", "name=nothing").told(t, 422, "")
	s.post(t, follower(t), "/sample", "").told(t, 422, "")
}

// TestReread reads the same bytes with another delimiter, and refuses nonsense
// without losing the table.
func TestReread(t *testing.T) {
	s := smallSite(t)
	client := s.load(t, "a;b\n1,5;2\n3,5;4\n5,5;6\n")
	controls := s.ask(t, client, "GET", "/", "").html(t).Find(`form[action="/reread"]`)
	if controls.Find("select[name=delimiter], input[name=delimiter]").Length() != 1 {
		t.Fatal("the page has no choice of delimiter")
	}
	page := s.post(t, client, "/reread", "delimiter=44&encoding=utf-8").want(t, 200).html(t)
	if got := page.Find("main").Text(); !strings.Contains(got, "5;2") {
		t.Errorf("read with a comma: %s", got)
	}
	s.post(t, client, "/reread", "delimiter=44&encoding=klingon").told(t, 422, "There is no such encoding.")
	s.post(t, client, "/reread", "delimiter="+strings.Repeat("x", 500)).told(t, 422, "There is no such separator.")
	s.ask(t, client, "GET", "/explore", "").want(t, 200)
	s.post(t, follower(t), "/reread", "delimiter=44").told(t, http.StatusConflict, "There is no data yet.")
}

// TestFileNames checks that a file's name is text and never a path, on pages,
// in the API and in the headers of downloads.
func TestFileNames(t *testing.T) {
	s := smallSite(t)
	for name, want := range map[string]string{
		"../../../../x.csv": "x.csv", `C:\x\y.csv`: "y.csv", "a\u202etxt.csv": "atxt.csv",
		`<img src=x onerror=alert(1)>.csv`: `<img src=x onerror=alert(1)>.csv`, strings.Repeat("é", 300): strings.Repeat("é", 119) + "…",
	} {
		s.clock.add(time.Minute)
		up := readUpload(t, s.send(t, plain, "/api/upload", name, people()))
		if up.FileName != want {
			t.Errorf("%q is called %q, want %q", name, up.FileName, want)
		}
		page := s.send(t, follower(t), "/upload", name, people()).want(t, 200).html(t)
		if n := page.Find("main img, header img, [onerror]").Length(); n > 0 {
			t.Errorf("%q put %d elements into the page", name, n)
		}
	}
}

// TestMemoryLimits checks that a table over the session's share, or over what
// the server has, is refused with the sizes, and that nothing stays reserved.
func TestMemoryLimits(t *testing.T) {
	for _, tt := range []struct {
		name     string
		change   func(*Options)
		status   int
		sentence string
	}{
		{"session", func(o *Options) { o.Workflow.Limits.SessionBytes = 1000 }, 507, "a session may hold 1 KB"},
		{"server", func(o *Options) { o.Workflow.Limits.TotalBytes = 1000 }, 503, "The server's memory is full."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newStepSite(t, tt.change)
			s.send(t, plain, "/api/upload", "a.csv", people()).told(t, tt.status, tt.sentence)
			s.send(t, follower(t), "/upload", "a.csv", people()).told(t, tt.status, tt.sentence)
			if n := s.opts.Workflow.Held(); n != 0 || s.sessions.Len() != 0 {
				t.Errorf("%d sessions hold %d bytes", s.sessions.Len(), n)
			}
		})
	}
}

// TestClear checks that deleting frees everything at once.
func TestClear(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	if s.opts.Workflow.Held() == 0 {
		t.Fatal("nothing is held")
	}
	page := s.post(t, client, "/clear", "").want(t, 200).html(t)
	if got := page.Find("#flashes").Text(); !strings.Contains(got, "deleted") {
		t.Errorf("the page says %q", got)
	}
	if n := s.opts.Workflow.Held(); n != 0 || s.sessions.Len() != 0 {
		t.Errorf("%d sessions hold %d bytes", s.sessions.Len(), n)
	}
	if got := fmt.Sprint(s.ask(t, client, "GET", "/explore", "").StatusCode); got != "409" {
		t.Errorf("Explore afterwards = %s", got)
	}
}
