package recipe

import (
	"math"
	"slices"
	"time"

	"clicktrain/internal/export/pickle"
)

// onFrame returns a transformer that calls a method of a DataFrame.
func onFrame(method string, arguments ...pickle.Pair) *pickle.Object {
	return function(pickle.Global{Module: "pandas", Name: "DataFrame." + method}, arguments)
}

// stages returns what reads a column of dates as seconds, missing ones as NaN,
// and what takes these apart: public functions of pandas and numpy alone, so
// that the file needs no code of its own.
func (o *dates) stages(_ []op, names []string) []*pickle.Object {
	read := []pickle.Pair{
		{Key: "func", Value: pickle.Global{Module: "pandas", Name: "to_datetime"}},
		{Key: "errors", Value: "coerce"}, {Key: "utc", Value: true}, {Key: "format", Value: o.style.Format},
	}
	if o.style.DayFirst {
		read = append(read, pickle.Pair{Key: "dayfirst", Value: true})
	}
	nan, known := math.NaN(), []float64{firstDate, lastDate}
	stages := []*pickle.Object{
		onFrame("apply", read...),
		onFrame("astype", pickle.Pair{Key: "dtype", Value: "datetime64[s, UTC]"}),
		onFrame("astype", pickle.Pair{Key: "dtype", Value: "int64"}), // a missing one is far below the first date
		interp(known, known, pickle.Pair{Key: "left", Value: nan}, pickle.Pair{Key: "right", Value: nan}),
	}
	for _, s := range stages {
		if names != nil {
			s.Set(pickle.Attr{Name: "feature_names_in_", Value: pickle.Strings(names)})
		}
	}
	return append(stages, o.sklearn(nil))
}

// sklearn returns what takes seconds apart: a pipeline for each part.
func (o *dates) sklearn([]op) *pickle.Object {
	apart := columnTransformer{width: 1}
	for _, p := range o.parts {
		var steps pickle.List
		for _, s := range o.partStages(p) {
			s.Set(pickle.Attr{Name: "n_features_in_", Value: 1})
			steps = append(steps, pickle.Tuple{"step_" + string(rune('a'+len(steps))), s})
		}
		apart.add(p.String(), oneOrPipeline(steps), []int{0}, 1)
	}
	return apart.object()
}

// partStages returns what makes a part of seconds since 1970.
func (o *dates) partStages(p DatePart) []*pickle.Object {
	switch p {
	case Year:
		var s points
		for year := 1677; year <= 2262; year++ {
			s.flat(second(year, 1, 1), second(year+1, 1, 1)-1, float64(year))
		}
		return []*pickle.Object{s.interp()}
	case Elapsed:
		var s points
		for _, at := range slices.Compact([]float64{firstDate, o.origin, lastDate}) {
			s.add(at, (at-o.origin)/daySeconds)
		}
		return []*pickle.Object{s.interp()}
	case Quarter, Month, MonthSin, MonthCos:
		var s points
		for i := range 48 {
			value := float64(i%12/3 + 1)
			if p != Quarter {
				value = p.of(i % 12)
			}
			s.flat(second(1970, 1+i, 1), second(1970, 2+i, 1)-1, value)
		}
		return []*pickle.Object{leapEvery4th(), s.interp(period(fourYears))}
	case Day:
		var s points
		for i := range fourYears / daySeconds {
			day := time.Unix(int64(i*daySeconds), 0).UTC().Day()
			s.flat(float64(i*daySeconds), float64(i*daySeconds+daySeconds-1), float64(day))
		}
		return []*pickle.Object{leapEvery4th(), s.interp(period(fourYears))}
	case Weekday, WeekdaySin, WeekdayCos:
		var s points
		for i := range 7 { // 1970 began on a Thursday
			s.flat(float64(i*daySeconds), float64(i*daySeconds+daySeconds-1), p.of((i+3)%7))
		}
		return []*pickle.Object{s.interp(period(7 * daySeconds))}
	}
	var s points // of the hour
	for hour := range 24 {
		s.flat(float64(3600*hour), float64(3600*hour+3599), p.of(hour))
	}
	return []*pickle.Object{s.interp(period(daySeconds))}
}

// points are those of a line that numpy's interp follows.
type points struct{ x, y []float64 }

func (s *points) add(x, y float64) { s.x, s.y = append(s.x, x), append(s.y, y) }

// flat makes the line flat from one point to another.
func (s *points) flat(from, to, y float64) {
	s.add(from, y)
	s.add(to, y)
}

func (s *points) interp(more ...pickle.Pair) *pickle.Object { return interp(s.x, s.y, more...) }

func period(length float64) pickle.Pair { return pickle.Pair{Key: "period", Value: length} }

func second(year, month, day int) float64 {
	return float64(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix())
}

// fourYears is how long four years are of which one is a leap year.
const fourYears = 1461 * daySeconds

// leapEvery4th returns what leaves out the days that a calendar with a leap day
// every four years would have and ours has not, so that any four years from
// 1970 on, and back, are alike.
func leapEvery4th() *pickle.Object {
	var s points
	shift := -3.0 * daySeconds
	s.add(firstDate, firstDate+shift)
	for _, year := range []int{1700, 1800, 1900, 2100, 2200} {
		march := second(year, 3, 1)
		s.add(march-1, march-1+shift)
		shift += daySeconds
		s.add(march, march+shift)
	}
	s.add(lastDate, lastDate+shift)
	return s.interp()
}
