package job

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/problem"
)

func message(kind byte, body string) string {
	var b bytes.Buffer
	writeMessage(&b, kind, []byte(body))
	return b.String()
}

func TestPartReader(t *testing.T) {
	end := message(kindEnd, "")
	tests := []struct {
		name   string
		stream string
		want   string
		err    error
	}{
		{"parts", message('r', "ab") + message('r', "") + message('r', "c") + end, "abc", nil},
		{"nothing", end, "", nil},
		{"messages between parts", message('r', "a") + message('p', "12345678fit") + message('r', "b") + end, "ab", nil},
		{"empty stream", "", "", io.ErrUnexpectedEOF},
		{"no end", message('r', "ab"), "ab", io.ErrUnexpectedEOF},
		{"cut part", message('r', "abc")[:7], "ab", io.ErrUnexpectedEOF},
		{"cut header", message('r', "ab") + "r\x00", "ab", io.ErrUnexpectedEOF},
		{"cut progress", message('p', "12345678fit")[:9], "", io.ErrUnexpectedEOF},
		{"unknown kind", message('q', "ab") + end, "", errProtocol},
		{"too long", "r\x00\x04\x00\x01", "", errProtocol},
		{"far too long", "p\xff\xff\xff\xff", "", errProtocol},
		{"end with a body", message(kindEnd, "x"), "", errProtocol},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := &partReader{r: iotest.OneByteReader(strings.NewReader(tt.stream)), other: func(byte, []byte) error { return nil }}
			got, err := io.ReadAll(r)
			if string(got) != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("read %q, %v, want %q, %v", got, err, tt.want, tt.err)
			}
		})
	}
}

func TestPartWriterSplits(t *testing.T) {
	var b bytes.Buffer
	long := bytes.Repeat([]byte("0123456789"), maxPart/4)
	if n, err := (&partWriter{w: &b}).Write(long); n != len(long) || err != nil {
		t.Fatalf("Write = %d, %v", n, err)
	}
	writeMessage(&b, kindEnd, nil)
	got, err := io.ReadAll(&partReader{r: &b})
	if err != nil || !bytes.Equal(got, long) {
		t.Errorf("read %d bytes, %v, want the %d written", len(got), err, len(long))
	}
}

func TestProgressMessage(t *testing.T) {
	tests := []struct{ step, want string }{
		{"fit", "fit"},
		{"", ""},
		{"bad\xffbyte", "badbyte"},
		{strings.Repeat("é", maxStep), strings.Repeat("é", maxStep/2)},
		{strings.Repeat("a", maxStep-1) + "é", strings.Repeat("a", maxStep-1)},
	}
	for _, tt := range tests {
		body := encodeProgress(0.25, tt.step)
		share, step, err := decodeProgress(body)
		if share != 0.25 || step != tt.want || err != nil || len(body) > maxProgress {
			t.Errorf("progress of %q = %v, %q, %v in %d bytes", tt.step, share, step, err, len(body))
		}
	}
	if _, _, err := decodeProgress([]byte("1234567")); !errors.Is(err, errProtocol) {
		t.Errorf("short progress: %v", err)
	}
}

func TestFaultMessage(t *testing.T) {
	want := &problem.Error{Kind: problem.Storage, Field: "f", Column: "c\n\x00é", Line: 3, Value: "v", Message: "m", Hint: "h"}
	withCause := *want
	withCause.Err = errors.New("cause")
	body, err := encodeFault(&withCause)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := decodeFault(body); err != nil || !cmp.Equal(got, want) {
		t.Errorf("decoded %+v, %v, want %+v", got, err, want)
	}
	huge := strings.Repeat("\x01", 1<<20)
	body, err = encodeFault(&problem.Error{Field: huge, Column: huge, Value: huge, Message: huge, Hint: huge})
	if err != nil || len(body) > maxFault {
		t.Errorf("a huge fault takes %d bytes, %v", len(body), err)
	}
	for _, bad := range []string{"", "[]", `{"kind":99,"message":"m"}`, `{"kind":300,"message":"m"}`, `{"kind":1}`} {
		if p, err := decodeFault([]byte(bad)); !errors.Is(err, errProtocol) {
			t.Errorf("decodeFault(%q) = %v, %v", bad, p, err)
		}
	}
}

func FuzzReadMessages(f *testing.F) {
	f.Add([]byte(message('r', "ab") + message('p', "12345678fit") + message('.', "")))
	f.Add([]byte(message('e', `{"kind":1,"message":"m"}`)))
	f.Fuzz(func(t *testing.T, stream []byte) {
		c := &child{job: &Job{runner: &Runner{opts: Defaults()}, changed: make(chan struct{})}}
		got, err := io.ReadAll(&partReader{r: bytes.NewReader(stream), other: c.message})
		if err == nil && !bytes.ContainsRune(stream, kindEnd) {
			t.Errorf("read %q to an end that is not there", got)
		}
		if p := c.job.snap.Progress; !(p >= 0 && p < 1) {
			t.Errorf("progress %v", p)
		}
	})
}

func TestReporter(t *testing.T) {
	var b bytes.Buffer
	var now time.Time
	o := &reporter{w: &b, now: func() time.Time { return now }}
	var shares []float64
	read := func() {
		for b.Len() > 0 {
			kind, n, err := readHeader(&b)
			if err != nil || kind != kindProgress {
				t.Fatalf("message of kind %q, %v", kind, err)
			}
			share, _, _ := decodeProgress(b.Next(n))
			shares = append(shares, share)
		}
	}
	now = now.Add(time.Hour)
	for i := range 10_000 { // in a second
		o.report(float64(i)/20_000, "fit")
		now = now.Add(time.Second / 10_000)
	}
	read()
	if len(shares) != 10 {
		t.Errorf("%d messages were sent for 10,000 reports in a second, want 10", len(shares))
	}
	shares = nil
	o.report(0.6, "a")
	o.report(0.1, "b")
	o.report(math.NaN(), "c")
	o.report(math.Inf(1), "d")
	o.end()
	o.report(1, "e")
	read()
	if want := []float64{0.6, 0.6, 0.6, 1}; !cmp.Equal(shares, want) {
		t.Errorf("shares = %v, want %v", shares, want)
	}
}

func TestWords(t *testing.T) {
	for d, want := range map[time.Duration]string{
		10 * time.Minute: "10 minutes", time.Minute: "1 minute", 90 * time.Second: "90 seconds",
		time.Second: "1 second", time.Millisecond: "1ms",
	} {
		if got := duration(d); got != want {
			t.Errorf("duration(%d) = %q, want %q", d, got, want)
		}
	}
	for n, want := range map[int64]string{4 << 30: "4 GB", 512 << 20: "512 MB", 1536 << 20: "1536 MB"} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestEnds(t *testing.T) {
	e := &ends{limit: 8}
	for _, step := range []struct{ add, want string }{
		{"ab", "ab"},
		{"cdefgh", "abcdefgh"},
		{"ij", "abcdefghij"},
		{"", "abcdefghij"},
		{strings.Repeat("x", 100) + "the last", "abcdefgh\n…\nthe last"},
		{"!", "abcdefgh\n…\nhe last!"},
	} {
		e.Write([]byte(step.add))
		if got := e.String(); got != step.want {
			t.Errorf("after %q: %q, want %q", step.add, got, step.want)
		}
	}
}

// TestProgressNeverFalls tells a job shares as a child that is not ours might.
func TestProgressNeverFalls(t *testing.T) {
	j := &Job{runner: &Runner{opts: Options{Now: time.Now}}, changed: make(chan struct{})}
	for _, told := range []struct{ share, want float64 }{{0.5, 0.5}, {0.2, 0.5}, {math.NaN(), 0.5}, {2, 0.5}, {0.6, 0.6}, {1, almostDone}} {
		j.progress(told.share, "fit")
		if got := j.snap.Progress; got != told.want {
			t.Errorf("after a share of %v the progress is %v, want %v", told.share, got, told.want)
		}
	}
}
