package tree

import "golang.org/x/sys/cpu"

//go:noescape
func extremesAVX2(records, rows *int32, n, stride int, least, greatest *int32)

//go:noescape
func sumPairsAVX2(records, rows *int32, n, stride int, at *int32, node *uint64, zero, one *uint32)

//go:noescape
func sumTargetsAVX2(records, rows *int32, n, stride int, at *int32, node *sum, y, w *float64)

//go:noescape
func sumClassesAVX2(records, rows *int32, n, stride int, at *int32, node *uint64, counts *uint32)

func extremesOf(records, rows []int32, stride int, least, greatest []int32) {
	if !cpu.X86.HasAVX2 {
		extremesPlain(records, rows, stride, least, greatest)
		return
	}
	extremesAVX2(&records[0], &rows[0], len(rows), stride, &least[0], &greatest[0])
}

func sumPairsOf(records, rows []int32, stride int, at []int32, node []uint64, zero, one []uint32) {
	if !cpu.X86.HasAVX2 {
		sumPairsPlain(records, rows, stride, at, node, zero, one)
		return
	}
	sumPairsAVX2(&records[0], &rows[0], len(rows), stride, &at[0], &node[0], &zero[0], &one[0])
}

func sumTargetsOf(records, rows []int32, stride int, at []int32, node []sum, y, w []float64) {
	if !cpu.X86.HasAVX2 {
		sumTargetsPlain(records, rows, stride, at, node, y, w)
		return
	}
	sumTargetsAVX2(&records[0], &rows[0], len(rows), stride, &at[0], &node[0], &y[0], &w[0])
}

func sumClasses(records, rows []int32, stride int, at []int32, node []uint64, counts []uint32) {
	if !cpu.X86.HasAVX2 {
		sumClassesPlain(records, rows, stride, at, node, counts)
		return
	}
	sumClassesAVX2(&records[0], &rows[0], len(rows), stride, &at[0], &node[0], &counts[0])
}
