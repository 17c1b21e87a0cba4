package metric

// Gain is one group of the rows in order of their probability of the class of interest, the
// highest first.
type Gain struct {
	Threshold  float64 `json:"threshold"`                // the lowest probability in the group
	Rows       float64 `json:"cumulative_data_fraction"` // share of all rows down to here
	Rate       float64 `json:"response_rate"`            // share of the class in the group
	RateSoFar  float64 `json:"cumulative_response_rate"`
	Found      float64 `json:"capture_rate"` // share of all of the class that is in the group
	FoundSoFar float64 `json:"cumulative_capture_rate"`
	Lift       float64 `json:"lift"` // Rate over the share of the class among all
	LiftSoFar  float64 `json:"cumulative_lift"`
	Gain       float64 `json:"gain"` // 100 · (Lift − 1)
	GainSoFar  float64 `json:"cumulative_gain"`
}

// gainShares are where the groups end, as shares of the rows.
var gainShares = [...]float64{0.01, 0.02, 0.03, 0.04, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1}

// gains cuts the rows into up to 16 groups by their probability of the class of interest.
// Rows of equal probability stay together, so a group may be larger than its
// share, and others absent. It is nil where either class has no rows.
func (r ranking) gains(cuts []Cut) []Gain {
	if r.oneSided() != "" {
		return nil
	}
	positives, n := float64(len(r.positive)), float64(len(r.positive)+len(r.negative))
	overall := positives / n
	var out []Gain
	var last Cut
	at := 0
	for i, c := range cuts {
		said := float64(c.TP + c.FP)
		if i+1 < len(cuts) && said < gainShares[at]*n-1e-9 {
			continue
		}
		rows := said - float64(last.TP+last.FP)
		g := Gain{
			Threshold: c.Threshold, Rows: said / n,
			Rate: float64(c.TP-last.TP) / rows, RateSoFar: float64(c.TP) / said,
			Found: float64(c.TP-last.TP) / positives, FoundSoFar: float64(c.TP) / positives,
		}
		g.Lift, g.LiftSoFar = g.Rate/overall, g.RateSoFar/overall
		g.Gain, g.GainSoFar = 100*(g.Lift-1), 100*(g.LiftSoFar-1)
		out = append(out, g)
		last = c
		for at < len(gainShares)-1 && said >= gainShares[at]*n-1e-9 {
			at++
		}
	}
	return out
}
