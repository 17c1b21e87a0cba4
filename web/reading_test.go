package web

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/ingest/ingesttest"
	"clicktrain/internal/workflow"
)

// readingSite is a server that takes the largest of the cases.
func readingSite(t *testing.T) *site {
	t.Helper()
	return newSite(t, func(o *Options) {
		o.MaxUpload = 200 << 20
		o.Workflow = &workflow.Service{Limits: workflow.Limits{SessionBytes: 1 << 30, TotalBytes: 4 << 30}}
	})
}

// formOf is a form with the file, and the header line that names its type.
func formOf(t *testing.T, raw []byte) (body, header string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "data.csv")
	if err == nil {
		_, err = part.Write(raw)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), "Content-Type: " + w.FormDataContentType()
}

// TestInputsOverHTTP uploads the files that people have, each by its name.
func TestInputsOverHTTP(t *testing.T) {
	s := readingSite(t)
	for _, c := range ingesttest.All() {
		t.Run(c.Name, func(t *testing.T) {
			if c.Big && testing.Short() {
				t.Skip("takes tens of megabytes")
			}
			s.clock.add(time.Minute) // past the rate limit
			body, header := formOf(t, c.Text())
			r := s.ask(t, plain, http.MethodPost, "/api/upload", body, header)
			if !c.Accepted() {
				d := r.want(t, statusOf[c.Kind]).details(t)
				if !strings.Contains(d.Detail, c.Says) {
					t.Errorf("detail = %q, want %q in it", d.Detail, c.Says)
				}
				return
			}
			r.want(t, http.StatusCreated)
			var u uploaded
			if err := json.Unmarshal([]byte(r.body), &struct {
				*uploaded
				Preview []json.RawMessage `json:"preview"`
			}{uploaded: &u}); err != nil {
				t.Fatal(err)
			}
			told(t, c, u)
			s.ask(t, plain, http.MethodDelete, r.Header.Get("Location"), "").want(t, http.StatusNoContent)
		})
	}
}

// told holds that the answer tells what the case says.
func told(t *testing.T, c ingesttest.Case, u uploaded) {
	t.Helper()
	var columns, notices []string
	for _, k := range u.ColumnTypes {
		columns = append(columns, k.Name+" "+k.Kind)
		if k.Reason == "" {
			t.Errorf("no reason is given for the kind of %q", k.Name)
		}
	}
	for _, n := range u.Reading.Notices {
		s := n.Code
		if n.Line > 0 {
			s += " " + strconv.Itoa(n.Line)
		}
		notices = append(notices, s)
		if n.Message == "" {
			t.Errorf("the notice %s says nothing", n.Code)
		}
	}
	var aside []int
	for _, row := range u.Reading.SetAside {
		aside = append(aside, row.Line)
		if row.Reason == "" {
			t.Errorf("no reason is given for line %d", row.Line)
		}
	}
	if d := cmp.Diff(c.Columns, columns); c.Columns != nil && d != "" {
		t.Errorf("columns (-want +got):\n%s", d)
	}
	if d := cmp.Diff(c.Notices, notices); d != "" {
		t.Errorf("notices (-want +got):\n%s", d)
	}
	if d := cmp.Diff(c.SetAside, aside); d != "" {
		t.Errorf("lines set aside (-want +got):\n%s", d)
	}
	q := u.Reading
	if q.Records != q.RowsLoaded+q.RowsSetAside+q.Blank+q.Comment+q.Skipped || u.Shape[0] != q.RowsLoaded {
		t.Errorf("the accounts do not balance: %+v with %d rows", q, u.Shape[0])
	}
	if q.RowsLoaded != c.Rows || q.Blank != c.Blank || q.Comment != c.Comment || q.Skipped != c.Skipped {
		t.Errorf("reading = %+v, want %d loaded, %d blank, %d comments, %d skipped", q, c.Rows, c.Blank, c.Comment, c.Skipped)
	}
}

// TestMutationsOverHTTP uploads 5,000 broken files. Each is read or refused as
// what is wrong with the file, never with the server.
func TestMutationsOverHTTP(t *testing.T) {
	n := uint64(5_000)
	if testing.Short() {
		n = 300
	}
	s := readingSite(t)
	m := ingesttest.NewMutations()
	counts := map[int]int{}
	for i := range n {
		s.clock.add(time.Minute) // past the rate limit
		body, header := formOf(t, m.Make(1<<32+i))
		r := s.ask(t, plain, http.MethodPost, "/api/upload", body, header)
		counts[r.StatusCode]++
		switch r.StatusCode {
		case http.StatusCreated:
			s.ask(t, plain, http.MethodDelete, r.Header.Get("Location"), "").want(t, http.StatusNoContent)
		case http.StatusUnprocessableEntity, http.StatusUnsupportedMediaType, http.StatusRequestEntityTooLarge:
			r.details(t)
		default:
			t.Fatalf("mutation %d = %d: %.300s", i, r.StatusCode, r.body)
		}
	}
	if counts[http.StatusCreated] == 0 || counts[http.StatusUnprocessableEntity] == 0 || counts[http.StatusUnsupportedMediaType] == 0 {
		t.Errorf("statuses = %v, want all kinds", counts)
	}
}
