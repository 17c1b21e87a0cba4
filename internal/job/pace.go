package job

import "time"

// pace is how fast a step goes on: the first and the last share that were told
// within it. What a step does before it tells any share says nothing of what is
// left, nor do the steps before it, so neither counts.
type pace struct{ first, last mark }

type mark struct {
	share float64
	at    time.Time
}

// The share and time that a step must have gone on before its pace says
// anything.
const (
	etaShare = 0.02
	etaAfter = time.Second
)

// tell takes a share.
func (p *pace) tell(share float64, now time.Time) {
	if p.first.at.IsZero() {
		p.first = mark{share, now}
	}
	p.last = mark{share, now}
}

// left extends the pace to the end, as of now; 0 is unknown.
func (p *pace) left(now time.Time) time.Duration {
	ran, did := p.last.at.Sub(p.first.at), p.last.share-p.first.share
	if did < etaShare || ran < etaAfter {
		return 0
	}
	left := time.Duration(float64(ran) * (1 - p.last.share) / did)
	return max(0, left-now.Sub(p.last.at))
}
