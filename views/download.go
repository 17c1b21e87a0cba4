package views

// DownloadPage is GET /download.
type DownloadPage struct {
	Run      RunHead
	Score    string // "Accuracy 0.82 on 179 test rows"; may be empty
	Files    []ModelFile
	Safety   string   // "Open pickles only from people you trust. …"
	Snippet  string   // Python with the user's own columns and first row
	Differs  []string // where the file can answer otherwise than this program
	Needs    []string // "Python 3.10 or newer", "scikit-learn 1.9.1"
	Inputs   Table    // the columns a row has to have, with a value each
	Warnings []Alert
}

// ModelFile is a format that the model can leave as.
type ModelFile struct {
	Title   string // scikit-learn pipeline
	Name    string // trained_model.pkl
	For     string // one line: what it is for
	URL     string // /download/model.pkl
	Size    string // "1.4 MiB"
	SHA256  string // 64 hex digits
	Tested  string // "scikit-learn 1.9.1 and 1.7.2 on Python 3.13"
	Refusal string // why the model cannot leave as this; empty when it can
}
