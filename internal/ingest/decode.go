package ingest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"

	"clicktrain/internal/problem"
)

var utf8BOM = []byte("\xef\xbb\xbf")

// marks are the byte order marks of wide encodings. The marks of four bytes
// stand first, as UTF-32LE starts with the mark of UTF-16LE.
var marks = [...]struct{ mark, name string }{
	{"\xff\xfe\x00\x00", "utf-32le"},
	{"\x00\x00\xfe\xff", "utf-32be"},
	{"\xff\xfe", "utf-16le"},
	{"\xfe\xff", "utf-16be"},
}

// decode returns the file's text as valid UTF-8 without byte order marks and
// zero bytes, with one line end at least, and the encoding's name. forced, if
// not empty, is the encoding to use. The text may share raw's memory.
func (r *reader) decode(ctx context.Context, raw []byte, forced string) ([]byte, error) {
	name := forced
	if name == "" {
		name = wideEncoding(raw)
	}
	if name == "" || isUTF8(name) {
		raw = r.trimTail(raw)
		if err := refuseBinary(raw); err != nil {
			return nil, err
		}
		for bytes.HasPrefix(raw, utf8BOM) {
			raw = raw[len(utf8BOM):]
		}
		if valid, zeros := r.inspect(raw); valid {
			r.dialect.Encoding = "utf-8"
			if zeros {
				raw = r.noZeros(raw)
			}
			return raw, nil
		}
		if name == "" {
			name = narrowEncoding(raw)
		}
		if isUTF8(name) {
			r.dialect.Encoding = "utf-8"
			return r.noZeros(r.replaceInvalid(raw)), nil
		}
	}
	text, err := convert(ctx, raw, name)
	if err != nil {
		return nil, err
	}
	r.dialect.Encoding = name
	if forced == "" {
		r.notice(Notice{Code: "encoding", Message: fmt.Sprintf("Converted from %s.", label(name))})
	}
	for bytes.HasPrefix(text, utf8BOM) {
		text = text[len(utf8BOM):]
	}
	text = r.trimTail(text)
	if err := refuseBinary(text); err != nil {
		return nil, err
	}
	return r.noZeros(text), nil
}

func isUTF8(name string) bool {
	return strings.EqualFold(name, "utf-8") || strings.EqualFold(name, "utf8")
}

// label is an encoding's name as people know it.
func label(name string) string {
	for _, w := range []struct{ name, label string }{
		{"utf-16le", "UTF-16"}, {"utf-16be", "UTF-16"}, {"utf-32le", "UTF-32"}, {"utf-32be", "UTF-32"},
		{"windows-1252", "Windows-1252 (Western European)"},
	} {
		if w.name == name {
			return w.label
		}
	}
	return name
}

// wideEncoding names the encoding with units of two or four bytes that raw is
// in, by its mark or, without one, by where its zero bytes stand; or "".
func wideEncoding(raw []byte) string {
	for _, m := range marks {
		if bytes.HasPrefix(raw, []byte(m.mark)) {
			return m.name
		}
	}
	head := raw[:min(len(raw), 4<<10)&^1]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case half < 4:
		return ""
	case zeros[1]*10 > half*3 && zeros[0]*20 < half:
		return "utf-16le"
	case zeros[0]*10 > half*3 && zeros[1]*20 < half:
		return "utf-16be"
	}
	return ""
}

// narrowEncoding names the encoding of text that is not valid UTF-8. Text that
// mostly is, or whose faults only UTF-8 has, stays UTF-8.
func narrowEncoding(text []byte) string {
	good, bad, shaped := 0, 0, 0
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		if _, n := utf8.DecodeRune(text[i:]); n > 1 {
			good++
			i += n
			continue
		}
		n := malformed(text[i:])
		if n > 1 || text[i] == 0xff {
			shaped++
		}
		bad++
		i += n
	}
	if bad <= shaped || good > 10*(bad-shaped) {
		return "utf-8"
	}
	return guess(text)
}

// malformed returns the length of an overlong form or a surrogate at the start
// of b, which only faulty UTF-8 has, or 1.
func malformed(b []byte) int {
	tail := func(i int) bool { return i < len(b) && b[i]&0xc0 == 0x80 }
	switch {
	case b[0]&0xfe == 0xc0 && tail(1):
		return 2
	case b[0] == 0xed && tail(1) && b[1] >= 0xa0 && tail(2):
		return 3
	}
	return 1
}

// guess asks the detector about the start of the text and about the bytes
// around those that are not ASCII. What it does not know is windows-1252, and
// so is ISO 8859-1, as in browsers.
func guess(text []byte) string {
	const fallback = "windows-1252"
	sample := append([]byte(nil), text[:min(len(text), 64<<10)]...)
	for i := len(sample); i < len(text) && len(sample) < 128<<10; i++ {
		if text[i] >= utf8.RuneSelf {
			end := min(i+64, len(text))
			sample = append(sample, text[i-32:end]...)
			i = end
		}
	}
	if name := eastAsian(whole(text[:min(len(text), 64<<10)])); name != "" {
		return name
	}
	found := chardet.Detect(sample)
	if found.Confidence < 0.7 {
		return fallback
	}
	name := strings.ToLower(found.Encoding)
	if name == "gb2312" {
		name = "gb18030"
	}
	enc, err := htmlindex.Get(name)
	if err != nil || isUTF8(name) {
		return fallback
	}
	if name, err = htmlindex.Name(enc); err != nil {
		return fallback
	}
	if decoded, err := enc.NewDecoder().Bytes(sample); err != nil || bytes.Count(decoded, []byte("\uFFFD")) > len(decoded)/1000+1 {
		return fallback
	}
	return name
}

// whole cuts off what follows the last line end, which may be part of a
// character.
func whole(sample []byte) []byte {
	if k := bytes.LastIndexByte(sample, '\n'); k >= 0 {
		return sample[:k+1]
	}
	return sample
}

// convert decodes raw, which is in the named encoding, to UTF-8.
func convert(ctx context.Context, raw []byte, name string) ([]byte, error) {
	enc, err := lookup(name)
	if err != nil {
		return nil, err
	}
	out := bytes.NewBuffer(make([]byte, 0, len(raw)+len(raw)/8+512))
	src := transform.NewReader(bytes.NewReader(raw), enc.NewDecoder())
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		_, err := io.CopyN(out, src, 1<<20)
		if err == io.EOF {
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, fmt.Errorf("decode %s: %w", name, err)
		}
	}
}

func lookup(name string) (encoding.Encoding, error) {
	switch strings.ToLower(name) {
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), nil
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), nil
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM), nil
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		e := problem.Field("encoding", "The encoding %q is not known.", shorten(name))
		return nil, e.WithHint("Use a name such as utf-8, windows-1252 or shift_jis.")
	}
	return enc, nil
}

// trimTail cuts the zero bytes and the DOS end-of-file mark off the end.
func (r *reader) trimTail(b []byte) []byte {
	t := bytes.TrimRight(b, "\x00\x1a")
	if len(t) < len(b) {
		r.notice(Notice{Code: "padding", Message: fmt.Sprintf("%s left out at the end of the file.", plural(len(b)-len(t), "byte of padding was", "bytes of padding were"))})
	}
	return t
}

// noZeros replaces zero bytes by U+FFFD.
func (r *reader) noZeros(b []byte) []byte {
	i := bytes.IndexByte(b, 0)
	if i < 0 {
		return b
	}
	n := bytes.Count(b, []byte{0})
	r.notice(Notice{Code: "zero_bytes", Line: lineAt(b, i),
		Message: fmt.Sprintf("%s replaced by \uFFFD.", plural(n, "zero byte was", "zero bytes were"))})
	return bytes.ReplaceAll(b, []byte{0}, []byte("\uFFFD"))
}

// replaceInvalid replaces each byte that is not part of valid UTF-8 by U+FFFD.
func (r *reader) replaceInvalid(b []byte) []byte {
	out := make([]byte, 0, len(b)+64)
	bad, line := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			out = append(out, b[i])
			i++
			continue
		}
		c, n := utf8.DecodeRune(b[i:])
		if c == utf8.RuneError && n == 1 {
			if bad == 0 {
				line = lineAt(b, i)
			}
			bad++
		}
		out = utf8.AppendRune(out, c)
		i += n
	}
	r.notice(Notice{Code: "invalid_bytes", Line: line,
		Message: fmt.Sprintf("%s by \uFFFD, the first in line %d.", plural(bad, "invalid byte was replaced", "invalid bytes were replaced"), line)})
	return out
}

// lineAt returns the line, counted from 1, that byte i of b is on.
func lineAt(b []byte, i int) int { return 1 + countLines(b[:i]) }

// countLines counts the line ends in b: LF, CRLF or CR.
func countLines(b []byte) int {
	n := bytes.Count(b, []byte{'\n'})
	if cr := bytes.Count(b, []byte{'\r'}); cr > 0 {
		n += cr - bytes.Count(b, []byte("\r\n"))
	}
	return n
}
