#include "textflag.h"

// func gatherAVX2(dst, all, rows *int32, n int, least, greatest *[8]int32)
// n is a multiple of 8 and not 0.
TEXT ·gatherAVX2(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ all+8(FP), SI
	MOVQ rows+16(FP), DX
	MOVQ n+24(FP), CX
	MOVQ least+32(FP), R8
	MOVQ greatest+40(FP), R9
	VMOVDQU (DX), Y0
	VPCMPEQD Y5, Y5, Y5
	VPGATHERDD Y5, (SI)(Y0*4), Y2
	VMOVDQA Y2, Y3

gather:
	VMOVDQU (DX), Y0
	VPCMPEQD Y5, Y5, Y5
	VPGATHERDD Y5, (SI)(Y0*4), Y1
	VMOVDQU Y1, (DI)
	VPMINSD Y1, Y2, Y2
	VPMAXSD Y1, Y3, Y3
	ADDQ $32, DX
	ADDQ $32, DI
	SUBQ $8, CX
	JNZ gather
	VMOVDQU Y2, (R8)
	VMOVDQU Y3, (R9)
	VZEROUPPER
	RET

// func pairsAVX2(node *uint64, keys *int32, n int, at int64) uint64
// n is a multiple of 4 and not 0.
TEXT ·pairsAVX2(SB), NOSPLIT, $0-40
	MOVQ node+0(FP), SI
	MOVQ keys+8(FP), DX
	MOVQ n+16(FP), CX
	VPBROADCASTQ at+24(FP), Y6
	VPXOR Y7, Y7, Y7

pairs:
	VPMOVSXDQ (DX), Y0
	VPCMPGTQ Y6, Y0, Y1
	VPANDN (SI), Y1, Y2
	VPADDQ Y2, Y7, Y7
	ADDQ $16, DX
	ADDQ $32, SI
	SUBQ $4, CX
	JNZ pairs
	VEXTRACTI128 $1, Y7, X1
	VPADDQ X1, X7, X7
	VPSRLDQ $8, X7, X1
	VPADDQ X1, X7, X7
	VMOVQ X7, ret+32(FP)
	VZEROUPPER
	RET

// func sumsAVX2(node *sum, keys *int32, n int, at int64, out *[4]float64)
// n is a multiple of 4 and not 0.
TEXT ·sumsAVX2(SB), NOSPLIT, $0-40
	MOVQ node+0(FP), SI
	MOVQ keys+8(FP), DX
	MOVQ n+16(FP), CX
	VPBROADCASTQ at+24(FP), Y6
	MOVQ out+32(FP), DI
	VXORPD Y7, Y7, Y7
	VXORPD Y8, Y8, Y8

sums:
	VPMOVSXDQ (DX), Y0
	VPCMPGTQ Y6, Y0, Y1
	VPERMQ $0x50, Y1, Y2
	VPERMQ $0xFA, Y1, Y3
	VANDNPD (SI), Y2, Y2
	VANDNPD 32(SI), Y3, Y3
	VADDPD Y2, Y7, Y7
	VADDPD Y3, Y8, Y8
	ADDQ $16, DX
	ADDQ $64, SI
	SUBQ $4, CX
	JNZ sums
	VADDPD Y8, Y7, Y7
	VMOVUPD Y7, (DI)
	VZEROUPPER
	RET
