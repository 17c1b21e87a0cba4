package ingest

// Options returns the options that read the file as it was read: what a form
// starts from that lets a person change one of them.
func (d Dialect) Options() Options {
	opt := Options{Delimiter: d.Delimiter, Quote: d.Quote, Encoding: d.Encoding, Decimal: d.Decimal,
		Header: HeaderNo, SkipFirst: d.Skipped, SkipUnits: d.Units, SkipLast: d.Last}
	if d.Header {
		opt.Header = HeaderYes
	}
	if d.Skipped == 0 {
		opt.SkipFirst = -1
	}
	return opt
}
