package ingesttest

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"clicktrain/internal/problem"
)

const (
	invalid     = problem.Invalid
	unsupported = problem.Unsupported
)

// in encodes a text.
func in(e encoding.Encoding, text string) func() []byte {
	return func() []byte {
		b, err := e.NewEncoder().Bytes([]byte(text))
		if err != nil {
			panic(err) // the texts of this file can be encoded
		}
		return b
	}
}

// encodings are files in all kinds of encodings, faulty ones too.
func encodings() []Case {
	accents := lines("a,b", 40, pattern("%d,café €"))
	cafe := []string{"0", "café €"}
	wide := func(name string, e encoding.Encoding) Case {
		return Case{Name: name, Text: in(e, accents), Columns: plain, First: cafe, Rows: 40, Notices: []string{"encoding"}}
	}
	japaneseText := lines("名前,都市,数", 30, func(i int) string {
		return []string{"田中さん,東京都", "鈴木さん,大阪市", "佐藤くん,横浜みなと"}[i%3] + "," + []string{"1", "2.5", "7"}[i%3]
	})
	chineseText := lines("姓名,城市,数量", 30, func(i int) string {
		return []string{"张伟,北京市", "王芳,上海市", "李娜,广州"}[i%3] + "," + []string{"1", "2.5", "7"}[i%3]
	})
	return []Case{
		{Name: "e01_utf8_bom", Text: of("\ufeff" + accents), Columns: plain, First: cafe, Rows: 40},
		wide("e02_utf16le_bom", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)),
		wide("e03_utf16be_bom", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)),
		wide("e04_utf16le_nobom", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)),
		wide("e05_utf32le_bom", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)),
		wide("e06_cp1252", charmap.Windows1252),
		{Name: "e07_shift_jis", Text: in(japanese.ShiftJIS, japaneseText), Columns: []string{"名前 category", "都市 category", "数 numeric"},
			First: []string{"田中さん", "東京都", "1"}, Rows: 30, Notices: []string{"encoding"}},
		{Name: "e08_gb18030", Text: in(simplifiedchinese.GB18030, chineseText), Columns: []string{"姓名 category", "城市 category", "数量 numeric"},
			First: []string{"张伟", "北京市", "1"}, Rows: 30, Notices: []string{"encoding"}},
		{Name: "e09_one_bad_byte", Text: of(lines("a,b", 20, pattern("%d,café")) + "7,caf\xff\n" + "8,café\n"), Columns: plain, First: []string{"0", "café"}, Rows: 22, Notices: []string{"invalid_bytes 22"}},
		{Name: "e10_overlong_surrogate", Text: of("a,b\n1,\xc0\xaf\n2,\xed\xa0\x80\n"), Columns: plain, First: []string{"1", "\ufffd\ufffd"}, Rows: 2, Notices: []string{"invalid_bytes 2"}},
		{Name: "e11_bom_then_quoted_header", Text: of("\ufeff\"a\",\"b\"\n1,x\n2,x\n"), Columns: plain, First: []string{"1", "x"}, Rows: 2},
		{Name: "e12_nul_in_cell", Text: of("a,b\n1,x\x00y\n2,z\n"), Columns: plain, First: []string{"1", "x\ufffdy"}, Rows: 2, Notices: []string{"zero_bytes 2"}},
		{Name: "e13_nul_padding_tail", Text: of("a,b\n1,x\n2,x\n" + strings.Repeat("\x00", 4096)), Columns: plain, First: []string{"1", "x"}, Rows: 2, Notices: []string{"padding"}},
		{Name: "e14_ctrl_z_eof", Text: of("a,b\n1,x\n2,x\n\x1a"), Columns: plain, First: []string{"1", "x"}, Rows: 2, Notices: []string{"padding"}},
		{Name: "e15_bidi_zero_width_header", Text: of("a\u200bb,\u202ec\u202c,\u00a0d\u00a0\n1,x,2\n3,y,4\n"),
			Columns: []string{"a\u200bb numeric", "\u202ec\u202c category", "d numeric"}, First: []string{"1", "x", "2"}, Rows: 2},
		{Name: "e16_nfc_nfd_dup", Text: of("caf\u00e9,cafe\u0301\n1,x\n2,y\n"), Columns: []string{"café numeric", "café (2) category"}, First: []string{"1", "x"}, Rows: 2, Notices: []string{"renamed 1"}},
		{Name: "e17_double_bom", Text: of("\ufeff\ufeffa,b\n1,x\n2,x\n"), Columns: plain, First: []string{"1", "x"}, Rows: 2},
		{Name: "e18_utf7_like", Text: of("a,b\n1,+AD4-\n2,x\n"), Columns: plain, First: []string{"1", "+AD4-"}, Rows: 2},
		{Name: "e19_emoji_zwj", Text: of("a,b\n1,👩‍👩‍👧\n2,x\n"), Columns: plain, First: []string{"1", "👩‍👩‍👧"}, Rows: 2},
	}
}
