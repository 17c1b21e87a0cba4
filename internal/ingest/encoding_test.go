package ingest

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"
)

// TestEncodingIsFoundOut holds that text in many languages is read in the
// encoding that it was written in, and that no other is taken for Japanese.
func TestEncodingIsFoundOut(t *testing.T) {
	for _, tt := range []struct{ encoding, language, lines string }{
		{"shift_jis", "Japanese", "田中さん,東京都\n鈴木さん,大阪市\n"},
		{"shift_jis", "Japanese without kana", "田中,東京都港区\n鈴木,大阪市北区\n"},
		{"euc-jp", "Japanese", "田中さん,東京都\n鈴木さん,大阪市のみなと\n"},
		{"gb18030", "Chinese", "张伟,北京市朝阳区\n王芳,上海市浦东新区\n"},
		{"big5", "Chinese", "陳大文,臺北市信義區\n林美玲,高雄市左營區\n"},
		{"euc-kr", "Korean", "김철수,서울특별시\n이영희,부산광역시\n"},
		{"windows-1251", "Russian", "Иван Петров,Москва\nМария Иванова,Санкт-Петербург\n"},
		{"windows-1252", "French", "Hélène,déjà été à Orléans\nFrançois,où ça\n"},
		{"windows-1252", "German", "Jörg Müller,Große Straße\nKäthe,Überlingen\n"},
		{"windows-1252", "Spanish", "Peña,mañana en Córdoba\nMuñoz,¿qué?\n"},
		{"windows-1252", "English", "Anna,it’s “fine” – really\nBob,don’t\n"},
		{"windows-1252", "Danish", "Søren,Århus på øen\nÆgidius,blåbærgrød\n"},
	} {
		enc, err := htmlindex.Get(tt.encoding)
		if err != nil {
			t.Fatal(err)
		}
		text := "name,place\n" + strings.Repeat(tt.lines, 20)
		raw, err := enc.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		r, err := Read(t.Context(), bytes.NewReader(raw), "x.csv", Options{})
		if err != nil {
			t.Errorf("%s in %s: %v", tt.language, tt.encoding, err)
			continue
		}
		first, _, _ := strings.Cut(tt.lines, ",")
		c := r.Frame.Columns[0]
		if got := c.Levels[c.Codes[0]]; r.Dialect.Encoding != tt.encoding || got != first {
			t.Errorf("%s in %s is read as %s: %q, want %q", tt.language, tt.encoding, r.Dialect.Encoding, got, first)
		}
	}
}
