package train

import (
	"math"

	"clicktrain/internal/problem"
)

// scoringShare is the part of a run's memory that probabilities may take while
// the test rows are scored, and probabilityBytes what one of them takes: the
// model's, the baseline's, and those of a member of an ensemble.
const (
	scoringShare     = 0.6
	probabilityBytes = 3 * 8
)

// checkScoring refuses test rows and classes of which the probabilities would
// not fit into memory, before anything is learned.
func (r *run) checkScoring() error {
	rows, classes := int64(len(r.test)), int64(r.target.Labels.Len())
	room := int64(scoringShare * float64(r.spec.Memory))
	if r.spec.Memory == 0 || probabilityBytes*rows*classes <= room {
		return nil
	}
	p := problem.Field("test_size", "Scoring %d test rows of %d classes would take %d MB; the limit is %d MB.",
		rows, classes, probabilityBytes*rows*classes>>20, room>>20)
	most := float64(room/probabilityBytes/classes) / float64(len(r.target.Rows))
	if most = math.Floor(99*most) / 100; most < LeastTestSize {
		return p.WithHint("Choose fewer rows, or a target with fewer classes.")
	}
	return p.WithHint("Choose a test_size of %g or less, fewer rows, or a target with fewer classes.", most)
}
