// Package static holds what the browser loads beside the pages: our style
// sheet, scripts and icon, and what npm puts into npm at build time. Every
// file has an address that names its content, so that it can be kept forever.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
)

// FS holds the files by name: app.css, npm/htmx.min.js.
//
//go:embed *.css *.js *.svg npm
var FS embed.FS

// Prefix is what every address starts with.
const Prefix = "/static/"

var files = load(FS)

// asset is one file.
type asset struct {
	name    string
	address string // with the hash of the content
	body    []byte
	etag    string
}

// Path returns the address of the named file, or "" if the program was built
// without it, as it may be with files in npm.
func Path(name string) string {
	for _, a := range files {
		if a.name == name {
			return a.address
		}
	}
	return ""
}

// load reads all files. Embedded files cannot fail to be read; if one did, it
// would be absent.
func load(fsys fs.FS) []asset {
	var out []asset
	_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) == ".txt" {
			return err
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		hash := hex.EncodeToString(sum[:6])
		ext := path.Ext(name)
		out = append(out, asset{
			name:    name,
			address: Prefix + strings.TrimSuffix(name, ext) + "." + hash + ext,
			body:    body,
			etag:    `"` + hash + `"`,
		})
		return nil
	})
	return out
}
