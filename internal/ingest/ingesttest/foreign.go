package ingesttest

import (
	"bytes"
	"compress/gzip"
	"math/rand/v2"
	"strings"
)

// foreign are files that are not CSV files at all.
func foreign() []Case {
	random := func() []byte {
		b := make([]byte, 64<<10)
		rng := rand.New(rand.NewPCG(1, 2))
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		return b
	}
	return []Case{
		{Name: "n01_gzip_renamed", Text: zipped([]byte("a,b\n1,2\n")), Kind: unsupported, Says: "a gzip file"},
		{Name: "n02_xlsx_renamed", Text: of("PK\x03\x04\x14\x00\x06\x00[Content_Types].xml"), Kind: unsupported, Says: "an Excel workbook or a zip file"},
		{Name: "n03_png_renamed", Text: of("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), Kind: unsupported, Says: "a PNG image"},
		{Name: "n04_random_bytes", Text: random, Kind: unsupported, Says: "binary data"},
		{Name: "n05_html_page", Text: of("<!DOCTYPE html>\n<html><head><title>503</title></head><body>Service unavailable, sorry</body></html>\n"), Kind: unsupported, Says: "a web page"},
		{Name: "n06_json", Text: of(`[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]`), Kind: unsupported, Says: "it is JSON"},
		{Name: "n07_parquet_magic", Text: of("PAR1\x15\x04\x15\x10\x15\x14L\x15\x02PAR1"), Kind: unsupported, Says: "a Parquet file"},
		{Name: "n08_prose", Text: of("It was a dark and stormy night\nand rain fell in torrents: except at times\nwhen it was checked by a violent gust of wind\n"),
			Columns: []string{"It was a dark and stormy night text"}, Rows: 2, Notices: []string{"one_column"}},
		{Name: "n09_elf", Text: of("\x7fELF\x02\x01\x01" + strings.Repeat("\x00", 4096)), Kind: unsupported, Says: "a program"},
		{Name: "n10_gzip_bomb", Big: true, Text: func() []byte { return zipped(make([]byte, 64<<20))() }, Kind: unsupported, Says: "a gzip file"},
	}
}

// zipped makes a gzip file.
func zipped(content []byte) func() []byte {
	return func() []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, err := w.Write(content)
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
		return b.Bytes()
	}
}
