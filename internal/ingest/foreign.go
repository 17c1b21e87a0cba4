package ingest

import (
	"bytes"

	"clicktrain/internal/problem"
)

// signature is the start of a kind of file that is not a CSV file.
type signature struct {
	magic, what, hint string
}

const (
	hintUnpack = "Unpack it and upload the CSV file inside."
	hintExport = "Export the data as CSV and upload that file."
	hintChoose = "Choose a CSV file."
)

var signatures = [...]signature{
	{"\x1f\x8b", "a gzip file", hintUnpack},
	{"PK\x03\x04", "an Excel workbook or a zip file", "In Excel use Save As > CSV UTF-8, or unpack the zip file."},
	{"PK\x05\x06", "an empty zip file", hintChoose},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file", "In Excel use Save As > CSV UTF-8."},
	{"BZh", "a bzip2 file", hintUnpack},
	{"\xfd7zXZ\x00", "an xz file", hintUnpack},
	{"\x28\xb5\x2f\xfd", "a Zstandard file", hintUnpack},
	{"7z\xbc\xaf\x27\x1c", "a 7-Zip file", hintUnpack},
	{"Rar!\x1a\x07", "a RAR file", hintUnpack},
	{"PAR1", "a Parquet file", hintExport},
	{"ARROW1", "an Arrow file", hintExport},
	{"Obj\x01", "an Avro file", hintExport},
	{"\x89HDF\r\n", "an HDF5 file", hintExport},
	{"SQLite format 3\x00", "an SQLite database", hintExport},
	{"\x89PNG\r\n", "a PNG image", hintChoose},
	{"\xff\xd8\xff", "a JPEG image", hintChoose},
	{"GIF87a", "a GIF image", hintChoose},
	{"GIF89a", "a GIF image", hintChoose},
	{"%PDF-", "a PDF document", hintExport},
	{"\x7fELF", "a program", hintChoose},
	{"\x80\x04\x95", "a Python pickle", "Write the table with to_csv and upload that file."},
}

// pages are the starts of web pages and XML, in lower case. A lone tag is not
// one: it may be the name of a column.
var pages = [...]string{"<!doctype", "<html>", "<html ", "<?xml"}

// refuseForeign returns the refusal of a file that is not a CSV file by its
// first bytes, or nil.
func refuseForeign(head []byte) error {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			return notCSV("This is not a CSV file: it looks like "+s.what+".", s.hint)
		}
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n")
	low := bytes.ToLower(start[:min(len(start), 32)])
	for _, p := range pages {
		if bytes.HasPrefix(low, []byte(p)) {
			return notCSV("This is not a CSV file: it is a web page or XML.", "Download the data itself, not the page that shows it.")
		}
	}
	if isJSON(start) {
		return notCSV("This is not a CSV file: it is JSON.", hintExport)
	}
	return nil
}

// isJSON reports whether text starts as a JSON object or array does: a brace
// and a quote, or a bracket and a value.
func isJSON(text []byte) bool {
	if len(text) < 2 || text[0] != '{' && text[0] != '[' {
		return false
	}
	next := bytes.TrimLeft(text[1:], " \t\r\n")
	if len(next) == 0 {
		return false
	}
	if text[0] == '{' {
		return next[0] == '"' || next[0] == '}'
	}
	return bytes.IndexByte([]byte(`{["-0123456789]`), next[0]) >= 0
}

// refuseBinary refuses text with more control bytes than text has: over 1 %
// of its first 64 KiB, tab, line ends and separators left out. Bytes of 0 are
// forgiven up to 16, as a faulty export writes some.
func refuseBinary(head []byte) error {
	head = head[:min(len(head), 64<<10)]
	controls, zeros := 0, 0
	for _, c := range head {
		switch {
		case c == 0:
			zeros++
		case c < 0x20 && (c < '\t' || c > '\r') && c < 0x1a, c == 0x7f:
			controls++
		}
	}
	if controls >= 4 && controls*100 > len(head) || zeros > 16 && zeros*100 > len(head) {
		return notCSV("This is not a CSV file: it holds binary data.", hintChoose)
	}
	return nil
}

func notCSV(message, hint string) error {
	return &problem.Error{Kind: problem.Unsupported, Field: "file", Message: message, Hint: hint}
}
