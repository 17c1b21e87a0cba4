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

DATA lanes<>+0(SB)/8, $0x0000000100000000
DATA lanes<>+8(SB)/8, $0x0000000300000002
DATA lanes<>+16(SB)/8, $0x0000000500000004
DATA lanes<>+24(SB)/8, $0x0000000700000006
DATA lanes<>+32(SB)/8, $0x0000000900000008
DATA lanes<>+40(SB)/8, $0x0000000b0000000a
DATA lanes<>+48(SB)/8, $0x0000000d0000000c
DATA lanes<>+56(SB)/8, $0x0000000f0000000e
GLOBL lanes<>(SB), RODATA|NOPTR, $64

// STEP takes the rows at nodes idx one node down; base is where their keys
// start. changed is 0 where none of them moved. A node is key, feature, right.
#define STEP(idx, base, at, mask, feature, key, right, x, changed) \
	VPADDD idx, idx, at \
	VPADDD idx, at, at \
	VMOVDQA Y15, mask \
	VPGATHERDD mask, 4(SI)(at*4), feature \
	VMOVDQA Y15, mask \
	VPGATHERDD mask, (SI)(at*4), key \
	VMOVDQA Y15, mask \
	VPGATHERDD mask, 8(SI)(at*4), right \
	VPSRAD $31, feature, mask \
	VPANDN feature, mask, feature \
	VPADDD base, feature, feature \
	VMOVDQA Y15, mask \
	VPGATHERDD mask, (DX)(feature*4), x \
	VPCMPGTD key, x, x \
	VPSUBD Y15, idx, mask \
	VPBLENDVB x, right, mask, at \
	VPXOR at, idx, changed \
	VMOVDQA at, idx

// func walkAVX2(nodes *node, rows *int32, p int, ids *[16]int32)
TEXT ·walkAVX2(SB), NOSPLIT, $0-32
	MOVQ nodes+0(FP), SI
	MOVQ rows+8(FP), DX
	MOVQ ids+24(FP), DI
	VPBROADCASTD p+16(FP), Y0
	VPMULLD lanes<>+0(SB), Y0, Y10
	VPMULLD lanes<>+32(SB), Y0, Y11
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPCMPEQD Y15, Y15, Y15

walk:
	STEP(Y1, Y10, Y3, Y4, Y5, Y6, Y7, Y8, Y12)
	STEP(Y2, Y11, Y3, Y4, Y5, Y6, Y7, Y8, Y13)
	VPOR Y12, Y13, Y12
	VPTEST Y12, Y12
	JNZ walk
	VMOVDQU Y1, (DI)
	VMOVDQU Y2, 32(DI)
	VZEROUPPER
	RET
